/** Everything that 检查记录表 and 迎检 are told of a room and a stretch, from the tables that know it. */
import { setImmediate } from 'node:timers/promises';
import { summaryOf } from '../calls/summary.ts';
import { type HandOver, missingOf } from '../duty/hand-over.ts';
import type { AnswerLimits, IncomingCall } from '../duty/inspection-answering.ts';
import type { HandledRecord } from '../duty/inspection-feedback.ts';
import type { ReportedRoster, RoomHistory, TakenOver } from '../duty/inspection-known.ts';
import type { ReportWay } from '../duty/roster-report.ts';
import type { ShiftEnds } from '../duty/swap.ts';
import { among } from './among.ts';
import { entryOf } from './call-row.ts';
import { incidentsIn, roomLimits } from './incident-reads.ts';
import { readableNotes } from './notes-texts.ts';
import type { ReadDeps } from './read.ts';
import { latestReviews } from './review-reads.ts';
import { rosterPeople, rulesOf } from './roster-rows.ts';
import { shiftOf } from './shift-row.ts';

/** A year of a busy room; the sentences say when there were more. */
const MOST_CALLS = 20_000;
const MOST_RECORDS = 5_000;

/** `span` in ms UTC, its end not included. Undefined: there is no such room. */
export async function roomHistory(
  deps: ReadDeps,
  room: string,
  span: ShiftEnds,
): Promise<RoomHistory | undefined> {
  const { db } = deps;
  const found = await db.selectFrom('rooms').select('name').where('id', '=', room).executeTakeFirst();
  if (found === undefined) return undefined;
  const [{ rules }, people, roster, reports, takenOver, calls, handled, emergencies, incidents, notes] =
    await Promise.all([
      rulesOf(db, room),
      rosterPeople(db, room),
      db.selectFrom('roster').selectAll().where('room', '=', room).execute(),
      reportsOf(deps, room),
      takenOverIn(deps, room, span),
      incomingCalls(deps, room, span),
      handledRecords(deps, room, span),
      emergenciesIn(deps, room, span),
      incidentsIn(deps, room, span),
      notesAt(deps, room, span.to),
    ]);
  return {
    ...{ room, name: found.name, shifts: roster.map(shiftOf), people, rules, reports, takenOver },
    reportLimits: roomLimits(deps, room),
    limits: answerLimits(deps),
    ...{ calls: calls.slice(0, MOST_CALLS), isCut: calls.length > MOST_CALLS },
    ...{ handled, emergencies, incidents, notes },
  };
}

export function answerLimits({ rules }: Pick<ReadDeps, 'rules'>): AnswerLimits {
  const { goodMs, lateMs } = rules.watch;
  return { goodMs, lateMs };
}

async function reportsOf({ db }: ReadDeps, room: string): Promise<readonly ReportedRoster[]> {
  const rows = await db
    .selectFrom('roster_reports')
    .selectAll()
    .where('room', '=', room)
    .orderBy('reported_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, from_day, to_day, reported_to, way, reported_at }) => ({
    ...{ id, from: from_day, to: to_day, reportedTo: reported_to, way: way as ReportWay, at: reported_at },
  }));
}

async function takenOverIn({ db }: ReadDeps, room: string, span: ShiftEnds): Promise<readonly TakenOver[]> {
  const rows = await db
    .selectFrom('hand_overs')
    .select(['id', 'hand_over_json', 'closed_at'])
    .where('room', '=', room)
    .where('closed_at', '>=', span.from)
    .where('closed_at', '<', span.to)
    .orderBy('closed_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, hand_over_json, closed_at }) => {
    const handOver = JSON.parse(hand_over_json) as HandOver;
    return {
      ...{ id, at: closed_at ?? 0, state: handOver.state === 'stayed' ? 'stayed' : 'done' },
      missing: missingOf(handOver).length,
      unfit: handOver.takers.filter(({ standing }) => standing !== undefined).length,
      // Those of before it was asked have none.
      notesRead: handOver.takers.map((taker) => taker.notes ?? null),
    };
  });
}

/** Calls that are read and looked at before others have their turn. */
const PAGE = 500;

async function incomingCalls(
  deps: ReadDeps,
  room: string,
  span: ShiftEnds,
): Promise<readonly IncomingCall[]> {
  const ids = await deps.db
    .selectFrom('calls')
    .select('id')
    .where('room', '=', room)
    .where('direction', '=', 'inbound')
    .where('line', 'is not', null)
    .where('joined_to', 'is', null)
    // One that still rings is not answered late, and not missed.
    .where('ended_at', 'is not', null)
    .where('started_at', '>=', span.from)
    .where('started_at', '<', span.to)
    .orderBy('started_at')
    .orderBy('id')
    .limit(MOST_CALLS + 1)
    .execute();
  const calls: IncomingCall[] = [];
  for (let from = 0; from < ids.length; from += PAGE) {
    if (from > 0) await setImmediate();
    calls.push(
      ...(await callsAmong(
        deps,
        ids.slice(from, from + PAGE).map(({ id }) => id),
      )),
    );
  }
  return calls;
}

async function callsAmong(deps: ReadDeps, ids: readonly string[]): Promise<readonly IncomingCall[]> {
  const { db, dialect } = deps;
  const [rows, callbacks, sounds, marks] = await Promise.all([
    db
      .selectFrom('calls')
      .selectAll()
      .where(among(dialect, 'id', ids))
      .orderBy('started_at')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('callbacks')
      .select('call_id')
      .where(among(dialect, 'call_id', ids))
      .where('closed_how', 'in', ['called-back', 'called-again'])
      .execute(),
    db
      .selectFrom('recordings')
      .select(['id', 'call_id', 'state'])
      .where(among(dialect, 'call_id', ids))
      .where('part', '=', 'talk')
      .orderBy('known_at')
      .execute(),
    latestReviews(deps, ids),
  ]);
  const mended = new Set(callbacks.map(({ call_id }) => call_id));
  // Not asked for by its state: SQLite would go through every recording that was ever kept.
  const kept = sounds.filter(({ state }) => state === 'attached');
  const soundOf = Map.groupBy(kept, ({ call_id }) => call_id);
  return rows.map((row): IncomingCall => {
    const { ringSeconds, answeredAt } = summaryOf(entryOf(row).call);
    const isAnswered = answeredAt !== null;
    return {
      ...{ id: row.id, at: row.started_at, isAnswered },
      rangMs: isAnswered && ringSeconds !== null ? Math.round(ringSeconds * 1_000) : null,
      isMended: mended.has(row.id),
      recordings: (soundOf.get(row.id) ?? []).map(({ id }) => id),
      mark: marks.get(row.id)?.verdict ?? null,
    };
  });
}

/** Records with a 交办 from the stretch, each with all of its 交办 and 反馈. */
async function handledRecords(
  { db, dialect }: ReadDeps,
  room: string,
  { from, to }: ShiftEnds,
): Promise<readonly HandledRecord[]> {
  const asked = await db
    .selectFrom('record_entries')
    .innerJoin('records', 'records.id', 'record_entries.record_id')
    .select(['records.id', 'records.number_text', 'records.call_id'])
    .distinct()
    .where('records.room', '=', room)
    .where('record_entries.kind', '=', 'assignment')
    .where('record_entries.withdrawn_at', 'is', null)
    .where((is) => is(is.fn.coalesce('happened_at', 'at'), '>=', from))
    .where((is) => is(is.fn.coalesce('happened_at', 'at'), '<', to))
    .limit(MOST_RECORDS)
    .execute();
  const ids = asked.map(({ id }) => id);
  const entries = await db
    .selectFrom('record_entries')
    .select(['record_id', 'kind', 'who', 'at', 'happened_at', 'due_at', 'withdrawn_at'])
    .where(among(dialect, 'record_id', ids))
    .orderBy('at')
    .orderBy('id')
    .execute();
  const own = entries.filter(
    ({ kind, withdrawn_at }) => withdrawn_at === null && (kind === 'assignment' || kind === 'feedback'),
  );
  const of = Map.groupBy(own, ({ record_id }) => record_id);
  return asked.map(({ id, number_text, call_id }) => ({
    ...{ id, number: number_text, call: call_id },
    entries: (of.get(id) ?? [])
      .map(({ kind, who, at, happened_at, due_at }) => ({
        kind: kind === 'feedback' ? ('feedback' as const) : ('assignment' as const),
        ...{ who, at: happened_at ?? at, dueAt: due_at },
      }))
      .toSorted((one, other) => one.at - other.at),
  }));
}

async function emergenciesIn(
  { db }: ReadDeps,
  room: string,
  { from, to }: ShiftEnds,
): Promise<RoomHistory['emergencies']> {
  const rows = await db
    .selectFrom('records')
    .innerJoin('record_fields', 'record_fields.record_id', 'records.id')
    .select(['records.id', 'number_text', 'call_id'])
    .where('room', '=', room)
    .where('opened_at', '>=', from)
    .where('opened_at', '<', to)
    .where('state', 'not in', ['void', 'no-record', 'merged'])
    .where('field', '=', 'category')
    .where('value', '=', 'incident')
    .orderBy('opened_at')
    .orderBy('records.id')
    .limit(MOST_RECORDS)
    .execute();
  return rows.map(({ id, number_text, call_id }) => ({ id, number: number_text, call: call_id }));
}

async function notesAt({ db }: ReadDeps, room: string, at: number): Promise<RoomHistory['notes']> {
  const row = await db
    .selectFrom('duty_notes')
    .selectAll()
    .where('room', '=', room)
    .where('at', '<', at)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const [seen] = await readableNotes({ db }, room, [row]);
  return seen === undefined ? null : { version: row.version, at: row.at, by: row.by_name, notes: seen.notes };
}
