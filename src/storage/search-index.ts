/**
 * Keeps the index of 记录查询 true, in the transaction that changes a record: one narrow row to filter by and the words of
 * its texts. What is shut away has a row and no words; what is destroyed leaves none in the file either.
 */
import { CompiledQuery, sql } from 'kysely';
import type { Call } from '../calls/call.ts';
import { summaryOf } from '../calls/summary.ts';
import { readNumber } from '../directory/number.ts';
import { among } from './among.ts';
import type { Desk, DeskDeps } from './desk.ts';
import { firstDocAt, lastDocOf, momentOf } from './doc-number.ts';
import { insertRows, type OnClash } from './insert-rows.ts';
import type { RecordFieldTable, RecordTable } from './record-tables.ts';
import { latestReviews } from './review-reads.ts';
import { unstruckNotes } from './search-notes.ts';
import type { SearchDocTable } from './search-table.ts';
import { wordsOfRecord } from './search-words.ts';
import { weekOf, weekWord } from './time-word.ts';
import { dropWordsIndex, makeWordsIndex } from './words-index.ts';

type IndexDeps = Pick<DeskDeps, 'db' | 'dialect' | 'rules'>;

/** What a transaction has to index before its commit. */
export interface IndexWork {
  readonly records: Set<string>;
  readonly calls: Set<string>;
  /** Words that were deleted must not lie about in the file. */
  purge: boolean;
}

/** Records taken at once. */
const BATCH = 256;

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
      .limit(BATCH)
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

async function indexRecords(deps: IndexDeps, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += BATCH) await indexBatch(deps, ids.slice(from, from + BATCH));
}

async function indexBatch(deps: IndexDeps, ids: readonly string[]): Promise<void> {
  const { db, dialect } = deps;
  const records = await db
    .selectFrom('records')
    .selectAll()
    .where(among(dialect, 'id', ids))
    .orderBy('id')
    .execute();
  const fields = await db
    .selectFrom('record_fields')
    .selectAll()
    .where(among(dialect, 'record_id', ids))
    .execute();
  const touched = records.some((record) => record.touched === 1);
  const entries = touched
    ? await db
        .selectFrom('record_entries')
        .selectAll()
        .where(among(dialect, 'record_id', ids))
        .execute()
    : [];
  const shut = new Set(
    (
      await db
        .selectFrom('shut')
        .select('record_id')
        .where(among(dialect, 'record_id', ids))
        .execute()
    ).map((row) => row.record_id),
  );
  const before = await db
    .selectFrom('search_docs')
    .select(['doc', 'record_id'])
    .where(among(dialect, 'record_id', ids))
    .execute();
  const calls = records.flatMap((record) => record.call_id ?? []);
  const telephone = await telephoneOf(deps, calls);
  const notesOf = await unstruckNotes(deps, calls);
  if (records.length === 0) return;
  const docBefore = new Map(before.map((row) => [row.record_id, row.doc]));
  const rows: SearchDocTable[] = [];
  const words: { doc: number; words: readonly string[] }[] = [];
  const gone = new Set<number>();
  const fieldsOf = Map.groupBy(fields, (row) => row.record_id);
  const entriesOf = Map.groupBy(entries, (row) => row.record_id);
  const firsts = new Map(records.map((row) => [row.id, firstOf(row, fieldsOf.get(row.id) ?? [])]));
  const places = await openPlaces(deps, [...firsts.values()]);
  for (const record of records) {
    const texts = {
      record,
      fields: fieldsOf.get(record.id) ?? [],
      entries: entriesOf.get(record.id) ?? [],
      notes: notesOf.get(record.call_id ?? '') ?? [],
    };
    const known = docBefore.get(record.id);
    const doc = await places.of(firsts.get(record.id) ?? 0, known);
    if (known !== undefined) gone.add(known);
    const isShut = shut.has(record.id);
    const call = record.call_id === null ? undefined : telephone.get(record.call_id);
    rows.push(docRow(deps, doc, record, isShut ? [] : texts.fields, call));
    if (!isShut) words.push({ doc, words: wordsOfRecord(texts) });
  }
  await deleteDocs(deps, [...gone], new Set(rows.map((row) => row.doc)));
  await insertRows(deps, 'search_docs', rows, DOC_CLASH);
  await insertWords(deps, words);
}

interface Telephone {
  readonly outcome: string;
  readonly sound: number;
  readonly review: string;
}

/** How each call ended, whether its sound is here, and what was held of it; a call that lives has no outcome yet. */
async function telephoneOf(
  { db, dialect }: IndexDeps,
  calls: readonly string[],
): Promise<ReadonlyMap<string, Telephone>> {
  if (calls.length === 0) return new Map();
  const ended = await db
    .selectFrom('calls')
    .select(['id', 'call_json'])
    .where(among(dialect, 'id', calls))
    .where('ended_at', 'is not', null)
    .execute();
  const recordings = await db
    .selectFrom('recordings')
    .select(['call_id', 'state'])
    .where(among(dialect, 'call_id', calls))
    .execute();
  // Asked for by its state, SQLite would go through every recording that was ever kept, at each form that is written.
  const sounds = new Set(recordings.flatMap((row) => (row.state === 'attached' ? row.call_id : [])));
  const outcomes = new Map(ended.map((row) => [row.id, outcomeOf(row.call_json)]));
  const reviews = await latestReviews({ db }, calls);
  return new Map(
    calls.map((id) => [
      id,
      {
        outcome: outcomes.get(id) ?? '',
        sound: sounds.has(id) ? 1 : 0,
        review: reviews.get(id)?.verdict ?? NO_REVIEW,
      },
    ]),
  );
}

function outcomeOf(json: string): string {
  const { outcome } = summaryOf(JSON.parse(json) as Call);
  return outcome === null ? '' : outcome === 'answered' ? 'answered' : 'missed';
}

async function indexCalls(
  deps: IndexDeps,
  calls: readonly string[],
  done: ReadonlySet<string>,
): Promise<void> {
  for (let from = 0; from < calls.length; from += BATCH) {
    const some = calls.slice(from, from + BATCH);
    const telephone = await telephoneOf(deps, some);
    const docs = await deps.db
      .selectFrom('search_docs')
      .selectAll()
      .where(among(deps.dialect, 'call_id', some))
      .execute();
    const changed = docs.flatMap((row) => {
      const now = row.call_id === null ? undefined : telephone.get(row.call_id);
      const same =
        now === undefined ||
        (now.outcome === row.outcome && now.sound === row.sound && now.review === row.review);
      return same || done.has(row.record_id) ? [] : [{ ...row, ...now }];
    });
    await insertRows(deps, 'search_docs', changed, TELEPHONE_CLASH);
  }
}

function docRow(
  deps: IndexDeps,
  doc: number,
  record: RecordTable,
  fields: readonly RecordFieldTable[],
  call: Telephone | undefined,
): SearchDocTable {
  const value = (name: string) => fields.find(({ field }) => field === name)?.value ?? '';
  return {
    doc,
    record_id: record.id,
    room: record.room,
    direction: record.direction,
    state: record.state,
    category: value('category'),
    recorder: value('recorder'),
    archived: record.archived_at === null ? 0 : 1,
    caller_key: readNumber(value('callerNumber'), deps.rules.areaCode).matchKey,
    call_id: record.call_id,
    outcome: call?.outcome ?? '',
    sound: call?.sound ?? 0,
    review: call?.review ?? NO_REVIEW,
  };
}

const DOC_CLASH: OnClash<SearchDocTable> = {
  key: ['doc'],
  update: ['state', 'category', 'recorder', 'archived', 'caller_key', 'outcome', 'sound', 'review'],
};
const TELEPHONE_CLASH: OnClash<SearchDocTable> = { key: ['doc'], update: ['outcome', 'sound', 'review'] };

const NO_REVIEW = 'none';

/** Gives records their place; one whose 来电时间 stays within its second keeps it. Begins with the seconds it will be asked for. */
async function openPlaces({ db, dialect }: IndexDeps, firsts: readonly number[]) {
  const taken = await db
    .selectFrom('search_docs')
    .select('doc')
    .where(among(dialect, 'doc', firsts))
    .execute();
  // Most seconds have no record yet: one question for all of them instead of one for each.
  const isFree = new Set(firsts);
  for (const { doc } of taken) isFree.delete(doc);
  const lastGiven = new Map<number, number>();
  const lastKept = new Map<number, number>();

  async function free(first: number): Promise<number> {
    const given = lastGiven.get(first);
    if (given === undefined && isFree.has(first)) {
      lastGiven.set(first, first);
      return first;
    }
    const kept = lastKept.get(first) ?? (await afterLast(first)) - 1;
    lastKept.set(first, kept);
    const next = Math.max(kept, given ?? 0) + 1;
    // A second that is full lends from the next.
    if (next > lastDocOf(first)) return free(lastDocOf(first) + 1);
    lastGiven.set(first, next);
    return next;
  }

  async function afterLast(first: number): Promise<number> {
    const row = await db
      .selectFrom('search_docs')
      .select((of) => of.fn.max('doc').as('last'))
      .where('doc', '>=', first)
      .where('doc', '<=', lastDocOf(first))
      .executeTakeFirst();
    return row?.last == null ? first : row.last + 1;
  }

  return {
    async of(first: number, known: number | undefined) {
      return known !== undefined && known >= first && known <= lastDocOf(first) ? known : free(first);
    },
  };
}

function firstOf(record: RecordTable, fields: readonly RecordFieldTable[]): number {
  const callTime = fields.find(({ field }) => field === 'callTime')?.value ?? '';
  return firstDocAt(momentOf(callTime, record.opened_at));
}

/** Takes words away, and rows too where the record has another place now. */
async function deleteDocs(
  { db, dialect }: IndexDeps,
  docs: readonly number[],
  kept: ReadonlySet<number>,
): Promise<void> {
  if (docs.length === 0) return;
  const moved = docs.filter((doc) => !kept.has(doc));
  if (moved.length > 0)
    await db
      .deleteFrom('search_docs')
      .where(among(dialect, 'doc', moved))
      .execute();
  if (dialect === 'postgres') await sql`delete from record_words where doc = any(${docs})`.execute(db);
  else
    for (const doc of docs)
      await db.executeQuery(CompiledQuery.raw('delete from record_words where rowid = ?', [doc]));
}

async function insertWords(
  { db, dialect }: IndexDeps,
  rows: readonly { readonly doc: number; readonly words: readonly string[] }[],
): Promise<void> {
  if (rows.length === 0) return;
  if (dialect === 'sqlite') {
    const text = 'insert into record_words(rowid, body) values (?, ?)';
    for (const { doc, words } of rows) await db.executeQuery(CompiledQuery.raw(text, [doc, words.join(' ')]));
    return;
  }
  // A text a row is taken apart by the server: the driver takes seconds to write a million words as arrays.
  await sql`insert into record_words select doc, string_to_array(body, ' ')
    from unnest(${rows.map(({ doc }) => doc)}::bigint[], ${rows.map(({ doc, words }) =>
      [...words, weekWord(weekOf(doc))].join(' '),
    )}::text[]) as row(doc, body)`.execute(db);
}
