/** One log as it stands: of a shift that nobody sealed, of a sealed one, of one that was opened again. */
import { type DeviceEvidence, recordingWorks, telephoneWorks } from '../duty/device-evidence.ts';
import type { HandOver, Signature } from '../duty/hand-over.ts';
import { type HandWritten, nameOfWritten, type ShutTexts } from '../duty/hand-written.ts';
import type { DividedShift } from '../duty/shift-division.ts';
import type { CallCounts, LogLine } from '../duty/shift-log.ts';
import type { ShiftLogHead, ShiftLogShift, ShiftLogView, SignedHandOver } from '../duty/shift-log-view.ts';
import { readableMatters, writtenIn } from './hand-over-reads.ts';
import { matterWords } from './matter-words.ts';
import type { ReadDeps } from './read.ts';
import { callCounts } from './shift-log-counts.ts';
import { linesOfLog, openLines, readableLines } from './shift-log-lines.ts';
import { ownSealsFit, type SealedContent } from './shift-log-seal.ts';
import { openShifts, openShiftView, sealedShiftView } from './shift-log-shifts.ts';
import type { ShiftLogTable } from './shift-log-table.ts';
import { shutTexts } from './shut-reads.ts';

/** A log with what writing needs of it. */
export type StandingLog =
  | {
      readonly kind: 'open';
      readonly shift: DividedShift;
      readonly head: ShiftLogHead;
      readonly view: ShiftLogShift;
      readonly lines: readonly LogLine[];
    }
  | {
      readonly kind: 'sealed' | 'reopened';
      readonly row: ShiftLogTable;
      readonly lines: readonly LogLine[];
    };

/** The log of the shift that began at `from` (ms UTC); undefined: there is no such shift. */
export async function standingLog(
  deps: ReadDeps,
  room: string,
  from: number,
  now: number,
): Promise<StandingLog | undefined> {
  const row = await deps.db
    .selectFrom('shift_logs')
    .selectAll()
    .where('room', '=', room)
    .where('from_at', '=', from)
    .executeTakeFirst();
  if (row !== undefined) {
    const lines = await linesOfLog(deps, room, row.id);
    return { kind: row.state === 'reopened' ? 'reopened' : 'sealed', row, lines };
  }
  const open = await openShifts(deps, room, now);
  const shift = open.shifts.find((one) => one.from === from);
  if (shift === undefined) return undefined;
  const lines = await openLines(deps, room, shift, { sealedTo: open.sealedTo, now });
  return { kind: 'open', shift, head: open.headOf(shift), view: openShiftView(shift, open, now), lines };
}

export async function shiftLog(
  deps: ReadDeps,
  room: string,
  from: number,
  now: number,
): Promise<ShiftLogView | undefined> {
  const log = await standingLog(deps, room, from, now);
  if (log === undefined) return undefined;
  const openings = log.kind === 'open' ? [] : await openingsOf(deps, log.row.id);
  const done = log.kind === 'open' ? null : await doneHandOver(deps, log.row.hand_over);
  const shut = await shutTexts(deps, [
    ...log.lines.map(({ id }) => ({ kind: 'line' as const, room, id })),
    ...openings.map(openingText),
    ...(done === null ? [] : writtenIn(done.handOver).map(({ text }) => text)),
  ]);
  const lines = await readableLines(deps, room, log.lines, shut);
  if (log.kind === 'open') {
    const counts = await callCounts(deps, room, log.shift);
    const unsealed = { signed: null, seals: [], fits: true, openings: [] };
    return { room, at: now, shift: log.view, lines, counts, ...unsealed, shut };
  }
  const { row } = log;
  const [seals, fits, signed] = await Promise.all([
    sealsOf(deps, row.id),
    ownSealsFit(deps, row, log.lines),
    done === null ? null : signedOf(deps, done, shut, now),
  ]);
  return {
    ...{ room, at: now, shift: sealedShiftView(row), lines },
    counts: seals.counts,
    signed,
    seals: seals.all,
    fits,
    openings: openings.map((one) => ({
      ...{ id: one.id, at: one.at, by: one.by },
      reason: nameOfWritten(openingText(one)) in shut ? null : one.reason,
    })),
    shut,
  };
}

function openingText({ id }: { readonly id: string }): HandWritten {
  return { kind: 'opening', id };
}

const NO_CALLS: CallCounts = { inbound: 0, outbound: 0, missed: 0, calledBack: 0, noRecord: 0 };

/** With the counts that were sealed first: they are of calls, and calls do not change. */
export async function sealsOf({ db }: Pick<ReadDeps, 'db'>, log: string) {
  const rows = await db
    .selectFrom('shift_log_seals')
    .select(['at', 'by_name', 'digest', 'content_json'])
    .where('log', '=', log)
    .orderBy('serial')
    .execute();
  const [first] = rows;
  return {
    counts: first === undefined ? NO_CALLS : (JSON.parse(first.content_json) as SealedContent).counts,
    all: rows.map(({ at, by_name: by, digest }) => ({ at, by, digest })),
  };
}

export async function openingsOf({ db }: Pick<ReadDeps, 'db'>, log: string) {
  const rows = await db
    .selectFrom('shift_log_openings')
    .selectAll()
    .where('log', '=', log)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, at, by_account: account, by_name: by, reason }) => ({
    id,
    at,
    account,
    by,
    reason,
  }));
}

/** What calls and probes have shown counts more than a look. */
function shownBy(evidence: DeviceEvidence): SignedHandOver['devices'] {
  const [telephone, recording] = [telephoneWorks(evidence), recordingWorks(evidence)];
  return { ...(telephone === null ? {} : { telephone }), ...(recording === null ? {} : { recording }) };
}

interface DoneHandOver {
  readonly handOver: HandOver;
  readonly closedAt: number;
}

async function doneHandOver({ db }: ReadDeps, id: string | null): Promise<DoneHandOver | null> {
  if (id === null) return null;
  const row = await db
    .selectFrom('hand_overs')
    .select(['hand_over_json', 'closed_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row?.closed_at == null) return null;
  return { handOver: JSON.parse(row.hand_over_json) as HandOver, closedAt: row.closed_at };
}

async function signedOf(
  deps: ReadDeps,
  { handOver, closedAt }: DoneHandOver,
  shut: ShutTexts,
  now: number,
): Promise<SignedHandOver> {
  const { room, giver, takers, devices, evidence, state } = handOver;
  const people = await deps.db.selectFrom('people').select(['id', 'name']).where('room', '=', room).execute();
  const names = new Map(people.map(({ id: person, name }) => [person, name]));
  const named = ({ person, at }: Signature) => ({ name: names.get(person) ?? person, at });
  return {
    state: state === 'stayed' ? 'stayed' : 'done',
    closedAt,
    giver: giver === null ? null : named(giver),
    takers: takers.map(named),
    matters: await matterWords(deps, room, readableMatters(handOver, shut), now),
    written: writtenIn(handOver),
    devices: { ...devices, ...(evidence === undefined ? {} : shownBy(evidence)) },
  };
}
