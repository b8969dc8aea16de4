/** Who must say why before hearing a recording. */
import type { Role } from './access.ts';

/** Without a roster a shift is taken to be a day. */
const A_DAY_MS = 24 * 60 * 60 * 1_000;
/** What a person is asked to write at least. */
const LEAST_REASON = 2;
const LONGEST_REASON = 200;

export interface Hearing {
  readonly role: Role;
  /** Begin of the call, ms UTC. */
  readonly callStartedAt: number;
  /** Begin of the shift that runs; null: none that has a begin. */
  readonly shiftSince: number | null;
  readonly at: number;
}

/**
 * An officer or leader who hears a call of the running shift does his work and is not asked; everybody else, and anything
 * older, needs a reason, which joins the audit trail.
 */
export function mustSayWhy({ role, callStartedAt, shiftSince, at }: Hearing): boolean {
  if (role !== 'officer' && role !== 'leader') return true;
  return callStartedAt < (shiftSince ?? at - A_DAY_MS);
}

/** The reason as it is kept, or null when it says nothing. */
export function readReason(text: string): string | null {
  const reason = text
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .trim()
    .slice(0, LONGEST_REASON);
  return [...reason].length >= LEAST_REASON ? reason : null;
}

/** A stretch of a recording, in seconds. */
export type HeardRange = readonly [from: number, to: number];

/** Ranges in order, joined where they touch, rounded to a tenth of a second; at most `most` of them. */
export function joinedRanges(ranges: readonly HeardRange[], most = 200): readonly HeardRange[] {
  const tenth = (seconds: number) => Math.round(seconds * 10) / 10;
  const sorted = ranges
    .map(([from, to]): HeardRange => [tenth(from), tenth(to)])
    .filter(([from, to]) => from >= 0 && to > from)
    .sort(([one], [other]) => one - other);
  const joined: HeardRange[] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], to)];
    else joined.push([from, to]);
  }
  return joined.slice(0, most);
}
