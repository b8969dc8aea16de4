import { expect, it } from 'vitest';
import type { Attempts } from '../../src/accounts/lock-out.ts';
import {
  afterFailure,
  FROM_ANYWHERE,
  FROM_ONE_ADDRESS,
  NO_ATTEMPTS,
  waitBeforeTrying,
} from '../../src/accounts/lock-out.ts';

function failTimes(times: number, rule = FROM_ONE_ADDRESS): Attempts {
  let attempts = NO_ATTEMPTS;
  for (let i = 0; i < times; i += 1) attempts = afterFailure(attempts, 1_000_000, rule);
  return attempts;
}

it.each([
  [1, 0],
  [4, 0],
  [5, 30_000],
  [6, 60_000],
  [7, 120_000],
  [10, 900_000],
  [10_000, 900_000],
])('after %i wrong attempts the next one waits %i ms', (failures, wait) => {
  expect(waitBeforeTrying(failTimes(failures), 1_000_000)).toBe(wait);
});

it('lets the next attempt through when the lock is over', () => {
  expect(waitBeforeTrying(failTimes(5), 1_030_000)).toBe(0);
});

it('forgets failures after a quiet time', () => {
  const later = afterFailure(failTimes(4), 1_000_000 + FROM_ONE_ADDRESS.forgetMs, FROM_ONE_ADDRESS);
  expect(later.failures).toBe(1);
});

it('never keeps an account out for long when strangers guess from many addresses', () => {
  expect(waitBeforeTrying(failTimes(100_000, FROM_ANYWHERE), 1_000_000)).toBeLessThanOrEqual(120_000);
});
