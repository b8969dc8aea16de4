/** A found record with its texts. */
import { wallTextIn } from '../duty/time-zone.ts';
import type { FieldName } from '../records/field.ts';
import { among } from './among.ts';
import type { CallNoteTable } from './callback-table.ts';
import { momentOf } from './doc-number.ts';
import type { ReadDeps } from './read.ts';
import type { RecordEntryTable, RecordFieldTable, RecordTable } from './record-tables.ts';
import { unstruckNotes } from './search-notes.ts';
import type { SearchDocTable } from './search-table.ts';
import { shutAmong } from './shut-reads.ts';

/** No more of a record than lists show: four hundred fields stand on a page, and what is not asked for need not be read. */
const OF_RECORD = [
  'id',
  'room',
  'call_id',
  'direction',
  'state',
  'number_text',
  'void_reason',
  'opened_at',
] as const satisfies readonly (keyof RecordTable)[];
const OF_FIELD = ['record_id', 'field', 'value'] as const satisfies readonly (keyof RecordFieldTable)[];
const OF_ENTRY = [
  'record_id',
  'who',
  'text',
  'withdrawn_reason',
] as const satisfies readonly (keyof RecordEntryTable)[];

export interface FoundRecord {
  readonly row: SearchDocTable;
  readonly record: Pick<RecordTable, (typeof OF_RECORD)[number]>;
  /** 来电时间, ms UTC, and on the office's wall clock. */
  readonly at: number;
  readonly time: string;
  /** Empty while it is shut away, and for ever once destroyed. */
  readonly fields: readonly Pick<RecordFieldTable, (typeof OF_FIELD)[number]>[];
  readonly entries: readonly Pick<RecordEntryTable, (typeof OF_ENTRY)[number]>[];
  /** 要点 of its call. */
  readonly notes: readonly Pick<CallNoteTable, 'text'>[];
  readonly shut: 'isolated' | 'destroyed' | null;
  /** Class by the directory; null when the number is in no entry that says. */
  readonly callerClass: string | null;
  /** Text of one field, empty when it was never written. */
  readonly field: (name: FieldName) => string;
}

/** The records of the rows, in their order, by few queries. */
export async function loadFound(
  deps: ReadDeps,
  docs: readonly SearchDocTable[],
): Promise<readonly FoundRecord[]> {
  if (docs.length === 0) return [];
  const { db, dialect } = deps;
  const ids = docs.map((doc) => doc.record_id);
  const keys = [...new Set(docs.flatMap((doc) => doc.caller_key ?? []))];
  const calls = docs.flatMap((doc) => doc.call_id ?? []);
  const [records, fields, entries, notes, shut, contacts] = await Promise.all([
    db
      .selectFrom('records')
      .select(OF_RECORD)
      .where(among(dialect, 'id', ids))
      .execute(),
    db
      .selectFrom('record_fields')
      .select(OF_FIELD)
      .where(among(dialect, 'record_id', ids))
      .execute(),
    db
      .selectFrom('record_entries')
      .select(OF_ENTRY)
      .where(among(dialect, 'record_id', ids))
      .orderBy('at')
      .execute(),
    unstruckNotes(deps, calls),
    shutAmong(deps, 'record_id', ids),
    keys.length === 0
      ? []
      : db
          .selectFrom('directory')
          .select(['match_key', 'class'])
          .where(among(dialect, 'match_key', keys))
          .execute(),
  ]);
  const recordOf = new Map(records.map((record) => [record.id, record]));
  const fieldsOf = Map.groupBy(fields, (row) => row.record_id);
  const entriesOf = Map.groupBy(entries, (row) => row.record_id);
  const classOf = new Map(
    contacts.flatMap((row) => (row.class === null ? [] : [[row.match_key, row.class]])),
  );
  return docs.flatMap((doc) => {
    const record = recordOf.get(doc.record_id);
    if (record === undefined) return [];
    const isShut = shut.get(record.id) ?? null;
    const own = isShut === null ? (fieldsOf.get(record.id) ?? []) : [];
    const values = new Map(own.map((row) => [row.field, row.value]));
    const at = momentOf(values.get('callTime') ?? '', record.opened_at);
    return [
      {
        row: doc,
        record,
        at,
        time: wallTextIn(deps.rules.timeZone, at),
        fields: own,
        entries: isShut === null ? (entriesOf.get(record.id) ?? []) : [],
        notes: isShut === null ? (notes.get(record.call_id ?? '') ?? []) : [],
        shut: isShut,
        callerClass: doc.caller_key === null ? null : (classOf.get(doc.caller_key) ?? null),
        field: (name: FieldName) => values.get(name) ?? '',
      },
    ];
  });
}
