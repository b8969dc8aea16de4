import { describe, expect, it } from 'vitest';
import {
  clockSecond,
  duration,
  formMoment,
  grouped,
  listMoment,
  listSpan,
  playTime,
  sameNumber,
  typedAfter,
  typedForm,
  typedMoment,
} from '../../src/ui/format.ts';

/** In the machine's own zone, as the browser would make it. */
const at = (...parts: [number, number, number, number, number, number?]): number =>
  new Date(parts[0], parts[1] - 1, parts[2], parts[3], parts[4], parts[5] ?? 0).getTime();
const now = at(2026, 11, 24, 3, 7, 42);

describe('moments', () => {
  it('are short today, dated this year, whole otherwise', () => {
    expect(listMoment(at(2026, 11, 24, 0, 5), now)).toBe('00:05');
    expect(listMoment(at(2026, 11, 22, 21, 10), now)).toBe('11-22 21:10');
    expect(listMoment(at(2025, 12, 31, 23, 59), now)).toBe('2025-12-31 23:59');
    expect(clockSecond(now)).toBe('03:07:42');
    expect(formMoment(now)).toBe('2026年11月24日 03时07分');
  });

  it('name the day of a span once', () => {
    expect(listSpan(at(2026, 11, 23, 23, 50), at(2026, 11, 23, 23, 59), now)).toBe('11-23 23:50–23:59');
    expect(listSpan(at(2026, 11, 23, 23, 50), at(2026, 11, 24, 0, 3), now)).toBe('11-23 23:50–00:03');
  });

  it('are read as people type them', () => {
    const read: readonly (readonly [string, number])[] = [
      ['2026-11-23 03:07', at(2026, 11, 23, 3, 7)],
      ['11-22 9:05', at(2026, 11, 22, 9, 5)],
      ['2026年11月23日 3时07分', at(2026, 11, 23, 3, 7)],
      ['3:07', at(2026, 11, 24, 3, 7)],
      ['３：０７', at(2026, 11, 24, 3, 7)],
      ['昨天 21:10', at(2026, 11, 23, 21, 10)],
      ['前天21:10', at(2026, 11, 22, 21, 10)],
      ['23:50', at(2026, 11, 23, 23, 50)],
    ];
    expect(read.map(([text]) => [text, typedMoment(text, now)])).toEqual(read);
  });

  it.each([
    '',
    '25:00',
    '3:60',
    '2026-13-01 3:00',
    '2026-02-30 3:00',
    '明天 3:00',
    '3',
    '11-22',
    'x 3:07',
    '-1:30',
  ])('refuse %j', (text) => {
    expect(typedMoment(text, now)).toBeNull();
  });

  it.each([
    ['3:30', at(2026, 11, 24, 3, 30)],
    ['4:30', at(2026, 11, 24, 4, 30)],
    ['3：07', at(2026, 11, 25, 3, 7)],
    ['2:00', at(2026, 11, 25, 2, 0)],
    ['今天 3:30', at(2026, 11, 24, 3, 30)],
    ['明天 3:30', at(2026, 11, 25, 3, 30)],
    ['3时30分', at(2026, 11, 24, 3, 30)],
    ['11-25 1:00', at(2026, 11, 25, 1, 0)],
    ['2026-11-24 03:00', at(2026, 11, 24, 3, 0)],
  ])('that follow another are the next of their time: %s', (text, moment) => {
    expect(typedAfter(text, now)).toBe(moment);
  });

  it('that follow another over midnight are the next day’s, and refused when they are none', () => {
    expect(typedAfter('0:20', at(2026, 11, 24, 23, 50))).toBe(at(2026, 11, 25, 0, 20));
    expect(typedAfter('25:00', now)).toBeNull();
  });

  it('come back from the text they are edited as', () => {
    expect(typedMoment(typedForm(at(2026, 11, 24, 3, 7)), now)).toBe(at(2026, 11, 24, 3, 7));
  });
});

describe('durations', () => {
  it.each([
    [-5, '0 秒'],
    [9_999, '9 秒'],
    [192_000, '3 分 12 秒'],
    [7_500_000, '2 小时 5 分'],
  ])('%d ms is %s', (ms, said) => {
    expect(duration(ms)).toBe(said);
  });

  it('of sound are clock-like and survive what a broken file reports', () => {
    expect(playTime(7.9)).toBe('0:07');
    expect(playTime(3725)).toBe('1:02:05');
    expect(playTime(Number.NaN)).toBe('0:00');
    expect(playTime(Number.POSITIVE_INFINITY)).toBe('0:00');
  });
});

describe('numbers', () => {
  it.each([
    ['09542035678', '0954-2035678'],
    ['01063090000', '010-63090000'],
    ['13909540001', '139 0954 0001'],
    ['12345', '12345'],
    ['+861390', '+861390'],
  ])('%s is read as %s', (raw, read) => {
    expect(grouped(raw)).toBe(read);
  });

  it('are one telephone whatever stands before them', () => {
    expect(sameNumber('0954-2035678', '2035678')).toBe(true);
    expect(sameNumber('+86 139 0954 0001', '13909540001')).toBe(true);
    expect(sameNumber('8001', '8001')).toBe(true);
    expect(sameNumber('8001', '0954-2038001')).toBe(false);
    expect(sameNumber(null, null)).toBe(false);
    expect(sameNumber('', '2035678')).toBe(false);
    expect(sameNumber('09512035678', '09542035678')).toBe(false);
  });
});
