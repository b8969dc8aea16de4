/**
 * One side of a talk measured as it comes: level, activity, silence, clipping, and the outline for the waveform.
 *
 * Activity after ITU-T P.56 (method B) in a plain form: 20 ms frames count as sound when their level is above a fixed floor,
 * and for a hang-over after it, so that the pauses between words belong to the speech. P.56 takes the floor from the level
 * of the speech itself; a telephone line is quiet enough for a fixed one, and a fixed one can be decided while sound comes.
 */
import type { SideMeasure, SoundSide } from './judgement.ts';
import { createOutline, type Outline } from './peaks.ts';

const FRAME_SECONDS = 0.02;
/** Idle lines measured here lie below −60 dBFS, the quietest speech near −40. */
const FLOOR_DBFS = -50;
const HANG_OVER_SECONDS = 0.2;
/** G.711 ends at 32,124 (µ-law) or 32,256 (A-law): above this a sample is at its end. */
const AT_THE_END = 32_100;
/** So many in a row at the end are a wave that was cut off; single ones are loud speech. */
const CUT_OFF_RUN = 3;
const FULL_SCALE = 32_768;

export interface SideMeter {
  /** 16-bit samples of this side; any number at a time. */
  take(samples: Int16Array): void;
  /** What was measured; the meter takes nothing more afterwards. */
  finish(): { readonly measure: SideMeasure; readonly outline: Outline; readonly samples: number };
}

/** `sampleRate` in Hz. */
export function createSideMeter(side: SoundSide, sampleRate: number): SideMeter {
  const frame = Math.max(1, Math.round(sampleRate * FRAME_SECONDS));
  const floor = frame * (FULL_SCALE * 10 ** (FLOOR_DBFS / 20)) ** 2;
  const hangOver = Math.round(HANG_OVER_SECONDS / FRAME_SECONDS);
  const outline = createOutline(sampleRate);
  let inFrame = 0;
  let energy = 0;
  let samplesSeen = 0;
  let peak = 0;
  let run = 0;
  let clipped = 0;
  let activeFrames = 0;
  let activeEnergy = 0;
  let loudFrames = 0;
  let hanging = 0;
  let silentFrames = 0;
  let longestSilentFrames = 0;

  function endFrame(): void {
    const isLoud = energy > floor;
    if (isLoud) {
      loudFrames += 1;
      activeEnergy += energy / inFrame;
      hanging = hangOver;
    }
    if (isLoud || hanging > 0) {
      activeFrames += 1;
      silentFrames = 0;
      if (!isLoud) hanging -= 1;
    } else {
      silentFrames += 1;
      if (silentFrames > longestSilentFrames) longestSilentFrames = silentFrames;
    }
    energy = 0;
    inFrame = 0;
  }

  return {
    take(samples) {
      for (let at = 0; at < samples.length; at += 1) {
        const sample = samples[at] ?? 0;
        const size = sample < 0 ? -sample : sample;
        if (size > peak) peak = size;
        if (size >= AT_THE_END) {
          run += 1;
          if (run >= CUT_OFF_RUN) clipped += run === CUT_OFF_RUN ? CUT_OFF_RUN : 1;
        } else {
          run = 0;
        }
        energy += sample * sample;
        inFrame += 1;
        if (inFrame === frame) endFrame();
      }
      samplesSeen += samples.length;
      outline.take(samples);
    },
    finish() {
      if (inFrame > 0) endFrame();
      return {
        outline: outline.finish(),
        samples: samplesSeen,
        measure: {
          side,
          levelDbfs: loudFrames === 0 ? null : decibels(Math.sqrt(activeEnergy / loudFrames)),
          peakDbfs: peak === 0 ? null : decibels(peak),
          activeSeconds: seconds(activeFrames),
          longestSilenceSeconds: seconds(longestSilentFrames),
          clippedSamples: clipped,
        },
      };
    },
  };
}

function seconds(frames: number): number {
  return Math.round(frames * FRAME_SECONDS * 1_000) / 1_000;
}

function decibels(amplitude: number): number {
  return Math.round(200 * Math.log10(amplitude / FULL_SCALE)) / 10;
}
