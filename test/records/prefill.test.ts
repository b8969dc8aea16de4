import { describe, expect, it } from 'vitest';
import { readNumber } from '../../src/directory/number.ts';
import { numberText } from '../../src/records/number.ts';
import { prefill } from '../../src/records/prefill.ts';

const call = {
  at: 1_700_000_000_000,
  number: readNumber('0954-2035678', '0954'),
  known: { unit: '市应急管理局', person: '张某', class: 'subordinate' },
  recorder: { name: '李某', phone: '2030001' },
  lineNumber: '0954-2030000',
} as const;

describe('what the telephone writes into the form', () => {
  it('is all it knows', () => {
    expect(prefill(call)).toEqual({
      callTime: '1700000000000',
      callerUnit: '市应急管理局',
      callerName: '张某',
      callerNumber: '0954-2035678',
      recorder: '李某',
      recorderPhone: '2030001',
    });
  });

  it('is nothing it does not know', () => {
    expect(prefill({ ...call, known: null, recorder: null })).toEqual({
      callTime: '1700000000000',
      callerNumber: '0954-2035678',
    });
  });

  it('says 未显示 of a withheld number', () => {
    expect(prefill({ ...call, number: readNumber(null, '0954') }).callerNumber).toBe('未显示');
  });

  it('gives the line’s number where the person has none', () => {
    expect(prefill({ ...call, recorder: { name: '李某', phone: null } }).recorderPhone).toBe('0954-2030000');
  });
});

describe('the number of a record', () => {
  it.each([
    ['值电〔{year}〕{n}号', 2026, 1, '值电〔2026〕1号'],
    ['值电〔{year}〕{n}号', 2026, 1_234, '值电〔2026〕1234号'],
    ['{year}-{n}-{n}', 2027, 7, '2027-7-7'],
    ['$&{n}', 2027, 7, '$&7'],
  ])('by the pattern %s in %i is written with the serial %i as %s', (pattern, year, serial, text) => {
    expect(numberText(pattern, year, serial)).toBe(text);
  });
});
