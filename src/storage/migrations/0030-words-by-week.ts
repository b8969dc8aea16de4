/**
 * PostgreSQL: the word of each record's month gives way to the one of its week (`storage/time-word.ts`): the page of a word of
 * every day looks through a quarter. Written by the server in one statement, as the months were.
 */
import { type Kysely, sql } from 'kysely';
import { dropWordsIndex, makeWordsIndex } from '../words-index.ts';

const SIGN = '\ue001';
/** Seconds of a week and numbers in a second, as `time-word.ts` and `doc-number.ts` have them. */
const DOCS_OF_WEEK = 7 * 86_400 * 1_024;

export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  if (whole === 'integer') return;
  await dropWordsIndex(db);
  await sql`update record_words set words =
    array(select word from unnest(words) with ordinality as each(word, place)
      where left(word, 1) <> ${SIGN} order by place)
    || (${SIGN}::text || (doc / ${DOCS_OF_WEEK}::bigint)::text)`.execute(db);
  await makeWordsIndex(db);
}
