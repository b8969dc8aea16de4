/**
 * Keeps the index of 记录查询 true, in the transaction that changes a record: one narrow row to filter by and the words of
 * its texts. What is shut away has a row and no words; what is destroyed leaves none in the file either.
 */
import { sql } from 'kysely';
import type { Desk, DeskDeps } from './desk.ts';
import { indexCalls, indexRecords, RECORDS_AT_ONCE } from './index-records.ts';
import { dropWordsIndex, makeWordsIndex } from './words-index.ts';

export type IndexDeps = Pick<DeskDeps, 'db' | 'dialect' | 'rules'>;

/** What a transaction has to index before its commit. */
export interface IndexWork {
  readonly records: Set<string>;
  readonly calls: Set<string>;
  /** Words that were deleted must not lie about in the file. */
  purge: boolean;
}

/** The record's row and words are written anew at the end of the transaction, once, however often it changes in it. */
export function indexRecord(desk: Pick<Desk, 'toIndex'>, record: string): void {
  desk.toIndex.records.add(record);
}

/** The call ended, its sound came or went, or it was marked: what its record can be filtered by is another. */
export function indexCall(desk: Pick<Desk, 'toIndex'>, call: string): void {
  desk.toIndex.calls.add(call);
}

/** Writes what was gathered. After every other table: it reads them. */
export async function writeIndex(desk: Desk): Promise<void> {
  const { records, calls, purge } = desk.toIndex;
  await indexRecords(desk, [...records]);
  await indexCalls(desk, [...calls], records);
  if (purge && desk.dialect === 'sqlite') {
    // Merging all into one leaves out what was deleted; seconds at a million records, for what two persons decide.
    await sql`insert into record_words(record_words) values ('optimize')`.execute(desk.db);
  }
  records.clear();
  calls.clear();
  desk.toIndex.purge = false;
}

/** Empties the index and fills it from the records. */
export async function rebuildIndex(deps: IndexDeps): Promise<void> {
  await deps.db.deleteFrom('search_docs').execute();
  await (deps.dialect === 'sqlite'
    ? sql`insert into record_words(record_words) values ('delete-all')`
    : sql`delete from record_words`
  ).execute(deps.db);
  await fill(deps);
}

/** Fills an index that is empty beside records: after the update that brought it, and after a restored backup. */
export async function fillEmptyIndex({ db, ...deps }: IndexDeps): Promise<void> {
  if (!(await isEmpty(db))) return;
  await db.transaction().execute(async (transaction) => {
    // A second process that starts at the same time waits here, and then finds it filled.
    if (deps.dialect === 'postgres') await sql`lock table search_docs in exclusive mode`.execute(transaction);
    if (!(await isEmpty(transaction))) return;
    // Its index is made at the end, in one go: row by row it takes ten times as long.
    if (deps.dialect === 'postgres') await dropWordsIndex(transaction);
    await fill({ ...deps, db: transaction });
    if (deps.dialect === 'postgres') await makeWordsIndex(transaction);
  });
}

async function isEmpty(db: IndexDeps['db']): Promise<boolean> {
  const indexed = await db.selectFrom('search_docs').select('doc').limit(1).executeTakeFirst();
  if (indexed !== undefined) return false;
  return (await db.selectFrom('records').select('id').limit(1).executeTakeFirst()) !== undefined;
}

async function fill(deps: IndexDeps): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await deps.db
      .selectFrom('records')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(RECORDS_AT_ONCE)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    await indexRecords(
      deps,
      rows.map((row) => row.id),
    );
    after = last.id;
  }
}
