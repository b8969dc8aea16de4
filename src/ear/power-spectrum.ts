/**
 * Power spectrum of a piece of sound under a Hann window, by a radix-2 FFT (Cooley and Tukey 1965) of the even and odd samples
 * as one complex row. Scaled so that a sine of amplitude A stands in its bin as A²/2, its mean square; a sum over bins is
 * 1.5 times the mean square of what lies in them (the window's noise bandwidth).
 */

/** Bins that a Hann window spreads a steady sine over count together as this many times its peak. */
export const HANN_SPREAD = 1.5;

export interface PowerSpectrum {
  readonly size: number;
  /** `size` samples from `start`; `out` takes `size / 2` bins. What lies outside the samples counts as silence. */
  read(samples: Float32Array, start: number, length: number, out: Float32Array): void;
}

/** `size` is a power of two. A piece shorter than `size` is windowed at its own length and padded; of lengths there should be few. */
export function createPowerSpectrum(size: number): PowerSpectrum {
  const half = size / 2;
  const re = new Float64Array(half);
  const im = new Float64Array(half);
  const cos = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / size));
  const sin = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / size));
  const reversed = bitReversed(half);
  const windows = new Map<number, Float64Array>();
  const windowOf = (length: number) => {
    const window = windows.get(length) ?? hann(length);
    windows.set(length, window);
    return window;
  };

  function transform(): void {
    for (let span = 1; span < half; span *= 2) {
      const step = half / span;
      for (let from = 0; from < half; from += span * 2) {
        for (let at = 0; at < span; at += 1) {
          const low = from + at;
          const high = low + span;
          const c = cos[at * step] ?? 0;
          const s = sin[at * step] ?? 0;
          const hr = re[high] ?? 0;
          const hi = im[high] ?? 0;
          const tr = hr * c + hi * s;
          const ti = hi * c - hr * s;
          const lr = re[low] ?? 0;
          const li = im[low] ?? 0;
          re[high] = lr - tr;
          im[high] = li - ti;
          re[low] = lr + tr;
          im[low] = li + ti;
        }
      }
    }
  }

  return {
    size,
    read(samples, start, length, out) {
      const window = windowOf(length);
      for (let n = 0; n < half; n += 1) {
        const to = reversed[n] ?? 0;
        const even = 2 * n;
        re[to] = even < length ? (samples[start + even] ?? 0) * (window[even] ?? 0) : 0;
        im[to] = even + 1 < length ? (samples[start + even + 1] ?? 0) * (window[even + 1] ?? 0) : 0;
      }
      transform();
      const scale = 8 / (length * length);
      for (let k = 0; k < half; k += 1) {
        const mirror = (half - k) % half;
        const zr = re[k] ?? 0;
        const zi = im[k] ?? 0;
        const mr = re[mirror] ?? 0;
        const mi = im[mirror] ?? 0;
        // The spectra of the even and of the odd samples, and the odd one turned by half a sample.
        const er = (zr + mr) / 2;
        const ei = (zi - mi) / 2;
        const or = (zi + mi) / 2;
        const oi = (mr - zr) / 2;
        const c = cos[k] ?? 0;
        const s = sin[k] ?? 0;
        const xr = er + or * c + oi * s;
        const xi = ei + oi * c - or * s;
        out[k] = (xr * xr + xi * xi) * scale;
      }
    },
  };
}

function hann(length: number): Float64Array {
  return Float64Array.from({ length }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 0.5)) / length));
}

function bitReversed(length: number): Uint32Array {
  const bits = Math.round(Math.log2(length));
  return Uint32Array.from({ length }, (_, n) => {
    let [from, to] = [n, 0];
    for (let bit = 0; bit < bits; bit += 1) {
      to = (to << 1) | (from & 1);
      from >>= 1;
    }
    return to;
  });
}
