/**
 * What others do, on the same clips: spandsp's `super_tone_rx`, and one Goertzel filter with a cadence, the usual advice. Both
 * know tones only: what sounds and is no tone they know counts as played, as music when it has few gaps, else as speech.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sound } from '../../ear/sound-maker.ts';
import type { Answer } from './score.ts';

const SOURCE = fileURLToPath(new URL('./super-tone.c', import.meta.url));
/** In the order of the descriptors in super-tone.c. */
const CODES = [
  'ringback_standard',
  'busy',
  'congestion',
  'fax_or_other_tone',
  'sit',
  'fax_or_other_tone',
] as const;

const FRAME = 160;
/** Mean square of a frame that counts as sound: −45 dBFS. */
const SOUND = 3e-5;
/** Part of the sounding frames that may be no tone before the clip counts as played. */
const PLAYED = 0.35;

/** Compiles the detector; null where the machine has no compiler or Debian's libspandsp-dev is missing. */
export function buildSuperTone(folder: string): string | null {
  const program = join(folder, 'super-tone');
  try {
    execFileSync('cc', ['-O2', '-o', program, SOURCE, '-lspandsp', '-ltiff', '-lm'], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return program;
}

/** `files`: raw 16-bit sound, and the same as samples. */
export function superTone(
  program: string,
  files: readonly { readonly path: string; readonly sound: Sound }[],
): readonly Answer[] {
  const answers: Answer[] = [];
  for (let from = 0; from < files.length; from += 500) {
    const some = files.slice(from, from + 500);
    const output = execFileSync(
      program,
      some.map(({ path }) => path),
      { encoding: 'utf8', maxBuffer: 1 << 26 },
    );
    const lines = output.trim().split('\n');
    some.forEach(({ sound }, n) => {
      const times = (lines[n] ?? '').split(' ').slice(-CODES.length).map(Number);
      const best = times.indexOf(Math.max(...times));
      const isTone = (times[best] ?? 0) > 0;
      answers.push(answer(isTone ? (CODES[best] ?? null) : withoutTone(sound)));
    });
  }
  return answers;
}

/** Frames of 20 ms: power at 450 Hz over all of it at least this is tone; runs of tone and quiet make the cadence. */
const TONE_PART = 0.55;

export function goertzelCadence(sound: Sound): Answer {
  const frames = framesOf(sound);
  const runs: { isTone: boolean; length: number }[] = [];
  for (const { isTone } of frames) {
    const last = runs.at(-1);
    if (last !== undefined && last.isTone === isTone) last.length += 1;
    else runs.push({ isTone, length: 1 });
  }
  const beats = runs
    .filter(({ isTone, length }) => isTone && length >= 4)
    .map(({ length }) => (length * FRAME) / 8_000);
  const sounding = frames.filter(({ energy }) => energy > SOUND).length;
  const inTone = frames.filter(({ isTone }) => isTone).length;
  if (sounding < frames.length * 0.02) return answer('silence');
  if (beats.length === 0 || inTone < sounding * (1 - PLAYED)) return answer(withoutTone(sound));
  const middle = beats.toSorted((one, other) => one - other)[Math.floor(beats.length / 2)] ?? 0;
  if (middle >= 0.9 && middle <= 1.1) return answer('ringback_standard');
  if (middle >= 0.3 && middle <= 0.4) return answer('busy');
  if (middle >= 0.6 && middle <= 0.8) return answer('congestion');
  return answer('fax_or_other_tone');
}

function framesOf(sound: Sound): readonly { readonly energy: number; readonly isTone: boolean }[] {
  const turn = 2 * Math.cos((2 * Math.PI * 450) / 8_000);
  return Array.from({ length: Math.floor(sound.length / FRAME) }, (_, frame) => {
    let [one, two, energy] = [0, 0, 0];
    for (let n = frame * FRAME; n < (frame + 1) * FRAME; n += 1) {
      const sample = sound[n] ?? 0;
      const now = sample + turn * one - two;
      two = one;
      one = now;
      energy += sample * sample;
    }
    const power = (2 * (one * one + two * two - turn * one * two)) / FRAME;
    return { energy: energy / FRAME, isTone: energy / FRAME > SOUND && power / (energy + 1e-12) > TONE_PART };
  });
}

function withoutTone(sound: Sound): string {
  const energies = framesOf(sound).map(({ energy }) => energy);
  const sounding = energies.filter((energy) => energy > SOUND).length;
  if (sounding < energies.length * 0.05) return 'silence';
  return sounding > energies.length * 0.8 ? 'music' : 'speech';
}

function answer(of: string | null): Answer {
  return { class: of, events: [], forwarded: false, decidedAt: null };
}
