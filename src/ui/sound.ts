/**
 * The page's sounds, made by WebAudio: no files, and nothing near the 450 Hz of telephone tones, which would pollute
 * recordings made beside a loudspeaker. A browser plays nothing until a key or click on the page: `locked` says so.
 */
import type { Sound } from './alarms.ts';

interface Note {
  readonly hertz: number;
  readonly ms: number;
  readonly pauseMs: number;
}

const NOTES: Readonly<Record<Sound, readonly Note[]>> = {
  ring: [
    { hertz: 660, ms: 120, pauseMs: 20 },
    { hertz: 880, ms: 120, pauseMs: 0 },
  ],
  clock: [
    { hertz: 1_000, ms: 120, pauseMs: 100 },
    { hertz: 1_000, ms: 120, pauseMs: 100 },
    { hertz: 1_000, ms: 120, pauseMs: 0 },
  ],
  missed: [{ hertz: 220, ms: 350, pauseMs: 0 }],
  down: [
    { hertz: 330, ms: 200, pauseMs: 120 },
    { hertz: 330, ms: 200, pauseMs: 0 },
  ],
};

const VOLUME_KEY = 'dutyline.volume';
/** During a shift nobody may turn the alarm off. */
const FLOOR = 0.1;

export interface SoundBox {
  readonly play: (sound: Sound, loudness: number) => void;
  readonly locked: () => boolean;
  readonly unlock: () => void;
  readonly volume: () => number;
  readonly setVolume: (volume: number) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createSoundBox(): SoundBox {
  const context = new AudioContext();
  const listeners = new Set<() => void>();
  let volume = Math.max(FLOOR, Number(localStorage.getItem(VOLUME_KEY) ?? '0.6') || FLOOR);
  const told = (): void => {
    for (const listener of listeners) listener();
  };
  context.onstatechange = told;

  function unlock(): void {
    if (context.state !== 'running') void context.resume().then(told, told);
  }
  // Any key or click counts as permission, also after a reload at three in the morning.
  window.addEventListener('keydown', unlock, true);
  window.addEventListener('pointerdown', unlock, true);

  return {
    play: (sound, loudness) => {
      if (context.state !== 'running') return;
      let at = context.currentTime;
      for (const note of NOTES[sound]) {
        sing(context, note, at, volume * loudness);
        at += (note.ms + note.pauseMs) / 1000;
      }
    },
    locked: () => context.state !== 'running',
    unlock,
    volume: () => volume,
    setVolume: (wanted) => {
      volume = Math.min(1, Math.max(FLOOR, wanted));
      localStorage.setItem(VOLUME_KEY, String(volume));
      told();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function sing(context: AudioContext, note: Note, at: number, loudness: number): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  const end = at + note.ms / 1000;
  oscillator.frequency.value = note.hertz;
  // A short slope at both ends: a hard cut clicks.
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(loudness * 0.5, at + 0.01);
  gain.gain.setValueAtTime(loudness * 0.5, end - 0.02);
  gain.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(end);
}
