/** Our outlines laid on the axis of the call: one lane a side, nothing where there is no sound. Pure. */
import { type Outline, PEAKS_PER_SECOND } from '../../sound/peaks.ts';
import type { Axis, Stretch } from './axis.ts';

export interface Lanes {
  /** 对方 above, 本室 below; one lane where no sound has its sides apart. Heights from 0 to 1. */
  readonly sides: readonly Float32Array[];
  /** The greatest height of all lanes: both are drawn to the same scale, so that a silent side looks silent. */
  readonly highest: number;
}

/** Below this everything is drawn as if it were so loud: noise must not fill a lane. */
const QUIETEST = 0.15;

/** Of sounds whose outlines are not there (yet), the lane stays empty. */
export function lanesOf(axis: Axis, outlines: ReadonlyMap<string, readonly Outline[]>): Lanes {
  // Two until an outline says otherwise: most lines are recorded by sides.
  const count = outlines.size === 0 ? 2 : Math.max(...[...outlines.values()].map((sides) => sides.length));
  const length = Math.ceil(axis.seconds * PEAKS_PER_SECOND);
  const sides = Array.from({ length: Math.max(1, Math.min(2, count)) }, () => new Float32Array(length));
  let highest = QUIETEST;
  for (const { recording, from } of axis.sounds) {
    const known = outlines.get(recording);
    if (known === undefined) continue;
    const first = Math.round(from * PEAKS_PER_SECOND);
    sides.forEach((lane, side) => {
      // What was mixed by the PBX stands in both lanes: nobody can say who spoke.
      const outline = known[side] ?? known[0];
      for (let at = 0; outline !== undefined && at * 2 + 1 < outline.length; at += 1) {
        const height = Math.max(Math.abs(outline[at * 2] ?? 0), Math.abs(outline[at * 2 + 1] ?? 0)) / 128;
        if (first + at >= length) break;
        lane[first + at] = height;
        if (height > highest) highest = height;
      }
    });
  }
  return { sides, highest };
}

/** A part of the lanes, at the scale of the whole. */
export function laneCut({ sides, highest }: Lanes, { from, to }: Stretch): Lanes {
  const [first, end] = [Math.round(from * PEAKS_PER_SECOND), Math.ceil(to * PEAKS_PER_SECOND)];
  return { sides: sides.map((side) => side.subarray(first, end)), highest };
}
