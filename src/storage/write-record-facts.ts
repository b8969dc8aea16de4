/**
 * What happened to a phone record, written inside a write transaction: the fact for ever, its text where it can be erased
 * (among the revisions), the record folded anew.
 */
import type { FieldName } from '../records/field.ts';
import { evolve, type PhoneRecord, type RecordFact } from '../records/record.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import { newSalt, saltedDigest } from './digest.ts';
import { insertRows } from './insert-rows.ts';
import { upsertFields, upsertRecord } from './record-rows.ts';
import type { RecordRevisionTable } from './record-tables.ts';

/** Through whom and by what a fact came about; all null for the service itself. */
export interface Origin {
  readonly opId: string | null;
  readonly account: string | null;
  readonly seat: string | null;
  readonly person: string | null;
  readonly name: string | null;
}

export const BY_THE_SERVICE: Origin = { opId: null, account: null, seat: null, person: null, name: null };

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
