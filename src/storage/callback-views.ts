/** 待回拨 and notes of calls as the page sees them. */
import type { CallbackView, CallNoteView } from '../web/protocol/call-view.ts';
import { among } from './among.ts';
import type { CallbackTable, CallNoteTable } from './callback-table.ts';
import type { ReadDeps } from './read.ts';
import type { OpenCallback } from './store/calls.ts';

export interface CallExtras {
  callback(call: string): CallbackView | null;
  notes(call: string): readonly CallNoteView[];
}

/** Of many calls at once. `reasons`: why a call could not be called back, by call. */
export async function callExtras(
  deps: ReadDeps,
  ids: readonly string[],
  reasons: ReadonlyMap<string, string>,
): Promise<CallExtras> {
  const [callbacks, notes] = await Promise.all([
    deps.db
      .selectFrom('callbacks')
      .selectAll()
      .where(among(deps.dialect, 'call_id', ids))
      .execute(),
    deps.db
      .selectFrom('call_notes')
      .selectAll()
      .where(among(deps.dialect, 'call_id', ids))
      .orderBy('moment')
      .orderBy('id')
      .execute(),
  ]);
  const names = await namesOf(deps, callbacks);
  const byCall = new Map(callbacks.map((row) => [row.call_id, viewOf(row, names, reasons)]));
  const notesByCall = Map.groupBy(notes, (note) => note.call_id);
  return {
    callback: (call) => byCall.get(call) ?? null,
    notes: (call) => (notesByCall.get(call) ?? []).map(noteView),
  };
}

/** Ids of calls of a room that are still to be called back, oldest first. */
export async function openCallbacks(deps: ReadDeps, room: string, limit: number): Promise<readonly string[]> {
  const rows = await deps.db
    .selectFrom('callbacks')
    .select('call_id')
    .where('room', '=', room)
    .where('closed_at', 'is', null)
    .where('call_id', 'not in', (of) =>
      of.selectFrom('shut').select('call_id').where('call_id', 'is not', null).$castTo<{ call_id: string }>(),
    )
    .orderBy('since')
    .limit(limit)
    .execute();
  return rows.map((row) => row.call_id);
}

/** Everything that is to be called back, in every room, for the clock that tells of it. */
export async function allOpenCallbacks(deps: ReadDeps): Promise<readonly OpenCallback[]> {
  const rows = await deps.db
    .selectFrom('callbacks')
    .selectAll()
    .where('closed_at', 'is', null)
    .orderBy('since')
    .execute();
  return rows.map((row) => ({
    call: row.call_id,
    room: row.room,
    since: row.since,
    level: row.level,
    claimedAt: row.claimed_at,
  }));
}

async function namesOf(deps: ReadDeps, rows: readonly CallbackTable[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.flatMap((row) => [row.claimed_by ?? [], row.closed_by ?? []].flat());
  if (ids.length === 0) return new Map();
  const people = await deps.db
    .selectFrom('people')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(people.map(({ id, name }) => [id, name]));
}

function viewOf(
  row: CallbackTable,
  names: ReadonlyMap<string, string>,
  reasons: ReadonlyMap<string, string>,
): CallbackView {
  const how = row.closed_how as NonNullable<CallbackView['closed']>['how'];
  const byCall = how === 'called-back' || how === 'called-again';
  const { closed_by: by } = row;
  return {
    since: row.since,
    level: row.level,
    claimedBy: row.claimed_at === null ? null : (names.get(row.claimed_by ?? '') ?? ''),
    closed:
      row.closed_at === null
        ? null
        : {
            at: row.closed_at,
            how,
            call: byCall ? by : null,
            by: byCall || by === null ? null : (names.get(by) ?? ''),
            reason: how === 'given-up' ? (reasons.get(row.call_id) ?? null) : null,
          },
  };
}

function noteView(row: CallNoteTable): CallNoteView {
  const { id, moment, text, by_name: by, at, struck_at } = row;
  return { id, moment, text, by, at, struck: struck_at !== null };
}
