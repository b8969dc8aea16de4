/** Calls as the page shows them, those that wait to be called back, and what was said of a call afterwards. */
import type { CallView } from '../../web/protocol/call-view.ts';
import type { ReviewView } from '../../web/protocol/review-view.ts';
import { among } from '../among.ts';
import { callViews } from '../call-views.ts';
import { allOpenCallbacks } from '../callback-views.ts';
import type { ReadDeps } from '../read.ts';
import { latestReviews, reviewsOfCall } from '../review-reads.ts';
import { type Shut, shutAmong } from '../shut-reads.ts';

export interface StoredCalls {
  callView(id: string): Promise<CallView | undefined>;
  /** Many at the cost of one, in any order; ids of nothing are left out. */
  callViews(ids: readonly string[]): Promise<readonly CallView[]>;
  /** Calls of a room that have not ended, newest first. */
  livingCalls(room: string): Promise<readonly CallView[]>;
  /** 待回拨 of every room, those that wait longest first. */
  allOpenCallbacks(): Promise<readonly OpenCallback[]>;
  /** 评议: every mark that was set on a call, the latest first. */
  reviewsOfCall(call: string): Promise<readonly ReviewView[]>;
  /** The mark that counts, of each of these calls (at least one) that has one. */
  latestReviews(calls: readonly string[]): Promise<ReadonlyMap<string, ReviewView>>;
  /** 涉密误录处置: what of a call may be heard or read. */
  shutOfCall(call: string): Promise<Shut>;
}

export interface OpenCallback {
  readonly call: string;
  readonly room: string;
  /** ms UTC. */
  readonly since: number;
  readonly level: number;
  readonly claimedAt: number | null;
}

export function storedCalls(deps: ReadDeps): StoredCalls {
  const { db } = deps;
  const callsOf = async (ids: readonly string[]) => {
    if (ids.length === 0) return [];
    const rows = await db
      .selectFrom('calls')
      .selectAll()
      .where(among(deps.dialect, 'id', ids))
      .execute();
    return callViews(deps, rows);
  };
  return {
    callView: async (id) => (await callsOf([id]))[0],
    callViews: callsOf,
    async livingCalls(room) {
      const rows = await db
        .selectFrom('calls')
        .selectAll()
        .where('ended_at', 'is', null)
        .where('room', '=', room)
        .orderBy('started_at', 'desc')
        .execute();
      return callViews(deps, rows);
    },
    allOpenCallbacks: () => allOpenCallbacks(deps),
    reviewsOfCall: (call) => reviewsOfCall(deps, call),
    latestReviews: (calls) => latestReviews(deps, calls),
    shutOfCall: async (call) => (await shutAmong(deps, 'call_id', [call])).get(call) ?? null,
  };
}
