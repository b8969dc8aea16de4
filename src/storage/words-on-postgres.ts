/**
 * Words in PostgreSQL, newest first. Month by month downwards, in steps that grow: a word of every day is found in the
 * newest month, a rare one soon over most of a year at a time, and one that was of every day years ago costs no more than
 * one such step.
 */
import { sql } from 'kysely';
import type { ReadDeps } from './read.ts';
import type { DocWindow } from './search-docs.ts';
import { firstDocOfMonth, monthOf, monthWord } from './time-word.ts';

const GROWTH = 4;
/** After a drought a word may come in every twentieth of 17,000 records a month: 20 ms in so many. */
const MOST_MONTHS = 12;

/** Numbers in the window whose records have all of `words` and one of `anyOf` (none named: any), highest first. */
export async function wordsOnPostgres(
  deps: Pick<ReadDeps, 'db'>,
  words: readonly string[],
  anyOf: readonly string[],
  { from, below, limit }: DocWindow,
): Promise<readonly number[]> {
  const found: number[] = [];
  let at = below;
  let months = 1;
  let held = 0;
  while (found.length < limit && at > from) {
    // Years without a record, and times from a hand that slipped, are stepped over.
    const top = held > 0 ? at - 1 : await newest(deps, from, at);
    if (top === null) break;
    const last = monthOf(top);
    const first = Math.max(monthOf(from), last - months + 1);
    const step = { from: Math.max(from, firstDocOfMonth(first)), below: at, limit: limit - found.length };
    const more = await inMonths(deps, words, anyOf, first, last, step);
    found.push(...more);
    held = more.length;
    at = step.from;
    months = nextMonths(months, held, limit - found.length);
  }
  return found;
}

/** As many as should hold what is missing, by what these months held; what is handed over beyond it was in vain. */
function nextMonths(months: number, held: number, missing: number): number {
  const guess = held === 0 ? months * GROWTH : Math.ceil((missing * months) / held);
  return Math.max(1, Math.min(guess, months * GROWTH, MOST_MONTHS));
}

async function newest({ db }: Pick<ReadDeps, 'db'>, from: number, below: number): Promise<number | null> {
  const { rows } = await sql<{ doc: number }>`select doc from record_words
    where doc >= ${from} and doc < ${below} order by doc desc limit 1`.execute(db);
  return rows[0]?.doc ?? null;
}

/** The number stands in an expression, so that the planner does not walk down the key and read every row's words. */
async function inMonths(
  { db }: Pick<ReadDeps, 'db'>,
  words: readonly string[],
  anyOf: readonly string[],
  first: number,
  last: number,
  { from, below, limit }: DocWindow,
): Promise<readonly number[]> {
  const months = Array.from({ length: last - first + 1 }, (_, more) => monthWord(first + more));
  const [only, ...others] = months;
  const all = others.length === 0 && only !== undefined ? [...words, only] : [...words];
  const ofMonths = others.length === 0 ? sql`` : sql`and words && ${months}::text[]`;
  const ofAny = anyOf.length === 0 ? sql`` : sql`and words && ${[...anyOf]}::text[]`;
  const { rows } = await sql<{ doc: number }>`select doc from record_words
    where words @> ${all}::text[] ${ofMonths} ${ofAny} and doc + 0 >= ${from} and doc + 0 < ${below}
    order by doc + 0 desc limit ${limit}`.execute(db);
  return rows.map((row) => row.doc);
}
