/** The hum of the mains: lines at whole multiples of 50 or 60 Hz that stand for seconds. To a model of music it is a chord. */
import type { Mask } from './frame-view.ts';
import type { Note } from './note.ts';

const MAINS = [50, 60] as const;
/** Above it a line is no longer hum alone: exchanges have tones from 400 Hz on. */
const HIGHEST_HZ = 390;
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
  if (hz > HIGHEST_HZ || to - from < LASTING_SECONDS || ripple > MOST_RIPPLE) return false;
  return MAINS.some((mains) => Math.abs(hz - mains * Math.round(hz / mains)) < OFF_HZ);
}
