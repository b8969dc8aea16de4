/**
 * 录音片段: a stretch cut from the sound as it was taken over, never from the playable copy. It is a WAV of 16-bit samples
 * whatever the original is: not one sample of it was encoded again, and every machine a court has plays it.
 */
import { createHash } from 'node:crypto';
import { interleaved } from './interleave.ts';
import type { Sides } from './kept-files.ts';
import { type OpenedPcm, openPcm, type PcmSource, type SoundFile } from './pcm-source.ts';

/** In seconds of the recording. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface Clip {
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** What is in it: shorter than the stretch where the sound ends before. */
  readonly seconds: number;
  /** The whole file, header included. */
  readonly pieces: readonly Uint8Array[];
  readonly bytes: number;
  /** Hex, of the whole file. */
  readonly sha256: string;
}

export interface CutDeps {
  /** Null: there is none; then only WAV can be cut. */
  readonly ffmpeg: string | null;
  readonly signal?: AbortSignal;
}

/** A clip is held in memory until it is sent: 15 minutes of two sides at 8 kHz are 29 MB. Longer is what the original is for. */
export const LONGEST_CLIP_SECONDS = 15 * 60;

/**
 * Cuts the original with the channels it has. Null: nothing that can be read as sound, or none of it in that stretch.
 * Rejects with `TranscodeFailure` or the error of the file.
 */
export async function cutOriginal(
  original: SoundFile,
  stretch: Stretch,
  deps: CutDeps,
): Promise<Clip | null> {
  const opened = await openPcm(original, deps.ffmpeg, deps.signal);
  if (opened.kind !== 'pcm') return null;
  const { sampleRate, channels, samples } = opened.pcm;
  return clipOf(bytesOf(cut(samples, sampleRate, stretch)), sampleRate, channels);
}

/** Cuts both legs into one file, 对方 left and 本室 right, at the loudness they were recorded with. Null and rejects as above. */
export async function cutSides(
  { caller, room }: Sides,
  stretch: Stretch,
  deps: CutDeps,
): Promise<Clip | null> {
  const [left, right] = await Promise.all(
    [caller, room].map(async (side) => pcmOf(await openPcm(side, deps.ffmpeg, deps.signal))),
  );
  if (left == null || right == null || left.sampleRate !== right.sampleRate) return null;
  const { sampleRate } = left;
  const both = interleaved(
    cut(left.samples, sampleRate, stretch),
    cut(right.samples, sampleRate, stretch),
    [0, 0],
  );
  return clipOf(both, sampleRate, 2);
}

function pcmOf(opened: OpenedPcm): PcmSource | null {
  return opened.kind === 'pcm' ? opened.pcm : null;
}

/** The samples between two moments; what comes before is read and left out, what comes after is not read. */
async function* cut(
  samples: AsyncIterable<readonly Int16Array[]>,
  sampleRate: number,
  stretch: Stretch,
): AsyncGenerator<readonly Int16Array[]> {
  const from = Math.round(stretch.from * sampleRate);
  const to = Math.round(stretch.to * sampleRate);
  let at = 0;
  for await (const chunk of samples) {
    const length = chunk[0]?.length ?? 0;
    const [start, end] = [Math.max(0, from - at), Math.min(length, to - at)];
    if (end > start) yield chunk.map((channel) => channel.subarray(start, end));
    at += length;
    if (at >= to) return;
  }
}

async function* bytesOf(samples: AsyncIterable<readonly Int16Array[]>): AsyncGenerator<Uint8Array> {
  for await (const [left, right] of samples) {
    if (left === undefined) continue;
    const frames = right === undefined ? left.slice() : new Int16Array(left.length * 2);
    if (right !== undefined) {
      for (let at = 0; at < left.length; at += 1) {
        frames[at * 2] = left[at] ?? 0;
        frames[at * 2 + 1] = right[at] ?? 0;
      }
    }
    yield new Uint8Array(frames.buffer);
  }
}

async function clipOf(
  sound: AsyncIterable<Uint8Array>,
  sampleRate: number,
  channels: 1 | 2,
): Promise<Clip | null> {
  const samples: Uint8Array[] = [];
  let length = 0;
  for await (const piece of sound) {
    samples.push(piece);
    length += piece.length;
  }
  if (length === 0) return null;
  const pieces = [wavHead(length, sampleRate, channels), ...samples];
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return {
    sampleRate,
    channels,
    seconds: length / (sampleRate * channels * 2),
    pieces,
    bytes: length + HEAD_BYTES,
    sha256: hash.digest('hex'),
  };
}

const HEAD_BYTES = 44;

function wavHead(dataBytes: number, sampleRate: number, channels: number): Uint8Array {
  const head = Buffer.alloc(HEAD_BYTES);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(HEAD_BYTES - 8 + dataBytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(sampleRate * channels * 2, 28);
  head.writeUInt16LE(channels * 2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(dataBytes, 40);
  return head;
}
