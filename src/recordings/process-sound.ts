/**
 * The pipeline of one recording: measured, judged against the talk, made playable. The original is read, never changed.
 * Everything made here gets a name only when it is whole, so that a kill at any point leaves either nothing or the whole,
 * and a second run makes the same again.
 */
import { Readable } from 'node:stream';
import type { MadeFile, SoundJudgement, SoundMeasure } from '../sound/judgement.ts';
import { gainOf } from '../sound/loudness.ts';
import { writePeaks } from '../sound/peaks.ts';
import { defectsOf, type ExpectedSound } from '../sound/quality.ts';
import { createSideMeter, type SideMeter } from '../sound/side-meter.ts';
import { interleaved } from './interleave.ts';
import type { Sides } from './kept-files.ts';
import { openPcm, type PcmSource, type SoundFile } from './pcm-source.ts';
import { encodeOpus, TranscodeFailure } from './transcode.ts';

export interface SoundToProcess {
  readonly original: SoundFile;
  /** Null: only the original is there. */
  readonly sides: Sides | null;
  readonly expected: ExpectedSound;
}

export interface ProcessDeps {
  /** Keeps what was made under the recording's id. */
  readonly keep: (ending: 'opus' | 'peaks', bytes: AsyncIterable<Uint8Array>) => Promise<MadeFile>;
  /** Null: no ffmpeg; what we cannot read ourselves is then left for later, by `TranscodeFailure` 'ffmpeg-missing'. */
  readonly ffmpeg: string | null;
  readonly signal?: AbortSignal;
  /** Told at every stage: tests kill the process there. */
  readonly reached?: (stage: ProcessStage) => void;
}

/** In their order. */
export const PROCESS_STAGES = ['begun', 'measured', 'encoded', 'outlined'] as const;
export type ProcessStage = (typeof PROCESS_STAGES)[number];

/**
 * Longer than this nobody plays it, and a sparse file of 4 GB (74 hours) would keep ffmpeg busy for hours: no copy is made of
 * it, and what it is is judged by so much of it.
 */
const LONGEST_SECONDS = 12 * 3_600;

/** Rejects with `TranscodeFailure` (ffmpeg missing, timed out) or the error of a file; a bad sound is a judgement. */
export async function processSound(sound: SoundToProcess, deps: ProcessDeps): Promise<SoundJudgement> {
  deps.reached?.('begun');
  const measured = await measure(sound, deps);
  if (measured.kind !== 'measured') {
    return { measure: null, defects: [{ kind: measured.kind }], playable: null, peaks: null };
  }
  deps.reached?.('measured');
  const { result } = measured;
  const defects = defectsOf(result.measure, sound.expected);
  if (result.measure.seconds === 0 || result.measure.seconds > LONGEST_SECONDS) {
    return { measure: result.measure, defects, playable: null, peaks: null };
  }
  const playable = deps.ffmpeg === null ? null : await makePlayable(sound, result, deps, deps.ffmpeg);
  deps.reached?.('encoded');
  const peaks = await deps.keep('peaks', Readable.from([writePeaks(result.outlines)]));
  deps.reached?.('outlined');
  return { measure: result.measure, defects, playable, peaks };
}

interface Measured {
  readonly measure: SoundMeasure;
  readonly outlines: readonly Int8Array[];
  /** Whether the two legs were read, or the original alone. */
  readonly of: 'sides' | 'original';
  readonly format: PcmSource['format'];
  readonly channels: 1 | 2;
}

type Measuring =
  | { readonly kind: 'measured'; readonly result: Measured }
  | { readonly kind: 'empty' | 'wrong-format' };

async function measure(sound: SoundToProcess, deps: ProcessDeps): Promise<Measuring> {
  try {
    if (sound.sides !== null) {
      const sides = await measureSides(sound.sides, deps);
      if (sides !== null) return { kind: 'measured', result: sides };
    }
    const opened = await openPcm(sound.original, deps.ffmpeg, deps.signal);
    if (opened.kind !== 'pcm') return { kind: opened.kind };
    return { kind: 'measured', result: await measureOriginal(opened.pcm) };
  } catch (failure) {
    if (failure instanceof TranscodeFailure && failure.code === 'wrong-format')
      return { kind: 'wrong-format' };
    throw failure;
  }
}

/** Null when the legs do not fit together or one of them is no sound: then the original has to do. */
async function measureSides(sides: Sides, deps: ProcessDeps): Promise<Measured | null> {
  const [caller, room] = await Promise.all([
    openPcm(sides.caller, deps.ffmpeg, deps.signal),
    openPcm(sides.room, deps.ffmpeg, deps.signal),
  ]);
  if (caller.kind !== 'pcm' || room.kind !== 'pcm' || caller.pcm.sampleRate !== room.pcm.sampleRate) {
    for (const side of [caller, room]) if (side.kind === 'pcm') side.pcm.stop();
    return null;
  }
  const { sampleRate, format } = caller.pcm;
  const meters = [createSideMeter('caller', sampleRate), createSideMeter('room', sampleRate)] as const;
  await Promise.all([feed(caller.pcm, meters[0]), feed(room.pcm, meters[1])]);
  const [left, right] = [meters[0].finish(), meters[1].finish()];
  return {
    measure: {
      seconds: Math.max(secondsOf(left.samples, caller.pcm), secondsOf(right.samples, room.pcm)),
      sampleRate,
      sides: [left.measure, right.measure],
    },
    outlines: [left.outline, right.outline],
    of: 'sides',
    format,
    channels: 2,
  };
}

async function measureOriginal(pcm: PcmSource): Promise<Measured> {
  const meter = createSideMeter('mixed', pcm.sampleRate);
  await feed(pcm, meter);
  const { measure: side, outline, samples } = meter.finish();
  return {
    measure: { seconds: secondsOf(samples, pcm), sampleRate: pcm.sampleRate, sides: [side] },
    outlines: [outline],
    of: 'original',
    format: pcm.format,
    channels: pcm.channels,
  };
}

/** Two channels of a file nobody told us the sides of are one mixture. */
async function feed(pcm: PcmSource, meter: SideMeter): Promise<void> {
  let fed = 0;
  try {
    for await (const [left, right] of pcm.samples) {
      if (left === undefined) continue;
      meter.take(right === undefined ? left : mixed(left, right));
      fed += left.length;
      if (fed > LONGEST_SECONDS * pcm.sampleRate) return;
    }
  } finally {
    pcm.stop();
  }
}

function mixed(left: Int16Array, right: Int16Array): Int16Array {
  const both = new Int16Array(left.length);
  for (let at = 0; at < both.length; at += 1) both[at] = ((left[at] ?? 0) + (right[at] ?? 0)) >> 1;
  return both;
}

async function makePlayable(
  sound: SoundToProcess,
  { measure: { sides, sampleRate }, of, format }: Measured,
  { keep, signal }: ProcessDeps,
  ffmpeg: string,
): Promise<MadeFile> {
  const gains = sides.map(gainOf);
  if (of === 'sides' && sound.sides !== null) {
    const [caller, room] = await Promise.all([
      openPcm(sound.sides.caller, ffmpeg, signal),
      openPcm(sound.sides.room, ffmpeg, signal),
    ]);
    if (caller.kind !== 'pcm' || room.kind !== 'pcm') throw new Error('a leg changed while it was processed');
    const samples = Readable.from(interleaved(caller.pcm.samples, room.pcm.samples, gains), {
      objectMode: false,
    });
    const input = { demuxer: 's16le', rate: sampleRate, channels: 2 };
    try {
      return await keepWhole(encodeOpus(ffmpeg, samples, input, [0, 0], signal), keep);
    } finally {
      caller.pcm.stop();
      room.pcm.stop();
    }
  }
  const { original } = sound;
  const input =
    format.kind === 'wav'
      ? { demuxer: 'wav', rate: null, channels: null }
      : { demuxer: format.demuxer, rate: format.rate, channels: null };
  const source = original.stream(0, original.bytes - 1);
  return keepWhole(encodeOpus(ffmpeg, source, input, gains, signal), keep);
}

/** What is not kept to its end is not made any further. */
async function keepWhole(opus: Readable, keep: ProcessDeps['keep']): Promise<MadeFile> {
  try {
    return await keep('opus', opus);
  } finally {
    opus.destroy();
  }
}

/** Of what was measured; of a file too long to be measured to its end what its header says, where it has one. */
function secondsOf(samples: number, { sampleRate, headerSeconds }: PcmSource): number {
  const measured = samples / sampleRate;
  const seconds = measured > LONGEST_SECONDS ? Math.max(measured, headerSeconds ?? 0) : measured;
  return Math.round(seconds * 1_000) / 1_000;
}
