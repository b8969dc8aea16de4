/**
 * What two seconds of sound look like to the model that tells speech, music and noise apart: known measures of the field
 * (Scheirer and Slaney 1997: 4 Hz modulation, low-energy frames, centroid, flux; steadiness of partials; what lies under the
 * gaps). None of them depends on the level.
 */
import { BANDS, type FrameView } from './frame-view.ts';
import { HOP_SECONDS } from './grid.ts';
import { decibels } from './level.ts';
import { mean, partsOf, spread } from './note.ts';

export const FEATURE_NAMES = [
  'range',
  'above',
  'below',
  'lowEnergy',
  'modulation',
  'modulationLow',
  'modulationHigh',
  'depth',
  'flux',
  'fluxSpread',
  'flatness',
  'flatnessSpread',
  'meanFlatness',
  'bedLevel',
  'bedFlatness',
  'bedSteady',
  'bedInLines',
  'inLines',
  'steady',
  'lasting',
  'gliding',
  'steadySpread',
  'loudSteady',
  'loudGliding',
  'lineCount',
  'lineCountSpread',
  'comb',
  'combSpread',
  'loudComb',
  'centroidSpread',
  'bandSpread',
  'tilt',
  'bulge',
  'tiltSpread',
  'bulgeSpread',
  'rippleSpread',
  'beat',
  'beatLag',
  'onset',
  'underTone',
  'toneShare',
] as const;

export interface Features {
  readonly values: readonly number[];
  /** Mean square of what is not a tone, over all frames and in the loudest tenth. */
  readonly energy: number;
  readonly loudest: number;
  /** The loudest tenth of what stands between the tones; null: there is hardly anything between them. */
  readonly loudestBetween: number | null;
}

const FEWEST = 24;
/** A third of a second. */
const FEWEST_BETWEEN = 20;

/**
 * @param tonePower mean square of the loudest tone that was taken out; 0 when there was none
 * @param toneShare part of the time they sounded
 * @returns null when too little is left to say anything
 */
export function featuresOf(all: readonly FrameView[], tonePower: number, toneShare: number): Features | null {
  const views = all.filter((view) => !view.isEdge);
  if (views.length < FEWEST) return null;
  const energies = views.map((view) => view.energy);
  const part = partsOf(energies);
  const between = views.filter((view) => !view.isUnderTone).map((view) => view.energy);
  const energy = mean(energies);
  const quiet = part(0.25);
  const loud = part(0.6);
  const bed = views.filter((view) => view.energy <= quiet);
  const loudOnes = views.filter((view) => view.energy >= loud);
  const of = (pick: Pick, from = views) => meanOf(from, pick);
  const spreadOf = (pick: Pick) => Math.sqrt(spreadSquared(views, pick));
  const loudness = views.map((view) => Math.sqrt(view.energy));
  const onsets = onsetsOf(views);
  const beat = beatOf(onsets);
  const db = (power: number) => decibels(power + 1e-9);
  const bedSpectrum = meanSpectrum(bed);
  const wholeSpectrum = meanSpectrum(views);
  return {
    energy,
    loudest: part(0.9),
    loudestBetween: between.length < FEWEST_BETWEEN ? null : partsOf(between)(0.9),
    values: [
      db(part(0.95)) - db(part(0.05)),
      db(part(0.95)) - db(part(0.5)),
      db(part(0.5)) - db(part(0.1)),
      energies.filter((each) => each < energy / 4).length / views.length,
      ...modulationOf(loudness),
      ...modulationOf(views.map((view) => bandRange(view, 0, 9))).slice(0, 1),
      ...modulationOf(views.map((view) => bandRange(view, 10, 21))).slice(0, 1),
      spread(loudness) / (mean(loudness) + 1e-9),
      ...fluxOf(views),
      of((view) => view.flatness),
      spreadOf((view) => view.flatness),
      flatnessOf(wholeSpectrum),
      db(of((view) => view.energy, bed)) - db(energy),
      flatnessOf(bedSpectrum),
      of((view) => view.steady, bed),
      of((view) => view.inLines, bed),
      of((view) => view.inLines),
      of((view) => view.steady),
      of((view) => view.lasting),
      of((view) => view.gliding),
      spreadOf((view) => view.steady),
      of((view) => view.steady, loudOnes),
      of((view) => view.gliding, loudOnes),
      of((view) => view.lineCount),
      spreadOf((view) => view.lineCount),
      of((view) => view.comb),
      spreadOf((view) => view.comb),
      of((view) => view.comb, loudOnes),
      spreadOf((view) => view.centroid),
      mean(Array.from({ length: BANDS }, (_, band) => spreadOf((view) => view.bands[band] ?? 0))),
      of((view) => view.shape[0]),
      of((view) => view.shape[1]),
      spreadOf((view) => view.shape[0]),
      spreadOf((view) => view.shape[1]),
      spreadOf((view) => view.shape[2]),
      beat.strength,
      beat.lag,
      mean(onsets),
      tonePower === 0 ? 30 : Math.max(-40, Math.min(30, db(energy) - db(tonePower))),
      toneShare,
    ],
  };
}

type Pick = (view: FrameView) => number;

/** As `mean` and `spread` of what is picked, without a list of it: this is most of the ear's work. */
function meanOf(views: readonly FrameView[], pick: Pick): number {
  let sum = 0;
  for (const view of views) sum += pick(view);
  return views.length === 0 ? 0 : sum / views.length;
}

function spreadSquared(views: readonly FrameView[], pick: Pick): number {
  const middle = meanOf(views, pick);
  let sum = 0;
  for (const view of views) sum += (pick(view) - middle) ** 2;
  return views.length === 0 ? 0 : sum / views.length;
}

function bandRange(view: FrameView, from: number, to: number): number {
  let sum = 0;
  for (let band = from; band <= to; band += 1) sum += 10 ** ((view.bands[band] ?? 0) / 10);
  return Math.sqrt(sum);
}

/** Part of the loudness' movement (1 to 25 Hz) that lies between 2 and 8 Hz, the pace of syllables. */
function modulationOf(loudness: readonly number[]): readonly number[] {
  const middle = mean(loudness);
  const { length } = loudness;
  const windowed = loudness.map(
    (value, n) => (value - middle) * (1 - Math.cos((2 * Math.PI * (n + 0.5)) / length)),
  );
  let syllables = 0;
  let whole = 1e-12;
  for (let hz = 1; hz <= 24; hz += 0.5) {
    const turn = 2 * Math.cos(2 * Math.PI * hz * HOP_SECONDS);
    let one = 0;
    let two = 0;
    for (let n = 0; n < length; n += 1) {
      const now = (windowed[n] ?? 0) + turn * one - two;
      two = one;
      one = now;
    }
    const power = one * one + two * two - turn * one * two;
    whole += power;
    if (hz >= 2 && hz <= 8) syllables += power;
  }
  return [syllables / whole];
}

/** Mean and spread of how much the shape of the spectrum changes in 32 ms, dB. */
function fluxOf(views: readonly FrameView[]): readonly [number, number] {
  const changes: number[] = [];
  for (let n = 2; n < views.length; n += 1) {
    const [now, before] = [views[n]?.bands, views[n - 2]?.bands];
    if (now === undefined || before === undefined) continue;
    let sum = 0;
    for (let band = 0; band < BANDS; band += 1) sum += Math.abs((now[band] ?? 0) - (before[band] ?? 0));
    changes.push(sum / BANDS);
  }
  return [mean(changes), spread(changes)];
}

/** Rise of all bands from frame to frame, dB. */
function onsetsOf(views: readonly FrameView[]): readonly number[] {
  return views.slice(1).map((view, n) => {
    const before = views[n]?.bands;
    let sum = 0;
    for (let band = 0; band < BANDS; band += 1)
      sum += Math.max(0, (view.bands[band] ?? 0) - (before?.[band] ?? 0));
    return sum / BANDS;
  });
}

/** How regularly beginnings follow each other, 0.2 to 0.8 s apart. */
function beatOf(onsets: readonly number[]): { readonly strength: number; readonly lag: number } {
  const middle = mean(onsets);
  const centred = onsets.map((value) => value - middle);
  const energy = centred.reduce((sum, value) => sum + value * value, 1e-9);
  let [strength, lag] = [0, 0];
  for (let shift = 12; shift <= Math.min(50, onsets.length - 20); shift += 1) {
    let product = 0;
    for (let n = shift; n < centred.length; n += 1) product += (centred[n] ?? 0) * (centred[n - shift] ?? 0);
    const fit = (product / energy) * (centred.length / (centred.length - shift));
    if (fit > strength) [strength, lag] = [fit, shift * HOP_SECONDS];
  }
  return { strength, lag };
}

function meanSpectrum(views: readonly FrameView[]): Float64Array {
  const sum = new Float64Array(views[0]?.rest.length ?? 0);
  for (const { rest } of views)
    for (let k = 0; k < sum.length; k += 1) sum[k] = (sum[k] ?? 0) + (rest[k] ?? 0);
  return sum;
}

/** Geometric over arithmetic mean, each bin against the eight around it, so that the slope of the spectrum does not count; dB. */
function flatnessOf(spectrum: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let k = 4; k + 4 < spectrum.length; k += 4) {
    let [logs, plain] = [0, 1e-15];
    for (let near = k - 4; near <= k + 4; near += 1) {
      const p = (spectrum[near] ?? 0) + 1e-15;
      logs += Math.log(p);
      plain += p;
    }
    sum += logs / 9 - Math.log(plain / 9);
    count += 1;
  }
  return (10 / Math.LN10) * (sum / Math.max(1, count));
}
