/** Tones of other countries and machines; noise and silence. */
import type { Chance } from '../support/seeded.ts';
import { between, type Clip, clipOf, LOUD } from './labelled-clip.ts';
import { type NoiseColour, noise } from './noise-maker.ts';
import { pitch, single } from './ringing-clips.ts';
import { beats, joined, type Sound, scaled, silence, tone } from './sound-maker.ts';

export function sit(times: number, chance: Chance): Sound {
  const long = chance.next() < 0.5;
  const steps = [
    chance.pick([950, 913.8, 985.2]),
    chance.pick([1_400, 1_370.6, 1_428.5]),
    chance.pick([1_800, 1_776.7]),
  ];
  const one = joined(
    ...steps.map((hz) =>
      tone(
        long ? 0.33 * between(chance, 0.95, 1.12) : chance.pick([0.276, 0.33, 0.38]),
        single(hz * between(chance, 0.99, 1.01)),
      ),
    ),
    silence(between(chance, 0.3, 1)),
  );
  return joined(...Array.from({ length: times }, () => one));
}

const FOREIGN: Readonly<Record<string, readonly [lines: readonly number[], pattern: readonly number[]]>> = {
  us: [
    [440, 480],
    [2, 4],
  ],
  uk: [
    [400, 450],
    [0.4, 0.2, 0.4, 2],
  ],
  hk: [
    [440, 480],
    [0.4, 0.2, 0.4, 3],
  ],
  de: [[425], [1, 4]],
  fr: [[440], [1.5, 3.5]],
  ru: [[425], [0.8, 3.2]],
  au: [
    [400, 425, 450],
    [0.4, 0.2, 0.4, 2],
  ],
  kr: [
    [440, 480],
    [1, 2],
  ],
  jp: [
    [384, 416],
    [1, 2],
  ],
  it: [[425], [1, 4]],
  es: [[425], [1.5, 3]],
};

export function foreignClip(chance: Chance): Clip {
  const country = chance.pick(Object.keys(FOREIGN));
  const [lines = [], pattern = []] = FOREIGN[country] ?? [];
  const seconds = between(chance, 4.9, 24);
  const spec = {
    ...single(0),
    lines: lines.map((hz) => ({ hz: hz * between(chance, 0.997, 1.003), weight: 1 })),
  };
  const sound = beats(
    seconds,
    pattern,
    spec,
    chance.next() < 0.3 ? (pattern[0] ?? 0) * chance.next() * 0.5 : 0,
  );
  const isLikeOurs = country === 'de' || country === 'it';
  return clipOf('foreign', country, [{ of: 'foreign_ringback', sound }], {
    accept: isLikeOurs ? ['foreign_ringback', 'ringback_standard'] : ['foreign_ringback'],
  });
}

export function otherClip(chance: Chance): Clip {
  const seconds = between(chance, 4, 22);
  const kind = chance.pick(['dial450', 'dtmf', 'vacant', 'beep1400', 'cng', 'ced', 'waiting', 'howler']);
  return clipOf('other', kind, [{ of: 'fax_or_other_tone', sound: otherTone(kind, seconds, chance) }]);
}

function otherTone(kind: string, seconds: number, chance: Chance): Sound {
  switch (kind) {
    case 'dial450':
      return beats(seconds, [seconds, 0.001], single(pitch(chance)));
    case 'vacant':
      return beats(seconds, [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4, 0.4], single(pitch(chance)));
    case 'waiting':
      return beats(seconds, [0.4, 4], single(pitch(chance)));
    case 'beep1400':
      return beats(seconds, [0.4, between(chance, 8, 12)], single(1_400));
    case 'cng':
      return beats(seconds, [0.5, 3], single(between(chance, 1_062, 1_138)));
    case 'ced':
      return beats(seconds, [between(chance, 2.6, 4), 4], single(between(chance, 2_085, 2_115)));
    case 'howler':
      return beats(seconds, [seconds, 0.001], single(950));
    default: {
      const [on, off] = [between(chance, 0.07, 0.2), between(chance, 0.07, 0.25)];
      const keys = Array.from({ length: 12 }, () => ({
        ...single(0),
        lines: [chance.pick([697, 770, 852, 941]), chance.pick([1_209, 1_336, 1_477])].map((hz) => ({
          hz,
          weight: 1,
        })),
      }));
      return beats(seconds, [on, off], keys);
    }
  }
}

export function silentClip(chance: Chance): Clip {
  const seconds = between(chance, 3.2, 20);
  const kind = chance.pick(['zero', 'cn', 'click'] as const);
  let sound = silence(seconds);
  if (kind !== 'zero')
    sound = scaled(noise(seconds, 'comfort', chance), 10 ** (between(chance, -75, -60) / 20));
  if (kind === 'click') {
    for (let count = 1 + chance.below(4); count > 0; count -= 1) {
      const at = chance.below(sound.length - 40);
      for (let n = 0; n < 24; n += 1) sound[at + n] = between(chance, -0.3, 0.3) * Math.exp(-n / 6);
    }
  }
  return clipOf('silence', `${kind}|raw-level`, [{ of: 'silence', sound }]);
}

export function noiseClip(chance: Chance): Clip {
  const seconds = between(chance, 3.2, 20);
  const colour = chance.pick<NoiseColour>(['white', 'pink', 'brown', 'crackle', 'line', 'murmur']);
  return clipOf('noise', colour, [{ of: 'noise', sound: scaled(noise(seconds, colour, chance), LOUD) }]);
}

export function sitClip(chance: Chance): Clip {
  return clipOf('sit', '', [{ of: 'sit', sound: sit(2 + chance.below(4), chance) }]);
}
