/**
 * How wrong passwords and PINs are slowed. Time is an input (ms). Two counters run side by side: one for an account seen
 * from one address, strict; one for the account from anywhere, lenient, so that a stranger who guesses through many
 * addresses is slowed but cannot keep a duty officer out of the duty room for the night.
 */
export interface LockOutRule {
  /** Wrong attempts that are free. */
  readonly free: number;
  /** A counter with no failure for so long starts again. */
  readonly forgetMs: number;
  readonly firstLockMs: number;
  /** Each further failure doubles the lock up to here. */
  readonly longestLockMs: number;
}

export const FROM_ONE_ADDRESS: LockOutRule = {
  free: 5,
  forgetMs: 15 * 60_000,
  firstLockMs: 30_000,
  longestLockMs: 15 * 60_000,
};

export const FROM_ANYWHERE: LockOutRule = {
  free: 50,
  forgetMs: 60 * 60_000,
  firstLockMs: 30_000,
  longestLockMs: 2 * 60_000,
};

/** 换人: four digits are soon guessed, so fewer tries are free. */
export const BY_PIN: LockOutRule = {
  free: 4,
  forgetMs: 15 * 60_000,
  firstLockMs: 30_000,
  longestLockMs: 15 * 60_000,
};

export interface Attempts {
  readonly failures: number;
  readonly lastAt: number;
  readonly lockedUntil: number;
}

export const NO_ATTEMPTS: Attempts = { failures: 0, lastAt: 0, lockedUntil: 0 };

/** Milliseconds until the next attempt is looked at; 0 when it may be made now. */
export function waitBeforeTrying(attempts: Attempts, at: number): number {
  return Math.max(0, attempts.lockedUntil - at);
}

/** The counter after one more wrong attempt at `at`. */
export function afterFailure(attempts: Attempts, at: number, rule: LockOutRule): Attempts {
  const remembered = at - attempts.lastAt < rule.forgetMs ? attempts.failures : 0;
  const failures = remembered + 1;
  return { failures, lastAt: at, lockedUntil: failures < rule.free ? 0 : at + lockFor(failures, rule) };
}

function lockFor(failures: number, rule: LockOutRule): number {
  return Math.min(rule.longestLockMs, rule.firstLockMs * 2 ** Math.min(30, failures - rule.free));
}
