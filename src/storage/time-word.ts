/**
 * On PostgreSQL each record has one word more, for the month (of thirty days) it stands in. GIN hands over everything that
 * has a word, however old, before the newest are taken; with the month asked for too it walks one short list and looks
 * into the long ones beside it. SQLite walks its list of a word downwards by itself and needs none.
 */
import { firstDocAt, timeOfDoc } from './doc-number.ts';

/** Begins the word, so that nobody can type it. */
const MONTH_SIGN = '\ue001';
const MONTH_MS = 30 * 86_400_000;

/** Months since 1970 of a place in the list. */
export function monthOf(doc: number): number {
  return Math.floor(timeOfDoc(doc) / MONTH_MS);
}

/** The lowest number of that month. */
export function firstDocOfMonth(month: number): number {
  return firstDocAt(month * MONTH_MS);
}

export function monthWord(month: number): string {
  return `${MONTH_SIGN}${month}`;
}
