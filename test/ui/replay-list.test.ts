import { describe, expect, it } from 'vitest';
import { ALL_CALLS, beside, listQuery } from '../../src/ui/replay/list-filters.ts';
import { readSettings, SPEEDS, stepSpeed } from '../../src/ui/replay/settings.ts';
import { soundStanding } from '../../src/ui/replay/sound-standing.ts';
import type { CallView, RecordingView } from '../../src/web/protocol/call-view.ts';
import { A_RECORDING, aCall } from './views.ts';

describe('speed and volume', () => {
  it('go from 0.5 to 3 by steps and stop at both ends', () => {
    expect([SPEEDS[0], SPEEDS.at(-1)]).toEqual([0.5, 3]);
    expect([stepSpeed(1, 1), stepSpeed(1, -1), stepSpeed(3, 1), stepSpeed(0.5, -1)]).toEqual([
      1.25, 0.75, 3, 0.5,
    ]);
  });

  it('are read back as they were kept, and are usual where something else stands there', () => {
    expect(readSettings('{"speed":1.5,"volume":0.4}')).toEqual({ speed: 1.5, volume: 0.4 });
    for (const text of [null, '', 'x', 'null', '{"speed":99,"volume":-1}', '{"speed":"2"}'])
      expect(readSettings(text)).toEqual({ speed: 1, volume: 1 });
  });
});

describe('the list', () => {
  const now = new Date(2026, 10, 23, 9).getTime();
  it('asks for answered calls, of a day, that nobody has marked', () => {
    expect(listQuery(ALL_CALLS, now)).toEqual({ query: 'outcome=answered' });
    const from = new Date(2026, 10, 22).getTime();
    const to = new Date(2026, 10, 23).getTime();
    expect(listQuery({ text: ' 停电 ', day: '昨天', unmarked: true }, now)).toEqual({
      query: `text=${encodeURIComponent('停电')}&from=${from}&to=${to}&outcome=answered&review=none`,
    });
    expect(listQuery({ ...ALL_CALLS, day: '明年' }, now)).toHaveProperty('wrong');
  });

  it('goes on to the one below, and begins at the top when the call is not in it', () => {
    expect(beside(['a', 'b'], 'a', 1)).toBe('b');
    expect(beside(['a', 'b'], 'b', 1)).toBeNull();
    expect(beside(['a', 'b'], 'a', -1)).toBeNull();
    expect(beside(['a', 'b'], 'elsewhere', 1)).toBe('a');
  });
});

describe('where the sound of a talk stands', () => {
  const over = { phase: 'ended', answeredAt: 2_000, endedAt: 9_000 } as const;
  const sound = (state: 'attached' | 'missing' | 'starting' | 'expired' | 'no-sound') => ({
    ...A_RECORDING,
    state,
  });
  it.each<[string, Partial<CallView>, readonly RecordingView[], boolean?]>([
    ['here', over, [sound('missing'), sound('attached')]],
    ['missing', over, []],
    ['not-recorded', over, [], false],
    ['missing', over, [sound('missing')]],
    ['missing', over, [sound('no-sound')]],
    ['coming', over, [sound('missing'), sound('starting')]],
    ['expired', over, [sound('expired')]],
    ['no-talk', { ...over, answeredAt: null }, []],
    ['here', { ...over, answeredAt: null }, [{ ...sound('attached'), part: 'before-answer' }]],
    ['not-over', { ...over, phase: 'talking' }, []],
  ])('%s', (standing, call, recordings, isDue = true) => {
    expect(soundStanding(aCall('c', { ...call, recordings }), recordings, isDue)).toBe(standing);
  });
});
