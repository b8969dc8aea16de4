import { describe, expect, it } from 'vitest';
import { CALLBACK_RULE, levelDue } from '../../src/duty/callback.ts';

const MINUTE = 60_000;
const due = (minutes: number, given: Partial<Parameters<typeof levelDue>[0]> = {}) =>
  levelDue(
    { since: 0, claimedAt: null, level: 0, superior: false, ...given },
    minutes * MINUTE,
    CALLBACK_RULE,
  );

describe('how far a missed call is told', () => {
  it.each([
    [4.99, 0],
    [5, 1],
    [9.99, 1],
    [10, 2],
    [1_000, 2],
  ])('after %f minutes: %i', (minutes, level) => {
    expect(due(minutes)).toBe(level);
  });

  it.each([
    [1.99, 0],
    [2, 1],
    [5, 2],
  ])('of a superior office after %f minutes: %i', (minutes, level) => {
    expect(due(minutes, { superior: true })).toBe(level);
  });

  it('is given the same time once more when somebody takes it on', () => {
    expect(due(8, { claimedAt: 4 * MINUTE })).toBe(0);
    expect(due(9, { claimedAt: 4 * MINUTE })).toBe(1);
  });

  it('is never taken back', () => {
    expect(due(1, { level: 2 })).toBe(2);
    expect(due(-5, { level: 1 })).toBe(1);
  });
});
