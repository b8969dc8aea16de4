/** A voice in a room, as people record their greetings: echoes without number, each weaker. */
import type { Chance } from '../support/seeded.ts';
import type { Library } from './labelled-clip.ts';
import { RATE, rms, type Sound, scaled } from './sound-maker.ts';

const ECHOES = 160;

/** The same library whose speakers stand in rooms of 0.2 to 0.8 s reverberation. */
export function inRooms(library: Library): Library {
  return { ...library, speech: (seconds, chance) => inRoom(library.speech(seconds, chance), chance) };
}

function inRoom(sound: Sound, chance: Chance): Sound {
  const seconds = 0.2 + 0.6 * chance.next();
  const wet = 10 ** (-(4 + 12 * chance.next()) / 20);
  const echoes = Array.from({ length: ECHOES }, () => {
    const at = 0.004 + seconds * 0.8 * chance.next();
    const sign = chance.next() < 0.5 ? -1 : 1;
    return { delay: Math.round(at * RATE), weight: sign * 10 ** ((-3 * at) / seconds) };
  });
  const energy = Math.sqrt(echoes.reduce((sum, { weight }) => sum + weight * weight, 0));
  const out = sound.slice();
  for (const { delay, weight } of echoes) {
    const gain = (wet * weight) / energy;
    for (let n = delay; n < out.length; n += 1) out[n] = (out[n] ?? 0) + gain * (sound[n - delay] ?? 0);
  }
  return scaled(out, 1 / (rms(out) + 1e-9));
}
