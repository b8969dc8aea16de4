/** What 回放 shows of a call beside the call itself. */
import type { ReviewSaid } from '../../records/review.ts';

export interface ReplayView {
  /** So many seconds of talk should have sound, by how the line is recorded; null: none is due. */
  readonly talkDue: number | null;
  /** 评议: every mark that was ever set, the latest first. */
  readonly reviews: readonly ReviewView[];
}

export interface ReviewView extends ReviewSaid {
  readonly id: string;
  /** Name of who set it. */
  readonly by: string | null;
  readonly at: number;
}
