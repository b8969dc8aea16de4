import { expect, it } from 'vitest';
import { formatLocalTime, parseLocalTime } from '../../src/config/local-time.ts';

it.each([
  ['2026-11-23 08:00', 'Asia/Shanghai', '2026-11-23T00:00:00Z'],
  ['2026-11-23 8:05', 'Asia/Shanghai', '2026-11-23T00:05:00Z'],
  ['2026-07-01 00:00', 'Asia/Urumqi', '2026-06-30T18:00:00Z'],
  ['1988-07-01 12:00', 'Asia/Shanghai', '1988-07-01T03:00:00Z'],
])('%s in %s is %s', (text, zone, iso) => {
  expect(parseLocalTime(text, zone)).toBe(Date.parse(iso));
});

it.each([
  ['2026-02-30 08:00', 'Asia/Shanghai'],
  ['2026-11-23 24:00', 'Asia/Shanghai'],
  ['2026-03-29 02:30', 'Europe/Berlin'],
  ['yesterday', 'Asia/Shanghai'],
])('%s in %s names no moment', (text, zone) => {
  expect(parseLocalTime(text, zone)).toBeNull();
});

it('writes what it reads', () => {
  expect(formatLocalTime(Date.parse('2026-11-22T16:07:59Z'), 'Asia/Shanghai')).toBe('2026-11-23 00:07');
});
