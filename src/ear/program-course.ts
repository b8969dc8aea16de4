/** Where speech or music sounds: the model's answers for overlapping windows, put together over time. */
import { isProgram, type ProgramClass, type SoundClass } from './heard.ts';
import { KINDS, type Likelihoods } from './program-model.ts';
import type { Window } from './window.ts';

export interface Judged extends Window {
  readonly likelihoods: Likelihoods;
}

export interface ProgramStretch {
  readonly from: number;
  readonly to: number;
  readonly class: ProgramClass;
  /** Mean likelihood that it is speech or music at all. */
  readonly likelihood: number;
}

export const CELL_SECONDS = 0.25;
/** Loudest tenth of a window, mean square (−57 dBFS): below it nobody would hear it. */
const AUDIBLE = 2e-6;
/** So far below a tone (dB, as a power) a murmur is crosstalk or babble of the line, not the thing that is played. */
const BESIDE_TONE = 0.03;
/** What sounds only while a tone does is made of it by a coder that knows voices alone (GSM at −36 dBm0: 12 dB below it). */
const MADE_OF_TONE = 0.1;
/** The same for what sounds between tones: 19 dB. */
const BESIDE_ANY_TONE = 0.0126;
const LIKELY = 0.5;
const SHORTEST = 0.75;
const LONGEST_GAP = 1;
/** Both parts at least this likely, one after the other or at once, are music with speech. */
const BOTH = 0.3;
const BOTH_WITH_MUSIC = 0.25;
const BOTH_WITH_SPEECH = 0.6;

interface Cell {
  readonly at: number;
  readonly likelihoods: readonly number[];
  readonly program: number;
}

/** Stretches of speech or music, to a quarter of a second. `loudestTone`: mean square of the loudest tone anywhere. */
export function programIn(
  windows: readonly Judged[],
  seconds: number,
  loudestTone: number,
): readonly ProgramStretch[] {
  const cells = cellsOf(windows, seconds, loudestTone * BESIDE_ANY_TONE);
  const stretches: { from: number; to: number }[] = [];
  for (const { at, program } of cells) {
    if (program < LIKELY) continue;
    const [from, to] = [at - CELL_SECONDS / 2, Math.min(seconds, at + CELL_SECONDS / 2)];
    const last = stretches.at(-1);
    if (last !== undefined && from - last.to <= LONGEST_GAP) last.to = to;
    else stretches.push({ from, to });
  }
  return stretches
    .filter(({ from, to }) => to - from >= Math.min(SHORTEST, seconds * 0.4))
    .map(({ from, to }) => {
      const inside = cells.filter(({ at }) => at >= from && at <= to);
      return { from, to, ...kindOf(inside) };
    });
}

function cellsOf(windows: readonly Judged[], seconds: number, least: number): readonly Cell[] {
  const cells: Cell[] = [];
  let first = 0;
  for (let at = CELL_SECONDS / 2; at < seconds; at += CELL_SECONDS) {
    while (first < windows.length && (windows[first]?.to ?? 0) < at - 0.1) first += 1;
    const sum = [0, 0, 0, 0];
    let weights = 0;
    for (let n = first; n < windows.length; n += 1) {
      const window = windows[n];
      if (window === undefined || window.from > at + 0.1) break;
      const middle = (window.from + window.to) / 2;
      const half = (window.to - window.from) / 2 + 0.2;
      const weight = Math.max(0.02, 1 - Math.abs(at - middle) / half);
      const heard =
        isAudible(window) && window.loudest >= least ? window.likelihoods : ([1, 0, 0, 0] as const);
      for (let kind = 0; kind < 4; kind += 1) sum[kind] = (sum[kind] ?? 0) + weight * (heard[kind] ?? 0);
      weights += weight;
    }
    const likelihoods = weights === 0 ? [1, 0, 0, 0] : sum.map((each) => each / weights);
    cells.push({ at, likelihoods, program: 1 - (likelihoods[0] ?? 1) });
  }
  return cells;
}

export function isAudible({ loudest, loudestBetween, tonePower }: Window): boolean {
  const isOnlyUnderTone = loudestBetween !== null && loudestBetween < AUDIBLE;
  return loudest >= AUDIBLE && loudest >= tonePower * (isOnlyUnderTone ? MADE_OF_TONE : BESIDE_TONE);
}

/**
 * Music that is spoken over for a part of the time has both; a voice in a room that rings, or through a poor coder, may look
 * like one with music under it, but hardly ever for sure.
 */
function isBoth(speech: number, music: number, both: number): boolean {
  if (Math.min(speech, music) + both / 2 >= BOTH) return true;
  return both >= (music >= speech ? BOTH_WITH_MUSIC : BOTH_WITH_SPEECH);
}

function kindOf(cells: readonly Cell[]): { readonly class: ProgramClass; readonly likelihood: number } {
  const mean = KINDS.map(
    (_, kind) => cells.reduce((sum, cell) => sum + (cell.likelihoods[kind] ?? 0), 0) / cells.length,
  );
  const [, speech = 0, music = 0, both = 0] = mean;
  const whole = speech + music + both + 1e-9;
  const named: SoundClass = isBoth(speech / whole, music / whole, both / whole)
    ? 'mixed_music_speech'
    : speech >= music
      ? 'speech'
      : 'music';
  return { class: isProgram(named) ? named : 'speech', likelihood: Math.min(1, whole) };
}
