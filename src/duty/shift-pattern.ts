/**
 * The pattern of a room's shifts: 白班 and 夜班, 24 hours, or whatever the office has, unrolled over days. Times are the wall
 * clock's of the office; a shift that ends at or before its begin ends on the next day. Pure.
 */
import { momentOf } from './time-zone.ts';

export interface ShiftPattern {
  readonly room: string;
  readonly parts: readonly PatternPart[];
}

export interface PatternPart {
  /** 白班, 夜班, 全天. */
  readonly name: string;
  /** Minutes after midnight. */
  readonly from: number;
  readonly to: number;
}

/** A shift that has to be filled. */
export interface Slot {
  readonly room: string;
  readonly name: string;
  /** The day it begins on: `2026-11-26`. */
  readonly day: string;
  /** Integer ms UTC; `to` is excluded. */
  readonly from: number;
  readonly to: number;
}

const DAY_MIN = 1_440;

/** Every shift that begins on these days, in order. Right on days of 23 and 25 hours too. */
export function slotsOf(pattern: ShiftPattern, days: readonly string[], timeZone: string): readonly Slot[] {
  return days
    .flatMap((day) => pattern.parts.map((part) => slotOf(pattern.room, part, day, timeZone)))
    .toSorted((one, other) => one.from - other.from);
}

function slotOf(room: string, part: PatternPart, day: string, timeZone: string): Slot {
  const end = part.to > part.from ? part.to : part.to + DAY_MIN;
  const at = (minutes: number) => momentOf(timeZone, Date.parse(`${day}T00:00:00Z`) + minutes * 60_000);
  return { room, name: part.name, day, from: at(part.from), to: at(end) };
}

/** `2026-11-26` and the `count` − 1 days after it. */
export function daysFrom(day: string, count: number): readonly string[] {
  const first = Date.parse(`${day}T00:00:00Z`);
  return Array.from({ length: count }, (_, n) => new Date(first + n * 86_400_000).toISOString().slice(0, 10));
}

/** Stretches of a day nobody's shift covers, and those that two cover: a pattern is meant to have neither. */
export function holesOf(pattern: ShiftPattern): { readonly uncovered: number; readonly doubled: number } {
  const covered = new Uint8Array(DAY_MIN);
  for (const { from, to } of pattern.parts) {
    const end = to > from ? to : to + DAY_MIN;
    for (let minute = from; minute < end; minute += 1) {
      const at = minute % DAY_MIN;
      covered[at] = (covered[at] ?? 0) + 1;
    }
  }
  return {
    uncovered: covered.reduce((sum, count) => sum + Number(count === 0), 0),
    doubled: covered.reduce((sum, count) => sum + Number(count > 1), 0),
  };
}
