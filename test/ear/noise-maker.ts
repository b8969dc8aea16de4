/** Noise of telephone lines, by calculation. */
import type { Chance } from '../support/seeded.ts';
import { RATE, rms, type Sound, scaled } from './sound-maker.ts';

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
