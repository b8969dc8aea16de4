/** What a page starts from, and what it missed since. */

import { dayStartIn } from '../duty/time-zone.ts';
import { among } from './among.ts';
import type { CallTable } from './call-tables.ts';
import { callViews } from './call-views.ts';
import { openCallbacks } from './callback-views.ts';
import { recentGaps } from './gap-reads.ts';
import type { ReadDeps } from './read.ts';
import { recordViews } from './record-views.ts';
import { roomView } from './room-views.ts';
import type { RoomSnapshot } from './store/rooms.ts';
import type { ChangeTable } from './tables.ts';
import type { PublishedChange } from './work.ts';

const A_DAY = 24 * 60 * 60 * 1_000;
/** A room with more calls in a day shows the newest. */
const MOST_CALLS = 1_000;
const MOST_DRAFTS = 500;
/** A client that missed more is better served by a snapshot. */
const MOST_CHANGES = 2_000;

/** Today's and all living calls of a room, open drafts, the records of those calls and today's
 * without a call, gaps. Throws for an unknown room. */
export async function snapshot(deps: ReadDeps, room: string, at: number): Promise<RoomSnapshot> {
  // Read first: what is written meanwhile comes again as a change, and applying a whole view twice does no harm.
  const position = await lastPosition(deps);
  const view = await roomView(deps, room, at);
  if (view === undefined) throw new Error(`there is no room ${room}`);
  const calls = await callsToShow(deps, room, at);
  const drafts = await deps.db
    .selectFrom('records')
    .selectAll()
    .where('room', '=', room)
    .where('state', '=', 'draft')
    .orderBy('opened_at', 'desc')
    .limit(MOST_DRAFTS)
    .execute();
  const byHand = await deps.db
    .selectFrom('records')
    .selectAll()
    .where('room', '=', room)
    .where('call_id', 'is', null)
    .where('opened_at', '>=', dayStartIn(deps.rules.timeZone, at))
    .where('state', '!=', 'draft')
    .orderBy('opened_at', 'desc')
    .limit(MOST_DRAFTS)
    .execute();
  const ofCalls =
    calls.length === 0
      ? []
      : await deps.db
          .selectFrom('records')
          .selectAll()
          .where(
            among(
              deps.dialect,
              'call_id',
              calls.map((call) => call.id),
            ),
          )
          .where('state', '!=', 'draft')
          .execute();
  return {
    position,
    room: view,
    gaps: await recentGaps(deps, at - A_DAY),
    calls: await callViews(deps, calls),
    records: await recordViews(deps, [...drafts, ...byHand, ...ofCalls]),
  };
}

/**
 * Today's calls, those that live since before and those that wait for a call back. Several queries, because SQLite answers "begun today or not
 * ended" by walking every call the room ever had: 350 ms at 100,000 calls, in which nothing else is served.
 */
async function callsToShow(deps: ReadDeps, room: string, at: number): Promise<readonly CallTable[]> {
  const today = dayStartIn(deps.rules.timeZone, at);
  const begunToday = await deps.db
    .selectFrom('calls')
    .selectAll()
    .where('room', '=', room)
    .where('started_at', '>=', today)
    .orderBy('started_at', 'desc')
    .limit(MOST_CALLS)
    .execute();
  const known = new Set(begunToday.map(({ id }) => id));
  // Of all rooms, so that the index of ends is the one SQLite takes; few live at once.
  const livingOfAll = await deps.db
    .selectFrom('calls')
    .selectAll()
    .where('ended_at', 'is', null)
    .orderBy('started_at', 'desc')
    .execute();
  // Whoever waits for a call back since yesterday waits today.
  const waiting = await openCallbacks(deps, room, MOST_CALLS);
  const living = livingOfAll.filter((call) => call.room === room && !known.has(call.id));
  for (const { id } of living) known.add(id);
  const older = waiting.filter((id) => !known.has(id));
  const waitingSinceBefore =
    older.length === 0
      ? []
      : await deps.db
          .selectFrom('calls')
          .selectAll()
          .where(among(deps.dialect, 'id', older))
          .execute();
  // What is cut is the oldest of today, never what needs somebody.
  const left = MOST_CALLS - living.length - waitingSinceBefore.length;
  const needed = new Set(waiting);
  const isShown = (call: CallTable, place: number) =>
    place < left || call.ended_at === null || needed.has(call.id);
  return [...begunToday.filter(isShown), ...living, ...waitingSinceBefore];
}

export async function lastPosition(deps: ReadDeps): Promise<number> {
  const row = await deps.db
    .selectFrom('changes')
    .select((of) => of.fn.max('position').as('last'))
    .executeTakeFirst();
  return row?.last ?? 0;
}

/** Each entity once, by its last change after `position`; null when the client must start anew. */
export async function changesSince(
  deps: ReadDeps,
  room: string,
  position: number,
): Promise<readonly PublishedChange[] | null> {
  const ends = await deps.db
    .selectFrom('changes')
    .select((of) => [of.fn.min('position').as('first'), of.fn.max('position').as('last')])
    .executeTakeFirst();
  const first = ends?.first ?? 1;
  const last = ends?.last ?? 0;
  // A position beyond the end belongs to a database that was put back from a copy.
  if (position < first - 1 || position > last) return null;
  const rows = await deps.db
    .selectFrom('changes')
    .selectAll()
    .where('position', '>', position)
    .where((row) => row.or([row('room', '=', room), row('room', 'is', null)]))
    .orderBy('position')
    .limit(MOST_CHANGES + 1)
    .execute();
  return rows.length > MOST_CHANGES ? null : lastOfEach(rows);
}

function lastOfEach(rows: readonly ChangeTable[]): readonly PublishedChange[] {
  const last = new Map<string, PublishedChange>();
  for (const { position, room, entity, entity_id: id } of rows) {
    const key = `${entity} ${id}`;
    last.delete(key);
    last.set(key, { position, room, entity: entity as PublishedChange['entity'], id });
  }
  return [...last.values()];
}
