/**
 * Clips of what a caller may hear, with their labels by construction. Speech and music come from a library that is given:
 * the sets for tuning and for the last check use other ones.
 */
import type { SoundClass } from '../../src/ear/heard.ts';
import type { Chance } from '../support/seeded.ts';
import {
  amplitudeOf,
  beats,
  gauss,
  joined,
  mixed,
  type NoiseColour,
  noise,
  RATE,
  rms,
  type Sound,
  scaled,
  silence,
  type ToneSpec,
  tone,
} from './sound-maker.ts';

export interface Library {
  /** So many seconds of it, root mean square 1. */
  speech(seconds: number, chance: Chance): Sound;
  music(seconds: number, chance: Chance): Sound;
  /** A tune or a chord that does not change for seconds on end. */
  sustained(seconds: number, chance: Chance): Sound;
}

export interface TruthEvent {
  readonly t: number;
  readonly type: 'switch' | 'restart' | 'tone_change' | 'level_change';
  readonly frm?: SoundClass;
  readonly to?: SoundClass;
}

export interface Truth {
  readonly class: SoundClass;
  readonly accept: readonly SoundClass[];
  readonly misconfig: boolean;
  readonly forwarded: boolean;
  readonly events: readonly TruthEvent[];
  readonly segments: readonly (readonly [from: number, to: number, of: SoundClass])[];
  /** Finer than `segments` where a clip of speech with music has them one after the other: what windows are trained with. */
  readonly fine: Truth['segments'];
  readonly recipe: string;
  readonly tags: string;
}

export interface Clip extends Truth {
  readonly sound: Sound;
}

interface Part {
  readonly of: SoundClass;
  readonly sound: Sound;
  readonly events?: readonly TruthEvent[];
}

const PROGRAM: readonly SoundClass[] = ['music', 'speech', 'mixed_music_speech'];
/** Root mean square that everything is made at; the line sets the level afterwards. */
const LOUD = 0.2;

export function between(chance: Chance, low: number, high: number): number {
  return low + (high - low) * chance.next();
}

function clipOf(recipe: string, tags: string, parts: readonly Part[], more: Partial<Truth> = {}): Clip {
  const segments: [number, number, SoundClass][] = [];
  const events: TruthEvent[] = [];
  let at = 0;
  let last: SoundClass | null = null;
  for (const { of, sound, events: inside = [] } of parts) {
    const seconds = sound.length / RATE;
    if (last !== null && last !== of) events.push({ t: at, type: 'switch', frm: last, to: of });
    events.push(...inside.map((event) => ({ ...event, t: event.t + at })));
    const before = segments.at(-1);
    if (before !== undefined && before[2] === of) before[1] = at + seconds;
    else segments.push([at, at + seconds, of]);
    last = of;
    at += seconds;
  }
  const played = segments.reduce((sum, [from, to, of]) => sum + (PROGRAM.includes(of) ? to - from : 0), 0);
  const forwarded = events.some(
    ({ type, frm, to }) =>
      type !== 'switch' || (to === 'ringback_standard' && frm !== undefined && PROGRAM.includes(frm)),
  );
  const dominant = dominantOf(segments);
  return {
    class: dominant,
    accept: [dominant],
    misconfig: played >= 1.5,
    forwarded,
    events,
    segments,
    fine: segments,
    recipe,
    tags,
    sound: joined(...parts.map((part) => part.sound)),
    ...more,
  };
}

/** The class that holds most of the time; of equals the first. */
export function dominantOf(segments: Truth['segments']): SoundClass {
  const totals = new Map<SoundClass, number>();
  for (const [from, to, of] of segments) totals.set(of, (totals.get(of) ?? 0) + to - from);
  const [first] = [...totals].toSorted(
    ([, one], [, other]) => Math.round(100 * other) - Math.round(100 * one),
  );
  if (first === undefined) throw new Error('a clip of nothing');
  return first[0];
}

interface Ringing {
  readonly hz: number;
  readonly on: number;
  readonly off: number;
  readonly spec: ToneSpec;
}

/** Anywhere in the tolerance: 450 ± 25 Hz, 1 s and 4 s ± 10 %. */
export function ringing(chance: Chance): Ringing {
  const hz =
    chance.next() < 0.7
      ? 450 + Math.max(-24.5, Math.min(24.5, 9 * gauss(chance)))
      : between(chance, 425.5, 474.5);
  return {
    hz,
    on: between(chance, 0.9, 1.1),
    off: between(chance, 3.6, 4.4),
    spec: single(hz, chance.pick([0, 0, 0.03, 0.08])),
  };
}

function single(hz: number, distortion = 0): ToneSpec {
  return { lines: [{ hz, weight: 1 }], amplitude: LOUD * Math.SQRT2, distortion };
}

function ringbackOf(
  seconds: number,
  ring: Ringing,
  chance: Chance,
  begins: 'with a beat' | 'anywhere',
): Sound {
  const { on, off, spec } = ring;
  const skip = begins === 'with a beat' ? 0 : on * chance.next() * 0.7;
  const sound = beats(seconds, [on, off], spec, skip);
  const pause = begins === 'with a beat' ? 0 : Math.max(0, between(chance, -0.6, 0.4));
  return pause === 0 ? sound : joined(silence(pause), sound).slice(0, Math.round(seconds * RATE));
}

export function standardRingback(chance: Chance, seconds = between(chance, 3.2, 23)): Clip {
  const ring = ringing(chance);
  const of = 'ringback_standard';
  return clipOf('ringback', 'clean-cadence', [
    { of, sound: ringbackOf(seconds, ring, chance, chance.next() < 0.6 ? 'with a beat' : 'anywhere') },
  ]);
}

function changedRingback(chance: Chance): Clip {
  const ring = ringing(chance);
  const kind = chance.pick([
    'restart_short',
    'restart_long',
    'tone+restart',
    'level',
    'level+restart',
  ] as const);
  const rounds = 1 + chance.below(3);
  const lead = between(chance, 0, 0.4);
  const period = ring.on + ring.off;
  const whole = rounds * period;
  let gap = ring.off;
  if (kind === 'restart_short' || kind === 'tone+restart' || kind === 'level+restart')
    gap = between(chance, 0.8, ring.off - 0.7);
  if (kind === 'restart_long') gap = between(chance, 5.1, 7.5);
  const change = (chance.next() < 0.5 ? -1 : 1) * between(chance, 12, 23);
  const hz =
    kind === 'tone+restart'
      ? ring.hz + change > 474 || ring.hz + change < 426
        ? ring.hz - change
        : ring.hz + change
      : ring.hz;
  const db = kind.startsWith('level') ? (chance.next() < 0.5 ? -1 : 1) * between(chance, 6, 13) : 0;
  const after = { ...single(hz, ring.spec.distortion), amplitude: LOUD * Math.SQRT2 * 10 ** (db / 20) };
  const t = lead + whole - ring.off + gap;
  const events: TruthEvent[] = [];
  if (kind !== 'level') events.push({ t, type: 'restart' });
  if (kind === 'tone+restart') events.push({ t, type: 'tone_change' });
  if (db !== 0) events.push({ t, type: 'level_change' });
  const first = beats(whole - ring.off, [ring.on, ring.off], ring.spec);
  const rest = beats(between(chance, 4, 11), [ring.on, ring.off], after);
  const sound = joined(silence(lead), first, silence(gap), rest);
  return clipOf('ringback_fwd', `forward|${kind}`, [{ of: 'ringback_standard', sound, events }]);
}

type Program = 'music' | 'speech' | 'mixed_music_speech';

function programOf(of: Program, seconds: number, library: Library, chance: Chance): Sound {
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

function ringbackPart(seconds: number, chance: Chance): Part {
  return { of: 'ringback_standard', sound: ringbackOf(seconds, ringing(chance), chance, 'with a beat') };
}

function busyPart(seconds: number, chance: Chance, of: 'busy' | 'congestion' = 'busy'): Part {
  const base = of === 'busy' ? 0.35 : 0.7;
  const on = base * between(chance, 0.9, 1.1);
  const pattern = [on, base * between(chance, 0.9, 1.1)];
  return { of, sound: beats(seconds, pattern, single(pitch(chance)), on * chance.next()) };
}

function pitch(chance: Chance): number {
  return between(chance, 426, 474);
}

function changingClip(chance: Chance, library: Library): Clip {
  const s = (low: number, high: number) => between(chance, low, high);
  const program = chance.pick(['music', 'speech', 'mixed_music_speech'] as const);
  switch (chance.below(9)) {
    case 0:
      return clipOf('ann_rb', 'forward|announcement>ringback', [
        { of: 'speech', sound: programOf('speech', s(2.5, 6), library, chance) },
        ringbackPart(s(6, 14), chance),
      ]);
    case 1:
    case 2:
      return clipOf('music_rb', 'forward|music>ringback', [
        { of: 'music', sound: joined(programOf('music', s(2.5, 9), library, chance), silence(s(0, 0.4))) },
        ringbackPart(s(6, 14), chance),
      ]);
    case 3:
      return clipOf('rb_ann', 'ringback>announcement', [
        ringbackPart(s(5, 15), chance),
        { of: 'speech', sound: programOf('speech', s(4, 8), library, chance) },
      ]);
    case 4:
      return clipOf('rb_ann_rb', 'forward|ringback>announcement>ringback', [
        ringbackPart(s(5, 6), chance),
        { of: 'speech', sound: programOf('speech', s(2.5, 4.5), library, chance) },
        ringbackPart(s(7, 10), chance),
      ]);
    case 5:
      return clipOf('rb_busy', 'ringback>busy', [
        ringbackPart(s(5, 15), chance),
        busyPart(s(4, 6), chance, chance.pick(['busy', 'busy', 'congestion'])),
      ]);
    case 6:
      return clipOf('crbt_rb_start', 'adv-crbt-begins-with-ringback', [
        ringbackPart(chance.next() < 0.5 ? s(1.3, 1.8) : s(4.8, 5.6), chance),
        { of: program, sound: programOf(program, s(6, 14), library, chance) },
      ]);
    case 7:
      return clipOf('ann_busy', 'announcement>busy', [
        { of: 'speech', sound: programOf('speech', s(4, 9), library, chance) },
        busyPart(s(3, 5), chance),
      ]);
    default:
      return clipOf(
        'sit_ann',
        'sit>announcement',
        [
          { of: 'sit', sound: sit(1, chance) },
          { of: 'speech', sound: programOf('speech', s(5, 9), library, chance) },
        ],
        { accept: ['speech', 'sit'] },
      );
  }
}

function sit(times: number, chance: Chance): Sound {
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

function musicClip(chance: Chance, library: Library): Clip {
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

function speechClip(chance: Chance, library: Library): Clip {
  const seconds = between(chance, 3.2, 20);
  const speech = scaled(library.speech(seconds, chance), LOUD);
  if (chance.next() < 0.8) return clipOf('speech', 'plain', [{ of: 'speech', sound: speech }]);
  const ring = scaled(
    ringbackOf(seconds, ringing(chance), chance, 'anywhere'),
    10 ** (between(chance, -12, 0) / 20),
  );
  return clipOf('speech', 'adv-speech-over-ringback', [{ of: 'speech', sound: mixed(speech, ring) }]);
}

function mixedClip(chance: Chance, library: Library): Clip {
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

function foreignClip(chance: Chance): Clip {
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

function otherClip(chance: Chance): Clip {
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

function silentClip(chance: Chance): Clip {
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

function noiseClip(chance: Chance): Clip {
  const seconds = between(chance, 3.2, 20);
  const colour = chance.pick<NoiseColour>(['white', 'pink', 'brown', 'crackle', 'line', 'murmur']);
  return clipOf('noise', colour, [{ of: 'noise', sound: scaled(noise(seconds, colour, chance), LOUD) }]);
}

function sitClip(chance: Chance): Clip {
  return clipOf('sit', '', [{ of: 'sit', sound: sit(2 + chance.below(4), chance) }]);
}

/** One clip; how often each recipe comes is about what the bench has. */
export function anyClip(chance: Chance, library: Library, recipe: string = chance.pick(RECIPES)): Clip {
  switch (recipe) {
    case 'ringback':
      return standardRingback(chance, chance.next() < 0.25 ? between(chance, 3.1, 6) : undefined);
    case 'ringback_fwd':
      return changedRingback(chance);
    case 'changing':
      return changingClip(chance, library);
    case 'music':
      return musicClip(chance, library);
    case 'speech':
      return speechClip(chance, library);
    case 'mixed':
      return mixedClip(chance, library);
    case 'busy':
    case 'congestion': {
      const part = busyPart(between(chance, 3.1, 14), chance, recipe);
      return clipOf(recipe, '', [part]);
    }
    case 'sit':
      return sitClip(chance);
    case 'foreign':
      return foreignClip(chance);
    case 'other':
      return otherClip(chance);
    case 'silence':
      return silentClip(chance);
    case 'noise':
      return noiseClip(chance);
    default:
      throw new Error(`no recipe ${recipe}`);
  }
}

export const RECIPES = [
  ...Array.from({ length: 4 }, () => 'ringback'),
  ...Array.from({ length: 3 }, () => 'ringback_fwd'),
  ...Array.from({ length: 6 }, () => 'changing'),
  ...Array.from({ length: 4 }, () => 'music'),
  ...Array.from({ length: 3 }, () => 'speech'),
  ...Array.from({ length: 3 }, () => 'mixed'),
  ...['busy', 'congestion', 'sit', 'foreign', 'other', 'silence', 'noise'].flatMap((each) => [each, each]),
];

/** At so many dBm0, measured where it sounds. */
export function atLevel(sound: Sound, dbm0: number): Sound {
  const active = sound.filter((sample) => Math.abs(sample) > 0.01 * LOUD);
  return scaled(sound, amplitudeOf(dbm0) / Math.SQRT2 / (rms(active) + 1e-9));
}
