import { expect, it } from 'vitest';
import { type HeardByTrunk, ownToneOf } from '../../src/diagnosis/callers-own-tone.ts';

const WAY = { pbx: 'main', trunk: 'PJSIP/out1' };
const heard = (
  ...all: readonly (readonly [at: number, number: string, verdict: HeardByTrunk['verdict']])[]
) => all.map(([at, number, verdict]): HeardByTrunk => ({ ...WAY, at, number, verdict }));
const state = (all: readonly HeardByTrunk[]) => ownToneOf(WAY, all).state;

it('a standard ringback that came through proves that the way out has no tone of its own', () => {
  expect(ownToneOf(WAY, heard([1, 'a', 'music'], [2, 'b', 'standard'], [3, 'a', 'music']))).toEqual({
    ...WAY,
    state: 'none',
    at: 2,
  });
});

it('music or speech everywhere, and nothing else since, is suspect: it may be the caller himself who plays it', () => {
  expect(state(heard([1, 'a', 'standard'], [2, 'a', 'music'], [3, 'b', 'speech']))).toBe('suspect');
  expect(state(heard([3, 'a', 'standard'], [2, 'a', 'music'], [1, 'b', 'music']))).toBe('none');
});

it('one number may have a tone of its own, and silence or another trunk says nothing', () => {
  expect(state(heard([1, 'a', 'music'], [2, 'a', 'music']))).toBe('unknown');
  expect(state(heard([1, 'a', 'busy'], [2, 'b', 'unclear']))).toBe('unknown');
  expect(state(heard([1, 'a', 'standard']).map((one) => ({ ...one, trunk: 'PJSIP/out2' })))).toBe('unknown');
  expect(state([])).toBe('unknown');
});
