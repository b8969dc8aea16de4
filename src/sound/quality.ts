/** 完整度: what a recording lacks of the talk it should hold, and what is wrong with its sound. */
import type { SoundDefect, SoundMeasure } from './judgement.ts';

/** What the telephone says this file should hold. Times in integer ms UTC of one clock. */
export interface ExpectedSound {
  readonly part: 'talk' | 'before-answer';
  /** The stretch of talk it should cover; null: nobody can say, and it is not judged against talk. */
  readonly talk: { readonly from: number; readonly to: number } | null;
  /** When its first sample was taken; null: unknown, then nobody can say at which end something is missing. */
  readonly startedAt: number | null;
}

/** "≥ talk − 0.1 s", and the last frame of 20 ms that is still on its way when the telephone goes down. */
const TOLERANCE_SECONDS = 0.12;
/** A side with less sound than this in a talk of at least so long said nothing, or was not heard. */
const SAID_NOTHING_SECONDS = 0.2;
const JUDGED_FROM_SECONDS = 5;
/** Share of samples that were cut off from which speech sounds torn. */
const CLIPPED_SHARE = 0.001;

/** Everything that is wrong, in the order it is told; nothing is 完整. */
export function defectsOf(measure: SoundMeasure, expected: ExpectedSound): readonly SoundDefect[] {
  if (measure.seconds === 0) return [{ kind: 'empty' }];
  const isTalk = expected.part === 'talk';
  return [
    ...(isTalk ? missingOf(measure.seconds, expected) : []),
    ...(isTalk ? silenceOf(measure) : []),
    ...tornOf(measure),
  ];
}

function missingOf(seconds: number, { talk, startedAt }: ExpectedSound): readonly SoundDefect[] {
  if (talk === null) return [];
  if (startedAt === null) {
    const missing = (talk.to - talk.from) / 1_000 - seconds;
    return missing > TOLERANCE_SECONDS ? [{ kind: 'short', seconds: rounded(missing) }] : [];
  }
  const atStart = (startedAt - talk.from) / 1_000;
  const from = Math.max(startedAt, talk.from);
  // Sound from before the talk does not make up for what is missing at its end.
  const before = Math.max(0, talk.from - startedAt) / 1_000;
  const atEnd = (talk.to - from) / 1_000 - (seconds - before);
  return [
    ...(atStart > TOLERANCE_SECONDS ? [{ kind: 'cut-at-start', seconds: rounded(atStart) } as const] : []),
    ...(atEnd > TOLERANCE_SECONDS ? [{ kind: 'cut-at-end', seconds: rounded(atEnd) } as const] : []),
  ];
}

function silenceOf({ seconds, sides }: SoundMeasure): readonly SoundDefect[] {
  const silent = sides.filter((side) => side.activeSeconds < SAID_NOTHING_SECONDS);
  if (silent.length === sides.length) return [{ kind: 'silent' }];
  if (seconds < JUDGED_FROM_SECONDS) return [];
  return silent.flatMap(({ side }) => (side === 'mixed' ? [] : [{ kind: 'one-side-silent', side } as const]));
}

function tornOf({ seconds, sampleRate, sides }: SoundMeasure): readonly SoundDefect[] {
  const samples = seconds * sampleRate;
  return sides.some((side) => side.clippedSamples > samples * CLIPPED_SHARE) ? [{ kind: 'clipped' }] : [];
}

function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
