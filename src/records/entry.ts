/**
 * One entry on the timeline of a phone record: 拟办, 请示, 批示 (代录), 交办, 反馈, 办结. Entries are added, confirmed and
 * struck, never changed: a struck one stays to be seen. Their order and what they mean for the record's state is in
 * `workflow.ts`.
 */
import type { Refusal } from './command.ts';
import { longerThan } from './field-text.ts';
import type { Writer } from './record.ts';
import { refusals } from './refusal.ts';

export const ENTRY_KINDS = [
  'proposal', // 拟办
  'request', // 请示
  'instruction', // 批示, written down for the leader (代录批示)
  'assignment', // 交办
  'feedback', // 反馈
  'closing', // 办结
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** 方式 of a 批示 or 请示. */
export const WAYS = ['phone', 'in-person', 'written'] as const;
export type Way = (typeof WAYS)[number];

/** What a person writes. */
export interface EntryDraft {
  readonly kind: EntryKind;
  /** 批示人, 请示对象, 承办单位或承办人, 反馈人; empty where the kind has none. */
  readonly who: string;
  readonly text: string;
  readonly way: Way | null;
  /** When it was said or done, ms UTC; null: when it was written down. */
  readonly happenedAt: number | null;
  /** 办理时限 of an assignment, ms UTC. */
  readonly dueAt: number | null;
  /** The call that proves a telephone 批示 or 请示, by its id. */
  readonly call: string | null;
}

export interface Entry extends EntryDraft {
  readonly id: string;
  /** When it was written down, ms UTC. */
  readonly at: number;
  /** 转录人. */
  readonly by: Writer | null;
  /** 批示人本人确认. */
  readonly confirmed: { readonly at: number; readonly by: Writer } | null;
  readonly withdrawn: { readonly at: number; readonly by: Writer; readonly reason: string } | null;
}

export const WHO_LIMIT = 100;
export const ENTRY_TEXT_LIMIT = 5_000;
/** More than this and the form is no form any more. */
export const MOST_ENTRIES = 200;

/** Kinds that say something about a person or an office, who must be named. */
const NAMES_SOMEBODY: readonly EntryKind[] = ['request', 'instruction', 'assignment', 'feedback'];
const BY_SOME_WAY: readonly EntryKind[] = ['request', 'instruction'];

/** Why an entry may not stand on a record; null when it may. `now` in ms UTC: nothing was said in the future. */
export function objectionToEntry(entry: EntryDraft, now: number): Refusal | null {
  if (entry.text.includes('\0') || entry.who.includes('\0')) return refusals.notText;
  if (longerThan(entry.text, ENTRY_TEXT_LIMIT) || longerThan(entry.who, WHO_LIMIT))
    return refusals.entryTooLong;
  if (entry.text.trim() === '') return refusals.entryEmpty;
  if (NAMES_SOMEBODY.includes(entry.kind) && entry.who.trim() === '') return refusals.entryNamesNobody;
  if (BY_SOME_WAY.includes(entry.kind) !== (entry.way !== null)) return refusals.entryWay;
  if (entry.call !== null && entry.way !== 'phone') return refusals.entryWay;
  // Clocks of two machines differ by seconds, not by minutes.
  if (entry.happenedAt !== null && entry.happenedAt > now + 60_000) return refusals.entryInFuture;
  return null;
}

/** In the order in which it was said or done, on the screen and on paper. */
export function inOrder<E extends Pick<Entry, 'happenedAt' | 'at'>>(entries: readonly E[]): readonly E[] {
  return [...entries].sort((a, b) => (a.happenedAt ?? a.at) - (b.happenedAt ?? b.at) || a.at - b.at);
}

/** 办理时限 stands on an assignment only. */
export function withOwnParts(entry: EntryDraft): EntryDraft {
  return {
    ...entry,
    text: entry.text.toWellFormed(),
    who: NAMES_SOMEBODY.includes(entry.kind) ? entry.who.toWellFormed().trim() : '',
    dueAt: entry.kind === 'assignment' ? entry.dueAt : null,
  };
}
