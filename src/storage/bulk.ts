/** Largest number of rows one statement writes; SQLite takes 32,766 parameters, PostgreSQL 65,535. */
const LARGEST = 64;

/**
 * Cuts rows into pieces whose sizes are powers of two: every size is one SQL text, so that the statement cache and
 * PostgreSQL's parser see a handful of texts instead of one for each count.
 */
export function pieces<Row>(rows: readonly Row[]): readonly (readonly Row[])[] {
  const cut: (readonly Row[])[] = [];
  let from = 0;
  while (from < rows.length) {
    let size = LARGEST;
    while (size > rows.length - from) size /= 2;
    cut.push(rows.slice(from, from + size));
    from += size;
  }
  return cut;
}

/** Fills a list for `in (…)` up to the next power of two by repeating its last value, for the same reason. */
export function padded<Value>(values: readonly Value[]): readonly Value[] {
  const last = values.at(-1);
  if (last === undefined) return values;
  let size = 1;
  while (size < values.length) size *= 2;
  return [...values, ...Array<Value>(size - values.length).fill(last)];
}
