/** 记录查询: one narrow row a record to filter by, and the words of its texts. Both are folds, filled when the store opens. */
import { type Kysely, sql } from 'kysely';

type Whole = 'integer' | 'bigint';

/** Each filter with an index of its own, in the order of the list. */
const FILTERS = ['state', 'category', 'recorder', 'outcome'] as const;

/** Adds the two tables, and what a look at a room of a million records lacked. */
export async function up(db: Kysely<unknown>, whole: Whole): Promise<void> {
  await db.schema
    .createTable('search_docs')
    .addColumn('doc', whole, (column) => column.notNull().primaryKey())
    .addColumn('record_id', 'text', (column) => column.notNull().unique())
    .addColumn('room', 'text', (column) => column.notNull())
    .addColumn('direction', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('category', 'text', (column) => column.notNull())
    .addColumn('recorder', 'text', (column) => column.notNull())
    .addColumn('archived', whole, (column) => column.notNull())
    .addColumn('caller_key', 'text')
    .addColumn('call_id', 'text')
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('sound', whole, (column) => column.notNull())
    .execute();
  const index = (table: string, columns: readonly string[]) =>
    db.schema
      .createIndex(`${table}_${columns.join('_')}`)
      .on(table)
      .columns([...columns])
      .execute();
  await index('search_docs', ['room', 'doc']);
  for (const filter of FILTERS) await index('search_docs', ['room', filter, 'doc']);
  await index('search_docs', ['caller_key', 'doc']);
  await index('search_docs', ['call_id']);
  // By-hand records of today, asked for at every snapshot.
  await index('records', ['room', 'call_id', 'opened_at']);
  await (whole === 'integer' ? wordsOnSqlite(db) : wordsOnPostgres(db));
}

/** No copy of the words themselves, no positions; `ascii` takes every sign beyond ASCII as part of a word. */
async function wordsOnSqlite(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table record_words using
    fts5(body, content='', contentless_delete=1, detail=none, tokenize='ascii')`.execute(db);
}

async function wordsOnPostgres(db: Kysely<unknown>): Promise<void> {
  await sql`create table record_words (doc bigint primary key, words text[] not null)`.execute(db);
  await sql`create index record_words_words on record_words using gin (words)`.execute(db);
}
