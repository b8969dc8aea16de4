/** 值班日志 as it is written: ticked, edited, added to; opened again with a reason, and sealed again. Nothing goes in silently. */
import { entryInto, type LogLine } from '../duty/shift-log.ts';
import { SHIFT_LOG_FAULTS } from '../duty/shift-log-refusal.ts';
import { dayStartIn } from '../duty/time-zone.ts';
import type { Refusal } from '../records/command.ts';
import { refusals } from '../records/refusal.ts';
import { type Desk, noteChange } from './desk.ts';
import { lockRoom } from './lock-room.ts';
import { DONE, type Outcome } from './outcome.ts';
import { sealAgain } from './seal-shift-log.ts';
import { putLines } from './shift-log-lines.ts';
import { type StandingLog, standingLog } from './shift-log-reads.ts';
import type { ShiftLogWork } from './shift-log-work.ts';
import { shutTexts } from './shut-reads.ts';

const LONGEST_LINE = 500;
const LONGEST_REASON = 200;

type WorkOf<Type extends ShiftLogWork['type']> = Extract<ShiftLogWork, { readonly type: Type }>;

export async function writeShiftLog(desk: Desk, work: ShiftLogWork): Promise<Outcome> {
  if (!(await desk.office.roomExists(work.room))) return { ok: false, refusal: refusals.noSuchRoom };
  await lockRoom(desk, work.room);
  if (work.type === 'shift-log-add' && (await isThere(desk, work))) return DONE;
  const log = await standingLog(desk, work.room, work.from, work.at);
  if (log === undefined) return refused('unknown');
  switch (work.type) {
    case 'shift-log-add':
      return add(desk, work, log);
    case 'shift-log-edit':
      return edit(desk, work, log);
    case 'shift-log-tick':
      return tick(desk, work, log);
    case 'shift-log-reopen':
      return reopen(desk, work, log);
    case 'shift-log-seal':
      if (log.kind !== 'reopened') return refused(log.kind === 'open' ? 'notSealed' : 'notReopened');
      await sealAgain(desk, log.row, work);
      return told(desk, work, log.row.id, {});
  }
}

/** Sent again after a lost answer: it stands, wherever its shift has gone meanwhile. */
async function isThere({ db }: Desk, { room, id }: WorkOf<'shift-log-add'>): Promise<boolean> {
  const lines = db.selectFrom('shift_log_lines').select('id').where('room', '=', room);
  return (await lines.where('id', '=', id).executeTakeFirst()) !== undefined;
}

async function add(desk: Desk, work: WorkOf<'shift-log-add'>, log: StandingLog): Promise<Outcome> {
  const text = readText(work.text);
  if (typeof text !== 'string') return { ok: false, refusal: text };
  // A remark is of the shift as a whole; the last moment of it, so that it stands behind what happened.
  const end = endOf(log);
  const at = inShift(log, work.happenedAt ?? (end === null ? work.at : Math.min(work.at, end - 1)));
  const entered = entry(desk, work, log, at);
  if (typeof entered === 'string') return refused(entered);
  const line: LogLine = {
    ...{ id: work.id, part: work.part, at, placeAt: at, enteredAt: work.at, source: null, text },
    ...{ edited: true, ticked: true, late: entered.late, by: byOf(work) },
  };
  await putLines(desk, work.room, logIdOf(log), [line]);
  return told(desk, work, work.id, { late: entered.late });
}

async function edit(desk: Desk, work: WorkOf<'shift-log-edit'>, log: StandingLog): Promise<Outcome> {
  const line = log.lines.find(({ id }) => id === work.line);
  if (line === undefined) return refused('noLine');
  if (log.kind === 'sealed') return refused('sealed');
  const shut = await shutTexts(desk, [{ kind: 'line', room: work.room, id: line.id }]);
  if (Object.keys(shut).length > 0) return refused('shut');
  const text = readText(work.text);
  if (typeof text !== 'string') return { ok: false, refusal: text };
  const at = work.happenedAt === null ? line.at : inShift(log, work.happenedAt);
  if (at !== line.at && line.source !== null) return refused('drafted');
  if (at === line.at && text === line.text) return DONE;
  const entered = entry(desk, work, log, at === line.at ? line.placeAt : at);
  if (typeof entered === 'string') return refused(entered);
  const placeAt = at === line.at ? line.placeAt : at;
  const late = line.late || entered.late;
  const next = { ...line, at, placeAt, text, edited: true, late, by: byOf(work) };
  await putLines(desk, work.room, logIdOf(log), [next]);
  return told(desk, work, line.id, { late });
}

async function tick(desk: Desk, work: WorkOf<'shift-log-tick'>, log: StandingLog): Promise<Outcome> {
  const line = log.lines.find(({ id }) => id === work.line);
  if (line === undefined) return refused('noLine');
  if (log.kind === 'sealed') return refused('sealed');
  if (line.ticked === work.ticked) return DONE;
  await putLines(desk, work.room, logIdOf(log), [{ ...line, ticked: work.ticked, by: byOf(work) }]);
  return told(desk, work, line.id, { ticked: work.ticked });
}

async function reopen(desk: Desk, work: WorkOf<'shift-log-reopen'>, log: StandingLog): Promise<Outcome> {
  if (log.kind !== 'sealed') return refused('notSealed');
  const reason = plain(work.reason);
  if (reason === '' || [...reason].length > LONGEST_REASON) return refused('reason');
  await desk.db.updateTable('shift_logs').set({ state: 'reopened' }).where('id', '=', log.row.id).execute();
  await desk.db
    .insertInto('shift_log_openings')
    .values({
      ...{ id: work.id, log: log.row.id, at: work.at, reason },
      ...{ by_account: work.account, by_person: work.person, by_name: work.name },
    })
    .execute();
  return told(desk, work, log.row.id, { reason });
}

/** Whether something of `at` may go in now, and whether that is 补记. */
function entry(
  desk: Desk,
  { at: now }: ShiftLogWork,
  log: StandingLog,
  at: number,
): { readonly late: boolean } | keyof typeof SHIFT_LOG_FAULTS {
  const from = beginOf(log);
  const end = endOf(log);
  const due = log.kind === 'open' ? (log.shift.to ?? log.shift.dueAt) : log.row.to_at;
  const sealedAt = log.kind === 'sealed' ? log.row.to_at : null;
  const how = entryInto({ from, to: due, sealedAt }, at, now, dayStartIn(desk.rules.timeZone, now));
  if (how.kind === 'sealed' || how.kind === 'future') return how.kind;
  return at < from || (end !== null && at >= end) ? 'outside' : { late: how.kind === 'late' };
}

/** Moments are typed to the minute: the one in which the shift began is its own. */
function inShift(log: StandingLog, at: number): number {
  const from = beginOf(log);
  return at < from && at >= from - (from % 60_000) ? from : at;
}

function beginOf(log: StandingLog): number {
  return log.kind === 'open' ? log.shift.from : log.row.from_at;
}

function endOf(log: StandingLog): number | null {
  return log.kind === 'open' ? log.shift.to : log.row.to_at;
}

function logIdOf(log: StandingLog): string {
  return log.kind === 'open' ? '' : log.row.id;
}

function byOf({ person, name }: ShiftLogWork): LogLine['by'] {
  return { person, name };
}

function readText(typed: string): string | Refusal {
  const text = plain(typed);
  if (text === '') return SHIFT_LOG_FAULTS.empty;
  return [...text].length > LONGEST_LINE ? SHIFT_LOG_FAULTS.tooLong : text;
}

/** A line of a log is one line. */
function plain(text: string): string {
  return text
    .toWellFormed()
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

function refused(fault: keyof typeof SHIFT_LOG_FAULTS): Outcome {
  return { ok: false, refusal: SHIFT_LOG_FAULTS[fault] };
}

function told(
  desk: Desk,
  work: ShiftLogWork,
  subject: string,
  payload: Readonly<Record<string, string | boolean>>,
): Outcome {
  const { room, from, at, account, person, type: kind } = work;
  noteChange(desk, 'room', room, room);
  desk.audits.push({ at, account, person, kind, subject, payload: { room, from, ...payload } });
  return DONE;
}
