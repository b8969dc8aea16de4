/** 编号 of every registered record, from the plan: from 1 in each year of the office's calendar, in the order of registration. */
import { wall } from './calendar.ts';
import type { PlannedCall } from './planned-calls.ts';

/** By key of the call. */
export function numbersOf(calls: readonly PlannedCall[]): ReadonlyMap<string, string> {
  const registered = calls
    .flatMap(({ key, form }) => (form?.kind === 'registered' ? [{ key, at: form.at }] : []))
    .toSorted((one, other) => one.at - other.at);
  const counted = new Map<string, number>();
  return new Map(
    registered.map(({ key, at }) => {
      const year = wall(at).slice(0, 4);
      const number = (counted.get(year) ?? 0) + 1;
      counted.set(year, number);
      return [key, `值电〔${year}〕${number}号`];
    }),
  );
}
