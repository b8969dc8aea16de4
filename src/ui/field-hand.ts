/**
 * One field under an officer's hands, without its element. Pure. The element owns its text: nothing is put into it while an
 * input method composes, so what stands there may be older than the newest version; an edit names the version it began from.
 */
import type { FieldView, HoldView } from '../web/protocol/record-view.ts';
import type { UnsentText } from './unsent.ts';

export interface Hand {
  /** Version of the text that stands in the element. */
  readonly seen: number;
  readonly composing: boolean;
}

/** What should stand in a field: the own unsent words, else what somebody else types now, else what is kept. */
export function shownText(unsent: UnsentText | null, hold: HoldView | null, kept: FieldView): string {
  return unsent?.value ?? hold?.text ?? kept.value;
}

/** The hand after a rendering. Under composition the element keeps its text, and so its version. */
export function afterRendering(hand: Hand, kept: FieldView): Hand {
  return hand.composing ? hand : { ...hand, seen: kept.version };
}

/** What a stroke asks for; null while an input method composes, and where somebody else writes. */
export function editOf(
  hand: Hand,
  value: string,
  readOnly: boolean,
): { readonly value: string; readonly base: number } | null {
  return hand.composing || readOnly ? null : { value, base: hand.seen };
}
