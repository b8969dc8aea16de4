/** Sounds of a telephone line made by calculation: tones in their beats. 8 kHz, −1 to 1. */

export const RATE = 8_000;
export type Sound = Float32Array;

/** Amplitude of a sine of so many dBm0: +3.14 dBm0 is the end of the scale. */
export function amplitudeOf(dbm0: number): number {
  return 10 ** ((dbm0 - 3.14) / 20);
}

export function rms(sound: Sound): number {
  let sum = 0;
  for (const sample of sound) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, sound.length));
}

export function silence(seconds: number): Sound {
  return new Float32Array(Math.round(seconds * RATE));
}

export function joined(...parts: readonly Sound[]): Sound {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function scaled(sound: Sound, by: number): Sound {
  return sound.map((sample) => sample * by);
}

/** The longer one's length; the shorter one ends before it. */
export function mixed(one: Sound, other: Sound): Sound {
  const [longer, shorter] = one.length >= other.length ? [one, other] : [other, one];
  const sum = longer.slice();
  shorter.forEach((sample, n) => {
    sum[n] = (sum[n] ?? 0) + sample;
  });
  return sum;
}

export interface Line {
  readonly hz: number;
  /** Against the others, as an amplitude. */
  readonly weight: number;
}

type Shape = 'sine' | 'square' | 'saw' | 'triangle';

export interface ToneSpec {
  readonly lines: readonly Line[];
  readonly amplitude: number;
  /** Amplitude of the second harmonic (half of it for the third) against the line. */
  readonly distortion?: number;
  readonly shape?: Shape;
  /** Vibrato: Hz up and down, times a second. */
  readonly vibrato?: { readonly hz: number; readonly rate: number };
}

/** A steady tone with edges of 3 ms, as an exchange switches it. */
export function tone(seconds: number, spec: ToneSpec, begin = 0): Sound {
  const { lines, amplitude, distortion = 0, shape = 'sine', vibrato } = spec;
  const total = lines.reduce((sum, { weight }) => sum + weight, 0);
  const length = Math.round(seconds * RATE);
  const out = new Float32Array(length);
  const edge = 24;
  for (const { hz, weight } of lines) {
    let phase = (2 * Math.PI * hz * begin) % (2 * Math.PI);
    for (let n = 0; n < length; n += 1) {
      const now =
        vibrato === undefined ? hz : hz + vibrato.hz * Math.sin((2 * Math.PI * vibrato.rate * n) / RATE);
      phase += (2 * Math.PI * now) / RATE;
      const value =
        wave(shape, phase) + distortion * Math.sin(2 * phase) + (distortion / 2) * Math.sin(3 * phase);
      out[n] = (out[n] ?? 0) + (amplitude * weight * value) / total;
    }
  }
  for (let n = 0; n < Math.min(edge, length / 2); n += 1) {
    out[n] = ((out[n] ?? 0) * n) / edge;
    out[length - 1 - n] = ((out[length - 1 - n] ?? 0) * n) / edge;
  }
  return out;
}

/** Band-limited, so that nothing folds back. */
function wave(shape: Shape, phase: number): number {
  switch (shape) {
    case 'sine':
      return Math.sin(phase);
    case 'square':
      return [1, 3, 5, 7].reduce((sum, n) => sum + Math.sin(n * phase) / n, 0);
    case 'saw':
      return [1, 2, 3, 4, 5, 6, 7].reduce((sum, n) => sum + Math.sin(n * phase) / n, 0) * 0.7;
    case 'triangle':
      return [1, 3, 5, 7].reduce(
        (sum, n, at) => sum + ((at % 2 === 0 ? 1 : -1) * Math.sin(n * phase)) / (n * n),
        0,
      );
  }
}

/** Beats and pauses in turn, in seconds, again and again until the sound is full; `skip` seconds of it were missed. */
export function beats(
  seconds: number,
  pattern: readonly number[],
  spec: ToneSpec | readonly ToneSpec[],
  skip = 0,
): Sound {
  const specs = Array.isArray(spec) ? (spec as readonly ToneSpec[]) : [spec as ToneSpec];
  const parts: Sound[] = [];
  let made = 0;
  let beat = 0;
  while (made < seconds + skip) {
    for (let at = 0; at < pattern.length; at += 1) {
      const length = pattern[at] ?? 0;
      const isOn = at % 2 === 0;
      const [first] = specs;
      const now = specs[beat % specs.length] ?? first;
      parts.push(isOn && now !== undefined ? tone(length, now) : silence(length));
      if (isOn) beat += 1;
      made += length;
    }
  }
  const from = Math.round(skip * RATE);
  return joined(...parts).slice(from, from + Math.round(seconds * RATE));
}
