/** Which rows of a long list of rows of one height stand in the visible part. Pure. */

/** Rows kept ready above and below. */
const MORE = 8;

/**
 * Index of the first row and of the one behind the last. `top`: how far the first row lies above the visible part (negative
 * when it lies below its upper edge), `height` of that part, `row` of a row, all in px.
 */
export function windowOf(
  top: number,
  height: number,
  count: number,
  row: number,
): { readonly from: number; readonly to: number } {
  const from = Math.min(count, Math.max(0, Math.floor(top / row) - MORE));
  const to = Math.min(count, Math.ceil((top + height) / row) + MORE);
  return { from, to: Math.max(from, to) };
}

/**
 * Where a list scrolled to `scroll` must scroll so that a row at `top` of its content is seen; `under` px of its visible part
 * lie under a heading that stays. The same place when the row is seen already.
 */
export function scrollToSee(
  seen: { readonly scroll: number; readonly height: number; readonly under: number },
  row: { readonly top: number; readonly height: number },
): number {
  if (row.top < seen.scroll + seen.under) return Math.max(0, row.top - seen.under);
  return Math.max(seen.scroll, row.top + row.height - seen.height);
}
