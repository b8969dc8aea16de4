/** What a frame tells about speech, music and noise, once the telephone's own tones are taken out of it. */
import type { Frame } from './frame.ts';
import { BIN_HZ, FIRST_BIN, LAST_BIN, timeOf } from './grid.ts';
import type { TracedPeak } from './partials.ts';
import { HANN_SPREAD } from './power-spectrum.ts';

export interface HeardFrame extends Frame {
  readonly traced: readonly TracedPeak[];
  /** The view of the frame under the tones that were known when it was last asked for. */
  view: FrameView | null;
  masked: string;
}

/** A tone to be taken out: its lines, and from when to when it sounds, in seconds. */
export interface Mask {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly number[];
  /** Mean square; 0: hum, which has no harmonics of its own and makes no click at its ends. */
  readonly power: number;
}

export interface FrameView {
  /** A tone begins or ends here: what is left is the click of it. */
  readonly isEdge: boolean;
  /** A tone sounds here, or has just done. */
  readonly isUnderTone: boolean;
  readonly energy: number;
  /** dB of each band. */
  readonly bands: Float32Array;
  /** Spectrum without the tones, between FIRST_BIN and LAST_BIN. */
  readonly rest: Float32Array;
  /** dB, 0 for white noise, the lower the more it stands in lines. */
  readonly flatness: number;
  /** In bands. */
  readonly centroid: number;
  /** The first three terms of a cosine series over the bands, dB: slope, bulge and what follows. */
  readonly shape: readonly [number, number, number];
  /** Parts of the energy in lines: any, steady for 0.13 s and for 0.32 s, and gliding. */
  readonly inLines: number;
  readonly steady: number;
  readonly lasting: number;
  readonly gliding: number;
  readonly lineCount: number;
  /** How regularly the lines stand, as harmonics of one voice do: 0 to 1. */
  readonly comb: number;
}

export const BANDS = 22;
const WIDTH = LAST_BIN - FIRST_BIN + 1;
const FLOOR = 1e-9;
const EDGE_SECONDS = 0.045;
const MASK_BINS = 4;
const HARMONIC_BINS = 2;
/** Within this range of Hz in eight frames (0.13 s) a line stands still; music does so, a voice hardly. */
const STEADY_HZ = 5;
const LASTING_FRAMES = 20;
const GLIDING_HZ = 9;

/** Bins where each band begins: equal steps of mel. */
const BAND_EDGES = (() => {
  const mel = (hz: number) => 1_127 * Math.log(1 + hz / 700);
  const [low, high] = [mel(FIRST_BIN * BIN_HZ), mel((LAST_BIN + 1) * BIN_HZ)];
  return Array.from({ length: BANDS + 1 }, (_, band) =>
    Math.round((700 * (Math.exp((low + ((high - low) * band) / BANDS) / 1_127) - 1)) / BIN_HZ),
  );
})();

/** Looks again only when other tones than before are to be taken out. */
export function viewOf(frame: HeardFrame, masks: readonly Mask[]): FrameView {
  const at = timeOf(frame.index);
  const here = masks.filter((mask) => at >= mask.from - EDGE_SECONDS && at <= mask.to + EDGE_SECONDS);
  const masked = here.map((mask) => `${mask.from}-${mask.to}`).join();
  if (frame.view === null || frame.masked !== masked) {
    frame.view = look(frame, here, at);
    frame.masked = masked;
  }
  return frame.view;
}

function look(frame: HeardFrame, masks: readonly Mask[], at: number): FrameView {
  const isEdge = masks.some(
    ({ from, to, power }) =>
      power > 0 && (Math.abs(at - from) < EDGE_SECONDS || Math.abs(at - to) < EDGE_SECONDS),
  );
  const hidden = hiddenBins(masks);
  const rest = restOf(frame.power, hidden);
  let energy = 0;
  let logs = 0;
  for (const p of rest) {
    energy += p;
    logs += Math.log(p + FLOOR);
  }
  const flatness = (10 / Math.LN10) * (logs / WIDTH - Math.log(energy / WIDTH + FLOOR));
  const bands = bandsOf(rest);
  return {
    isEdge,
    isUnderTone: masks.some(({ power }) => power > 0),
    energy: energy / HANN_SPREAD,
    bands,
    rest,
    flatness,
    centroid: centroidOf(bands),
    shape: [term(bands, 1), term(bands, 2), term(bands, 3)],
    ...linesOf(frame, hidden, energy),
    comb: combOf(rest),
  };
}

function hiddenBins(masks: readonly Mask[]): Uint8Array | null {
  if (masks.length === 0) return null;
  const hidden = new Uint8Array(LAST_BIN + 1);
  for (const { lines, power } of masks) {
    for (const hz of lines) {
      for (let times = 1; times <= (power > 0 ? 7 : 1); times += 1) {
        const middle = Math.round((hz * times) / BIN_HZ);
        const reach = times === 1 ? MASK_BINS : HARMONIC_BINS;
        for (let k = middle - reach; k <= middle + reach; k += 1) if (k >= 0 && k <= LAST_BIN) hidden[k] = 1;
      }
    }
  }
  return hidden;
}

/** Hidden bins get the level of the nearest that are not. */
function restOf(power: Float32Array, hidden: Uint8Array | null): Float32Array {
  const rest = power.slice(FIRST_BIN, LAST_BIN + 1);
  if (hidden === null) return rest;
  let from = -1;
  for (let k = 0; k <= WIDTH; k += 1) {
    const isHidden = k < WIDTH && hidden[k + FIRST_BIN] === 1;
    if (isHidden && from < 0) from = k;
    if (isHidden || from < 0) continue;
    const before = from > 0 ? (rest[from - 1] ?? 0) : (rest[k] ?? 0);
    const after = k < WIDTH ? (rest[k] ?? 0) : before;
    const level = Math.sqrt(before * after);
    rest.fill(level, from, k);
    from = -1;
  }
  return rest;
}

function bandsOf(rest: Float32Array): Float32Array {
  const bands = new Float32Array(BANDS);
  for (let band = 0; band < BANDS; band += 1) {
    const [from, to] = [(BAND_EDGES[band] ?? 0) - FIRST_BIN, (BAND_EDGES[band + 1] ?? 0) - FIRST_BIN];
    let sum = 0;
    for (let k = from; k < to; k += 1) sum += rest[k] ?? 0;
    bands[band] = 10 * Math.log10(sum / Math.max(1, to - from) + FLOOR);
  }
  return bands;
}

function centroidOf(bands: Float32Array): number {
  let sum = 0;
  let weights = 0;
  for (let band = 0; band < BANDS; band += 1) {
    const weight = 10 ** ((bands[band] ?? 0) / 20);
    sum += band * weight;
    weights += weight;
  }
  return sum / (weights + 1e-12);
}

const COSINES = [1, 2, 3].map((order) =>
  Float64Array.from(
    { length: BANDS },
    (_, band) => Math.cos((Math.PI * order * (band + 0.5)) / BANDS) / BANDS,
  ),
);

function term(bands: Float32Array, order: 1 | 2 | 3): number {
  const cosine = COSINES[order - 1];
  let sum = 0;
  for (let band = 0; band < BANDS; band += 1) sum += (bands[band] ?? 0) * (cosine?.[band] ?? 0);
  return sum;
}

function linesOf(
  { traced }: HeardFrame,
  hidden: Uint8Array | null,
  energy: number,
): Pick<FrameView, 'inLines' | 'steady' | 'lasting' | 'gliding' | 'lineCount'> {
  let [inLines, steady, lasting, gliding, lineCount] = [0, 0, 0, 0, 0];
  const whole = energy / HANN_SPREAD + FLOOR;
  for (const { hz, power, age, wander } of traced) {
    if (hidden !== null && hidden[Math.round(hz / BIN_HZ)] === 1) continue;
    const share = power / whole;
    inLines += share;
    if (share > 0.003) lineCount += 1;
    if (wander === null) continue;
    if (wander <= STEADY_HZ) {
      steady += share;
      if (age >= LASTING_FRAMES) lasting += share;
    } else if (wander >= GLIDING_HZ) gliding += share;
  }
  const part = (share: number) => Math.min(1, share);
  return {
    inLines: part(inLines),
    steady: part(steady),
    lasting: part(lasting),
    gliding: part(gliding),
    lineCount,
  };
}

/** Autocorrelation of the spectrum's logarithm along frequency up to 1,900 Hz, at distances of 78 to 390 Hz. */
function combOf(rest: Float32Array): number {
  const length = 109;
  const logs = new Float64Array(length);
  const sums = new Float64Array(length + 1);
  for (let k = 0; k < length; k += 1) {
    const log = Math.log((rest[k] ?? 0) + FLOOR);
    logs[k] = log;
    sums[k + 1] = (sums[k] ?? 0) + log;
  }
  // Without its slow course: what is left is ripple.
  const ripple = new Float64Array(length);
  let energy = 1e-9;
  for (let k = 0; k < length; k += 1) {
    const [from, to] = [Math.max(0, k - 12), Math.min(length, k + 13)];
    const value = (logs[k] ?? 0) - ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from);
    ripple[k] = value;
    energy += value * value;
  }
  let best = 0;
  for (let lag = 5; lag <= 25; lag += 1) {
    let product = 0;
    for (let k = lag; k < length; k += 1) product += (ripple[k] ?? 0) * (ripple[k - lag] ?? 0);
    const fit = (product / energy) * (length / (length - lag));
    if (fit > best) best = fit;
  }
  return Math.min(1, best);
}
