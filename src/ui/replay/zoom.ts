/** How much of a call's axis is seen at once, and which part of it is drawn. Pure; places in seconds on the axis. */
import { PEAKS_PER_SECOND } from '../../sound/peaks.ts';
import type { Stretch } from './axis.ts';

/** No nearer than this: a value of the outline, a twentieth of a second, then takes a hundredth of the width. */
const NEAREST = 5;
/** Labels of the ruler stand at least so far apart, pixels; the last one needs as much room before the end. */
const LABEL = 72;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600] as const;

/** As many seconds as may be seen at once: what is wished for, within the nearest and the whole call. */
export function spanWithin(wished: number, seconds: number): number {
  return Math.min(seconds, Math.max(NEAREST, wished));
}

/** Where what is seen begins, so that `at` stands at `share` (0 to 1) of its width, or as near to it as the axis allows. */
export function viewFrom(
  at: number,
  { share, span, seconds }: { readonly share: number; readonly span: number; readonly seconds: number },
): number {
  return Math.max(0, Math.min(seconds - span, at - share * span));
}

/**
 * What is drawn while one sees from the `place`-th span on: that one and the next, and one more on either side, so that
 * scrolling shows nothing empty. Never more than four widths of the window, however long the call. Its borders are those of
 * values of the outline.
 */
export function drawnAround(place: number, span: number, seconds: number): Stretch {
  if (span >= seconds) return { from: 0, to: seconds };
  const border = (at: number): number => Math.round(at * PEAKS_PER_SECOND) / PEAKS_PER_SECOND;
  return {
    from: Math.max(0, border((place - 1) * span)),
    to: Math.min(seconds, border((place + 3) * span)),
  };
}

/** The places of the ruler that have a label, within what is drawn. `perSecond`: pixels. */
export function rulerOf(drawn: Stretch, seconds: number, perSecond: number): readonly number[] {
  const step = STEPS.find((known) => known * perSecond >= LABEL) ?? STEPS[STEPS.length - 1] ?? 1;
  const first = Math.ceil(drawn.from / step);
  const last = Math.floor(Math.min(drawn.to, seconds - LABEL / perSecond) / step);
  return Array.from(
    { length: Math.max(first === 0 ? 1 : 0, last - first + 1) },
    (_, index) => (first + index) * step,
  );
}
