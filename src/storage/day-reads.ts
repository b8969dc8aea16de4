/** What came to a room in a stretch of time, for the list of a day. */
import type { CallView } from '../web/protocol/call-view.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { padded } from './bulk.ts';
import { callViews } from './call-views.ts';
import type { ReadDeps } from './read.ts';
import { recordViews } from './record-views.ts';

/** A room with more in a day is not a duty room; the list says that it was cut. */
const MOST = 5_000;

export interface RoomSpan {
  /** Begun from `from` to `to` (not included), ms UTC, oldest first. */
  readonly calls: readonly CallView[];
  /** Of those calls, and those without a call that were opened in that time. */
  readonly records: readonly RecordView[];
  /** There was more. */
  readonly isCut: boolean;
}

export async function roomSpan(deps: ReadDeps, room: string, from: number, to: number): Promise<RoomSpan> {
  const calls = await deps.db
    .selectFrom('calls')
    .selectAll()
    .where('room', '=', room)
    .where('started_at', '>=', from)
    .where('started_at', '<', to)
    .orderBy('started_at')
    .limit(MOST + 1)
    .execute();
  const byHand = await deps.db
    .selectFrom('records')
    .selectAll()
    .where('room', '=', room)
    .where('call_id', 'is', null)
    .where('opened_at', '>=', from)
    .where('opened_at', '<', to)
    .orderBy('opened_at')
    .limit(MOST + 1)
    .execute();
  const shown = calls.slice(0, MOST);
  const ofCalls =
    shown.length === 0
      ? []
      : await deps.db
          .selectFrom('records')
          .selectAll()
          .where('call_id', 'in', [...padded(shown.map((call) => call.id))])
          .execute();
  return {
    calls: await callViews(deps, shown),
    records: await recordViews(deps, [...ofCalls, ...byHand.slice(0, MOST)]),
    isCut: calls.length > MOST || byHand.length > MOST,
  };
}
