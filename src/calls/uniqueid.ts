/**
 * Asterisk's Uniqueid and Linkedid: `1795452315.0`, or `name-1795452315.0` with a system name; epoch seconds and a counter
 * that begins at 0 after every start.
 */

/** Begin of the channel in ms UTC, to the second; null when the text has another shape. */
export function startOf(uniqueid: string): number | null {
  const parts = /(\d{9,11})\.(\d+)$/.exec(uniqueid);
  return parts === null ? null : Number(parts[1]) * 1_000;
}

/** Negative when `a` is the older one. As text `….10` would stand before `….9`. */
export function compareAge(a: string, b: string): number {
  const left = /(\d{9,11})\.(\d+)$/.exec(a);
  const right = /(\d{9,11})\.(\d+)$/.exec(b);
  if (left === null || right === null) return a < b ? -1 : Number(a !== b);
  return Number(left[1]) - Number(right[1]) || Number(left[2]) - Number(right[2]);
}
