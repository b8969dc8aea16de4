/**
 * What this browser has not yet got onto the server's disk, one entry per field. Pure. The theory: the newest text of a
 * field is always in its entry; at most one patch of a field is under way (`op`), and it is written down with its opId
 * before it is sent, so that after a crash the same opId is repeated and the server answers as it did the first time.
 */
import type { Refusal } from '../records/command.ts';
import type { FieldName } from '../records/field.ts';
import type { FieldView, RecordView } from '../web/protocol/record-view.ts';

/** Whose words these are: nobody else's log-in may send them in silence. */
export interface Owner {
  readonly account: string;
  readonly person: string | null;
  readonly name: string;
}

export interface UnsentText {
  readonly kind: 'text';
  readonly owner: Owner;
  /** The tab that holds it: another living tab must not send it too. */
  readonly client: string;
  readonly record: string;
  readonly field: FieldName;
  readonly value: string;
  /** Dead tabs whose text this was, and when it had last been typed there. */
  readonly heirOf?: readonly { readonly client: string; readonly at: number }[];
  /** Version of the field the writer saw. */
  readonly base: number;
  /** When it was last typed, ms UTC. */
  readonly at: number;
  /** The patch under way: it keeps opId, base and value until it is answered. */
  readonly op: { readonly opId: string; readonly base: number; readonly value: string } | null;
  /** The server will not take it: shown under the field, sent again only after a person acts. */
  readonly refusal: Refusal | null;
  /** Another hand wrote the field: both values are shown, one is taken. */
  readonly conflict: FieldView | null;
}

/** 人工补记 made while the server may be out of reach: its record id is ours, so texts can follow at once. */
export interface UnsentOpening {
  readonly kind: 'opening';
  readonly owner: Owner;
  readonly client: string;
  readonly record: string;
  readonly opId: string;
  readonly at: number;
  readonly refusal: Refusal | null;
}

/** A text that was given up for another's, on its way to 修改记录: nothing typed disappears, also when this page dies now. */
export interface UnsentAside {
  readonly kind: 'aside';
  readonly owner: Owner;
  readonly client: string;
  readonly record: string;
  readonly field: FieldName;
  readonly value: string;
  readonly opId: string;
  readonly at: number;
}

export type Unsent = UnsentText | UnsentOpening | UnsentAside;
export type UnsentMap = ReadonlyMap<string, Unsent>;

/** Key of a field's entry in maps and in IndexedDB. */
export function fieldKey(record: string, field: FieldName): string {
  return `${record}/${field}`;
}

/** Key of any entry. */
export function unsentKey(entry: Unsent): string {
  switch (entry.kind) {
    case 'text':
      return fieldKey(entry.record, entry.field);
    case 'opening':
      return `${entry.record}/`;
    case 'aside':
      return `${fieldKey(entry.record, entry.field)}/${entry.opId}`;
  }
}

/**
 * Key on this machine's disk, where the texts of several people may lie side by side, and those of several tabs: what one tab
 * strikes out when the server has its text must not be another's.
 */
export function diskKey(entry: Unsent): string {
  return JSON.stringify([entry.owner.account, entry.owner.person, entry.client, unsentKey(entry)]);
}

/** True when both are the same log-in and the same officer at the seat. */
export function sameOwner(left: Owner, right: Owner): boolean {
  return left.account === right.account && left.person === right.person;
}

/** The entry after a key was struck: newest text, the patch under way untouched, an old refusal forgotten. */
export function typed(
  before: UnsentText | undefined,
  edit: Pick<UnsentText, 'owner' | 'client' | 'record' | 'field' | 'value' | 'base' | 'at'>,
): UnsentText {
  if (before === undefined) return { kind: 'text', ...edit, op: null, refusal: null, conflict: null };
  return { ...before, owner: edit.owner, client: edit.client, value: edit.value, at: edit.at, refusal: null };
}

/** May a patch leave now? Not while one is under way, while a person must choose, or after a refusal. */
export function mayLeave(entry: UnsentText): boolean {
  return entry.op === null && entry.conflict === null && entry.refusal === null;
}

/** The entry with its patch under way. */
export function departing(entry: UnsentText, opId: string): UnsentText {
  return mayLeave(entry) ? { ...entry, op: { opId, base: entry.base, value: entry.value } } : entry;
}

/** The server has it. Null: nothing is left to send; else what was typed since goes on from the new version. */
export function settled(entry: UnsentText, version: number): UnsentText | null {
  if (entry.op === null) return entry;
  if (entry.op.value === entry.value) return null;
  return { ...entry, base: version, op: null };
}

/** The server refused the patch under way. */
export function refused(entry: UnsentText, refusal: Refusal): UnsentText {
  return { ...entry, op: null, refusal };
}

/** Another hand was first. The same text on both sides is no conflict: null. */
export function conflicting(entry: UnsentText, current: FieldView): UnsentText | null {
  if (current.value === entry.value) return null;
  return { ...entry, op: null, conflict: current };
}

/** A person chose the own text: it goes again, upon the other's version. */
export function takeMine(entry: UnsentText): UnsentText {
  if (entry.conflict === null) return { ...entry, refusal: null };
  return { ...entry, base: entry.conflict.version, conflict: null, refusal: null };
}

/** Something of the record is on this machine only. */
export function hasUnsent(unsent: UnsentMap, record: string): boolean {
  return [...unsent.values()].some((entry) => entry.record === record);
}

/** The fields with the words that stand on the screen, sent or not. */
export function withUnsent(
  fields: RecordView['fields'],
  unsent: UnsentMap,
  record: string,
): RecordView['fields'] {
  const typed = [...unsent.values()].flatMap((entry) =>
    entry.kind === 'text' && entry.record === record
      ? [[entry.field, { ...fields[entry.field], value: entry.value }] as const]
      : [],
  );
  return { ...fields, ...Object.fromEntries(typed) };
}
