import { describe, expect, it } from 'vitest';
import { expectedSound } from '../../src/service/expected-sound.ts';
import { lastInSight } from '../../src/service/talk-times.ts';
import { defectsOf } from '../../src/sound/quality.ts';

const ANSWERED = 1_795_500_000_000;
const CALL = { answeredAt: ANSWERED, endedAt: ANSWERED + 60_000 };

type Row = Parameters<typeof expectedSound>[0];

function row(id: string, knownAt: number, more: Partial<Row> = {}): Row {
  return {
    id,
    part: 'talk',
    mode: 'ami',
    knownAt: ANSWERED + knownAt,
    orderedAt: null,
    foundBy: null,
    ...more,
  };
}

function measured(seconds: number) {
  const side = {
    side: 'mixed',
    levelDbfs: -20,
    peakDbfs: -6,
    activeSeconds: seconds,
    longestSilenceSeconds: 0,
    clippedSamples: 0,
  } as const;
  return { seconds, sampleRate: 8_000, sides: [side] };
}

/** What is wrong with a recording of so many seconds. */
function defects(seconds: number, one: Row, others: readonly Row[] = [one], call = CALL) {
  return defectsOf(measured(seconds), expectedSound(one, call, others));
}

describe('an order that the PBX takes only on a later try', () => {
  const late = row('a', -300, { orderedAt: ANSWERED + 12_000 });

  it('cuts the start, not the end', () => {
    expect(expectedSound(late, CALL, [late])).toMatchObject({ startedAt: ANSWERED + 12_000 });
    expect(defects(48, late)).toEqual([{ kind: 'cut-at-start', seconds: 12 }]);
  });

  it('begins where it was taken, also among others of its talk', () => {
    const first = row('b', 0);
    const [of, after] = [expectedSound(first, CALL, [late, first]), expectedSound(late, CALL, [late, first])];
    expect(of.talk).toEqual({ from: ANSWERED, to: ANSWERED + 12_000 });
    expect(after.talk).toEqual({ from: ANSWERED + 12_000, to: ANSWERED + 60_000 });
  });
});

describe('what a recording should hold', () => {
  it('is the talk from the answer to the end, for what was ordered before the answer', () => {
    expect(expectedSound(row('a', -300), CALL, [row('a', -300)])).toEqual({
      part: 'talk',
      talk: { from: ANSWERED, to: ANSWERED + 60_000 },
      startedAt: ANSWERED,
    });
    expect(defects(59.95, row('a', -300))).toEqual([]);
    expect(defects(48, row('a', -300))).toEqual([{ kind: 'cut-at-end', seconds: 12 }]);
  });

  it('lacks its beginning when it was ordered late', () => {
    expect(defects(40, row('a', 20_000))).toEqual([{ kind: 'cut-at-start', seconds: 20 }]);
    expect(defects(30, row('a', 20_000))).toEqual([
      { kind: 'cut-at-start', seconds: 20 },
      { kind: 'cut-at-end', seconds: 10 },
    ]);
  });

  it('is only its own stretch where several follow each other, and what lies between two is told', () => {
    const [first, second] = [row('a', -200), row('b', 25_000)];
    expect(defects(25, first, [second, first])).toEqual([]);
    expect(defects(35, second, [first, second])).toEqual([]);
    expect(defects(20, first, [first, second])).toEqual([{ kind: 'cut-at-end', seconds: 5 }]);
    expect(defects(30, second, [first, second])).toEqual([{ kind: 'cut-at-end', seconds: 5 }]);
  });

  it('is at least the talk for a file whose beginning nobody told', () => {
    const pbx = row('a', 61_000, { mode: 'pbx' });
    expect(defects(70, pbx)).toEqual([]);
    expect(defects(50, pbx)).toEqual([{ kind: 'short', seconds: 10 }]);
    expect(defects(50, row('a', 61_000, { foundBy: 'cdr' }))).toEqual([{ kind: 'short', seconds: 10 }]);
    // Two of them share the talk in a way that nobody tells.
    expect(defects(50, pbx, [pbx, row('b', 61_000, { mode: 'pbx' })])).toEqual([]);
  });

  it.each([
    ['before the answer', row('a', -9_000, { part: 'before-answer' }), CALL],
    ['of a call nobody answered', row('a', 0), { answeredAt: null, endedAt: ANSWERED }],
    ['of a call whose end nobody can tell', row('a', 0), { answeredAt: ANSWERED, endedAt: null }],
  ])('is not judged by its length: sound %s', (_what, one, call) => {
    expect(expectedSound(one, call, [one])).toMatchObject({ talk: null, startedAt: null });
  });
});

describe('a call whose end nobody saw', () => {
  const trail = { pbx: 'main', talkSeconds: 4, endedAt: ANSWERED + 90_000 };
  const gap = (from: number, pbx = 'main') => ({ pbx, from: ANSWERED + from });

  it('stood until the gap in which it was lost', () => {
    const gaps = [gap(200_000), gap(70_000), gap(10_000), gap(80_000, 'other')];
    expect(lastInSight(ANSWERED, trail, gaps)).toBe(ANSWERED + 70_000);
  });

  it('stood until the last thing that was heard of it, where there was no gap or one before that', () => {
    expect(lastInSight(ANSWERED, trail, [])).toBe(ANSWERED + 4_000);
    expect(lastInSight(ANSWERED, trail, [gap(1_000)])).toBe(ANSWERED + 4_000);
  });
});
