/**
 * The logs of a room are sealed when a hand-over is signed: of the shift that ends, and of those before it for which nobody
 * signed. A log that was opened again is sealed a second time, over its first seal.
 */
import type { LogLine } from '../duty/shift-log.ts';
import type { Desk } from './desk.ts';
import { newSalt } from './digest.ts';
import { sealOf } from './hand-over-seal.ts';
import { callCounts } from './shift-log-counts.ts';
import { linesOfLog, openLines, putLines } from './shift-log-lines.ts';
import { openingsOf, sealsOf } from './shift-log-reads.ts';
import { type SealedContent, sealedLogText } from './shift-log-seal.ts';
import { openShifts } from './shift-log-shifts.ts';
import type { ShiftLogTable } from './shift-log-table.ts';

interface Sealing {
  readonly at: number;
  readonly account: string | null;
  readonly person: string | null;
  /** Null: those who signed the hand-over. */
  readonly name: string | null;
}

/**
 * To be called while the hand-over is being closed at `at` (ms UTC), before its row says so: what was closed before it is where
 * the open shifts begin.
 */
export async function sealShiftLogs(
  desk: Desk,
  room: string,
  handOver: { readonly id: string; readonly digest: string },
  sealing: Sealing,
): Promise<void> {
  const open = await openShifts(desk, room, sealing.at, true);
  for (const shift of open.shifts) {
    const { from } = shift;
    const to = shift.to ?? sealing.at;
    const lines = await openLines(desk, room, { ...shift, to }, { sealedTo: open.sealedTo, now: sealing.at });
    const row: ShiftLogTable = {
      ...{ id: desk.newId(), room, from_at: from, to_at: to, hand_over: handOver.id, state: 'sealed' },
      head_json: JSON.stringify(open.headOf(shift)),
    };
    await desk.db.insertInto('shift_logs').values(row).execute();
    await takeLines(desk, row, lines);
    const counts = await callCounts(desk, room, { from, to });
    await seal(desk, row, { handOver, counts, lines, openings: [] }, sealing);
  }
}

/** Over what stands in it now; the seal it had stays. */
export async function sealAgain(desk: Desk, row: ShiftLogTable, sealing: Sealing): Promise<void> {
  const lines = await linesOfLog(desk, row.room, row.id);
  const { counts } = await sealsOf(desk, row.id);
  const openings = await openingsOf(desk, row.id);
  await desk.db.updateTable('shift_logs').set({ state: 'sealed' }).where('id', '=', row.id).execute();
  await seal(desk, row, { handOver: null, counts, lines, openings }, sealing);
}

/** What stood in the open belongs to the sealed log from now on. */
async function takeLines(desk: Desk, { id, room }: ShiftLogTable, lines: readonly LogLine[]): Promise<void> {
  if (lines.length === 0) return;
  await desk.db
    .deleteFrom('shift_log_lines')
    .where('room', '=', room)
    .where('log', '=', '')
    .where(
      'id',
      'in',
      lines.map((line) => line.id),
    )
    .execute();
  await putLines(desk, room, id, lines);
}

async function seal(
  desk: Desk,
  row: ShiftLogTable,
  what: Pick<SealedContent, 'handOver' | 'counts' | 'lines' | 'openings'>,
  { at, account, person, name }: Sealing,
): Promise<void> {
  const { room } = row;
  const last = await desk.db
    .selectFrom('shift_log_seals')
    .select(['serial', 'digest'])
    .where('room', '=', room)
    .orderBy('serial', 'desc')
    .limit(1)
    .executeTakeFirst();
  const openings = what.openings.map((one) => ({ at: one.at, account: one.account, reason: one.reason }));
  const content: SealedContent = {
    ...{ log: row.id, room, from: row.from_at, to: row.to_at, at },
    ...{ handOver: what.handOver, counts: what.counts, lines: what.lines, openings },
  };
  const salt = newSalt();
  const sealed_json = sealedLogText(content, salt);
  const previous = last?.digest ?? null;
  const digest = sealOf(previous, sealed_json);
  await desk.db
    .insertInto('shift_log_seals')
    .values({
      ...{ room, serial: (last?.serial ?? 0) + 1, log: row.id, at },
      ...{ by_account: account, by_person: person, by_name: name },
      ...{ salt, content_json: JSON.stringify(content), sealed_json, previous, digest },
    })
    .execute();
  const payload = { room, digest };
  desk.audits.push({ at, account, person, kind: 'shift-log-sealed', subject: row.id, payload });
}
