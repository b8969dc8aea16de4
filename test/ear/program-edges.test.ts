import { expect, it } from 'vitest';
import { HOP_SECONDS } from '../../src/ear/grid.ts';
import type { ProgramStretch } from '../../src/ear/program-course.ts';
import { withEdges } from '../../src/ear/program-edges.ts';

const [LOUD, LINE] = [4e-5, 1e-7];

/** What is played in these seconds of a call of eight, on a line with a little noise, found where windows of two seconds hold any of it. */
function edgesOf(found: readonly [number, number], ...sounding: readonly (readonly [number, number])[]) {
  const isLoud = (at: number) => sounding.some(([from, to]) => at >= from && at < to);
  const energies = Array.from({ length: 500 }, (_, n) => (isLoud(n * HOP_SECONDS) ? LOUD : LINE));
  const program: ProgramStretch = { from: found[0], to: found[1], class: 'music', likelihood: 0.9 };
  const parts = {
    ...{ seconds: 8, tones: [], windows: [] },
    energyBetween: (from: number, to: number) =>
      energies.slice(Math.round(from / HOP_SECONDS), Math.round(to / HOP_SECONDS) + 1),
  };
  return withEdges([program], parts).map(({ from, to }) => [from.toFixed(1), to.toFixed(1)]);
}

it('what is played is as long as it sounds, though windows of two seconds found it', () => {
  expect(edgesOf([0, 2.5], [0.3, 1.2])).toEqual([['0.3', '1.2']]);
  expect(edgesOf([4, 6.5], [5.2, 6.2])).toEqual([['5.2', '6.2']]);
  expect(edgesOf([2, 4], [1.5, 4.7])).toEqual([['1.5', '4.7']]);
});

it('a pause within it does not end it, one beside it does', () => {
  expect(edgesOf([1, 5], [1.2, 2], [4, 4.6], [5.8, 7])).toEqual([['1.2', '4.6']]);
});
