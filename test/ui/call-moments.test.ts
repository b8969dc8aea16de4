import { describe, expect, it } from 'vitest';
import { intoCall, momentAt, placeOf } from '../../src/ui/call-moments.ts';
import { A_RECORDING, aCall } from './views.ts';

const before = { ...A_RECORDING, id: 'before', part: 'before-answer', seconds: 4 } as const;
const first = { ...A_RECORDING, id: 'first', seconds: 20 } as const;
const second = { ...A_RECORDING, id: 'second', seconds: 10 } as const;
const call = aCall('a', {
  startedAt: 100_000,
  answeredAt: 105_000,
  endedAt: 165_000,
  recordings: [before, first, second],
});

describe('moments of a call and places in its sound', () => {
  it('the first talk begins at the answer, the last ends with the call, the ring before the answer', () => {
    expect(momentAt(call, first, 2.5)).toBe(107_500);
    expect(momentAt(call, second, 1)).toBe(156_000);
    expect(momentAt(call, before, 0)).toBe(101_000);
  });

  it('finds where a moment is heard, and says so when no sound has it', () => {
    const sounds = [before, first, second];
    expect(placeOf(call, 112_000, [first, second])).toEqual({ recording: 'first', seconds: 7 });
    expect(placeOf(call, 160_000, sounds)).toEqual({ recording: 'second', seconds: 5 });
    expect(placeOf(call, 102_000, sounds)).toEqual({ recording: 'before', seconds: 1 });
    expect(placeOf(call, 140_000, sounds)).toBeNull();
    expect(placeOf(call, 112_000, [])).toBeNull();
  });

  it('a place and its moment belong together', () => {
    for (const seconds of [0, 3, 19])
      expect(placeOf(call, momentAt(call, first, seconds), [first])).toEqual({ recording: 'first', seconds });
  });

  it('counts the seconds of the call from its begin, never below', () => {
    expect(intoCall(call, 112_900)).toBe(12);
    expect(intoCall(call, 90_000)).toBe(0);
  });
});
