/**
 * What a probe heard, laid out over its seconds: the outline, the ruler of the standard ringing tone (1 s on, 4 s off:
 * GB/T 3380), the cadence that was measured, and the classes of the ear. Pure; places in per cent of the whole.
 */
import { PROBE_PEAKS_PER_SECOND, type ProbeHeardView } from '../../web/protocol/probe-view.ts';

export interface Block {
  readonly from: number;
  readonly to: number;
}

const STANDARD = { on: 1, off: 4 } as const;
/** So many points are as fine as a screen shows. */
const MOST_POINTS = 1_500;

/** Below this everything is drawn as if it were so loud: noise must not fill the frame. */
const QUIETEST = 10;

/** As a closed outline, `x` in seconds, `y` from −1 to 1: the loudest fills the frame, for a trunk may be quiet. */
export function outlineOf(peaks: readonly number[]): readonly (readonly [x: number, y: number])[] {
  const highest = peaks.reduce((most, peak) => Math.max(most, peak), QUIETEST);
  const each = Math.max(1, Math.ceil(peaks.length / MOST_POINTS));
  const upper = Array.from({ length: Math.ceil(peaks.length / each) }, (_, at): readonly [number, number] => {
    const part = peaks.slice(at * each, (at + 1) * each);
    return [(at * each) / PROBE_PEAKS_PER_SECOND, Math.max(0, ...part) / highest];
  });
  return [...upper, ...[...upper].reverse().map(([x, y]) => [x, -y] as const)];
}

export function lengthOf({ peaks, segments }: ProbeHeardView, soundSeconds: number | null): number {
  const last = Math.max(0, ...segments.map(({ to }) => to));
  return Math.max(1, soundSeconds ?? 0, last, peaks.length / PROBE_PEAKS_PER_SECOND);
}

/** Where a tone of ringing is heard first: there ruler and cadence begin. */
export function firstTone({ segments, peaks }: ProbeHeardView): number {
  const tone = segments.find((segment) => segment.class.includes('ringback'));
  const begin = tone?.from ?? 0;
  const loud = peaks.findIndex((peak, at) => at >= begin * PROBE_PEAKS_PER_SECOND && peak >= LOUD);
  return loud < 0 ? begin : loud / PROBE_PEAKS_PER_SECOND;
}

const LOUD = 4;

/** Bursts of `on` seconds with pauses of `off` from `begin` to the end. */
export function bursts(begin: number, end: number, on: number, off: number): readonly Block[] {
  const period = on + off;
  if (!(period > 0.05) || !(on > 0)) return [];
  const count = Math.max(0, Math.ceil((end - begin) / period));
  return Array.from({ length: count }, (_, at) => {
    const from = begin + at * period;
    return { from, to: Math.min(end, from + on) };
  });
}

export function ruler(begin: number, end: number): readonly Block[] {
  return bursts(begin, end, STANDARD.on, STANDARD.off);
}

/** Whether the beats are those of the standard ringback, in the judgement of the ear. */
export function isStandard({ cadence, verdict }: Pick<ProbeHeardView, 'cadence' | 'verdict'>): boolean {
  return cadence?.standard ?? verdict === 'standard';
}

/** A mark at each so many seconds, so that at most a dozen stand there. */
export function marks(seconds: number): readonly number[] {
  const step = [1, 2, 5, 10, 30].find((one) => seconds / one <= 14) ?? 60;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, at) => at * step);
}

export function across(
  { from, to }: Block,
  seconds: number,
): { readonly left: string; readonly width: string } {
  const begin = Math.max(0, Math.min(seconds, from));
  const end = Math.max(begin, Math.min(seconds, to));
  return { left: `${(begin / seconds) * 100}%`, width: `${((end - begin) / seconds) * 100}%` };
}
