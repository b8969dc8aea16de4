import type { JobLimits } from './job-queue.ts';

const GROWTH = 3;

/**
 * Pause in ms after so many attempts that failed (1 and up): three times as long each time, up to the longest. Up to a
 * quarter is taken off by `chance` (0 to 1), so that what failed together does not come back together.
 */
export function backOffMs(
  failed: number,
  { firstBackOffMs, longestBackOffMs }: Pick<JobLimits, 'firstBackOffMs' | 'longestBackOffMs'>,
  chance: number,
): number {
  const whole = Math.min(longestBackOffMs, firstBackOffMs * GROWTH ** (failed - 1));
  return Math.round(whole * (1 - chance / 4));
}
