/** Words on a paper that cannot be asked back. Pure. */
import type { PaperSetting } from './form-source.ts';

/**
 * Text for a paper that cannot be asked back: what turns the writing round, hides, or can stand in no document is shown
 * as �. Line ends are \n.
 */
export function printable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(
      /[^\P{Cc}\n]|\p{Cs}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu,
      '\ufffd',
    );
}

/** `2026年11月23日` on the office's wall. */
export function dayText(at: number, offset: PaperSetting['offset']): string {
  const wall = new Date(at + offset(at));
  return `${wall.getUTCFullYear()}年${wall.getUTCMonth() + 1}月${wall.getUTCDate()}日`;
}

/** `2026年11月23日 03时07分`. */
export function momentText(at: number, offset: PaperSetting['offset']): string {
  const wall = new Date(at + offset(at));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${dayText(at, offset)} ${two(wall.getUTCHours())}时${two(wall.getUTCMinutes())}分`;
}
