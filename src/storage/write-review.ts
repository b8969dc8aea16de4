/** 评议: a mark on a call. A later one counts from then on; the earlier ones stay, with who and when. */

import type { Refusal } from '../records/command.ts';
import { REVIEW_REASONS, type ReviewReason, type ReviewSaid, refusalOfReview } from '../records/review.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import { newSalt, saltedDigest } from './digest.ts';
import { lockCall } from './lock-call.ts';
import { DONE, type Outcome } from './outcome.ts';
import { indexCall } from './search-index.ts';
import { shutAmong } from './shut-reads.ts';

export interface ReviewWork extends ReviewSaid {
  readonly type: 'review-call';
  /** Made by the client: the same mark a second time is the same mark. */
  readonly review: string;
  readonly call: string;
  /** The mark that counted when the person decided; null: there was none. */
  readonly seen: string | null;
  readonly account: string | null;
  readonly person: string | null;
  readonly name: string | null;
  readonly at: number;
}

/** Ids, words of the fixed list and a digest. */
interface ReviewFact {
  readonly kind: 'call-reviewed';
  readonly review: string;
  readonly turn: number;
  readonly verdict: ReviewSaid['verdict'];
  readonly reasons: readonly ReviewReason[];
  readonly by: string | null;
  readonly digest: string;
  readonly at: number;
}

const MOST_REVIEWS = 100;

export async function writeReview(desk: Desk, work: ReviewWork): Promise<Outcome> {
  await lockCall(desk, work.call);
  const known = await desk.db
    .selectFrom('call_reviews')
    .select('call_id')
    .where('id', '=', work.review)
    .executeTakeFirst();
  if (known !== undefined) return known.call_id === work.call ? DONE : { ok: false, refusal: noSuchCall };
  const call = await desk.db
    .selectFrom('calls')
    .select(['room', 'ended_at'])
    .where('id', '=', work.call)
    .executeTakeFirst();
  const shut = await shutAmong(desk, 'call_id', [work.call]);
  if (call === undefined || shut.size > 0) return { ok: false, refusal: noSuchCall };
  if (call.ended_at === null) return { ok: false, refusal: notOver };
  const said: ReviewSaid = {
    verdict: work.verdict,
    reasons: REVIEW_REASONS.filter((reason) => work.reasons.includes(reason)),
    remark: work.remark.replaceAll('\0', '').toWellFormed().trim(),
  };
  const refusal = refusalOfReview(said);
  if (refusal !== null) return { ok: false, refusal };
  const last = await desk.db
    .selectFrom('call_reviews')
    .select(['id', 'turn'])
    .where('call_id', '=', work.call)
    .orderBy('turn', 'desc')
    .limit(1)
    .executeTakeFirst();
  if ((last?.id ?? null) !== work.seen) return { ok: false, refusal: moved };
  if ((last?.turn ?? 0) >= MOST_REVIEWS) return { ok: false, refusal: tooMany };
  await keep(desk, work, said, (last?.turn ?? 0) + 1);
  noteChange(desk, 'call', work.call, call.room);
  return DONE;
}

async function keep(desk: Desk, work: ReviewWork, said: ReviewSaid, turn: number): Promise<void> {
  const { review, call, account, person, name, at } = work;
  const { verdict, reasons, remark } = said;
  await desk.db
    .insertInto('call_reviews')
    .values({
      id: review,
      call_id: call,
      turn,
      verdict,
      reasons_json: JSON.stringify(reasons),
      remark,
      by_person: person,
      by_name: name,
      at,
    })
    .execute();
  const digest = saltedDigest(newSalt(), remark);
  const fact: ReviewFact = {
    ...{ kind: 'call-reviewed', review, turn, verdict, reasons, by: person ?? account, digest, at },
  };
  appendFact(desk, {
    fact_key: `review:${review}`,
    stream: 'review',
    stream_id: call,
    kind: fact.kind,
    at,
    fact_json: JSON.stringify(fact),
    context_json: null,
  });
  const payload = { review, verdict, reasons: reasons.join(' ') };
  desk.audits.push({ at, account, person, kind: fact.kind, subject: call, payload });
  indexCall(desk, call);
}

const noSuchCall: Refusal = {
  code: 'review-call-unknown',
  zh: '找不到这通电话，或它已被隔离，不能评议。',
  en: 'There is no such call, or it is shut away.',
};
const notOver: Refusal = {
  code: 'review-call-not-over',
  zh: '通话尚未结束，结束后再评议。',
  en: 'The call is not over yet.',
};
const moved: Refusal = {
  code: 'review-moved',
  zh: '刚才已有人评议。请看过新的评议再改。',
  en: 'Somebody else marked this call meanwhile. Look at that mark first.',
};
const tooMany: Refusal = {
  code: 'reviews-too-many',
  zh: '这通电话的评议已改动 100 次，不能再改。',
  en: 'This call was marked 100 times already.',
};
