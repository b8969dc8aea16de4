/** A phone record as the rows it is kept in: put together from them, and put back. */
import type { Direction } from '../calls/call-summary.ts';
import { FIELDS, type FieldName, type RecordState } from '../records/field.ts';
import type { PhoneRecord, RecordField } from '../records/record.ts';
import type { Desk } from './desk.ts';
import { entryOf, loadEntries } from './entry-rows.ts';
import { insertRows, type OnClash } from './insert-rows.ts';
import type { RecordEntryTable, RecordFieldTable, RecordTable } from './record-tables.ts';

/** The record as it is now; on PostgreSQL its row stays locked until the commit, so that two hands take turns. */
export async function loadRecord(desk: Desk, id: string): Promise<PhoneRecord | undefined> {
  const row = await desk.db
    .selectFrom('records')
    .selectAll()
    .where('id', '=', id)
    .$if(desk.dialect === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const fields = await desk.db.selectFrom('record_fields').selectAll().where('record_id', '=', id).execute();
  return recordOf(row, fields, row.touched === 1 ? await loadEntries(desk, id) : []);
}

/** The record of a call, if it has one. */
export async function loadRecordOfCall(desk: Desk, call: string): Promise<PhoneRecord | undefined> {
  const row = await desk.db.selectFrom('records').select('id').where('call_id', '=', call).executeTakeFirst();
  return row === undefined ? undefined : loadRecord(desk, row.id);
}

/** Puts a record together from its row, the rows of its fields (those never written have none) and of its entries. */
export function recordOf(
  row: RecordTable,
  fields: readonly RecordFieldTable[],
  entries: readonly RecordEntryTable[],
): PhoneRecord {
  const { serial, year, number_text: text } = row;
  const empty: RecordField = { value: '', version: 0, by: null, client: null, at: row.opened_at };
  const written = new Map(fields.map((field) => [field.field, fieldOf(field)]));
  return {
    id: row.id,
    room: row.room,
    call: row.call_id,
    direction: row.direction as Direction,
    state: row.state as RecordState,
    fields: Object.fromEntries(FIELDS.map((field) => [field, written.get(field) ?? empty])) as Record<
      FieldName,
      RecordField
    >,
    number: serial === null || year === null || text === null ? null : { serial, year, text },
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
    registeredAt: row.registered_at,
    byHand: row.by_hand === 1,
    touched: row.touched === 1,
    noRecordReason: row.no_record_reason as PhoneRecord['noRecordReason'],
    voidReason: row.void_reason,
    entries: entries.map(entryOf),
    archivedAt: row.archived_at,
    linkedTo: row.linked_to,
    mergedInto: row.merged_into,
  };
}

function fieldOf(row: RecordFieldTable): RecordField {
  return {
    value: row.value,
    version: row.version,
    by: row.by_name === null ? null : { person: row.by_person, name: row.by_name },
    client: row.client,
    at: row.at,
  };
}

const RECORD_CLASH: OnClash<RecordTable> = {
  key: ['id'],
  update: [
    'state',
    'serial',
    'year',
    'number_text',
    'updated_at',
    'registered_at',
    'touched',
    'no_record_reason',
    'void_reason',
    'archived_at',
    'linked_to',
    'merged_into',
  ],
};

export async function upsertRecord(desk: Pick<Desk, 'db' | 'dialect'>, record: PhoneRecord): Promise<void> {
  await insertRows(desk, 'records', [recordRow(record)], RECORD_CLASH);
}

function recordRow(record: PhoneRecord): RecordTable {
  return {
    id: record.id,
    room: record.room,
    call_id: record.call,
    direction: record.direction,
    state: record.state,
    serial: record.number?.serial ?? null,
    year: record.number?.year ?? null,
    number_text: record.number?.text ?? null,
    opened_at: record.openedAt,
    updated_at: record.updatedAt,
    registered_at: record.registeredAt,
    by_hand: record.byHand ? 1 : 0,
    touched: record.touched ? 1 : 0,
    no_record_reason: record.noRecordReason,
    void_reason: record.voidReason,
    archived_at: record.archivedAt,
    linked_to: record.linkedTo,
    merged_into: record.mergedInto,
  };
}

const FIELD_CLASH: OnClash<RecordFieldTable> = {
  key: ['record_id', 'field'],
  update: ['value', 'version', 'by_person', 'by_name', 'client', 'at'],
};

export async function upsertFields(
  desk: Pick<Desk, 'db' | 'dialect'>,
  record: PhoneRecord,
  written: readonly FieldName[],
): Promise<void> {
  if (written.length === 0) return;
  const rows = written.map((field) => fieldRow(record, field));
  await insertRows(desk, 'record_fields', rows, FIELD_CLASH);
}

function fieldRow(record: PhoneRecord, field: FieldName): RecordFieldTable {
  const { value, version, by, client, at } = record.fields[field];
  return {
    record_id: record.id,
    field,
    value,
    version,
    by_person: by?.person ?? null,
    by_name: by?.name ?? null,
    client,
    at,
  };
}
