/** PURE. Whether a file still grows. Nothing is done with one that may. */

/** What one look at a file said; `at` by our clock, the rest as the file system told. Integer ms. */
export interface SizeSample {
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly at: number;
}

export interface SettlingRule {
  /** So long it must have stood still, counted from the end of the call and of its last transfer at the earliest. */
  readonly quietMs: number;
  /** A file last written so long before it was looked at has settled at one look: longer than clocks and shares go wrong. */
  readonly longAgoMs: number;
}

/** A little more than two writing steps of MixMonitor at 8 kHz (2.05 s each), and what a share may hold back. */
export const SETTLING: SettlingRule = { quietMs: 5_000, longAgoMs: 10 * 60_000 };

/**
 * `samples` in the order they were taken; `since` is the end of the call or of its last transfer, whichever came later,
 * by our clock (ms UTC).
 */
export function isSettled(samples: readonly SizeSample[], since: number, rule = SETTLING): boolean {
  const last = samples.at(-1);
  if (last === undefined) return false;
  if (last.at - Math.max(last.mtimeMs, since) >= rule.longAgoMs) return true;
  let first = last;
  for (const sample of samples.toReversed()) {
    if (sample.bytes !== last.bytes || sample.mtimeMs !== last.mtimeMs) break;
    first = sample;
  }
  return last.at - Math.max(first.at, since) >= rule.quietMs;
}
