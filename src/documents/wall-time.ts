/** Moments on a paper, by the office's wall. `offset`: ms to add to UTC at a moment. */

/** `03:07:09`. */
export function clockText(at: number, offset: (at: number) => number): string {
  return new Date(at + offset(at)).toISOString().slice(11, 19);
}

/** `2026-11-23 03:07`. */
export function momentText(at: number, offset: (at: number) => number): string {
  return new Date(at + offset(at)).toISOString().slice(0, 16).replace('T', ' ');
}
