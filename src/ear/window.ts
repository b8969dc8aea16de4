/** Two seconds of sound with the telephone's own tones taken out, as the model sees them. */
import { type Features, featuresOf } from './features.ts';
import { type HeardFrame, type Mask, viewOf } from './frame-view.ts';
import { timeOf } from './grid.ts';
import type { Tone } from './tone-rule.ts';

export const WINDOW_SECONDS = 2;

export interface Window extends Features {
  readonly from: number;
  readonly to: number;
  /** Mean square of the tones that were taken out; 0: none. */
  readonly tonePower: number;
}

export function maskOf(tone: Tone): Mask {
  const { from, hz, partnerHz, power } = tone;
  // One that still sounds has no end yet: were it told, everything would be heard anew with every step.
  const to = tone.isOpen ? Number.MAX_SAFE_INTEGER : tone.to;
  return { from, to, lines: partnerHz === null ? [hz] : [hz, partnerHz], power };
}

/** `frames`: those of the window. Null when too little of them is left beside the tones. */
export function windowOf(frames: readonly HeardFrame[], masks: readonly Mask[]): Window | null {
  const [first, last] = [frames[0], frames.at(-1)];
  if (first === undefined || last === undefined) return null;
  const [from, to] = [timeOf(first.index), timeOf(last.index)];
  const here = masks.filter((mask) => mask.to > from - 0.1 && mask.from < to + 0.1);
  const tonePower = here.reduce((most, { power }) => Math.max(most, power), 0);
  const sounding = here
    .filter(({ power }) => power > 0)
    .reduce((sum, mask) => sum + Math.max(0, Math.min(to, mask.to) - Math.max(from, mask.from)), 0);
  const features = featuresOf(
    frames.map((frame) => viewOf(frame, here)),
    tonePower,
    sounding / Math.max(0.1, to - from),
  );
  return features === null ? null : { ...features, from, to, tonePower };
}
