/** What a telephone line does to a sound: G.711, lost packets, clipping. */
import type { Chance } from '../support/seeded.ts';
import type { Sound } from './sound-maker.ts';

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
