/** Keys of 回放 that the desk has no use for. Pure: the facts of a key event in, what it means out. */
import type { KeyPress } from '../keys.ts';
import type { ZoomStep } from './use-zoom.ts';

export type ReplayKey =
  | { readonly kind: 'toggle' | 'home' | 'note' | 'next' }
  | { readonly kind: 'skip'; readonly seconds: number }
  | { readonly kind: 'zoom'; readonly step: ZoomStep }
  | { readonly kind: 'speed' | 'move'; readonly by: -1 | 1 };

/** Where the keyboard stands: in a text, on a slider, on a button or link, or nowhere in particular. */
export type KeyPlace = 'text' | 'slider' | 'button' | 'free';

export function replayKey(press: KeyPress, place: KeyPlace): ReplayKey | null {
  if (press.isComposing || press.keyCode === 229 || place === 'text') return null;
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  // A button is pressed by these two.
  if (place === 'button' && (press.key === ' ' || press.key === 'Enter')) return null;
  const step = press.shiftKey ? 1 : 5;
  switch (press.key) {
    case ' ':
      return { kind: 'toggle' };
    case 'Enter':
      return { kind: 'next' };
    case '[':
      return { kind: 'speed', by: -1 };
    case ']':
      return { kind: 'speed', by: 1 };
    // The sign of the same key without Shift.
    case '+':
    case '=':
      return { kind: 'zoom', step: 'in' };
    case '-':
      return { kind: 'zoom', step: 'out' };
    case '0':
      return { kind: 'zoom', step: 'whole' };
    case 'm':
    case 'M':
      return { kind: 'note' };
  }
  if (place === 'slider') return null;
  switch (press.key) {
    case 'ArrowLeft':
      return { kind: 'skip', seconds: -step };
    case 'ArrowRight':
      return { kind: 'skip', seconds: step };
    case 'ArrowUp':
      return press.shiftKey ? null : { kind: 'move', by: -1 };
    case 'ArrowDown':
      return press.shiftKey ? null : { kind: 'move', by: 1 };
    case 'Home':
      return { kind: 'home' };
    default:
      return null;
  }
}

/** Of the element that has the focus. */
export function keyPlaceOf(element: Element | null): KeyPlace {
  if (element === null) return 'free';
  if (element.matches('input[type=range]')) return 'slider';
  if (element.matches('input:not([type=checkbox]), textarea, select, [contenteditable=true]')) return 'text';
  return element.matches('button, a, summary, input[type=checkbox]') ? 'button' : 'free';
}
