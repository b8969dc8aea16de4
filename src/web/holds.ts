/**
 * Soft holds (D10): who is in which field right now, with the text as it is being typed. Kept in memory only: a hold is
 * a courtesy between two people, never a lock; what counts is the patch. Time is an input (ms).
 */
import type { FieldName } from '../records/field.ts';
import type { HoldView } from './protocol/record-view.ts';

/** A hold ends so long after the last key. */
export const HOLD_MS = 10_000;

export interface Hold extends HoldView {
  readonly room: string;
  readonly until: number;
}

/** Keyed by record and field. */
export type Holds = ReadonlyMap<string, Hold>;

export interface HoldKey {
  readonly record: string;
  readonly field: FieldName;
}

/** `entered` false: somebody else is in the field, whose hold stands. */
export interface HoldStep {
  readonly holds: Holds;
  readonly entered: boolean;
}

/** Enters a field or goes on typing in it. The one who is there keeps it until the hold ends or is taken over. */
export function enter(holds: Holds, hold: Omit<Hold, 'until'>, at: number): HoldStep {
  const there = holds.get(keyOf(hold));
  if (there !== undefined && there.client !== hold.client && there.until > at)
    return { holds, entered: false };
  return { holds: withHold(holds, { ...hold, until: at + HOLD_MS }), entered: true };
}

/** 接过来写: the field changes hands; the text typed so far stays visible to both until the first patch. */
export function takeOver(holds: Holds, by: Omit<Hold, 'until' | 'text'>, at: number): Holds {
  const text = holds.get(keyOf(by))?.text ?? '';
  return withHold(holds, { ...by, text, until: at + HOLD_MS });
}

/** Leaves a field. Only the one who holds it can. */
export function release(holds: Holds, key: HoldKey, client: string): HoldStep {
  if (holds.get(keyOf(key))?.client !== client) return { holds, entered: false };
  const next = new Map(holds);
  next.delete(keyOf(key));
  return { holds: next, entered: true };
}

/** Holds whose last key lies too far back. */
export function expired(holds: Holds, at: number): readonly Hold[] {
  return [...holds.values()].filter((hold) => hold.until <= at);
}

/** When the next hold ends; null when there is none. */
export function nextExpiry(holds: Holds): number | null {
  return holds.size === 0 ? null : Math.min(...[...holds.values()].map((hold) => hold.until));
}

export function inRoom(holds: Holds, room: string): readonly HoldView[] {
  return [...holds.values()].filter((hold) => hold.room === room).map(viewOf);
}

export function viewOf(hold: Hold): HoldView {
  return {
    record: hold.record,
    field: hold.field,
    person: hold.person,
    client: hold.client,
    text: hold.text,
  };
}

function withHold(holds: Holds, hold: Hold): Holds {
  return new Map(holds).set(keyOf(hold), hold);
}

function keyOf(key: HoldKey): string {
  return `${key.record} ${key.field}`;
}
