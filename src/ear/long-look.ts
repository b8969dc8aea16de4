/**
 * A line looked at through one long window (up to a second): its exact frequency, how much of what is around it is the line
 * itself (vibrato and beats spread it), its harmonics, and a partner that short frames cannot tell from it (440 + 480 Hz).
 */

import { RATE } from './grid.ts';
import { decibels } from './level.ts';
import type { MendedSound } from './mended-sound.ts';
import { createPowerSpectrum, HANN_SPREAD } from './power-spectrum.ts';

export interface LongLook {
  readonly hz: number;
  /** Mean square of the line. */
  readonly power: number;
  /** Part of the energy within 60 Hz of it that the line holds. */
  readonly concentration: number;
  /** Part of the energy from 200 to 3,700 Hz that it holds. */
  readonly share: number;
  /** Harmonics 2 to 5 against the line, dB; −60 when there is none above what is around it. */
  readonly harmonics: readonly number[];
  /** The strongest other line that is no harmonic; null when none is within 30 dB. */
  readonly partner: { readonly hz: number; readonly db: number } | null;
}

const SIZE = 8_192;
/** Lengths are rounded down to these. */
const LENGTHS = 200;
const LONGEST = 8_000;
const STILL_KEPT = 24_000;
const SEARCH_HZ = 32;
const AROUND_HZ = 60;
const NONE_DB = -60;
const PARTNER_DB = -30;

export interface LongLooker {
  /** `from` and `to` in samples; at least 200 of them. `hz`: where the line is thought to be. */
  look(from: number, to: number, hz: number, within?: number): LongLook;
}

export function createLongLooker(sound: MendedSound): LongLooker {
  const spectrum = createPowerSpectrum(SIZE);
  const samples = new Float32Array(LONGEST);
  const power = new Float32Array(SIZE / 2);
  const step = RATE / SIZE;

  const between = (low: number, high: number) => {
    let sum = 0;
    for (
      let k = Math.max(1, Math.round(low / step));
      k <= Math.min(SIZE / 2 - 1, Math.round(high / step));
      k += 1
    )
      sum += power[k] ?? 0;
    return sum;
  };
  /** Place of a peak between three bins, by the parabola through their logarithms. */
  const between3 = (k: number) => {
    const [low, middle, high] = [k - 1, k, k + 1].map((each) => Math.log((power[each] ?? 0) + 1e-15));
    const bend = (low ?? 0) - 2 * (middle ?? 0) + (high ?? 0);
    return bend >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, ((low ?? 0) - (high ?? 0)) / (2 * bend)));
  };
  const strongest = (low: number, high: number) => {
    let best = Math.max(1, Math.round(low / step));
    for (let k = best; k <= Math.min(SIZE / 2 - 2, Math.round(high / step)); k += 1)
      if ((power[k] ?? 0) > (power[best] ?? 0)) best = k;
    return best;
  };

  return {
    look(from, to, near, within = SEARCH_HZ) {
      const length = Math.max(LENGTHS, Math.min(LONGEST, Math.floor((to - from) / LENGTHS) * LENGTHS));
      // Its middle; of a long one, what is still kept.
      const start = Math.max(from + Math.floor((to - from - length) / 2), to - STILL_KEPT);
      sound.copy(start, length, samples);
      spectrum.read(samples, 0, length, power);
      // Padding spreads what the window counts HANN_SPREAD times over this many more bins.
      const spread = (HANN_SPREAD * SIZE) / length;
      // The main lobe ends two bins of the unpadded window away.
      const lobe = (2.2 * RATE) / length;
      const top = strongest(near - within, near + within);
      const hz = (top + between3(top)) * step;
      const line = between(hz - lobe, hz + lobe);
      const harmonics = [2, 3, 4, 5].map((times) => harmonicOf(hz * times, lobe, line));
      const isOther = (other: number) =>
        Math.abs(other - hz) > lobe * 1.3 &&
        [2, 3, 4, 5, 6, 7].every((times) => Math.abs(other - hz * times) > lobe + 10);
      let partner: LongLook['partner'] = null;
      for (let k = Math.round(200 / step); k < Math.round(3_700 / step); k += 1) {
        const p = power[k] ?? 0;
        if (p < (power[k - 1] ?? 0) || p < (power[k + 1] ?? 0) || !isOther(k * step)) continue;
        const db = decibels(p / (power[top] ?? 1));
        if (db > (partner?.db ?? PARTNER_DB)) partner = { hz: k * step, db };
      }
      return {
        hz,
        power: line / spread,
        concentration: line / (between(hz - AROUND_HZ, hz + AROUND_HZ) + 1e-12),
        share: Math.min(1, line / (between(200, 3_700) + 1e-12)),
        harmonics,
        partner,
      };
    },
  };

  function harmonicOf(hz: number, lobe: number, line: number): number {
    if (hz + lobe * 3 > RATE / 2) return NONE_DB;
    const there = between(hz - lobe, hz + lobe);
    const around = between(hz - lobe * 4, hz - lobe * 2) + between(hz + lobe * 2, hz + lobe * 4);
    const above = there - around / 2;
    return above <= around / 2 ? NONE_DB : Math.max(NONE_DB, decibels(above / (line + 1e-12)));
  }
}
