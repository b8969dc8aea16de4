/** Days of the page 值班表 as texts, `2026-11-26`; a week begins on Monday. Pure. */

export type ViewKind = 'week' | 'month';

const DAY_MS = 86_400_000;

export function plusDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** 0: Monday. */
export function weekdayOf(day: string): number {
  return (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
}

/** The days that are shown: a week, or the whole weeks of a month. */
export function shownSpan(kind: ViewKind, day: string): { readonly from: string; readonly days: number } {
  if (kind === 'week') return { from: plusDays(day, -weekdayOf(day)), days: 7 };
  const first = `${day.slice(0, 8)}01`;
  const from = plusDays(first, -weekdayOf(first));
  const length = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0);
  const last = new Date(length).toISOString().slice(0, 10);
  const days = (Date.parse(last) - Date.parse(from)) / DAY_MS + 1;
  return { from, days: Math.ceil(days / 7) * 7 };
}

/** The same place one week or one month away. */
export function steppedDay(kind: ViewKind, day: string, by: 1 | -1): string {
  if (kind === 'week') return plusDays(day, 7 * by);
  const month = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + by, 1));
  return month.toISOString().slice(0, 10);
}

export function daysOf({ from, days }: { readonly from: string; readonly days: number }): readonly string[] {
  return Array.from({ length: days }, (_, n) => plusDays(from, n));
}
