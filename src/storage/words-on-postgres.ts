/**
 * Words in PostgreSQL, newest first. A week first; what is rare there is then taken whole in one look, and the rest week by
 * week downwards, in steps that grow by what the last ones held: a word of every day is found in the newest week, one that
 * was of every day years ago costs no more than a step of a year.
 */
import { sql } from 'kysely';
import type { ReadDeps } from './read.ts';
import type { DocWindow } from './search-docs.ts';
import { firstDocOfWeek, weekOf, weekWord } from './time-word.ts';

const GROWTH = 4;
/** After a drought a word may come in every twentieth of 4,000 records a week: 20 ms in so many. */
const MOST_WEEKS = 52;
/** What would take more weeks than this is rare: all there is costs less than the weeks of it. */
const RARE_WEEKS = 16;
/** One week holds much of a word by chance and little of it. */
const WEEKS_THAT_SAY = 4;
/** Rows taken whole; of more the newest would have to be looked for among all. */
const MOST_WHOLE = 600;

interface Asked {
  readonly words: readonly string[];
  /** One of these too; none named: any. */
  readonly anyOf: readonly string[];
}

type Deps = Pick<ReadDeps, 'db'>;

/** Numbers in the window whose records have all of `words` and one of `anyOf` (none named: any), highest first. */
export async function wordsOnPostgres(
  deps: Deps,
  words: readonly string[],
  anyOf: readonly string[],
  { from, below, limit }: DocWindow,
): Promise<readonly number[]> {
  const asked: Asked = { words, anyOf };
  const found: number[] = [];
  let at = below;
  let weeks = 1;
  let looked = 0;
  let held = 0;
  let mayBeRare = true;
  while (found.length < limit && at > from) {
    // Years without a record, and times from a hand that slipped, are stepped over.
    const top = held > 0 ? at - 1 : await newest(deps, from, at);
    if (top === null) break;
    const last = weekOf(top);
    const first = Math.max(weekOf(from), last - weeks + 1);
    const step = { from: Math.max(from, firstDocOfWeek(first)), below: at, limit: limit - found.length };
    const more = await inWeeks(deps, asked, first, last, step);
    found.push(...more);
    held = more.length;
    looked += weeksIn(step.from, top + 1);
    at = step.from;
    const needed = weeksNeeded(looked, found.length, limit - found.length);
    if (mayBeRare && needed > RARE_WEEKS && (found.length === 0 || looked >= WEEKS_THAT_SAY)) {
      const rest = await whole(deps, asked, from, at);
      if (rest !== null) return [...found, ...rest.slice(0, limit - found.length)];
      mayBeRare = false;
    }
    // What is handed over beyond what is missing was in vain.
    weeks = Math.max(1, Math.min(Math.ceil(needed), weeks * GROWTH, MOST_WEEKS));
  }
  return found;
}

/** How many should hold what is missing, by what was looked at. A few hours of a week say nothing yet. */
function weeksNeeded(looked: number, found: number, missing: number): number {
  if (found === 0) return looked < 1 ? 1 : Number.POSITIVE_INFINITY;
  return (missing * looked) / found;
}

function weeksIn(from: number, below: number): number {
  return (below - from) / (firstDocOfWeek(1) - firstDocOfWeek(0));
}

async function newest({ db }: Deps, from: number, below: number): Promise<number | null> {
  const { rows } = await sql<{ doc: number }>`select doc from record_words
    where doc >= ${from} and doc < ${below} order by doc desc limit 1`.execute(db);
  return rows[0]?.doc ?? null;
}

/**
 * GIN (PostgreSQL 17) goes from key to key of a query and skips to where the last one stands: the week in one of its own lets
 * the list of a rare word begin and end in it. It stands with the words too, since two words that are each of every day and
 * never together would else be followed to the end of the table; and the room stands apart from them, because each of their
 * rows would be looked up in its long list, in whatever week.
 * The number stands in an expression, so that the planner does not walk down the key and read every row's words.
 */
async function inWeeks(
  { db }: Deps,
  { words, anyOf }: Asked,
  first: number,
  last: number,
  { from, below, limit }: DocWindow,
): Promise<readonly number[]> {
  const weeks = Array.from({ length: last - first + 1 }, (_, more) => weekWord(first + more));
  const isOne = weeks.length === 1;
  const inWeek = isOne ? sql`words @> ${weeks}::text[]` : sql`words && ${weeks}::text[]`;
  const all = isOne ? [...words, ...weeks] : words;
  const { rows } = await sql<{ doc: number }>`select doc from record_words
    where ${inWeek} and words @> ${[...all]}::text[] and ${ofAny(anyOf)}
    and doc + 0 >= ${from} and doc + 0 < ${below}
    order by doc + 0 desc limit ${limit}`.execute(db);
  return rows.map((row) => row.doc);
}

/** All there is, highest first; null: more than is taken whole. */
async function whole(
  { db }: Deps,
  { words, anyOf }: Asked,
  from: number,
  below: number,
): Promise<readonly number[] | null> {
  const { rows } = await sql<{ doc: number }>`select doc from record_words
    where words @> ${[...words]}::text[] and ${ofAny(anyOf)}
    and doc + 0 >= ${from} and doc + 0 < ${below} limit ${MOST_WHOLE + 1}`.execute(db);
  if (rows.length > MOST_WHOLE) return null;
  return rows.map((row) => row.doc).sort((one, other) => other - one);
}

function ofAny(anyOf: readonly string[]) {
  return anyOf.length === 0 ? sql`true` : sql`words && ${[...anyOf]}::text[]`;
}
