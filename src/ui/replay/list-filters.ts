/** What of 记录查询 stands in the list of 回放: answered calls, by words, by a day, those nobody has marked. Pure. */
import { NO_FILTERS, queryOf, wrongIn } from '../search/filters.ts';

export interface ListFilters {
  readonly text: string;
  /** As typed: a day, a month, `昨天`. */
  readonly day: string;
  readonly unmarked: boolean;
}

export const ALL_CALLS: ListFilters = { text: '', day: '', unmarked: false };

/** The question to 记录查询, or why the day cannot be meant. */
export function listQuery(
  { text, day, unmarked }: ListFilters,
  now: number,
): { readonly query: string } | { readonly wrong: string } {
  const filters = {
    ...{ ...NO_FILTERS, text, outcome: 'answered', from: day.trim(), to: day.trim() },
    review: unmarked ? 'none' : '',
  };
  const wrong = wrongIn(filters, now).from;
  return wrong === undefined ? { query: queryOf(filters, now).toString() } : { wrong };
}

/** The call beside another in the list; of one that is not in it any more, the first. Null: it was the last. */
export function beside(calls: readonly string[], call: string | null, by: -1 | 1): string | null {
  const at = call === null ? -1 : calls.indexOf(call);
  return calls[at < 0 ? 0 : at + by] ?? null;
}
