/** The hum of the mains: lines at whole multiples of 50 or 60 Hz that stand for seconds. To a model of music it is a chord. */
import type { Mask } from './frame-view.ts';
import type { Note } from './note.ts';

/** Mains, and the highest line that is hum alone: exchanges have tones from 384 Hz on, none at 420. */
const MAINS = [
  { hz: 50, highest: 375 },
  { hz: 60, highest: 422 },
] as const;
const OFF_HZ = 1.5;
const LASTING_SECONDS = 1;
const MOST_RIPPLE = 1.5;

/** What is to be taken out of the sound because of it. */
export function humIn(notes: readonly Note[]): readonly Mask[] {
  return notes.filter(isHum).map(({ from, to, isOpen, hz }) => ({
    from,
    to: isOpen ? Number.MAX_SAFE_INTEGER : to,
    lines: [hz],
    power: 0,
  }));
}

function isHum({ hz, from, to, ripple }: Note): boolean {
  if (to - from < LASTING_SECONDS || ripple > MOST_RIPPLE) return false;
  return MAINS.some(
    (mains) => hz <= mains.highest && Math.abs(hz - mains.hz * Math.round(hz / mains.hz)) < OFF_HZ,
  );
}
