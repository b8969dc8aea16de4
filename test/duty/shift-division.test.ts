import { describe, expect, it } from 'vitest';
import type { Shift } from '../../src/duty/roster.ts';
import { divide, turnsOf } from '../../src/duty/shift-division.ts';

const HOUR = 3_600_000;
/** 08:00 at Shanghai. */
const EIGHT = Date.UTC(2026, 10, 23, 0, 0);
const daily = (hour: number, isPlanned: boolean) =>
  [-2, -1, 0, 1, 2, 3, 4].map((day) => ({ at: EIGHT + (day * 24 + hour) * HOUR, isPlanned }));
const DAYS = daily(0, true);
const spans = (shifts: ReturnType<typeof divide>) =>
  shifts.map(({ from, to }) => [from, to].map((at) => (at === null ? null : (at - EIGHT) / HOUR)));

describe('a shift', () => {
  it('goes from one signature to the next, be they a little early or late', () => {
    const stretch = { from: EIGHT - HOUR / 4, isSigned: true, until: EIGHT + 25 * HOUR, endsSigned: true };
    expect(spans(divide(stretch, DAYS))).toEqual([[-0.25, 25]]);
    expect(divide({ ...stretch, endsSigned: false }, DAYS)).toEqual([
      { from: EIGHT - HOUR / 4, to: null, dueAt: EIGHT + 24 * HOUR },
    ]);
  });

  it('ends by the roster where nobody signed', () => {
    const stretch = { from: EIGHT, isSigned: true, until: EIGHT + 47 * HOUR, endsSigned: true };
    expect(spans(divide(stretch, DAYS))).toEqual([
      [0, 24],
      [24, 47],
    ]);
    // Two hours are given for it, as the hand-over itself gives them.
    const running = { ...stretch, endsSigned: false };
    expect(spans(divide({ ...running, until: EIGHT + 25.9 * HOUR }, DAYS))).toEqual([[0, null]]);
    expect(spans(divide({ ...running, until: EIGHT + 26 * HOUR }, DAYS))).toEqual([
      [0, 24],
      [24, null],
    ]);
  });

  it('of a room that never signs is what its roster says, of one without a roster a day', () => {
    const from = EIGHT - 12 * HOUR;
    const never = { from, isSigned: false, until: EIGHT + 30 * HOUR, endsSigned: false };
    expect(spans(divide(never, DAYS))).toEqual([
      [-12, 0],
      [0, 24],
      [24, null],
    ]);
    // The first that is signed ends the shift which its hand-over shows.
    const first = (until: number) =>
      spans(divide({ ...never, until: EIGHT + until * HOUR, endsSigned: true }, DAYS));
    expect(first(7.7)).toEqual([
      [-12, 0],
      [0, 7.7],
    ]);
    expect(first(1)).toEqual([[-12, 1]]);
    const midnights = turnsOf([], { from, to: EIGHT + 24 * HOUR }, 'Asia/Shanghai');
    expect(midnights).toEqual([-8, 16].map((hour) => ({ at: EIGHT + hour * HOUR, isPlanned: false })));
  });

  it('is not cut by a midnight for which the next morning signs', () => {
    const seven = { from: EIGHT - HOUR, isSigned: true, until: EIGHT + 22 * HOUR, endsSigned: false };
    const midnights = daily(-8, false);
    expect(divide(seven, midnights)).toEqual([{ from: EIGHT - HOUR, to: null, dueAt: null }]);
    expect(spans(divide({ ...seven, until: EIGHT + 23 * HOUR, endsSigned: true }, midnights))).toEqual([
      [-1, 23],
    ]);
    // Nobody came the next morning either: each day by itself.
    expect(spans(divide({ ...seven, until: EIGHT + 33 * HOUR }, midnights))).toEqual([
      [-1, 16],
      [16, null],
    ]);
  });

  it('turns at midnight only on days for which nothing dated is planned', () => {
    const shift = (from: number, to: number): Shift => ({
      ...{ id: String(from), room: 'r', from: EIGHT + from * HOUR, to: EIGHT + to * HOUR },
      ...{ leaders: [], officers: [] },
    });
    const always: Shift = { ...shift(0, 0), from: null, to: null };
    const turns = turnsOf(
      [always, shift(0, 10), shift(24, 34)],
      { from: EIGHT - 12 * HOUR, to: EIGHT + 90 * HOUR },
      'Asia/Shanghai',
    );
    expect(turns.map(({ at, isPlanned }) => [(at - EIGHT) / HOUR, isPlanned])).toEqual([
      [-8, false],
      [0, true],
      [10, true],
      [24, true],
      [34, true],
      [64, false],
      [88, false],
    ]);
  });
});
