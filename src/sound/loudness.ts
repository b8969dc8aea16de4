/**
 * How much each side is raised or lowered in the playable copy, so that both voices come out alike: a caller on a mobile
 * is often 20 dB below the desk. The original is never touched.
 */
import type { SideMeasure } from './judgement.ts';

/** Level of the active speech aimed at, RMS in dBFS: EBU R 128's −23 LUFS raised by 3 dB, for telephones have no bass. */
const TARGET_DBFS = -20;
/** The loudest sample stays below this: Opus overshoots by up to 1 dB. */
const CEILING_DBFS = -1;
/** More would raise the noise of the line to the level of speech. */
const MOST_GAIN_DB = 18;
const LEAST_GAIN_DB = -12;
/** Less than this nobody hears. */
const UNHEARD_DB = 0.5;

/** Gain in dB; 0 for silence and for what is right already. */
export function gainOf({ levelDbfs, peakDbfs }: SideMeasure): number {
  if (levelDbfs === null || peakDbfs === null) return 0;
  const wanted = Math.min(TARGET_DBFS - levelDbfs, CEILING_DBFS - peakDbfs, MOST_GAIN_DB);
  const gain = Math.max(wanted, LEAST_GAIN_DB);
  return Math.abs(gain) < UNHEARD_DB ? 0 : Math.round(gain * 10) / 10;
}
