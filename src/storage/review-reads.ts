/** 评议 as the page sees it, as 记录查询 filters by it, and as it is taken along. */
import type { ReviewReason, ReviewVerdict } from '../records/review.ts';
import type { ReviewView } from '../web/protocol/review-view.ts';
import { padded } from './bulk.ts';
import type { ReadDeps } from './read.ts';
import type { CallReviewTable } from './review-table.ts';

/** Every mark on a call, the latest first. */
export async function reviewsOfCall({ db }: ReadDeps, call: string): Promise<readonly ReviewView[]> {
  const rows = await db
    .selectFrom('call_reviews')
    .selectAll()
    .where('call_id', '=', call)
    .orderBy('turn', 'desc')
    .execute();
  return rows.map(viewOf);
}

/** The mark that counts, of each of these calls that has one. */
export async function latestReviews(
  { db }: Pick<ReadDeps, 'db'>,
  calls: readonly string[],
): Promise<ReadonlyMap<string, ReviewView>> {
  if (calls.length === 0) return new Map();
  const rows = await db
    .selectFrom('call_reviews')
    .selectAll()
    .where('call_id', 'in', [...padded(calls)])
    .orderBy('turn')
    .execute();
  return new Map(rows.map((row) => [row.call_id, viewOf(row)]));
}

function viewOf(row: CallReviewTable): ReviewView {
  return {
    id: row.id,
    verdict: row.verdict as ReviewVerdict,
    reasons: JSON.parse(row.reasons_json) as readonly ReviewReason[],
    remark: row.remark,
    by: row.by_name,
    at: row.at,
  };
}
