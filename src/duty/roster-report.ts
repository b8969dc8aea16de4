/**
 * 报送值班表: the roster of a holiday goes to the superior office five days before it begins (a district's rule of 2009,
 * domain.md §1.3; the seed asks 是否按要求报送值班表). Pure; times are integer ms UTC.
 */
import type { Holiday } from './roster-rules.ts';
import { momentOf } from './time-zone.ts';

/** Days of `2026-10-01`, both included. */
export interface ReportedSpan {
  readonly from: string;
  readonly to: string;
}

export interface ReportDue {
  readonly holiday: Holiday;
  /** Midnight five days before its first day. */
  readonly dueAt: number;
  /** Midnight after its last day: nothing can be reported any more. */
  readonly overAt: number;
  readonly state: 'coming' | 'due' | 'late';
}

/** How a report went up. */
export const REPORT_WAYS = ['system', 'fax', 'document', 'telephone'] as const;
export type ReportWay = (typeof REPORT_WAYS)[number];

const DAY_MS = 86_400_000;
const DAYS_BEFORE = 5;
/** Shown so long before it is due. */
const COMING_DAYS = 10;

/**
 * Holidays whose roster was not reported yet, from fifteen days before until they are over. `due` is the day it falls due,
 * `late` every day after.
 */
export function reportsDue(
  holidays: readonly Holiday[],
  reported: readonly ReportedSpan[],
  now: number,
  timeZone: string,
): readonly ReportDue[] {
  return holidays.flatMap((holiday): readonly ReportDue[] => {
    if (reported.some(({ from, to }) => from <= holiday.from && holiday.to <= to)) return [];
    const due = dueDayOf(holiday, timeZone);
    const overAt = midnight(timeZone, holiday.to, 1);
    if (now < midnight(timeZone, holiday.from, -DAYS_BEFORE - COMING_DAYS) || now >= overAt) return [];
    const state = now < due.from ? 'coming' : now < due.to ? 'due' : 'late';
    return [{ holiday, dueAt: due.from, overAt, state }];
  });
}

/** The day on which the roster of a holiday is to be reported, from its midnight to the next. */
export function dueDayOf(holiday: Holiday, timeZone: string): { readonly from: number; readonly to: number } {
  return {
    from: midnight(timeZone, holiday.from, -DAYS_BEFORE),
    to: midnight(timeZone, holiday.from, -DAYS_BEFORE + 1),
  };
}

function midnight(timeZone: string, day: string, more: number): number {
  return momentOf(timeZone, Date.parse(`${day}T00:00:00Z`) + more * DAY_MS);
}
