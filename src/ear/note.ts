/** A partial as a thing with a beginning and an end: where it stood, how loud, how steady. */
import { RATE, timeOf } from './grid.ts';
import type { LongLook, LongLooker } from './long-look.ts';
import type { Partial } from './partials.ts';

export interface Note {
  /** Seconds; edges where the level passes half of the note's own. */
  readonly from: number;
  readonly to: number;
  /** It began before the sound did, or had not ended when it was looked at. */
  readonly beginsBefore: boolean;
  readonly isOpen: boolean;
  readonly hz: number;
  /** Mean square of its line; the median over its frames. */
  readonly power: number;
  /** Part of all energy in the band; the median over its frames. */
  readonly share: number;
  /** Spread of its level within its edges, dB. */
  readonly ripple: number;
  /** How much its second half is louder than its first, dB: what is struck fades. */
  readonly swell: number;
  /** Null: too short, too faint or too unsteady to be a tone. */
  readonly look: LongLook | null;
}

/** Seconds; a shorter one is looked at in frames only. */
const SHORTEST_LOOK = 0.06;
/** What is fainter is no tone, and what is less steady need not be looked at. */
const LEAST_SHARE = 0.04;
const MOST_RIPPLE = 6.5;
const MOST_SWELL = 7;
/** In so short a note the frames that reach over its edges are most of it. */
export const SHORT = 0.2;
const HALF_LEVEL = 0.25;

/** What a partial amounts to; `first` frame of the sound is 0. Null for what is too faint or short to be a tone. */
export function noteOf(partial: Partial, looker: LongLooker): Note | null {
  const power = median(partial.power);
  const [rise, fall] = edgesOf(partial.power, power);
  const share = median(partial.share);
  if (rise >= fall || share < LEAST_SHARE) return null;
  const beginsBefore = partial.first === 0 && rise === 0;
  const from = beginsBefore ? 0 : timeOf(partial.first + rise);
  const to = partial.isOver ? timeOf(partial.first + fall) : timeOf(partial.last);
  const inner = partial.power.slice(Math.ceil(rise + 2), Math.max(Math.ceil(rise + 3), Math.floor(fall - 1)));
  const levels = inner.map((each) => 10 * Math.log10(each + 1e-12));
  const half = Math.floor(levels.length / 2);
  const margin = Math.min(0.03, (to - from) / 6);
  const [start, end] = [Math.round((from + margin) * RATE), Math.round((to - margin) * RATE)];
  const [hz, ripple] = [median(partial.hz), spread(levels)];
  const swell = half === 0 ? 0 : mean(levels.slice(-half)) - mean(levels.slice(0, half));
  const isCandidate = to - from >= SHORTEST_LOOK && ripple < MOST_RIPPLE && Math.abs(swell) < MOST_SWELL;
  return {
    from,
    to,
    beginsBefore,
    isOpen: !partial.isOver,
    hz,
    power,
    share,
    ripple,
    swell,
    look: isCandidate ? looker.look(start, end, hz) : null,
  };
}

/** Places, in frames and parts of frames, where the power passes half of the level, from both ends. */
export function edgesOf(powers: readonly number[], level: number): readonly [number, number] {
  const least = level * HALF_LEVEL;
  const rise = powers.findIndex((power) => power >= least);
  const fall = powers.findLastIndex((power) => power >= least);
  return [
    rise <= 0 ? Math.max(0, rise) : rise - 1 + crossing(powers[rise - 1] ?? 0, powers[rise] ?? 0, least),
    fall === powers.length - 1 ? fall : fall + 1 - crossing(powers[fall + 1] ?? 0, powers[fall] ?? 0, least),
  ];
}

/** Between a lower and a higher power: how far from the lower one the level `at` is passed, on amplitudes. */
function crossing(low: number, high: number, at: number): number {
  const [from, to, middle] = [Math.sqrt(low), Math.sqrt(high), Math.sqrt(at)];
  return to <= from ? 0.5 : (middle - from) / (to - from);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

export function spread(values: readonly number[]): number {
  const middle = mean(values);
  let sum = 0;
  for (const value of values) sum += (value - middle) ** 2;
  return values.length === 0 ? 0 : Math.sqrt(sum / values.length);
}

/** The value below which so large a part of them lies. */
export function partsOf(values: readonly number[]): (place: number) => number {
  const sorted = values.toSorted((one, other) => one - other);
  return (place) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * place))] ?? 0;
}
