import { describe, expect, it } from 'vitest';
import { createRepeatFinder, type Repeat } from '../../src/ear/repeated-packets.ts';
import { seeded } from '../support/seeded.ts';
import { clipped, companded, lossy } from './line-faults.ts';
import { noise } from './noise-maker.ts';
import { isFalseAlarm, listenTo } from './ringbacks.ts';
import { amplitudeOf, beats, joined, mixed, type Sound, scaled, silence, tone } from './sound-maker.ts';

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

it('packets of 20 ms that are the one before over again are mended as lost ones are', () => {
  const ringing = beats(15, [1, 4], { lines: [{ hz: 463, weight: 1 }], amplitude: amplitudeOf(-12) });
  for (let seed = 0; seed < 5; seed += 1) {
    const heard = listenTo(lossy(companded(ringing, 'alaw'), 0.05, 'repeat', seeded(`again ${seed}`)));
    expect([heard.class, heard.beats.length, heard.events]).toEqual(['ringback_standard', 3, []]);
    expect(Math.abs((heard.cadence?.hz ?? 0) - 463)).toBeLessThan(0.5);
  }
});

describe('a repeat', () => {
  const at463 = companded(tone(1, { lines: [{ hz: 463, weight: 1 }], amplitude: amplitudeOf(-12) }), 'alaw');

  it.each([1, 2, 3])(
    'of %i packets is found at its place, wherever the packets of a player begin',
    (packets) => {
      const heard = at463.slice();
      for (let n = 2_057; n < 2_057 + packets * 160; n += 1) heard[n] = heard[n - 160] ?? 0;
      const [repeat, ...more] = repeatsIn(heard);
      expect(more).toEqual([]);
      expect(Math.abs((repeat?.from ?? 0) - 2_057)).toBeLessThanOrEqual(3);
      expect(Math.abs((repeat?.length ?? 0) - packets * 160)).toBeLessThanOrEqual(3);
    },
  );

  it('is none in what repeats itself by its nature, nor in a pause', () => {
    const [hum, hiss] = [
      tone(20, { lines: [{ hz: 50, weight: 1 }], amplitude: 1 }),
      noise(20, 'white', seeded('hiss')),
    ];
    const faint = (db: number) => scaled(hiss, 10 ** (db / 20));
    const natural: readonly Sound[] = [
      // A hiss that turns one sample of a hundred into another one.
      ...[-66, -54, -40, -30].flatMap((db) =>
        [-100, -95, -90].map((under) => mixed(scaled(hum, 10 ** (db / 20)), faint(under))),
      ),
      tone(20, { lines: [{ hz: 450, weight: 1 }], amplitude: amplitudeOf(-30) }),
      tone(20, { lines: [{ hz: 450.02, weight: 1 }], amplitude: amplitudeOf(-30) }),
      beats(20, [0.1, 0.1], { lines: [{ hz: 437, weight: 1 }], amplitude: amplitudeOf(-12) }),
      beats(20, [0.06, 0.06], { lines: [{ hz: 437, weight: 1 }], amplitude: amplitudeOf(-12) }),
      at463,
    ];
    for (const sound of natural)
      for (const law of ['alaw', 'ulaw'] as const) expect(repeatsIn(companded(sound, law))).toEqual([]);
  });
});

function repeatsIn(sound: Sound): readonly Repeat[] {
  const repeatWith = createRepeatFinder();
  return [...sound].flatMap((value) => repeatWith(value) ?? []);
}
