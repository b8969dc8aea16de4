/** What is looked for, as typed, and the address it makes. Pure. */

import { typedDay } from './typed-day.ts';
import { searchWords as say } from './words.ts';

export interface Filters {
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly direction: string;
  readonly state: string;
  readonly category: string;
  readonly class: string;
  readonly unit: string;
  readonly tail: string;
  readonly recorder: string;
  readonly outcome: string;
  readonly sound: string;
  readonly archived: string;
  readonly review: string;
  readonly room: string;
}

export const NO_FILTERS: Filters = {
  text: '',
  from: '',
  to: '',
  direction: '',
  state: '',
  category: '',
  class: '',
  unit: '',
  tail: '',
  recorder: '',
  outcome: '',
  sound: '',
  archived: '',
  review: '',
  room: '',
};

export type FilterName = keyof Filters;

/** What stands in a field that cannot be meant, by field. */
export function wrongIn(filters: Filters, now: number): Partial<Record<FilterName, string>> {
  const from = filters.from === '' ? null : typedDay(filters.from, now);
  const to = filters.to === '' ? null : typedDay(filters.to, now);
  const digits = filters.tail.normalize('NFKC').replace(/[\s-]/g, '');
  return {
    ...(filters.from !== '' && from === null ? { from: say.dayWrong } : {}),
    ...(filters.to !== '' && to === null ? { to: say.dayWrong } : {}),
    ...(from !== null && to !== null && to.to <= from.from ? { to: say.daysCrossed } : {}),
    ...(filters.tail !== '' && !/^\d{4,15}$/.test(digits) ? { tail: say.tailWrong } : {}),
  };
}

/** The query of an address; only what is set. */
export function queryOf(filters: Filters, now: number): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters) as [FilterName, string][]) {
    const typed = value.trim();
    if (typed === '') continue;
    if (name === 'from') query.set(name, String(typedDay(typed, now)?.from ?? ''));
    else if (name === 'to') query.set(name, String(typedDay(typed, now)?.to ?? ''));
    else query.set(name, typed);
  }
  return query;
}
