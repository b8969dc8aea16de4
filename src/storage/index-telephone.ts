/** What a record can be filtered by that its call tells. */
import type { Call } from '../calls/call.ts';
import { summaryOf } from '../calls/summary.ts';
import { among } from './among.ts';
import { latestReviews } from './review-reads.ts';
import type { IndexDeps } from './search-index.ts';

export const NO_REVIEW = 'none';

export interface Telephone {
  readonly outcome: string;
  readonly sound: number;
  readonly review: string;
}

/** How each call ended, whether its sound is here, and what was held of it; a call that lives has no outcome yet. */
export async function telephoneOf(
  { db, dialect }: IndexDeps,
  calls: readonly string[],
): Promise<ReadonlyMap<string, Telephone>> {
  if (calls.length === 0) return new Map();
  const ended = await db
    .selectFrom('calls')
    .select(['id', 'call_json'])
    .where(among(dialect, 'id', calls))
    .where('ended_at', 'is not', null)
    .execute();
  const recordings = await db
    .selectFrom('recordings')
    .select(['call_id', 'state'])
    .where(among(dialect, 'call_id', calls))
    .execute();
  // Asked for by its state, SQLite would go through every recording that was ever kept, at each form that is written.
  const sounds = new Set(recordings.flatMap((row) => (row.state === 'attached' ? row.call_id : [])));
  const outcomes = new Map(ended.map((row) => [row.id, outcomeOf(row.call_json)]));
  const reviews = await latestReviews({ db }, calls);
  return new Map(
    calls.map((id) => [
      id,
      {
        outcome: outcomes.get(id) ?? '',
        sound: sounds.has(id) ? 1 : 0,
        review: reviews.get(id)?.verdict ?? NO_REVIEW,
      },
    ]),
  );
}

function outcomeOf(json: string): string {
  const { outcome } = summaryOf(JSON.parse(json) as Call);
  return outcome === null ? '' : outcome === 'answered' ? 'answered' : 'missed';
}
