/** A phone record read, folded and written inside a write transaction. */
import type { Direction } from '../calls/call-summary.ts';
import { FIELDS, type FieldName, type RecordState } from '../records/field.ts';
import { evolve, type PhoneRecord, type RecordFact, type RecordField } from '../records/record.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import { newSalt, saltedDigest } from './digest.ts';
import { insertRows, type OnClash } from './insert-rows.ts';
import type { RecordFieldTable, RecordRevisionTable, RecordTable } from './tables.ts';

/** Through whom and by what a fact came about; all null for the service itself. */
export interface Origin {
  readonly opId: string | null;
  readonly account: string | null;
  readonly seat: string | null;
  readonly person: string | null;
  readonly name: string | null;
}

export const BY_THE_SERVICE: Origin = { opId: null, account: null, seat: null, person: null, name: null };

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
  return recordOf(row, fields);
}

/** The record of a call, if it has one. */
export async function loadRecordOfCall(desk: Desk, call: string): Promise<PhoneRecord | undefined> {
  const row = await desk.db.selectFrom('records').select('id').where('call_id', '=', call).executeTakeFirst();
  return row === undefined ? undefined : loadRecord(desk, row.id);
}

/** Puts a record together from its row and the rows of its fields (those never written have none). */
export function recordOf(row: RecordTable, fields: readonly RecordFieldTable[]): PhoneRecord {
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

/** Folds facts into a record and writes all of it: facts without their text, texts among the revisions, folded rows. */
export async function writeRecordFacts(
  desk: Desk,
  record: PhoneRecord | undefined,
  facts: readonly RecordFact[],
  origin: Origin,
): Promise<PhoneRecord | undefined> {
  if (facts.length === 0) return record;
  const after = facts.reduce<PhoneRecord | undefined>(evolve, record);
  if (after === undefined) return undefined;
  await upsertRecord(desk, after);
  const revisions = facts.flatMap((fact) => revisionOf(desk, after.id, fact, origin));
  await insertRows(desk, 'record_revisions', revisions);
  await upsertFields(desk, after, writtenBy(facts));
  for (const fact of facts) {
    const text = 'text' in fact ? revisions.find((revision) => belongs(revision, fact)) : undefined;
    appendFact(desk, factRow(desk, after.id, fact, text));
  }
  noteChange(desk, 'record', after.id, after.room);
  return after;
}

/** Keeps a value that was typed and did not get in; nothing typed disappears (D10). */
export async function keepLostText(
  desk: Desk,
  record: string,
  lost: { readonly field: FieldName; readonly text: string },
  client: string,
  at: number,
  origin: Origin,
): Promise<void> {
  await desk.db
    .insertInto('record_revisions')
    .values({
      ...revisionBase(desk, record, origin, at),
      field: lost.field,
      version: null,
      value: lost.text,
      kind: 'lost',
      reason: null,
      client,
    })
    .execute();
}

function revisionBase(desk: Desk, record: string, origin: Origin, at: number) {
  return {
    id: desk.newId(),
    record_id: record,
    salt: newSalt(),
    op_id: origin.opId,
    by_person: origin.person,
    by_name: origin.name,
    account: origin.account,
    seat: origin.seat,
    at,
  };
}

function revisionOf(desk: Desk, record: string, fact: RecordFact, origin: Origin): RecordRevisionTable[] {
  if (fact.kind === 'field-written') {
    const { field, version, text: value, reason, client, at } = fact;
    const by = fact.by === null ? { by_person: null, by_name: null } : {};
    return [
      {
        ...revisionBase(desk, record, origin, at),
        ...by,
        field,
        version,
        value,
        kind: fact.how,
        reason,
        client,
      },
    ];
  }
  if (fact.kind === 'record-voided') {
    const base = revisionBase(desk, record, origin, fact.at);
    return [
      { ...base, field: '', version: null, value: fact.text, kind: 'reason', reason: null, client: null },
    ];
  }
  return [];
}

function belongs(revision: RecordRevisionTable, fact: RecordFact): boolean {
  if (fact.kind !== 'field-written') return revision.kind === 'reason';
  return revision.field === fact.field && revision.version === fact.version;
}

/** The fact as it may be kept for ever: the text replaced by its salted digest and the revision that holds it. */
function factRow(desk: Desk, record: string, fact: RecordFact, text: RecordRevisionTable | undefined) {
  const { text: _text, reason: _reason, by, ...rest } = { text: null, reason: null, by: null, ...fact };
  const kept = {
    ...rest,
    by: by === null ? null : by.person,
    ...(text === undefined ? {} : { revision: text.id, digest: saltedDigest(text.salt, text.value ?? '') }),
  };
  return {
    fact_key: `record:${record}:${text?.id ?? desk.newId()}`,
    stream: 'record' as const,
    stream_id: record,
    kind: fact.kind,
    at: fact.at,
    fact_json: JSON.stringify(kept),
    context_json: null,
  };
}

export function writtenBy(facts: readonly RecordFact[]): readonly FieldName[] {
  return [...new Set(facts.flatMap((fact) => (fact.kind === 'field-written' ? [fact.field] : [])))];
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
