/**
 * What happened to a phone record, written inside a write transaction: the fact for ever, its text where it can be erased
 * (among the revisions), the record folded anew.
 */
import type { FieldName } from '../records/field.ts';
import { evolve, type PhoneRecord, type RecordFact } from '../records/record.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import { newSalt, saltedDigest } from './digest.ts';
import { upsertEntries } from './entry-rows.ts';
import { foldCallbackOfRecord } from './fold-callbacks.ts';
import { insertRows } from './insert-rows.ts';
import { upsertFields, upsertRecord } from './record-rows.ts';
import type { RecordRevisionTable } from './record-tables.ts';
import { indexRecord } from './search-index.ts';

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
  await upsertEntries(desk, after, entriesIn(facts));
  for (const fact of facts) {
    const text = revisions.find((revision) => belongs(revision, fact));
    appendFact(desk, factRow(desk, after.id, fact, text));
  }
  noteChange(desk, 'record', after.id, after.room);
  if (after.call !== null && (await foldCallbackOfRecord(desk, record, after)))
    noteChange(desk, 'call', after.call, after.room);
  indexRecord(desk, after.id);
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
  const base = revisionBase(desk, record, origin, fact.at);
  const plain = { ...base, version: null, reason: null, client: null };
  switch (fact.kind) {
    case 'record-voided':
      return [{ ...plain, field: '', value: fact.text, kind: 'reason' }];
    case 'entry-added':
      return [{ ...plain, field: fact.entry, value: entryTexts(fact), kind: 'entry' }];
    case 'entry-confirmed':
      return [{ ...plain, field: fact.entry, value: '', kind: 'entry-confirmed' }];
    case 'entry-withdrawn':
      return [{ ...plain, field: fact.entry, value: fact.text, kind: 'entry-reason' }];
    default:
      return [];
  }
}

function belongs(revision: RecordRevisionTable, fact: RecordFact): boolean {
  switch (fact.kind) {
    case 'field-written':
      return revision.field === fact.field && revision.version === fact.version;
    case 'record-voided':
      return revision.kind === 'reason';
    case 'entry-added':
      return revision.kind === 'entry' && revision.field === fact.entry;
    case 'entry-confirmed':
      return revision.kind === 'entry-confirmed' && revision.field === fact.entry;
    case 'entry-withdrawn':
      return revision.kind === 'entry-reason' && revision.field === fact.entry;
    default:
      return false;
  }
}

/** The fact as it may be kept for ever: the text replaced by its salted digest and the revision that holds it. */
function factRow(desk: Desk, record: string, fact: RecordFact, text: RecordRevisionTable | undefined) {
  const free = { text: null, reason: null, who: null, by: null, ...fact };
  const { text: _text, reason: _reason, who: _who, by, ...rest } = free;
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

/** Who and what, as one text that can be erased. */
function entryTexts({ who, text }: { readonly who: string; readonly text: string }): string {
  return JSON.stringify({ who, text });
}

/** The texts of an entry out of its revision; empty once erased. */
export function entryTextsOf(value: string | null): { readonly who: string; readonly text: string } {
  return value === null || value === ''
    ? { who: '', text: '' }
    : (JSON.parse(value) as { who: string; text: string });
}

export function entriesIn(facts: readonly RecordFact[]): readonly string[] {
  return facts.flatMap((fact) => ('entry' in fact ? [fact.entry] : []));
}

export function writtenBy(facts: readonly RecordFact[]): readonly FieldName[] {
  return [...new Set(facts.flatMap((fact) => (fact.kind === 'field-written' ? [fact.field] : [])))];
}
