import { describe, expect, it } from 'vitest';
import { laneCut } from '../../src/ui/replay/lanes.ts';
import { drawnAround, rulerOf, spanWithin, viewFrom } from '../../src/ui/replay/zoom.ts';

const HOUR = 3_600;

describe('what is seen at once', () => {
  it.each([
    [10, HOUR, 10],
    [1, HOUR, 5],
    [9_999, HOUR, HOUR],
    // A call that is shorter than the nearest is always seen as a whole.
    [1, 3, 3],
  ])('%s seconds wished of %s are %s', (wished, seconds, span) => {
    expect(spanWithin(wished, seconds)).toBe(span);
  });

  it('keeps a place where it stands, as far as the call reaches', () => {
    expect(viewFrom(1_800, { share: 0.25, span: 10, seconds: HOUR })).toBe(1_797.5);
    expect(viewFrom(1, { share: 0.5, span: 10, seconds: HOUR })).toBe(0);
    expect(viewFrom(HOUR, { share: 0.5, span: 10, seconds: HOUR })).toBe(HOUR - 10);
  });
});

describe('what is drawn', () => {
  it('holds everything that is seen, with a width to spare on either side, and never more than four', () => {
    for (const span of [5, 7.3, 10, 61.7, 900])
      for (let from = 0; from <= HOUR - span; from += span / 3.1) {
        const { from: first, to } = drawnAround(Math.floor(from / span), span, HOUR);
        const before = Math.min(from, span) - 0.05;
        const behind = Math.min(HOUR - from - span, span) - 0.05;
        expect(first).toBeLessThanOrEqual(from - before + 0.05);
        expect(to).toBeGreaterThanOrEqual(from + span + behind - 0.05);
        expect(to - first).toBeLessThanOrEqual(4 * span + 0.1);
        // Whole values of the outline, so that no lane is drawn beside its seconds.
        expect((first * 20) % 1).toBeCloseTo(0, 6);
      }
  });

  it('is the whole call where that is seen', () => {
    expect(drawnAround(0, 3_605.4, 3_605.4)).toEqual({ from: 0, to: 3_605.4 });
  });

  it('is cut from the lanes at those values', () => {
    const side = Float32Array.from({ length: 200 }, (_, at) => at);
    const cut = laneCut({ sides: [side], highest: 1 }, { from: 2, to: 4 });
    expect([cut.sides[0]?.[0], cut.sides[0]?.length]).toEqual([40, 40]);
  });
});

describe('the ruler', () => {
  it.each([
    [{ from: 0, to: HOUR }, 0.2, 600],
    [{ from: 0, to: HOUR }, 0.01, 3_600],
    [{ from: 1_790, to: 1_830 }, 70, 2],
    [{ from: 0, to: 20 }, 140, 1],
  ])('of %j at %s pixels a second has a label every %s seconds', (drawn, perSecond, step) => {
    const labels = rulerOf(drawn, HOUR, perSecond);
    expect(labels.length).toBeGreaterThan(0);
    for (const at of labels) expect(at % step).toBe(0);
    for (const [index, at] of labels.entries())
      if (index > 0) expect(at - (labels[index - 1] ?? 0)).toBe(step);
  });

  it('has none that would hang over the end, and always the beginning', () => {
    expect(rulerOf({ from: 0, to: 8 }, 8, 90)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(rulerOf({ from: 0, to: 2 }, 2, 20)).toEqual([0]);
  });
});
