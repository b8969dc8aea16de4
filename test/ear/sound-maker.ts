/** Sounds of a telephone line made by calculation: tones in their beats, noise, what a line does to them. 8 kHz, −1 to 1. */
import type { Chance } from '../support/seeded.ts';

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

export type NoiseColour = 'white' | 'pink' | 'brown' | 'hum' | 'line' | 'comfort' | 'crackle' | 'murmur';

/** Noise of root mean square 1. */
export function noise(seconds: number, colour: NoiseColour, chance: Chance): Sound {
  const out = rawNoise(Math.round(seconds * RATE), colour, chance);
  return scaled(out, 1 / (rms(out) + 1e-9));
}

function rawNoise(length: number, colour: NoiseColour, chance: Chance): Sound {
  const out = new Float32Array(length);
  switch (colour) {
    case 'white':
    case 'comfort':
      return filled(out, () => gauss(chance));
    case 'pink': {
      // Paul Kellet's three poles.
      let [a, b, c] = [0, 0, 0];
      return filled(out, () => {
        const white = gauss(chance);
        a = 0.99765 * a + white * 0.099046;
        b = 0.963 * b + white * 0.2965164;
        c = 0.57 * c + white * 1.0526913;
        return a + b + c + white * 0.1848;
      });
    }
    case 'brown': {
      let level = 0;
      return filled(out, () => {
        level = 0.995 * level + gauss(chance);
        return level;
      });
    }
    case 'hum': {
      const mains = chance.next() < 0.8 ? 50 : 60;
      const parts = [1, 2, 3, 4, 5, 7].map((times) => ({
        hz: mains * times,
        weight: chance.next() / times,
        phase: chance.next() * 6.28,
      }));
      return filled(
        out,
        (n) =>
          parts.reduce(
            (sum, { hz, weight, phase }) => sum + weight * Math.sin((2 * Math.PI * hz * n) / RATE + phase),
            0,
          ) +
          0.03 * gauss(chance),
      );
    }
    case 'line': {
      const [pink, hum] = [rawNoise(length, 'pink', chance), rawNoise(length, 'hum', chance)];
      const part = chance.next() * 0.7;
      return filled(out, (n) => (pink[n] ?? 0) + part * (hum[n] ?? 0));
    }
    case 'crackle': {
      // Single samples, or clicks that die away; few or dozens a second, over a hiss.
      const rate = 2 + chance.next() * 60;
      const longest = chance.pick([1, 4, 24]);
      const hiss = 0.02 + chance.next() * 0.2;
      let left = 0;
      let height = 0;
      return filled(out, () => {
        if (chance.next() < rate / RATE) {
          left = 1 + chance.below(longest);
          height = gauss(chance) * 8;
        }
        left -= 1;
        height *= longest === 1 ? 1 : -0.85;
        return (left >= 0 ? height : 0) + hiss * gauss(chance);
      });
    }
    case 'murmur':
      return murmur(out, chance);
  }
}

/** Many voices far away, none to be understood: noise through moving bands. */
function murmur(out: Sound, chance: Chance): Sound {
  for (let voice = 0; voice < 8; voice += 1) {
    const [centre, pace, phase] = [250 + chance.next() * 1_400, 2 + chance.next() * 4, chance.next() * 6.28];
    const pole = 0.94;
    const turn = (2 * Math.PI * centre) / RATE;
    let [one, two] = [0, 0];
    for (let n = 0; n < out.length; n += 1) {
      const now = gauss(chance) + 2 * pole * Math.cos(turn) * one - pole * pole * two;
      two = one;
      one = now;
      const loudness = Math.max(0, Math.sin((2 * Math.PI * pace * n) / RATE + phase) + 0.5);
      out[n] = (out[n] ?? 0) + now * loudness;
    }
  }
  return out;
}

function filled(out: Sound, next: (n: number) => number): Sound {
  for (let n = 0; n < out.length; n += 1) out[n] = next(n);
  return out;
}

export function gauss(chance: Chance): number {
  return Math.sqrt(-2 * Math.log(chance.next() + 1e-12)) * Math.cos(2 * Math.PI * chance.next());
}

/** Coded and decoded by G.711. */
export function companded(sound: Sound, law: 'alaw' | 'ulaw'): Sound {
  return sound.map(law === 'alaw' ? throughALaw : throughMuLaw);
}

/** ITU-T G.711 table 1, by its segments. */
function throughALaw(value: number): number {
  const size = Math.min(4_095, Math.floor(Math.abs(value) * 4_096));
  const segment = size < 64 ? 1 : Math.floor(Math.log2(size)) - 4;
  const step = 2 ** segment;
  const middle = (Math.floor(size / step) + 0.5) * step;
  return (Math.sign(value) || 1) * (middle / 4_096);
}

/** ITU-T G.711 table 2, by its segments. */
function throughMuLaw(value: number): number {
  const size = Math.min(8_158, Math.abs(value) * 8_159) + 33;
  const segment = Math.max(0, Math.floor(Math.log2(size)) - 5);
  const step = 2 ** (segment + 1);
  const base = 2 ** (segment + 5);
  const middle = base + (Math.floor((size - base) / step) + 0.5) * step;
  const decoded = segment === 0 && size - 33 < 1 ? 0 : middle - 33;
  return (Math.sign(value) * decoded) / 8_159;
}

/** Packets of 20 ms lost with this likelihood: filled with nothing, or with the packet before. */
export function lossy(sound: Sound, part: number, filling: 'zero' | 'repeat', chance: Chance): Sound {
  const out = sound.slice();
  for (let from = 160; from + 160 <= out.length; from += 160) {
    if (chance.next() >= part) continue;
    if (filling === 'zero') out.fill(0, from, from + 160);
    else out.copyWithin(from, from - 160, from);
  }
  return out;
}

/** Cut off at this part of its highest sample. */
export function clipped(sound: Sound, at: number): Sound {
  const limit = at * sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return sound.map((sample) => Math.max(-limit, Math.min(limit, sample)));
}

export function withinScale(sound: Sound): Sound {
  return sound.map((sample) => Math.max(-1, Math.min(1, sample)));
}
