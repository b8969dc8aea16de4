/** Sound of any rate to 8 kHz, as it comes: a windowed sine cardinal (32 zero crossings, Hann) that ends below 3.8 kHz. */
import { RATE } from './grid.ts';

export interface Resampler {
  take(samples: Float32Array): Float32Array;
}

const CROSSINGS = 16;
const END_HZ = 3_800;

/** `rate` in Hz. Sound of 8 kHz passes as it is. */
export function createResampler(rate: number): Resampler {
  if (rate === RATE) return { take: (samples) => samples };
  const step = rate / RATE;
  // Below the end of the lower of the two rates; in parts of a sample of what comes.
  const cutoff = (2 * Math.min(END_HZ, rate * 0.475)) / rate;
  const reach = Math.ceil(CROSSINGS / cutoff);
  let kept = new Float32Array(reach);
  /** Place of the next sample of ours, in samples of what is kept. */
  let next = reach;
  return {
    take(samples) {
      const all = new Float32Array(kept.length + samples.length);
      all.set(kept);
      all.set(samples, kept.length);
      const out: number[] = [];
      for (; next + reach < all.length; next += step) {
        let sum = 0;
        const middle = Math.floor(next);
        for (let n = middle - reach + 1; n <= middle + reach; n += 1) sum += (all[n] ?? 0) * kernel(n - next);
        out.push(sum);
      }
      const from = Math.max(0, Math.floor(next) - reach);
      kept = all.slice(from);
      next -= from;
      return Float32Array.from(out);
    },
  };

  function kernel(away: number): number {
    if (Math.abs(away) >= reach) return 0;
    const hann = 0.5 + 0.5 * Math.cos((Math.PI * away) / reach);
    const x = Math.PI * cutoff * away;
    return cutoff * hann * (Math.abs(x) < 1e-9 ? 1 : Math.sin(x) / x);
  }
}
