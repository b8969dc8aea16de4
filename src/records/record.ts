/**
 * A phone record (电话记录单) as the fold of its facts: `evolve` says what it is after each. What may be asked of it is in
 * `decide.ts`. The store keeps the `text` of each fact apart, where it can be erased (D11).
 */
import type { Direction } from '../calls/call-summary.ts';
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
}

export interface RecordNumber {
  readonly year: number;
  readonly serial: number;
  readonly text: string;
}

/** `text` (and `reason`) is the only free text of a fact; everything else may be kept for ever. */
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
  | { readonly kind: 'record-merged'; readonly at: number; readonly into: string };

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
      return { ...updated, state: 'registered', number: fact.number, registeredAt: fact.at, touched: true };
    case 'record-not-needed':
      return { ...updated, state: 'no-record', noRecordReason: fact.why, touched: true };
    case 'record-voided':
      return { ...updated, state: 'void', voidReason: fact.text, touched: true };
    case 'record-reopened': {
      const state = record.number === null ? 'draft' : 'registered';
      return { ...updated, state, noRecordReason: null, voidReason: null, touched: true };
    }
    case 'record-merged':
      return { ...updated, state: 'merged' };
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
  };
}

function fieldAfter(fact: Extract<RecordFact, { kind: 'field-written' }>): RecordField {
  return { value: fact.text, version: fact.version, by: fact.by, client: fact.client, at: fact.at };
}

/** 无需记录, 作废 or 已并入: nothing is written until it is reopened. */
export function isClosed(record: PhoneRecord): boolean {
  return record.state === 'no-record' || record.state === 'void' || record.state === 'merged';
}

/** Whether an item changes by a correction only. */
export function isFrozen(record: PhoneRecord, field: FieldName): boolean {
  return record.state !== 'draft' && FROZEN_AT_REGISTRATION.includes(field);
}
