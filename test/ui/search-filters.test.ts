import { describe, expect, it } from 'vitest';
import { NO_FILTERS, queryOf, wrongIn } from '../../src/ui/search/filters.ts';
import { typedDay } from '../../src/ui/search/typed-day.ts';

const NOW = new Date(2026, 10, 23, 9, 30).getTime();
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date).getTime();

describe('a day as typed', () => {
  it.each([
    ['2026-11-23', day(2026, 11, 23), day(2026, 11, 24)],
    ['２０２６年１１月２３日', day(2026, 11, 23), day(2026, 11, 24)],
    ['11-2', day(2026, 11, 2), day(2026, 11, 3)],
    ['11.2', day(2026, 11, 2), day(2026, 11, 3)],
    ['今天', day(2026, 11, 23), day(2026, 11, 24)],
    ['昨天', day(2026, 11, 22), day(2026, 11, 23)],
    ['2026-12', day(2026, 12, 1), day(2027, 1, 1)],
    ['昨天 21:10', day(2026, 11, 22) + 76_200_000, day(2026, 11, 22) + 76_260_000],
  ])('%s', (text, from, to) => {
    expect(typedDay(text, NOW)).toEqual({ from, to });
  });

  it.each(['', '2026-13-01', '2026-02-30', '2026-13', '明天', '11', 'x'])('%j is none', (text) => {
    expect(typedDay(text, NOW)).toBeNull();
  });
});

describe('the conditions', () => {
  it('make an address of what is set, the last day included', () => {
    const filters = { ...NO_FILTERS, text: ' 停电 ', from: '11-22', to: '昨天', state: 'done' };
    expect(Object.fromEntries(queryOf(filters, NOW))).toEqual({
      text: '停电',
      from: String(day(2026, 11, 22)),
      to: String(day(2026, 11, 23)),
      state: 'done',
    });
    expect(queryOf(NO_FILTERS, NOW).toString()).toBe('');
  });

  it('say what cannot be meant, under its field', () => {
    const wrong = wrongIn({ ...NO_FILTERS, from: '11-23', to: '11-22', tail: '123' }, NOW);
    expect(Object.keys(wrong).sort()).toEqual(['tail', 'to']);
    expect(wrongIn({ ...NO_FILTERS, from: 'x', tail: '５６７８' }, NOW)).toMatchObject({
      from: expect.stringContaining('看不出日期') as string,
    });
    expect(wrongIn({ ...NO_FILTERS, from: '11-23', to: '11-23', tail: '2035 678' }, NOW)).toEqual({});
  });
});
