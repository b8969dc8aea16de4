/** What 考核 counts, read narrowly and page by page: a year of a busy room must not stop the service. */
import type { AssessedCall } from '../duty/assessment/figure.ts';
import type { HeldHandOver } from '../duty/assessment/turns.ts';
import type { Incident } from '../duty/incident.ts';
import { type Clock, clocksOf } from '../duty/incident-clock.ts';
import { allIncidents, roomLimits } from './incident-reads.ts';
import type { ReadDeps } from './read.ts';

/** A call as it is read, before anybody knows who was on duty. */
export type CountedCall = Omit<AssessedCall, 'officers'>;

export interface AssessmentReads {
  readonly calls: readonly CountedCall[];
  readonly handOvers: readonly HeldHandOver[];
  readonly findings: readonly {
    readonly id: string;
    readonly line: string;
    readonly state: string;
    readonly at: number;
  }[];
  /** Reports and answers of 突发事件 that were due by `now`: made in time, or not. */
  readonly clocks: readonly {
    /** The incident, a blank, and the clock. */
    readonly id: string;
    /** It began to run. */
    readonly at: number;
    readonly kept: boolean;
  }[];
}

/** Some 10 ms of the database; between two of them others have their turn. */
const PAGE = 300;

/**
 * Everything of a room from … to (not included, ms UTC): incoming calls that are over and came out somehow. Null when there are
 * more than `most` calls.
 */
export async function assessmentReads(
  deps: ReadDeps,
  room: string,
  {
    from,
    to,
    now,
    most,
  }: { readonly from: number; readonly to: number; readonly now: number; readonly most: number },
): Promise<AssessmentReads | null> {
  const { db } = deps;
  const calls: CountedCall[] = [];
  let after = { at: from, id: '' };
  for (;;) {
    const page = await pageOf(deps, room, after, to);
    calls.push(...page.flatMap((row) => callOf(room, row)));
    if (calls.length > most) return null;
    const last = page.slice(-1)[0];
    if (last === undefined || page.length < PAGE) break;
    after = { at: last.started_at, id: last.id };
    await new Promise((resolve) => setImmediate(resolve));
  }
  const [handOvers, findings, incidents] = await Promise.all([
    db
      .selectFrom('hand_overs')
      .select(['id', 'begun_at', 'state', 'closed_at'])
      .where('room', '=', room)
      .where('begun_at', '>=', from - AROUND_MS)
      .where('begun_at', '<', to + AROUND_MS)
      .orderBy('begun_at')
      .execute(),
    db
      .selectFrom('findings')
      .select(['id', 'line', 'state', 'opened_at'])
      .where('room', '=', room)
      .where('opened_at', '>=', from)
      .where('opened_at', '<', to)
      .execute(),
    allIncidents(db, room),
  ]);
  const limits = roomLimits(deps, room);
  return {
    calls,
    handOvers: handOvers.map(({ id, begun_at, state, closed_at }) => ({
      ...{ id, begunAt: begun_at, state: state as HeldHandOver['state'], closedAt: closed_at },
    })),
    clocks: incidents.flatMap((incident) =>
      clocksOf(incident, limits, now)
        // By when each began to run, whenever it was written down: a call before midnight is entered after it.
        .filter(({ startedAt }) => from <= startedAt && startedAt < to)
        .filter((clock) => isJudged(incident, clock))
        .map(({ id, startedAt, phase }) => ({
          ...{ id: `${incident.id} ${id}`, at: startedAt, kept: phase === 'kept' },
        })),
    ),
    findings: findings.map(({ id, line, state, opened_at }) => ({ id, line, state, at: opened_at })),
  };
}

/** What ended by hand before its limit was not owed any more; what still runs is not judged. */
function isJudged({ closedByHand, closedAt }: Incident, { phase, dueAt, what }: Clock): boolean {
  if (phase !== 'over') return phase === 'kept' || phase === 'late';
  // What the upper office asks is owed whatever became of the incident.
  if (!closedByHand || what.kind === 'inquiry') return true;
  return closedAt !== null && dueAt !== null && closedAt > dueAt;
}

/** A hand-over is begun before its turn or after it. */
const AROUND_MS = 6 * 3_600_000;

/** Rows after (time, id), by the index of a room's calls. */
async function pageOf(
  { db }: ReadDeps,
  room: string,
  after: { readonly at: number; readonly id: string },
  to: number,
) {
  const page = db
    .selectFrom('calls')
    .select(['id', 'line', 'direction', 'linkedid', 'started_at', 'ended_at', 'joined_to'])
    .where('room', '=', room)
    .where('started_at', '>=', after.at)
    .where('started_at', '<', to)
    .where((of) =>
      of.or([
        of('started_at', '>', after.at),
        of.and([of('started_at', '=', after.at), of('id', '>', after.id)]),
      ]),
    )
    .orderBy('started_at')
    .orderBy('id')
    .limit(PAGE);
  const rows = await page.execute();
  if (rows.length === 0) return [];
  const ids = db.selectFrom(page.as('page')).select('page.id');
  const [legs, docs, records, callbacks, reviews] = await Promise.all([
    db
      .selectFrom('legs')
      .select(['call_id', 'uniqueid', 'rang_at', 'answered_at'])
      .where('call_id', 'in', ids)
      .execute(),
    db.selectFrom('search_docs').select(['call_id', 'outcome']).where('call_id', 'in', ids).execute(),
    db
      .selectFrom('records')
      .select(['call_id', 'state', 'registered_at'])
      .where('call_id', 'in', ids)
      .execute(),
    db
      .selectFrom('callbacks')
      .select(['call_id', 'since', 'closed_at', 'closed_how'])
      .where('call_id', 'in', ids)
      .execute(),
    db
      .selectFrom('call_reviews')
      .select(['call_id', 'verdict'])
      .where('call_id', 'in', ids)
      .orderBy('turn')
      .execute(),
  ]);
  const [outcomeOf, recordOf, callbackOf] = [byCall(docs), byCall(records), byCall(callbacks)];
  const reviewOf = byCall(reviews);
  const legsOf = new Map<string, (typeof legs)[number][]>();
  for (const leg of legs) {
    const list = legsOf.get(leg.call_id);
    if (list === undefined) legsOf.set(leg.call_id, [leg]);
    else list.push(leg);
  }
  return rows.map((row) => ({
    ...row,
    legs: legsOf.get(row.id) ?? [],
    outcome: outcomeOf.get(row.id)?.outcome ?? '',
    record: recordOf.get(row.id) ?? null,
    callback: callbackOf.get(row.id) ?? null,
    review: reviewOf.get(row.id)?.verdict ?? null,
  }));
}

/** By the id of their call; of several the last. */
function byCall<Row extends { readonly call_id: string | null }>(
  rows: readonly Row[],
): ReadonlyMap<string, Row> {
  return new Map(rows.flatMap((row) => (row.call_id === null ? [] : [[row.call_id, row] as const])));
}

function callOf(room: string, row: Awaited<ReturnType<typeof pageOf>>[number]): readonly CountedCall[] {
  const { id, line, direction, linkedid, started_at, ended_at, joined_to, legs, outcome, record } = row;
  if (direction !== 'inbound' || ended_at === null || joined_to !== null || outcome === '') return [];
  const rang = earliest(legs.map((leg) => leg.rang_at));
  const answered = earliest(legs.map((leg) => (leg.uniqueid === linkedid ? null : leg.answered_at)));
  const { callback, review } = row;
  return [
    {
      ...{ kind: 'call', id, room, line, at: started_at, endedAt: ended_at },
      outcome: outcome === 'answered' ? 'answered' : 'missed',
      ringMs: rang === null || answered === null ? null : Math.max(0, answered - rang),
      callback:
        callback === null
          ? null
          : {
              since: callback.since,
              closedAt: callback.closed_at,
              how: callback.closed_how as 'called-back' | 'called-again' | 'given-up' | 'decided' | null,
            },
      form:
        record?.registered_at != null && record.state !== 'void'
          ? { state: 'registered', at: record.registered_at }
          : { state: record?.state === 'draft' ? 'draft' : 'none' },
      review: review as 'proper' | 'improper' | null,
    },
  ];
}

function earliest(times: readonly (number | null)[]): number | null {
  return times.reduce<number | null>(
    (first, time) => (time === null || (first !== null && first <= time) ? first : time),
    null,
  );
}
