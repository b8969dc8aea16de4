/** 评议 as the page sees it, and as 记录查询 filters by it. */
import type { ReviewReason, ReviewVerdict } from '../records/review.ts';
import type { ReviewView } from '../web/protocol/review-view.ts';
import { padded } from './bulk.ts';
import type { ReadDeps } from './read.ts';

/** Every mark on a call, the latest first. */
export async function reviewsOfCall({ db }: ReadDeps, call: string): Promise<readonly ReviewView[]> {
  const rows = await db
    .selectFrom('call_reviews')
    .selectAll()
    .where('call_id', '=', call)
    .orderBy('turn', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    verdict: row.verdict as ReviewVerdict,
    reasons: JSON.parse(row.reasons_json) as readonly ReviewReason[],
    remark: row.remark,
    by: row.by_name,
    at: row.at,
  }));
}

/** The mark that counts, of each of these calls that has one. */
export async function latestVerdicts(
  { db }: Pick<ReadDeps, 'db'>,
  calls: readonly string[],
): Promise<ReadonlyMap<string, ReviewVerdict>> {
  const rows = await db
    .selectFrom('call_reviews')
    .select(['call_id', 'verdict'])
    .where('call_id', 'in', [...padded(calls)])
    .orderBy('turn')
    .execute();
  return new Map(rows.map((row) => [row.call_id, row.verdict as ReviewVerdict]));
}
