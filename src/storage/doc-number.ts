/**
 * Where a record stands in the list: one whole number that is its order, its cursor and its row in the index of words. So
 * "newest first" is a walk down a key in every index, with words or without, and a page begins where the last one ended,
 * whatever is written meanwhile. The second of 来电时间 times 1,024, plus a count within that second.
 */
const A_SECOND = 1_024;
/** Year 2255: later times come from a hand that slipped. */
const LATEST = 9_000_000_000_000;

/** The lowest number of the second of `at` (ms UTC). */
export function firstDocAt(at: number): number {
  return Math.floor(Math.min(Math.max(at, 0), LATEST) / 1_000) * A_SECOND;
}

/** The last number of the same second. */
export function lastDocOf(doc: number): number {
  return Math.floor(doc / A_SECOND) * A_SECOND + A_SECOND - 1;
}

/** The second a number stands for, ms UTC. */
export function timeOfDoc(doc: number): number {
  return Math.floor(doc / A_SECOND) * 1_000;
}

/** 来电时间 as the form holds it, or the moment the record was opened. */
export function momentOf(callTime: string, openedAt: number): number {
  const at = Number(callTime);
  return callTime !== '' && Number.isSafeInteger(at) && at > 0 && at <= LATEST ? at : openedAt;
}
