/**
 * Texts of callers and of whoever types may turn the direction of writing (U+202E, Arabic), so that words beside them change
 * places: `fpj.exe` seems to be `exe.jpg`. In the page `OutsideText` keeps each in its own box; in a title, which has no
 * boxes, the invisible isolates of Unicode do. Pure.
 */

const FIRST_STRONG_ISOLATE = '\u2068';
const END_OF_ISOLATE = '\u2069';

/** The text without isolates of its own: one end too many would leave the box. All else, U+202E too, stays. */
export function contained(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '');
}

/** For titles and other places without elements: the text between isolates; '' stays ''. */
export function isolated(text: string): string {
  return text === '' ? '' : `${FIRST_STRONG_ISOLATE}${contained(text).replace(/\s+/g, ' ')}${END_OF_ISOLATE}`;
}

/** A number as it came: what would show its digits in another order, or not at all, stands as �. */
export function rawNumber(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
}

/** The first `count` characters, never half of one (𠮷 is two units of a JavaScript string). */
export function beginning(text: string, count: number): string {
  return [...text.slice(0, 2 * count)].slice(0, count).join('');
}
