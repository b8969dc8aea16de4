/** What the three processes of the latency bench agree on: a clock, a caller's number for each call, their messages. */
export interface ReplayOrder {
  readonly callsPerSecond: number;
  readonly seconds: number;
}

/** When each call's first and last packet was written, by `exactNow`, in order of the calls. */
export interface WrittenTimes {
  readonly first: readonly number[];
  readonly last: readonly number[];
}

/** When the page had each call for the first time, and as ended; keyed by the call's number in the row. */
export interface SeenTimes {
  readonly first: readonly (readonly [call: number, at: number])[];
  readonly ended: readonly (readonly [call: number, at: number])[];
}

/** Ms since 1970 with parts of a ms, the same in all processes of this machine. */
export function exactNow(): number {
  return performance.timeOrigin + performance.now();
}

export function numberOf(call: number): string {
  return `0954${String(3_000_000 + call)}`;
}

/** -1 for a number that is not the bench's. */
export function callOf(number: string | null): number {
  return number?.startsWith('0954') === true ? Number(number.slice(4)) - 3_000_000 : -1;
}
