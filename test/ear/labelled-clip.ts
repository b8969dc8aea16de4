/** A clip with its label by construction: what sounds from when to when, and what follows from it. */
import type { SoundClass } from '../../src/ear/heard.ts';
import type { Chance } from '../support/seeded.ts';
import { amplitudeOf, joined, RATE, rms, type Sound, scaled } from './sound-maker.ts';

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

export interface Part {
  readonly of: SoundClass;
  readonly sound: Sound;
  readonly events?: readonly TruthEvent[];
}

const PROGRAM: readonly SoundClass[] = ['music', 'speech', 'mixed_music_speech'];
/** Root mean square that everything is made at; the line sets the level afterwards. */
export const LOUD = 0.2;

export function between(chance: Chance, low: number, high: number): number {
  return low + (high - low) * chance.next();
}

export function clipOf(
  recipe: string,
  tags: string,
  parts: readonly Part[],
  more: Partial<Truth> = {},
): Clip {
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

/** At so many dBm0, measured where it sounds. */
export function atLevel(sound: Sound, dbm0: number): Sound {
  const active = sound.filter((sample) => Math.abs(sample) > 0.01 * LOUD);
  return scaled(sound, amplitudeOf(dbm0) / Math.SQRT2 / (rms(active) + 1e-9));
}
