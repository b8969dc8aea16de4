import { expect, it } from 'vitest';
import { beginning, contained, isolated, rawNumber } from '../../src/ui/bidi.ts';

it('a text cannot leave its box by an end of isolate of its own', () => {
  expect(contained('a\u2069\u202eb')).toBe('a\u202eb');
  expect(isolated('a\u2069\u202eb')).toBe('\u2068a\u202eb\u2069');
  // A line end would end the isolate too.
  expect(isolated('a\n\u202eb')).toBe('\u2068a \u202eb\u2069');
  expect(isolated('')).toBe('');
});

it('a raw number shows its digits in the order in which they came', () => {
  expect(rawNumber('0954\u202e\u000d7654321')).toBe('0954\ufffd\ufffd7654321');
});

it('the beginning of a text never ends in half a character', () => {
  expect(beginning('一𠮷二', 2)).toBe('一𠮷');
  expect(beginning('𠮷𠮷𠮷', 2)).toBe('𠮷𠮷');
  expect(beginning('一', 2)).toBe('一');
});
