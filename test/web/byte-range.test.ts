import { expect, it } from 'vitest';
import { parseByteRange } from '../../src/web/byte-range.ts';

it.each([
  [undefined, 'whole'],
  ['', 'whole'],
  ['items=0-1', 'whole'],
  ['bytes=0-', '0-999'],
  ['bytes=0-0', '0-0'],
  ['Bytes=0-9', '0-9'],
  ['bytes=999-', '999-999'],
  ['bytes=500-5000', '500-999'],
  ['bytes=-1', '999-999'],
  ['bytes=-5000', '0-999'],
  ['bytes= 1-2 ', '1-2'],
  ['bytes=1000-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=-', 'unsatisfiable'],
  ['bytes=5-4', 'unsatisfiable'],
  ['bytes=0-1,5-6', 'unsatisfiable'],
  ['bytes=0-1,', 'unsatisfiable'],
  ['bytes=a-b', 'unsatisfiable'],
  ['bytes=0x10-', 'unsatisfiable'],
  ['bytes=1e3-', 'unsatisfiable'],
  ['bytes=--1', 'unsatisfiable'],
  ['bytes=99999999999999999999-', 'unsatisfiable'],
  [`bytes=${'0-1,'.repeat(10_000)}`, 'unsatisfiable'],
])('of 1000 bytes, %j is %s', (header, expected) => {
  const range = parseByteRange(header, 1_000);
  expect(range.kind === 'part' ? `${range.start}-${range.end}` : range.kind).toBe(expected);
});
