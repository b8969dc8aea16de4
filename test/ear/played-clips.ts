/** Music, speech and both, and what is made to be taken for a ringback. */
import type { SoundClass } from '../../src/ear/heard.ts';
import type { Chance } from '../support/seeded.ts';
import { between, type Clip, clipOf, type Library, LOUD } from './labelled-clip.ts';
import { ringbackOf, ringing, single } from './ringing-clips.ts';
import {
  beats,
  joined,
  mixed,
  RATE,
  type Sound,
  scaled,
  silence,
  type ToneSpec,
  tone,
} from './sound-maker.ts';

type Program = 'music' | 'speech' | 'mixed_music_speech';

export function programOf(of: Program, seconds: number, library: Library, chance: Chance): Sound {
  if (of === 'music') return scaled(library.music(seconds, chance), LOUD * between(chance, 0.6, 1.2));
  if (of === 'speech') return scaled(library.speech(seconds, chance), LOUD * between(chance, 0.6, 1.2));
  return bed(seconds, library, chance);
}

/** Speech with music under it. */
function bed(seconds: number, library: Library, chance: Chance): Sound {
  const under = 10 ** (between(chance, -14, -2) / 20);
  return mixed(
    scaled(library.speech(seconds, chance), LOUD),
    scaled(library.music(seconds, chance), LOUD * under),
  );
}

export function musicClip(chance: Chance, library: Library): Clip {
  const seconds = between(chance, 3, 22);
  const whole = (tags: string, sound: Sound) => clipOf('music', tags, [{ of: 'music', sound }]);
  const kind = chance.next();
  if (kind < 0.55) return whole('real', programOf('music', seconds, library, chance));
  if (kind < 0.65) return whole('adv-sustained', scaled(library.sustained(seconds, chance), LOUD));
  if (kind < 0.75) return whole('jingle-rest', jingles(seconds, library, chance));
  if (kind < 0.85) return whole('adv-450-tune', tune(seconds, chance));
  return beeps(seconds, chance);
}

/** A keyboard's notes at the pace of a ringback or another: harmonics, vibrato or a second note give them away. */
function beeps(seconds: number, chance: Chance): Clip {
  const hz = chance.pick([440, 450, 466.16, 523.25, 659.25, 900]);
  const shape = chance.pick(['square', 'saw', 'vibrato', 'fifth'] as const);
  const spec: ToneSpec =
    shape === 'vibrato'
      ? {
          ...single(hz),
          distortion: 0.28,
          vibrato: { hz: between(chance, 4, 14), rate: between(chance, 4, 7) },
        }
      : { ...single(hz), shape: shape === 'fifth' ? 'saw' : shape };
  const both =
    shape === 'fifth' ? { ...spec, lines: [hz, hz * 1.5].map((each) => ({ hz: each, weight: 1 })) } : spec;
  const [on = 1, off = 4] = chance.pick([
    [1, 4],
    [1, 4],
    [0.5, 0.5],
    [0.25, 0.75],
    [1, 1],
    [0.4, 2],
  ] as const);
  const skip = on * chance.next() * 0.5;
  const fine: [number, number, SoundClass][] = [];
  for (let from = -skip; from < seconds; from += on + off) {
    fine.push([Math.max(0, from), Math.min(seconds, from + on), 'music']);
    if (from + on < seconds) fine.push([from + on, Math.min(seconds, from + on + off), 'silence']);
  }
  const sound = beats(seconds, [on, off], both, skip);
  return clipOf('music', `adv-beeps|${hz}Hz|${shape}`, [{ of: 'music', sound }], { fine });
}

/** A jingle that comes again after a rest. */
function jingles(seconds: number, library: Library, chance: Chance): Sound {
  const jingle = scaled(library.music(between(chance, 1.5, 4), chance), LOUD);
  const one = joined(jingle, silence(between(chance, 0.4, 1.5)));
  return joined(...Array.from({ length: Math.ceil((seconds * RATE) / one.length) }, () => one)).slice(
    0,
    Math.round(seconds * RATE),
  );
}

/** A synthetic tune that keeps coming back to 450 Hz. */
function tune(seconds: number, chance: Chance): Sound {
  const scale = [1, 9 / 8, 5 / 4, 4 / 3, 3 / 2, 5 / 3, 2, 3 / 4];
  const shape = chance.pick(['sine', 'triangle', 'square', 'saw'] as const);
  const pace = between(chance, 0.16, 0.5);
  const fades = chance.next() < 0.6;
  const parts: Sound[] = [];
  for (let made = 0; made < seconds; ) {
    const hz = 450 * (chance.next() < 0.4 ? 1 : chance.pick(scale));
    const length = pace * chance.pick([1, 1, 2, 3]);
    const note = tone(length, { ...single(hz), shape });
    parts.push(fades ? note.map((sample, n) => sample * Math.exp((-2.5 * n) / note.length)) : note);
    made += length;
  }
  return joined(...parts).slice(0, Math.round(seconds * RATE));
}

export function speechClip(chance: Chance, library: Library): Clip {
  const seconds = between(chance, 3.2, 20);
  const speech = scaled(library.speech(seconds, chance), LOUD);
  if (chance.next() < 0.8) return clipOf('speech', 'plain', [{ of: 'speech', sound: speech }]);
  const ring = scaled(
    ringbackOf(seconds, ringing(chance), chance, 'anywhere'),
    10 ** (between(chance, -12, 0) / 20),
  );
  return clipOf('speech', 'adv-speech-over-ringback', [{ of: 'speech', sound: mixed(speech, ring) }]);
}

export function mixedClip(chance: Chance, library: Library): Clip {
  const seconds = between(chance, 4, 14);
  const of = 'mixed_music_speech' as const;
  if (chance.next() < 0.6) return clipOf('mixed', 'bed', [{ of, sound: bed(seconds, library, chance) }]);
  const jingle = seconds * between(chance, 0.35, 0.55);
  const music = scaled(library.music(jingle + 0.5, chance), LOUD * 10 ** (between(chance, -6, 0) / 20));
  const begin = jingle * between(chance, 0.7, 1);
  const speech = joined(silence(begin), scaled(library.speech(seconds - jingle, chance), LOUD));
  return clipOf('mixed', 'jingle+voice', [{ of, sound: mixed(music, speech) }], {
    fine: [
      [0, begin, 'music'],
      [begin, jingle + 0.5, of],
      [jingle + 0.5, seconds, 'speech'],
    ],
  });
}
