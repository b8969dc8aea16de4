/**
 * PostgreSQL: each record's words get the one of its month (`storage/time-word.ts`), by which the newest are found without
 * reading all. SQLite walks down by itself. Written by the server in one statement: filling the index anew from the
 * records would take ten times as long.
 */
import { type Kysely, sql } from 'kysely';
import { dropWordsIndex, makeWordsIndex } from '../words-index.ts';

const SIGN = '\ue001';
/** Seconds of a month and numbers in a second, as `doc-number.ts` has them. */
const DOCS_OF_MONTH = 30 * 86_400 * 1_024;

export async function up(db: Kysely<unknown>, whole: 'integer' | 'bigint'): Promise<void> {
  if (whole === 'integer') return;
  await dropWordsIndex(db);
  await sql`update record_words set words = words || (${SIGN}::text || (doc / ${DOCS_OF_MONTH}::bigint)::text)`.execute(
    db,
  );
  await makeWordsIndex(db);
}
