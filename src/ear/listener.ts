/** Sound to tones and judged windows, as it comes: everything that must be heard before it can be judged. */
import { createBandListener } from './band-beats.ts';
import { createFramer } from './frame.ts';
import { type HeardFrame, type Mask, viewOf } from './frame-view.ts';
import { frameAt, HOP_SECONDS, RATE } from './grid.ts';
import { humIn } from './hum.ts';
import { createLongLooker } from './long-look.ts';
import { createMendedSound } from './mended-sound.ts';
import { type Note, noteOf } from './note.ts';
import { createPartialTracker } from './partials.ts';
import { CELL_SECONDS, type Judged } from './program-course.ts';
import { likelihoodsOf } from './program-model.ts';
import { tonesOf } from './tone.ts';
import type { Tone } from './tone-rule.ts';
import { maskOf, WINDOW_SECONDS, windowOf } from './window.ts';

/** What was heard so far, before it is judged. */
export interface Parts {
  readonly seconds: number;
  readonly tones: readonly Tone[];
  readonly windows: readonly Judged[];
  /** Mean squares, frame by frame, of what is left beside the tones between two times. */
  energyBetween(from: number, to: number): readonly number[];
}

export interface Listener {
  /** Any number of samples; `everyCell` is called each time another quarter of a second was heard. */
  take(samples: Float32Array | Int16Array, everyCell: () => void): void;
  finish(everyCell: () => void): void;
  parts(): Parts;
}

/** Frames whose tones may still turn out otherwise: nothing older is looked at again. */
const KEPT_SECONDS = 9;
/** A call that rings longer is told by its last two minutes. */
const REMEMBERED_SECONDS = 120;
const EVERY = Math.round(CELL_SECONDS / HOP_SECONDS);
const WINDOW_FRAMES = Math.round(WINDOW_SECONDS / HOP_SECONDS);

export function createListener(): Listener {
  const sound = createMendedSound();
  const framer = createFramer(sound);
  const tracker = createPartialTracker();
  const looker = createLongLooker(sound);
  const band = createBandListener(looker);
  const frames: HeardFrame[] = [];
  const energies: number[] = [];
  let notes: Note[] = [];
  const windows = new Map<number, { readonly key: string; readonly judged: Judged | null }>();
  let taken = 0;

  function listen(everyCell: () => void): void {
    for (const frame of framer.frames()) {
      band.take(frame);
      const { traced, ended } = tracker.take(frame);
      for (const partial of ended) {
        const note = noteOf(partial, looker);
        if (note !== null) notes.push(note);
      }
      frames.push({ ...frame, traced, view: null, masked: '' });
      energies.push(frame.energy);
      if (frame.index % EVERY === EVERY - 1) everyCell();
    }
  }

  function allNotes(): readonly Note[] {
    const live = tracker.live().flatMap((partial) => noteOf(partial, looker) ?? []);
    const oldest = taken / RATE - REMEMBERED_SECONDS;
    if (oldest > 0) notes = notes.filter((note) => note.to >= oldest);
    return [...notes, ...live];
  }

  /** Windows among the kept frames are judged anew when other tones are known in them. */
  function hear(masks: readonly Mask[]): void {
    const spare = frames.length - Math.round(KEPT_SECONDS / HOP_SECONDS);
    if (spare > 200) frames.splice(0, spare);
    const first = frames[0]?.index ?? 0;
    for (const old of windows.keys()) {
      if (energies.length - old < REMEMBERED_SECONDS / HOP_SECONDS) break;
      windows.delete(old);
    }
    const begin = first === 0 ? EVERY * 2 : EVERY * Math.ceil((first + WINDOW_FRAMES) / EVERY);
    for (let end = begin; end <= energies.length; end += EVERY) {
      const from = Math.max(0, end - WINDOW_FRAMES);
      const [start, stop] = [from * HOP_SECONDS - 0.1, end * HOP_SECONDS + 0.1];
      const here = masks.filter((mask) => mask.to > start && mask.from < stop);
      const key = here.map((mask) => `${mask.from}-${mask.to}`).join();
      if (windows.get(end)?.key === key) continue;
      const inside = frames.slice(from - first, end - first);
      const window = windowOf(inside, here);
      const judged = window === null ? null : { ...window, likelihoods: likelihoodsOf(window.values) };
      windows.set(end, { key, judged });
      for (const frame of inside) energies[frame.index] = viewOf(frame, here).energy;
    }
  }

  return {
    take(samples, everyCell) {
      taken += samples.length;
      sound.take(samples);
      listen(everyCell);
    },
    finish(everyCell) {
      sound.finish();
      listen(everyCell);
    },
    parts() {
      const heardNotes = allNotes();
      const all = tonesOf(heardNotes, band.beats());
      hear([...all.map(maskOf), ...humIn(heardNotes)]);
      return {
        seconds: taken / RATE,
        tones: all,
        windows: [...windows.values()].flatMap(({ judged }) => judged ?? []),
        energyBetween: (from, to) => energies.slice(frameAt(from), frameAt(to) + 1),
      };
    },
  };
}
