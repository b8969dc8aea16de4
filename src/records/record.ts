/**
 * A phone record (电话记录单) as the fold of its facts: `evolve` says what it is after each. What may be asked of it is in
 * `decide.ts`. The store keeps the `text` of each fact apart, where it can be erased (D11).
 */
import type { Direction } from '../calls/call-summary.ts';
import type { Entry, EntryDraft } from './entry.ts';
import { stateByEntries } from './entry-state.ts';
import {
  FIELDS,
  type FieldName,
  FROZEN_AT_REGISTRATION,
  type NoRecordReason,
  type RecordState,
} from './field.ts';

export interface RecordField {
  readonly value: string;
  /** 0: never written. */
  readonly version: number;
  /** Person and browser tab of the last writer; both null when the service filled it. */
  readonly by: Writer | null;
  readonly client: string | null;
  readonly at: number;
}

/** Who wrote, by id and by the name at that time. */
export interface Writer {
  readonly person: string | null;
  readonly name: string;
}

export interface PhoneRecord {
  readonly id: string;
  readonly room: string;
  readonly call: string | null;
  readonly direction: Direction;
  readonly state: RecordState;
  readonly fields: Readonly<Record<FieldName, RecordField>>;
  readonly number: RecordNumber | null;
  readonly openedAt: number;
  readonly updatedAt: number;
  readonly registeredAt: number | null;
  readonly byHand: boolean;
  /** A person wrote into it or decided about it: it never goes away by itself. */
  readonly touched: boolean;
  readonly noRecordReason: NoRecordReason | null;
  readonly voidReason: string | null;
  /** The timeline, in the order it was written. */
  readonly entries: readonly Entry[];
  /** 归档. */
  readonly archivedAt: number | null;
  /** The earlier record whose matter goes on here (续记). */
  readonly linkedTo: string | null;
  /** 已并入 which record. */
  readonly mergedInto: string | null;
}

export interface RecordNumber {
  readonly year: number;
  readonly serial: number;
  readonly text: string;
}

/** `text`, `who` and `reason` are the only free texts of a fact; everything else may be kept for ever. */
export type RecordFact =
  | {
      readonly kind: 'record-opened';
      readonly at: number;
      readonly record: string;
      readonly room: string;
      readonly call: string | null;
      readonly direction: Direction;
      readonly byHand: boolean;
    }
  | {
      readonly kind: 'field-written';
      readonly at: number;
      readonly field: FieldName;
      readonly version: number;
      readonly how: 'prefilled' | 'typed' | 'corrected';
      readonly by: Writer | null;
      readonly client: string | null;
      readonly text: string;
      readonly reason: string | null;
    }
  | { readonly kind: 'record-registered'; readonly at: number; readonly number: RecordNumber }
  | { readonly kind: 'record-not-needed'; readonly at: number; readonly why: NoRecordReason }
  | { readonly kind: 'record-voided'; readonly at: number; readonly text: string }
  | { readonly kind: 'record-reopened'; readonly at: number }
  | { readonly kind: 'record-merged'; readonly at: number; readonly into: string }
  | ({
      readonly kind: 'entry-added';
      readonly at: number;
      readonly entry: string;
      readonly what: EntryDraft['kind'];
      readonly by: Writer | null;
    } & Omit<EntryDraft, 'kind'>)
  | { readonly kind: 'entry-confirmed'; readonly at: number; readonly entry: string; readonly by: Writer }
  | {
      readonly kind: 'entry-withdrawn';
      readonly at: number;
      readonly entry: string;
      readonly by: Writer;
      readonly text: string;
    }
  | { readonly kind: 'record-archived'; readonly at: number; readonly archived: boolean }
  | { readonly kind: 'record-linked'; readonly at: number; readonly to: string | null };

/** The record after a fact. `undefined` in is right for `record-opened` only; throws on any other. */
export function evolve(record: PhoneRecord | undefined, fact: RecordFact): PhoneRecord {
  if (fact.kind === 'record-opened') return opened(fact);
  if (record === undefined) throw new Error(`fact ${fact.kind} about a record that was never opened`);
  const updated = { ...record, updatedAt: fact.at };
  switch (fact.kind) {
    case 'field-written':
      return {
        ...updated,
        touched: record.touched || fact.how !== 'prefilled',
        fields: { ...record.fields, [fact.field]: fieldAfter(fact) },
      };
    case 'record-registered':
      return {
        ...updated,
        state: stateByEntries({ state: 'registered', entries: record.entries }),
        number: fact.number,
        registeredAt: fact.at,
        touched: true,
      };
    case 'record-not-needed':
      return { ...updated, state: 'no-record', noRecordReason: fact.why, touched: true };
    case 'record-voided':
      return { ...updated, state: 'void', voidReason: fact.text, touched: true };
    case 'record-reopened': {
      const back = record.number === null ? 'draft' : 'registered';
      const state = stateByEntries({ state: back, entries: record.entries });
      return { ...updated, state, noRecordReason: null, voidReason: null, mergedInto: null, touched: true };
    }
    case 'record-merged':
      return { ...updated, state: 'merged', mergedInto: fact.into };
    case 'entry-added':
    case 'entry-confirmed':
    case 'entry-withdrawn': {
      const entries = entriesAfter(record.entries, fact);
      const state = stateByEntries({ state: record.state, entries });
      return { ...updated, entries, state, touched: true };
    }
    case 'record-archived':
      return { ...updated, archivedAt: fact.archived ? fact.at : null };
    case 'record-linked':
      return { ...updated, linkedTo: fact.to, touched: true };
  }
}

function opened(fact: Extract<RecordFact, { kind: 'record-opened' }>): PhoneRecord {
  const empty: RecordField = { value: '', version: 0, by: null, client: null, at: fact.at };
  return {
    id: fact.record,
    room: fact.room,
    call: fact.call,
    direction: fact.direction,
    state: 'draft',
    fields: Object.fromEntries(FIELDS.map((field) => [field, empty])) as Record<FieldName, RecordField>,
    number: null,
    openedAt: fact.at,
    updatedAt: fact.at,
    registeredAt: null,
    byHand: fact.byHand,
    touched: fact.byHand,
    noRecordReason: null,
    voidReason: null,
    entries: [],
    archivedAt: null,
    linkedTo: null,
    mergedInto: null,
  };
}

function fieldAfter(fact: Extract<RecordFact, { kind: 'field-written' }>): RecordField {
  return { value: fact.text, version: fact.version, by: fact.by, client: fact.client, at: fact.at };
}

function entriesAfter(
  entries: readonly Entry[],
  fact: Extract<RecordFact, { kind: 'entry-added' | 'entry-confirmed' | 'entry-withdrawn' }>,
): readonly Entry[] {
  if (fact.kind === 'entry-added') {
    const { entry: id, what, ...rest } = fact;
    return [...entries, { ...rest, id, kind: what, confirmed: null, withdrawn: null }];
  }
  const { at, by } = fact;
  return entries.map((entry) => {
    if (entry.id !== fact.entry) return entry;
    return fact.kind === 'entry-confirmed'
      ? { ...entry, confirmed: { at, by } }
      : { ...entry, withdrawn: { at, by, reason: fact.text } };
  });
}

/** 无需记录, 作废 or 已并入: nothing is written until it is reopened. */
export function isClosed(record: PhoneRecord): boolean {
  return record.state === 'no-record' || record.state === 'void' || record.state === 'merged';
}

/** Whether an item changes by a correction only. */
export function isFrozen(record: PhoneRecord, field: FieldName): boolean {
  return record.state !== 'draft' && FROZEN_AT_REGISTRATION.includes(field);
}
