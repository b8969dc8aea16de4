/** Entries of a record's timeline as the rows they are kept in. */
import type { Entry, EntryKind, Way } from '../records/entry.ts';
import type { PhoneRecord, Writer } from '../records/record.ts';
import type { Desk } from './desk.ts';
import { insertRows, type OnClash } from './insert-rows.ts';
import type { RecordEntryTable } from './record-tables.ts';

/** An entry from its row. */
export function entryOf(row: RecordEntryTable): Entry {
  const confirmedBy = writer(row.confirmed_by_person, row.confirmed_by_name);
  const withdrawnBy = writer(row.withdrawn_by_person, row.withdrawn_by_name);
  return {
    id: row.id,
    kind: row.kind as EntryKind,
    at: row.at,
    who: row.who,
    text: row.text,
    way: row.way as Way | null,
    happenedAt: row.happened_at,
    dueAt: row.due_at,
    call: row.call_id,
    by: writer(row.by_person, row.by_name),
    confirmed:
      row.confirmed_at === null || confirmedBy === null ? null : { at: row.confirmed_at, by: confirmedBy },
    withdrawn:
      row.withdrawn_at === null || withdrawnBy === null
        ? null
        : { at: row.withdrawn_at, by: withdrawnBy, reason: row.withdrawn_reason ?? '' },
  };
}

/** Entries of one record, in the order they were written. Only a touched record has any. */
export async function loadEntries(desk: Pick<Desk, 'db'>, record: string): Promise<RecordEntryTable[]> {
  return desk.db
    .selectFrom('record_entries')
    .selectAll()
    .where('record_id', '=', record)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

const CLASH: OnClash<RecordEntryTable> = {
  key: ['id'],
  update: [
    'confirmed_at',
    'confirmed_by_person',
    'confirmed_by_name',
    'withdrawn_at',
    'withdrawn_by_person',
    'withdrawn_by_name',
    'withdrawn_reason',
  ],
};

/** Writes the entries of these ids as they stand in the record. */
export async function upsertEntries(
  desk: Pick<Desk, 'db' | 'dialect'>,
  record: PhoneRecord,
  ids: readonly string[],
): Promise<void> {
  const rows = record.entries.filter(({ id }) => ids.includes(id)).map((entry) => rowOf(record.id, entry));
  await insertRows(desk, 'record_entries', rows, CLASH);
}

function rowOf(record: string, entry: Entry): RecordEntryTable {
  const { confirmed, withdrawn } = entry;
  return {
    id: entry.id,
    record_id: record,
    kind: entry.kind,
    at: entry.at,
    who: entry.who,
    text: entry.text,
    way: entry.way,
    happened_at: entry.happenedAt,
    due_at: entry.dueAt,
    call_id: entry.call,
    by_person: entry.by?.person ?? null,
    by_name: entry.by?.name ?? null,
    confirmed_at: confirmed?.at ?? null,
    confirmed_by_person: confirmed?.by.person ?? null,
    confirmed_by_name: confirmed?.by.name ?? null,
    withdrawn_at: withdrawn?.at ?? null,
    withdrawn_by_person: withdrawn?.by.person ?? null,
    withdrawn_by_name: withdrawn?.by.name ?? null,
    withdrawn_reason: withdrawn?.reason ?? null,
  };
}

function writer(person: string | null, name: string | null): Writer | null {
  return name === null ? null : { person, name };
}
