/**
 * Lines linked from frame to frame into partials (McAulay and Quatieri 1986, in a plain form): what a tone, a note or a voiced
 * sound is made of, with its course of frequency and power.
 */
import type { Frame } from './frame.ts';
import type { Peak } from './peaks.ts';

export interface Partial {
  /** Frames from the first to the last in which the line was seen, both included. */
  readonly first: number;
  last: number;
  /** For each frame since the first; a frame that missed it repeats the one before. */
  readonly hz: number[];
  readonly power: number[];
  /** Part of the frame's energy that it held. */
  readonly share: number[];
  isOver: boolean;
}

/** A line of a frame with the partial it belongs to and how that went so far. */
export interface TracedPeak extends Peak {
  readonly partial: Partial;
  /** Frames since it began. */
  readonly age: number;
  /** Spread of its frequency over the last eight frames, Hz; null when younger. */
  readonly wander: number | null;
}

const REACH_HZ = 13;
/** Frames that a line may be missing (48 ms): more would join the beats of 空号音, which are 100 ms apart. */
const MISSING = 3;
const WANDER_FRAMES = 8;
/** An edge of a tone takes as long as a frame, four of ours. */
const SETTLED_FRAMES = 5;

export interface PartialTracker {
  /** Gives back the frame's lines, traced, and the partials that ended with it. */
  take(frame: Frame): { readonly traced: readonly TracedPeak[]; readonly ended: readonly Partial[] };
  live(): readonly Partial[];
}

export function createPartialTracker(): PartialTracker {
  let live: Partial[] = [];
  return {
    take(frame) {
      const free = new Set(live);
      const traced = frame.peaks.map((peak) => {
        const partial = nearest(free, peak) ?? begin(frame.index);
        free.delete(partial);
        extend(partial, frame, peak);
        return { ...peak, partial, age: frame.index - partial.first, wander: wanderOf(partial.hz) };
      });
      const ended = live.filter((partial) => frame.index - partial.last > MISSING);
      for (const partial of ended) partial.isOver = true;
      live = live.filter((partial) => !partial.isOver);
      return { traced, ended };
    },
    live: () => live,
  };

  function begin(index: number): Partial {
    const partial = { first: index, last: index - 1, hz: [], power: [], share: [], isOver: false };
    live.push(partial);
    return partial;
  }
}

function nearest(free: ReadonlySet<Partial>, peak: Peak): Partial | null {
  let best: Partial | null = null;
  let away = REACH_HZ;
  for (const partial of free) {
    if (partial.hz.length >= SETTLED_FRAMES && isAnother(partial.power, peak.power)) continue;
    const distance = Math.abs((partial.hz.at(-1) ?? 0) - peak.hz);
    if (distance < away) [best, away] = [partial, distance];
  }
  return best;
}

/** What is 12 dB louder now than just before, or 18 dB softer than it was a tenth of a second ago, is another thing at the same place. */
function isAnother(powers: readonly number[], power: number): boolean {
  return power > 16 * (powers.at(-1) ?? 0) || power < Math.max(...powers.slice(-6)) / 64;
}

function extend(partial: Partial, frame: Frame, peak: Peak): void {
  const [hz, power, share] = [partial.hz.at(-1), partial.power.at(-1), partial.share.at(-1)];
  for (let missed = partial.last + 1; missed < frame.index; missed += 1) {
    partial.hz.push(hz ?? peak.hz);
    partial.power.push(power ?? peak.power);
    partial.share.push(share ?? 0);
  }
  partial.hz.push(peak.hz);
  partial.power.push(peak.power);
  partial.share.push(Math.min(1, peak.power / (frame.energy + 1e-12)));
  partial.last = frame.index;
}

function wanderOf(hz: readonly number[]): number | null {
  if (hz.length < WANDER_FRAMES) return null;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = 0;
  for (let n = hz.length - WANDER_FRAMES; n < hz.length; n += 1) {
    const value = hz[n] ?? 0;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return highest - lowest;
}
