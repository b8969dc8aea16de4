import { describe, expect, it } from 'vitest';
import type { SoundClass } from '../../src/ear/heard.ts';
import { eventsOf, type KindStretch } from '../../src/ear/switch-course.ts';
import type { ToneKind } from '../../src/ear/tone-kind.ts';
import { classOf } from '../../src/ear/tone-kind.ts';
import type { Tone } from '../../src/ear/tone-rule.ts';
import { companded } from './line-faults.ts';
import { listenTo } from './ringbacks.ts';
import { amplitudeOf, beats, joined, mixed, type Sound, type ToneSpec, tone } from './sound-maker.ts';

/** Seconds from and to of each beat, all of them at one pitch if no other is given. */
type BeatOf = readonly [from: number, to: number, hz?: number];

const toneOf = ([from, to, hz = 450]: BeatOf): Tone => ({
  ...{ from, to, hz, beginsBefore: false, isOpen: false, partnerHz: null },
  ...{ power: 0.01, share: 0.9, ripple: 0, harmonics: -60, isPlayed: false },
});
const ofTone = (kind: ToneKind, ...list: readonly BeatOf[]): KindStretch => ({
  ...{ from: list[0]?.[0] ?? 0, to: (list.at(-1)?.[1] ?? 0) + 0.3, class: classOf(kind) ?? 'silence', kind },
  tones: list.map(toneOf),
});
const played = (of: SoundClass, from: number, to: number): KindStretch => ({
  ...{ from, to, class: of, kind: null, tones: [] },
});
const rings = ofTone('standard', [0, 1], [5, 6]);
const music = played('music', 0, 6);

describe('one sound gives way to another', () => {
  it.each<readonly [string, readonly KindStretch[], readonly (readonly [SoundClass, SoundClass, number])[]]>([
    [
      'a busy tone of two beats',
      [rings, ofTone('busy', [7, 7.3], [7.7, 8])],
      [['ringback_standard', 'busy', 7]],
    ],
    ['a busy tone of which one beat was heard', [rings, ofTone('busy', [7, 7.3])], []],
    [
      'a broken beat at the end of a busy tone',
      [ofTone('busy', [0, 0.3], [0.7, 1]), ofTone('vacant', [1.4, 1.5], [1.6, 1.7])],
      [],
    ],
    [
      '空号音',
      [rings, ofTone('vacant', [7, 7.1], [7.2, 7.3], [7.4, 7.5])],
      [['ringback_standard', 'fax_or_other_tone', 7]],
    ],
    ['a long note behind music', [music, ofTone('foreign', [6, 8.4])], []],
    ['two notes of two pitches', [music, ofTone('other', [6, 6.3, 506], [6.4, 6.9, 450])], []],
    [
      'a tone without a pause',
      [rings, ofTone('dial', [7, 9.6])],
      [['ringback_standard', 'fax_or_other_tone', 7]],
    ],
    [
      'the first beat of a ringback',
      [music, ofTone('standard', [6, 7])],
      [['music', 'ringback_standard', 6]],
    ],
    ['a second of music between tones', [rings, played('music', 7, 8.2), ofTone('standard', [9, 10])], []],
    ['music for as long as counts', [rings, played('music', 7, 8.6)], [['ringback_standard', 'music', 7]]],
    [
      'music with a pause in it',
      [rings, played('music', 7, 8), played('silence', 8, 9.2), played('music', 9.2, 10)],
      [['ringback_standard', 'music', 7]],
    ],
    ['a voice over the music', [music, played('mixed_music_speech', 7, 12)], []],
    ['a voice after the music', [music, played('speech', 7, 12)], [['music', 'speech', 7]]],
  ])('%s', (_, stretches, switches) => {
    expect(eventsOf(stretches)).toEqual(switches.map(([frm, to, t]) => ({ t, type: 'switch', frm, to })));
  });
});

describe('in a few seconds of sound', () => {
  const at = (hz: number, dbm0 = -12): ToneSpec => ({
    lines: [{ hz, weight: 1 }],
    amplitude: amplitudeOf(dbm0),
  });
  const overLine = (sound: Sound, seconds = 5) =>
    listenTo(companded(sound, 'alaw').subarray(0, seconds * 8_000));
  const chord = (seconds: number, root: number) =>
    [1, 1.26, 1.5].map((times) => tone(seconds, { ...at(root * times, -16), shape: 'saw' })).reduce(mixed);

  it('one whole beat behind music is a ringback, and another telephone', () => {
    const tune = joined(...[220, 247, 196, 262, 220, 165].map((root) => chord(0.5, root)));
    const heard = overLine(joined(tune, beats(9, [1, 4], at(450))));
    expect(heard.events).toMatchObject([{ type: 'switch', frm: 'music', to: 'ringback_standard' }]);
    expect(Math.abs((heard.events[0]?.t ?? 0) - 3)).toBeLessThan(0.2);
    expect([heard.class, heard.forwarded]).toEqual(['music', true]);
  });

  it('a beat that sounded under the music before begins no ringback', () => {
    const tune = joined(...[220, 247, 196, 262, 220, 165, 196, 233, 208].map((root) => chord(0.5, root)));
    const heard = overLine(mixed(tune, beats(6, [1, 4], at(450, -9), 0.45)), 6);
    expect([heard.class, heard.events, heard.forwarded]).toEqual(['music', [], false]);
  });

  it.each([0.1, 0.25, 0.7])(
    'a Spanish ringback, heard from its beat on (%s s missing), is no other telephone',
    (skip) => {
      const heard = overLine(beats(9, [1.5, 3], at(425.3), skip));
      expect([heard.class, heard.events, heard.forwarded]).toEqual(['foreign_ringback', [], false]);
    },
  );
});
