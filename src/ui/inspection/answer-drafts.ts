/**
 * What an inspector has written of each item beside what is kept of it. A draft knows the revision over which it was begun, so
 * that it never goes over words that nobody here has seen; once saved it gives way to what is read. Pure.
 */
import type { ItemAnswer, ItemSaid } from '../../duty/inspection.ts';
import type { ItemCode } from '../../duty/inspection-items.ts';

export interface AnswerDraft extends ItemSaid {
  /** The revision it was begun over; null: it was refused, and goes over what was read since. */
  readonly base: number | null;
  readonly isSaved: boolean;
}

export type AnswerDrafts = Readonly<Partial<Record<ItemCode, AnswerDraft>>>;

type Kept = Pick<ItemAnswer, 'situation' | 'verdict' | 'mendBy' | 'revision'>;

/** As the item stands on the page. */
export function shownAnswer(draft: AnswerDraft | undefined, kept: Kept): ItemSaid {
  return stands(draft, kept) ? draft : kept;
}

/** After a key or a choice. */
export function editedAnswer(
  draft: AnswerDraft | undefined,
  kept: Kept,
  change: Partial<ItemSaid>,
): AnswerDraft {
  const { situation, verdict, mendBy, revision } = kept;
  const begun = stands(draft, kept) ? draft : { situation, verdict, mendBy, base: revision };
  return { ...begun, ...change, isSaved: false };
}

/** Whether there is something to send. */
export function isUnsaved(draft: AnswerDraft | undefined, kept: Kept): draft is AnswerDraft {
  if (draft === undefined || draft.isSaved) return false;
  const { situation, verdict, mendBy } = kept;
  return draft.situation !== situation || draft.verdict !== verdict || draft.mendBy !== mendBy;
}

/** `sent` was taken over `base`; `now` is what stands by then, and may have gone on. */
export function savedAnswer(now: AnswerDraft, sent: AnswerDraft, base: number): AnswerDraft {
  return { ...now, base: base + 1, isSaved: now === sent };
}

/** What was saved stands until it is read back, or something later is. */
function stands(draft: AnswerDraft | undefined, kept: Kept): draft is AnswerDraft {
  return draft !== undefined && !(draft.isSaved && draft.base !== null && kept.revision >= draft.base);
}
