/**
 * Beats heard as a whole: nearly all energy around 430 Hz, on and off. It finds what lines linked from frame to frame miss: two
 * lines so near that they beat (384 + 416 Hz, 400 + 425 Hz), and a tone that a player broke by repeating lost packets.
 */
import type { Frame } from './frame.ts';
import { BIN_HZ, RATE, timeOf } from './grid.ts';
import type { LongLook, LongLooker } from './long-look.ts';
import { edgesOf, mean } from './note.ts';
import { HANN_SPREAD } from './power-spectrum.ts';

export interface BandBeat {
  readonly from: number;
  readonly to: number;
  readonly beginsBefore: boolean;
  readonly isOpen: boolean;
  readonly power: number;
  readonly look: LongLook;
}

/** 359 to 500 Hz. */
const FIRST = Math.round(359 / BIN_HZ);
const LAST = Math.round(500 / BIN_HZ);
const LEAST_SHARE = 0.8;
/** Mean square, −55 dBFS. */
const LEAST = 3e-6;
const MISSING = 3;
const SHORTEST_FRAMES = 14;
const LONGEST_FRAMES = 190;

interface Run {
  readonly first: number;
  readonly powers: number[];
  missed: number;
}

export interface BandListener {
  take(frame: Frame): void;
  beats(): readonly BandBeat[];
}

export function createBandListener(looker: LongLooker): BandListener {
  const over: BandBeat[] = [];
  let run: Run | null = null;

  function beatOf({ first, powers, missed }: Run, isOpen: boolean): BandBeat | null {
    const own = powers.slice(0, powers.length - missed);
    if (own.length < SHORTEST_FRAMES || own.length > LONGEST_FRAMES) return null;
    const power = mean(own);
    const [rise, fall] = edgesOf(own, power);
    const beginsBefore = first === 0 && rise === 0;
    const [from, to] = [beginsBefore ? 0 : timeOf(first + rise), timeOf(first + fall)];
    const look = looker.look(Math.round((from + 0.03) * RATE), Math.round((to - 0.03) * RATE), 430, 70);
    return { from, to, beginsBefore, isOpen, power, look };
  }

  return {
    take({ index, power, energy }) {
      let band = 0;
      for (let k = FIRST; k <= LAST; k += 1) band += power[k] ?? 0;
      band /= HANN_SPREAD;
      const isOn = band >= LEAST && band >= energy * LEAST_SHARE;
      if (run === null) {
        if (isOn) run = { first: index, powers: [band], missed: 0 };
        return;
      }
      run.powers.push(band);
      run.missed = isOn ? 0 : run.missed + 1;
      if (run.missed <= MISSING) return;
      const beat = beatOf(run, false);
      if (beat !== null) over.push(beat);
      run = null;
    },
    beats() {
      const open = run === null ? null : beatOf(run, true);
      return open === null ? over : [...over, open];
    },
  };
}
