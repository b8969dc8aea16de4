/** What the page sends about 评议: hostile until it has come through here. */
import { z } from 'zod';
import { REVIEW_REASONS, REVIEW_VERDICTS, type ReviewSaid } from '../../records/review.ts';

const id = z.string().regex(/^[0-9A-Za-z-]{1,64}$/);
const review = z.strictObject({
  review: id,
  seen: id.nullable(),
  verdict: z.enum(REVIEW_VERDICTS),
  reasons: z.array(z.enum(REVIEW_REASONS)).max(REVIEW_REASONS.length),
  // How long it may be is the rule of the mark; here stands only what nobody types.
  remark: z.string().max(10_000),
});

export interface ReviewBody extends ReviewSaid {
  /** Made by the page: the same mark sent a second time is the same mark. */
  readonly review: string;
  /** The mark that stood there when the person decided; null: none. */
  readonly seen: string | null;
}

/** Null: malformed. */
export function parseReviewBody(body: unknown): ReviewBody | null {
  return review.safeParse(body).data ?? null;
}
