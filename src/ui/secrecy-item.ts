/** How a text that was written by hand is told from the others where one is chosen for 涉密误录处置. */
import { type HandWritten, nameOfWritten, type ShutState } from '../duty/hand-written.ts';
import type { SecrecyItem } from './secrecy-panel.tsx';

/** Signs of a text, enough to tell it from the others. */
const BEGINNING = 24;

export function secrecyItem(
  written: HandWritten,
  what: string,
  text: string,
  shut: ShutState | null,
): SecrecyItem {
  return { id: nameOfWritten(written), shut, name: `${what}：${beginningOf(text)}` };
}

export function beginningOf(text: string): string {
  return [...text].slice(0, BEGINNING).join('');
}
