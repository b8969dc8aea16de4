/** Sound cut into overlapping frames of 64 ms, each with its spectrum and the steady lines in it. */
import { BINS, FIRST_BIN, FRAME, HOP, LAST_BIN } from './grid.ts';
import type { MendedSound } from './mended-sound.ts';
import { type Peak, peaksOf } from './peaks.ts';
import { createPowerSpectrum, HANN_SPREAD } from './power-spectrum.ts';

export interface Frame {
  readonly index: number;
  /** Power of each bin; a sine of amplitude A has A²/2 in its own. */
  readonly power: Float32Array;
  /** Mean square between FIRST_BIN and LAST_BIN. */
  readonly energy: number;
  readonly peaks: readonly Peak[];
}

export interface Framer {
  /** The frames that became whole since the last call. */
  frames(): Generator<Frame>;
}

export function createFramer(sound: MendedSound): Framer {
  const spectrum = createPowerSpectrum(FRAME);
  const samples = new Float32Array(FRAME);
  let next = 0;
  return {
    *frames() {
      while (next * HOP + FRAME <= sound.ready()) {
        sound.copy(next * HOP, FRAME, samples);
        const power = new Float32Array(BINS);
        spectrum.read(samples, 0, FRAME, power);
        yield { index: next, power, energy: energyOf(power), peaks: peaksOf(power) };
        next += 1;
      }
    },
  };
}

function energyOf(power: Float32Array): number {
  let sum = 0;
  for (let k = FIRST_BIN; k <= LAST_BIN; k += 1) sum += power[k] ?? 0;
  return sum / HANN_SPREAD;
}
