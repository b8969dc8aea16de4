/** Which row and which words of 记录查询 each record has now; what is shut away has a row and no words. */
import { readNumber } from '../directory/number.ts';
import { among } from './among.ts';
import { firstDocAt, momentOf } from './doc-number.ts';
import { openPlaces } from './doc-places.ts';
import { NO_REVIEW, type Telephone, telephoneOf } from './index-telephone.ts';
import { deleteDocs, insertWords } from './index-words.ts';
import { insertRows, type OnClash } from './insert-rows.ts';
import type { RecordFieldTable, RecordTable } from './record-tables.ts';
import type { IndexDeps } from './search-index.ts';
import { unstruckNotes } from './search-notes.ts';
import type { SearchDocTable } from './search-table.ts';
import { wordsOfRecord } from './search-words.ts';

/** Records taken at once. */
export const RECORDS_AT_ONCE = 256;

/** Writes row and words of these records anew. */
export async function indexRecords(deps: IndexDeps, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += RECORDS_AT_ONCE)
    await indexBatch(deps, ids.slice(from, from + RECORDS_AT_ONCE));
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

/** Writes anew what these calls tell of their records, but for those that are `done`. */
export async function indexCalls(
  deps: IndexDeps,
  calls: readonly string[],
  done: ReadonlySet<string>,
): Promise<void> {
  for (let from = 0; from < calls.length; from += RECORDS_AT_ONCE) {
    const some = calls.slice(from, from + RECORDS_AT_ONCE);
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

function firstOf(record: RecordTable, fields: readonly RecordFieldTable[]): number {
  const callTime = fields.find(({ field }) => field === 'callTime')?.value ?? '';
  return firstDocAt(momentOf(callTime, record.opened_at));
}
