/**
 * What may be asked of a phone record, and what follows. Pure: the store supplies time, year and number.
 *
 * Two hands on one field (D10): a patch names the version its writer saw. A newer version by another hand is a conflict
 * with both values kept; a newer one by the same browser tab is an earlier stroke of the same hand; what the service
 * filled in yields to a person.
 */
import type { RecordCommand, Refusal } from './command.ts';
import { type FieldName, REQUIRED_TO_REGISTER } from './field.ts';
import { objectionTo, objectionToReason } from './field-text.ts';
import {
  isClosed,
  isFrozen,
  type PhoneRecord,
  type RecordFact,
  type RecordField,
  type RecordNumber,
  type Writer,
} from './record.ts';
import { refusals } from './refusal.ts';
import { workflow } from './workflow.ts';

export interface DecideContext {
  /** Integer ms UTC. */
  readonly at: number;
  /** Who asks: the person at the seat, or the account without a person; null for the service itself. */
  readonly by: Writer | null;
  /** 联系电话 of the one who asks, for a record that has no 记录人 yet. */
  readonly phone: string;
  /** The number reserved for this registration; null until `decide` has asked for one. */
  readonly number: RecordNumber | null;
  /** The other record that `link` and `merge` name; null when there is none. */
  readonly other: PhoneRecord | null;
}

export type Decision =
  | { readonly kind: 'accepted'; readonly facts: readonly RecordFact[] }
  /** A text that was given up goes among the revisions; the record stays as it is. */
  | { readonly kind: 'set-aside'; readonly text: LostText }
  /** `lost` holds a value that was typed and did not get in: it is kept among the revisions. */
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly lost: LostText | null }
  | { readonly kind: 'conflict'; readonly current: RecordField; readonly lost: LostText }
  /** All is well but the number: reserve one and ask again. */
  | { readonly kind: 'needs-number' };

export interface LostText {
  readonly field: FieldName;
  readonly text: string;
}

/** Says what a command does to a record; `record` is undefined when there is none of that id. Never throws. */
export function decide(
  record: PhoneRecord | undefined,
  command: RecordCommand,
  context: DecideContext,
): Decision {
  if (command.type === 'open-by-hand') return openByHand(record, command, context);
  if (record === undefined) return refuse(refusals.noSuchRecord);
  switch (command.type) {
    case 'patch-field':
      return patch(record, command, context);
    case 'set-aside':
      return setAside(command);
    case 'register':
      return register(record, context);
    case 'correct':
      return correct(record, command, context);
    case 'mark-no-record':
      if (record.state !== 'draft') return refuse(refusals.onlyDraft);
      return accept([{ kind: 'record-not-needed', at: context.at, why: command.reason }]);
    case 'void':
      return voidIt(record, command.reason, context.at);
    case 'reopen':
      if (!isClosed(record)) return refuse(refusals.nothingToReopen);
      return accept([{ kind: 'record-reopened', at: context.at }]);
    default: {
      const steps = workflow(record, command, context);
      return 'code' in steps ? refuse(steps) : accept(steps);
    }
  }
}

type Patch = Extract<RecordCommand, { type: 'patch-field' }>;
type Correction = Extract<RecordCommand, { type: 'correct' }>;
type OpenByHand = Extract<RecordCommand, { type: 'open-by-hand' }>;

function openByHand(record: PhoneRecord | undefined, command: OpenByHand, context: DecideContext): Decision {
  if (record !== undefined) return refuse(refusals.recordExists);
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(command.record)) {
    return refuse(refusals.badId);
  }
  const { at } = context;
  const { record: id, room } = command;
  return accept([
    { kind: 'record-opened', at, record: id, room, call: null, direction: 'inbound', byHand: true },
    prefilled('callTime', String(at), at),
    ...recorderFacts(undefined, context),
  ]);
}

function patch(record: PhoneRecord, command: Patch, context: DecideContext): Decision {
  const { field } = command;
  const value = command.value.toWellFormed();
  const objection = objectionTo(field, value);
  if (objection !== null) return refuse(objection);
  const lost = { field, text: value };
  if (isClosed(record)) return { kind: 'refused', refusal: refusals.closed, lost };
  const current = record.fields[field];
  if (current.value === value && current.version > 0) return accept([]);
  if (isFrozen(record, field)) return { kind: 'refused', refusal: refusals.frozen(field), lost };
  if (command.base > current.version) return { kind: 'refused', refusal: refusals.baseUnknown, lost };
  if (otherHandWrote(current, command)) return { kind: 'conflict', current, lost };
  return accept([
    {
      kind: 'field-written',
      at: context.at,
      field,
      version: current.version + 1,
      how: 'typed',
      by: context.by,
      client: command.client,
      text: value,
      reason: null,
    },
    ...(field === 'recorder' ? [] : recorderFacts(record, context)),
  ]);
}

function setAside({ field, value }: Extract<RecordCommand, { type: 'set-aside' }>): Decision {
  const text = value.toWellFormed();
  const objection = objectionTo(field, text);
  return objection === null
    ? { kind: 'set-aside', text: { field, text } }
    : { kind: 'refused', refusal: objection, lost: null };
}

/** What the service filled in yields to a person; what the same browser tab wrote is an earlier stroke of the same hand. */
function otherHandWrote(current: RecordField, command: Patch): boolean {
  return current.version > command.base && current.by !== null && current.client !== command.client;
}

/** The first who types becomes 记录人 when no seat's phone had answered (D4). */
function recorderFacts(record: PhoneRecord | undefined, context: DecideContext): readonly RecordFact[] {
  if (context.by === null || (record !== undefined && record.fields.recorder.version > 0)) return [];
  const phoneIsOpen =
    context.phone !== '' && (record === undefined || record.fields.recorderPhone.version === 0);
  return [
    prefilled('recorder', context.by.name, context.at),
    ...(phoneIsOpen ? [prefilled('recorderPhone', context.phone, context.at)] : []),
  ];
}

function prefilled(field: FieldName, text: string, at: number): RecordFact {
  return {
    kind: 'field-written',
    at,
    field,
    version: 1,
    how: 'prefilled',
    by: null,
    client: null,
    text,
    reason: null,
  };
}

function register(record: PhoneRecord, context: DecideContext): Decision {
  if (isClosed(record)) return refuse(refusals.closed);
  if (record.state !== 'draft') return refuse(refusals.alreadyRegistered);
  const missing = REQUIRED_TO_REGISTER.filter((field) => record.fields[field].value.trim() === '');
  if (missing.length > 0) return refuse(refusals.missing(missing));
  if (context.number === null) return { kind: 'needs-number' };
  return accept([{ kind: 'record-registered', at: context.at, number: context.number }]);
}

function correct(record: PhoneRecord, command: Correction, context: DecideContext): Decision {
  const { field, reason } = command;
  const value = command.value.toWellFormed();
  const objection = objectionTo(field, value) ?? objectionToReason(reason);
  if (objection !== null) return refuse(objection);
  if (isClosed(record)) return refuse(refusals.closed);
  if (record.state === 'draft') return refuse(refusals.nothingToFreeze);
  const current = record.fields[field];
  if (current.value === value) return refuse(refusals.unchanged);
  if (REQUIRED_TO_REGISTER.includes(field) && value.trim() === '') return refuse(refusals.missing([field]));
  const { at, by } = context;
  const version = current.version + 1;
  return accept([
    { kind: 'field-written', at, field, version, how: 'corrected', by, client: null, text: value, reason },
  ]);
}

function voidIt(record: PhoneRecord, reason: string, at: number): Decision {
  const objection = objectionToReason(reason);
  if (objection !== null) return refuse(objection);
  if (record.state === 'void') return refuse(refusals.alreadyVoid);
  if (isClosed(record)) return refuse(refusals.closed);
  return accept([{ kind: 'record-voided', at, text: reason }]);
}

function accept(facts: readonly RecordFact[]): Decision {
  return { kind: 'accepted', facts };
}

function refuse(refusal: Refusal): Decision {
  return { kind: 'refused', refusal, lost: null };
}
