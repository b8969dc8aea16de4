/**
 * 涉密误录处置 reaches 值班日志: words go from the open log, from sealed ones and from under their seals; the digests stay, and with
 * them the seals.
 */
import { lineIdOf } from '../duty/shift-log.ts';
import { eraseAuditTexts } from './audit-chain.ts';
import type { Desk } from './desk.ts';
import { lockRoom } from './lock-room.ts';
import type { SealedContent } from './shift-log-seal.ts';

type LogDesk = Pick<Desk, 'db' | 'dialect'>;

/** Every text about this record, and about the incident it became. */
export async function eraseLinesOfRecord(desk: LogDesk, room: string, record: string): Promise<void> {
  const incidents = await desk.db
    .selectFrom('incidents')
    .select('id')
    .where('record_id', '=', record)
    .execute();
  await eraseLine(desk, room, lineIdOf({ kind: 'record', id: record }));
  for (const { id } of incidents) await eraseLinesOfIncident(desk, room, id);
}

export async function eraseLinesOfIncident(desk: LogDesk, room: string, id: string): Promise<void> {
  await eraseLine(desk, room, lineIdOf({ kind: 'incident', id }));
}

/** What stands in this line, in every log of the room that has it. */
export async function eraseLine(desk: LogDesk, room: string, id: string): Promise<void> {
  await lockRoom(desk, room);
  const lines = await desk.db
    .selectFrom('shift_log_lines')
    .select('log')
    .where('room', '=', room)
    .where('id', '=', id)
    .execute();
  await desk.db
    .updateTable('shift_log_lines')
    .set({ text: null })
    .where('room', '=', room)
    .where('id', '=', id)
    .execute();
  for (const { log } of lines)
    await changeUnderSeals(desk, log, (content) => ({
      ...content,
      lines: content.lines.map((line) => (line.id === id ? { ...line, text: null } : line)),
    }));
}

/** Why a log was opened again, also in the audit trail. */
export async function eraseOpening(desk: LogDesk, id: string): Promise<void> {
  const opening = await desk.db
    .selectFrom('shift_log_openings')
    .innerJoin('shift_logs', 'shift_logs.id', 'shift_log_openings.log')
    .select(['shift_log_openings.log', 'shift_log_openings.at', 'shift_logs.room'])
    .where('shift_log_openings.id', '=', id)
    .executeTakeFirst();
  if (opening === undefined) return;
  const { log, at, room } = opening;
  await lockRoom(desk, room);
  await desk.db.updateTable('shift_log_openings').set({ reason: null }).where('id', '=', id).execute();
  await changeUnderSeals(desk, log, (content) => ({
    ...content,
    // A log has to be sealed before it can be opened once more: no two of one moment.
    openings: content.openings.map((one) => (one.at === at ? { ...one, reason: null } : one)),
  }));
  await eraseAuditTexts(desk, { kind: 'shift-log-reopen', subject: log, at });
}

async function changeUnderSeals(
  { db }: LogDesk,
  log: string,
  change: (content: SealedContent) => SealedContent,
): Promise<void> {
  const seals = await db
    .selectFrom('shift_log_seals')
    .select(['room', 'serial', 'content_json'])
    .where('log', '=', log)
    .execute();
  for (const { room, serial, content_json } of seals)
    await db
      .updateTable('shift_log_seals')
      .set({ content_json: JSON.stringify(change(JSON.parse(content_json) as SealedContent)) })
      .where('room', '=', room)
      .where('serial', '=', serial)
      .execute();
}
