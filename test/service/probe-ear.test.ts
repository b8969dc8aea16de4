/** What the ear hears of a probe, in the words of the page: its verdict and the measured beats never speak against each other. */
import { expect, it } from 'vitest';
import { hearWithEar } from '../../src/service/probe-ear.ts';

const RATE = 8_000;

/** Beats of one pitch, after a second of quiet. */
function beats(hz: number, on: number, off: number, count: number): Int16Array {
  const period = (on + off) * RATE;
  return Int16Array.from({ length: Math.round(RATE + period * count) }, (_, n) => {
    const at = n - RATE;
    const sounds = at >= 0 && at % period < on * RATE;
    return sounds ? Math.round(6_000 * Math.sin((2 * Math.PI * hz * n) / RATE)) : 0;
  });
}

it('a beat of 0.87 s is heard as the standard ringback, and so are its measured beats', async () => {
  const { verdict, cadence } = await hearWithEar(beats(450, 0.87, 4, 3));
  expect(verdict).toBe('standard');
  expect(cadence).toMatchObject({ standard: true });
  expect(cadence?.on).toBeCloseTo(0.87, 1);
});

it('a busy tone has beats too, which are none of the standard ringback', async () => {
  const { verdict, cadence } = await hearWithEar(beats(450, 0.35, 0.35, 14));
  expect([verdict, cadence?.standard]).toEqual(['busy', false]);
});
