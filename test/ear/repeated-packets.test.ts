import { expect, it } from 'vitest';
import { seeded } from '../support/seeded.ts';
import { clipped, companded, lossy } from './line-faults.ts';
import { isFalseAlarm, listenTo } from './ringbacks.ts';
import { amplitudeOf, beats, joined, mixed, silence, tone } from './sound-maker.ts';

/** The only beat of a clip, cut off at the end of the scale: in repeated packets its line is no line any more. */
const beat = clipped(
  tone(1, { lines: [{ hz: 471, weight: 1 }], amplitude: amplitudeOf(-8), distortion: 0.08 }),
  0.57,
);
const call = companded(joined(beat, silence(4)), 'alaw');

it.each([27, 30, 35, 36, 41, 58])(
  'a beat cut off, with packets repeated in it (%i), is not played',
  (seed) => {
    const heard = listenTo(lossy(call, 0.06, 'repeat', seeded(`repeated ${seed}`)));
    expect([isFalseAlarm(heard), heard.class]).toEqual([false, expect.stringMatching(/ringback/)]);
  },
);

it('hum on the last step of G.711 is no row of lost packets', () => {
  const hum = Float32Array.from({ length: 8_000 * 10 }, (_, n) => (n % 160 < 80 ? 1 : -1) / 4_096);
  const heard = listenTo(
    companded(
      mixed(hum, beats(10, [1, 4], { lines: [{ hz: 453, weight: 1 }], amplitude: amplitudeOf(-36) })),
      'alaw',
    ),
  );
  expect([heard.class, heard.verdict, heard.beats.length]).toEqual(['ringback_standard', '标准回铃音', 2]);
});
