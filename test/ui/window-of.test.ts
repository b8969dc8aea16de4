import { expect, it } from 'vitest';
import { scrollToSee, windowOf } from '../../src/ui/window-of.ts';

it('rows of a part that begins below the visible one are drawn as far as they are seen', () => {
  expect(windowOf(-260, 520, 5_000, 52)).toEqual({ from: 0, to: 13 });
  // Far below and far above: nothing.
  expect(windowOf(-10_000, 520, 5_000, 52)).toEqual({ from: 0, to: 0 });
  expect(windowOf(1_000_000, 520, 5_000, 52)).toEqual({ from: 5_000, to: 5_000 });
});

it('draws about as many rows wherever one stands', () => {
  for (let top = 0; top < 5_000 * 52; top += 997) {
    const { from, to } = windowOf(top, 520, 5_000, 52);
    expect(to - from).toBeLessThanOrEqual(27);
    expect(from * 52).toBeLessThanOrEqual(top);
    expect(to * 52).toBeGreaterThanOrEqual(Math.min(top + 520, 5_000 * 52));
  }
});

it.each([
  ['seen already', 500, 530, 500],
  ['above', 500, 300, 273],
  ['under the heading', 500, 510, 483],
  ['below', 500, 1_000, 552],
  ['the first', 500, 0, 0],
])('a row %s: from %i, at %i, the list goes to %i', (_where, scroll, top, to) => {
  expect(scrollToSee({ scroll, height: 500, under: 27 }, { top, height: 52 })).toBe(to);
});
