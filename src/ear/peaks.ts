/** Lines in the spectrum of a frame: local maxima that stand clear of what is around them. */
import { BIN_HZ, FIRST_BIN, LAST_BIN } from './grid.ts';

export interface Peak {
  readonly hz: number;
  /** Mean square of the sine that would make this line. */
  readonly power: number;
}

/** Below this (−66 dBFS) is nothing that a tone of −40 dBm0 could make. */
const LEAST = 2.5e-7;
/** Ten decibels above the bins at its feet. */
const CLEAR = 10;
const MOST = 14;
/** Nothing this far (40 dB) below the strongest line of a frame: a window's side lobes begin there. */
const BELOW_STRONGEST = 1e-4;

/** The strongest first. */
export function peaksOf(power: Float32Array): readonly Peak[] {
  const peaks: Peak[] = [];
  for (let k = FIRST_BIN; k <= LAST_BIN; k += 1) {
    const p = power[k] ?? 0;
    if (p < LEAST || p < (power[k - 1] ?? 0) || p <= (power[k + 1] ?? 0)) continue;
    if (p < (power[k - 2] ?? 0) || p < (power[k + 2] ?? 0)) continue;
    if (p < CLEAR * feet(power, k)) continue;
    peaks.push(interpolated(power, k, p));
  }
  peaks.sort((one, other) => other.power - one.power);
  const least = (peaks[0]?.power ?? 0) * BELOW_STRONGEST;
  return peaks.slice(0, MOST).filter((peak) => peak.power >= least);
}

/** Mean of the bins 4 to 6 or 6 to 8 away, the quietest of both sides: of two neighbouring lines neither hides the other. */
function feet(power: Float32Array, k: number): number {
  const sum = (from: number) =>
    (power[k + from] ?? 0) + (power[k + from + 1] ?? 0) + (power[k + from + 2] ?? 0);
  return Math.min(sum(4), sum(-6), sum(6), sum(-8)) / 3;
}

/** Between bins: under a Hann window two neighbouring amplitudes of one sine tell its place exactly. */
function interpolated(power: Float32Array, k: number, p: number): Peak {
  const before = power[k - 1] ?? 0;
  const after = power[k + 1] ?? 0;
  const side = after > before ? 1 : -1;
  const ratio = Math.sqrt(Math.max(after, before) / p);
  const away = Math.max(0, Math.min(0.5, (2 * ratio - 1) / (1 + ratio)));
  // Height of the window's main lobe so far from its middle.
  const lobe = away < 1e-3 ? 1 : Math.sin(Math.PI * away) / (Math.PI * away * (1 - away * away));
  return { hz: (k + side * away) * BIN_HZ, power: p / (lobe * lobe) };
}
