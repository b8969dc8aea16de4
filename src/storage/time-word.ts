/**
 * On PostgreSQL each record has one word more, for the week (seven days from 1970 on) it stands in. GIN hands over everything
 * that has a word, however old, before the newest are taken; with the week asked for too it walks one short list and looks
 * into the long ones beside it. SQLite walks its list of a word downwards by itself and needs none.
 */
import { firstDocAt, timeOfDoc } from './doc-number.ts';

/** Begins the word, so that nobody can type it. */
const WEEK_SIGN = '\ue001';
const WEEK_MS = 7 * 86_400_000;

/** Weeks since 1970 of a place in the list. */
export function weekOf(doc: number): number {
  return Math.floor(timeOfDoc(doc) / WEEK_MS);
}

/** The lowest number of that week. */
export function firstDocOfWeek(week: number): number {
  return firstDocAt(week * WEEK_MS);
}

export function weekWord(week: number): string {
  return `${WEEK_SIGN}${week}`;
}
