import { describe, expect, it } from 'vitest';
import { createEar } from '../../src/ear/ear.ts';
import type { Heard } from '../../src/ear/heard.ts';
import { fromALaw, speechLike } from '../bed/g711.ts';
import { seeded } from '../support/seeded.ts';
import { companded } from './line-faults.ts';
import { noise } from './noise-maker.ts';
import { listenTo } from './ringbacks.ts';
import {
  amplitudeOf,
  beats,
  joined,
  mixed,
  type Sound,
  scaled,
  silence,
  type ToneSpec,
  tone,
} from './sound-maker.ts';

const at = (hz: number, dbm0 = -12): ToneSpec => ({
  lines: [{ hz, weight: 1 }],
  amplitude: amplitudeOf(dbm0),
});
const pair = (low: number, high: number): ToneSpec => ({
  lines: [
    { hz: low, weight: 1 },
    { hz: high, weight: 1 },
  ],
  amplitude: amplitudeOf(-9),
});
const ring = (seconds: number, hz = 450, dbm0 = -12) => beats(seconds, [1, 4], at(hz, dbm0));
const overLine = (sound: Sound) => listenTo(companded(sound, 'alaw'));

describe('the tones of Chinese exchanges', () => {
  it.each([
    ['standard ringback', ring(14), 'ringback_standard', '标准回铃音'],
    [
      'at the lower end of the tolerance',
      beats(14, [0.9, 3.6], at(425.5)),
      'ringback_standard',
      '标准回铃音',
    ],
    ['at the upper end', beats(14, [1.1, 4.4], at(474.5)), 'ringback_standard', '标准回铃音'],
    ['at −40 dBm0', ring(14, 450, -40), 'ringback_standard', '标准回铃音'],
    ['one beat of it', ring(3.2), 'ringback_standard', '标准回铃音'],
    ['busy', beats(6, [0.35, 0.35], at(450)), 'busy', '忙'],
    ['congestion', beats(8, [0.7, 0.7], at(450)), 'congestion', '忙'],
    ['空号音', beats(8, [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4, 0.4], at(450)), 'fax_or_other_tone', '空号'],
    ['dial tone', tone(6, at(450)), 'fax_or_other_tone', '无法判定'],
    ['a fax', beats(9, [0.5, 3], at(1_100)), 'fax_or_other_tone', '无法判定'],
    ['an American ringback', beats(13, [2, 4], pair(440, 480)), 'foreign_ringback', '无法判定'],
    ['a British one', beats(10, [0.4, 0.2, 0.4, 2], pair(400, 450)), 'foreign_ringback', '无法判定'],
    ['a Russian one', beats(13, [0.8, 3.2], at(425)), 'foreign_ringback', '无法判定'],
    ['silence', silence(6), 'silence', '无法判定'],
    ['white noise', scaled(noise(6, 'white', seeded(1)), 0.05), 'noise', '无法判定'],
  ] as const)('%s', (_, sound, of, verdict) => {
    const heard = overLine(sound);
    expect([heard.class, heard.verdict, heard.forwarded]).toEqual([of, verdict, false]);
  });

  it('special information is 空号', () => {
    const one = joined(tone(0.33, at(950)), tone(0.33, at(1_400)), tone(0.33, at(1_800)), silence(1));
    const heard = overLine(joined(one, one, one));
    expect([heard.class, heard.verdict]).toEqual(['sit', '空号']);
  });
});

it('hears an announcement of 1.5 s in front of the ringing, less than which sounds', () => {
  const sound = Float32Array.from(speechLike(1.5), (byte) => fromALaw(byte) / 32_768);
  const heard = overLine(joined(sound, ring(4.7)));
  expect([heard.class, heard.verdict]).toEqual(['ringback_standard', '语音提示']);
});

describe('a single beat with harmonics 13 dB below it', () => {
  const beat = tone(0.64, { ...at(452, -22), distortion: 0.2 });
  const heardAs = (one: Sound) => overLine(joined(silence(0.4), one, silence(3.3))).verdict;

  it('is an exchange’s when its level comes and goes, as AMR makes it', () => {
    const unsteady = beat.map(
      (sample, n) => sample * 10 ** ((2.3 * Math.sin((2 * Math.PI * 3 * n) / 8_000)) / 20),
    );
    expect(heardAs(unsteady)).toBe('标准回铃音');
  });

  it('is a keyboard’s when it is steady', () => {
    expect(heardAs(beat)).toBe('彩铃');
  });
});

describe('the cadence', () => {
  it('is measured: frequency to half a hertz, beats and pauses to 20 ms, level to half a decibel', () => {
    const { cadence, beats: told } = overLine(joined(silence(0.5), beats(15, [0.95, 4.2], at(441.3, -18))));
    expect(told).toHaveLength(3);
    expect(cadence).toMatchObject({ partnerHz: null, count: 3 });
    expect(Math.abs((cadence?.hz ?? 0) - 441.3)).toBeLessThan(0.5);
    expect(Math.abs((cadence?.on ?? 0) - 0.95)).toBeLessThan(0.02);
    expect(Math.abs((cadence?.off ?? 0) - 4.2)).toBeLessThan(0.02);
    expect(Math.abs((cadence?.dbm0 ?? 0) + 18)).toBeLessThan(0.5);
  });

  it('that begins anew is a restart, and says that the call went on', () => {
    const heard = overLine(joined(ring(6), silence(1.28), ring(8)));
    expect(heard).toMatchObject({ class: 'ringback_standard', verdict: '标准回铃音', forwarded: true });
    expect(heard.events).toHaveLength(1);
    expect(heard.events[0]).toMatchObject({ type: 'restart' });
    expect(Math.abs((heard.events[0]?.t ?? 0) - 7.28)).toBeLessThan(0.05);
  });

  it('that goes on at another pitch and level says both', () => {
    const heard = overLine(joined(ring(10, 440), ring(10, 460, -21)));
    expect(heard.events.map(({ type }) => type).toSorted()).toEqual(['level_change', 'tone_change']);
    expect(heard.forwarded).toBe(true);
  });

  it('that ends in busy is a switch and no forwarding', () => {
    const heard = overLine(joined(ring(10), beats(5, [0.35, 0.35], at(450))));
    expect(heard.events).toMatchObject([{ type: 'switch', frm: 'ringback_standard', to: 'busy' }]);
    expect(heard.forwarded).toBe(false);
  });
});

describe('music in place of the ringback', () => {
  const chord = (seconds: number, root: number) =>
    mixed(
      tone(seconds, { ...at(root, -16), shape: 'saw' }),
      mixed(
        tone(seconds, { ...at(root * 1.26, -16), shape: 'saw' }),
        tone(seconds, { ...at(root * 1.5, -16), shape: 'saw' }),
      ),
    );
  const tune = joined(...[220, 247, 196, 262, 220, 165, 196, 247].map((root) => chord(0.6, root)));

  it('is 彩铃', () => {
    const heard = overLine(joined(tune, tune));
    expect([heard.class, heard.verdict]).toEqual(['music', '彩铃']);
  });

  it.each([
    [1, '彩铃'],
    // As faint as a beat that a coder for voices spoils.
    [0.04, '无法判定'],
  ])('is told by a second of it in a longer silence, unless it is faint (%f of it)', (part, verdict) => {
    const heard = overLine(joined(scaled(tune.subarray(0, 9_000), part), silence(4)));
    expect(heard.stretches[0]).toMatchObject({ class: 'music' });
    expect(heard.verdict).toBe(verdict);
  });

  it('before a ringback is 彩铃 and a forwarding', () => {
    const heard = overLine(joined(tune, ring(9)));
    expect(heard.verdict).toBe('彩铃');
    expect(heard.forwarded).toBe(true);
    const [change] = heard.events;
    expect(change).toMatchObject({ type: 'switch', to: 'ringback_standard' });
    expect(Math.abs((change?.t ?? 0) - 4.8)).toBeLessThan(0.2);
  });
});

describe('the ear', () => {
  it('says the same whatever the pieces, and for 16-bit samples as for floats', () => {
    const sound = companded(joined(ring(6), silence(1.3), ring(5)), 'alaw');
    const samples = Int16Array.from(sound, (sample) => Math.round(sample * 32_768));
    const heardIn = (pieces: readonly number[], all: Float32Array | Int16Array): Heard => {
      const ear = createEar();
      let from = 0;
      for (let n = 0; from < all.length; n += 1) {
        const length = pieces[n % pieces.length] ?? 160;
        ear.take(all.subarray(from, from + length));
        from += length;
      }
      return ear.finish();
    };
    const { decidedAt: _, ...whole } = heardIn([sound.length], sound);
    for (const pieces of [[160], [1, 7, 333], [4_000]]) {
      const { decidedAt: __, ...heard } = heardIn(pieces, samples);
      expect(heard).toEqual(whole);
    }
  });

  it('decides while it listens', () => {
    const ear = createEar();
    ear.take(ring(3));
    expect(ear.heard()).toMatchObject({ class: 'ringback_standard', verdict: '标准回铃音' });
    ear.take(ring(12).subarray(24_000));
    const heard = ear.finish();
    expect(heard.decidedAt).toBeLessThan(3);
    expect(heard.measures.filter(({ holds }) => !holds)).toEqual([]);
  });

  it('mends lost packets: a beat stays one beat', () => {
    const sound = ring(8).slice();
    for (const from of [1_600, 3_200, 3_360, 4_800]) sound.fill(0, from, from + 160);
    expect(listenTo(sound).beats).toHaveLength(2);
  });

  it('says nothing of nothing', () => {
    expect(createEar().finish()).toMatchObject({
      seconds: 0,
      verdict: '无法判定',
      events: [],
      decidedAt: null,
    });
  });
});
