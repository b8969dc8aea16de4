/** Which rows of a long list stand in the visible part. Pure. */
export const ROW = 36;
/** Rows kept ready above and below. */
const MORE = 8;

/** Index of the first row and of the one behind the last. `top` and `height` in px. */
export function windowOf(
  top: number,
  height: number,
  count: number,
): { readonly from: number; readonly to: number } {
  const from = Math.max(0, Math.floor(top / ROW) - MORE);
  return { from: Math.min(from, count), to: Math.min(count, Math.ceil((top + height) / ROW) + MORE) };
}
