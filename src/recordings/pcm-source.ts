/** Any file of sound as 16-bit samples: WAV with PCM or G.711 is read here, everything else through ffmpeg. */
import type { Readable } from 'node:stream';
import { decodeG711 } from '../sound/g711.ts';
import { type SoundFormat, sniffFormat } from './sniff-format.ts';
import { decodeToWav, TranscodeFailure } from './transcode.ts';
import { readWavHeader, WAV_HEAD_BYTES, type WavSound } from './wav-header.ts';

/** A kept file. `stream` gives the plain bytes from `start` to `end`, both included. */
export interface SoundFile {
  readonly ending: string;
  readonly bytes: number;
  stream(start: number, end: number): Readable;
}

export interface PcmSource {
  readonly format: Exclude<SoundFormat, { readonly kind: 'empty' | 'unknown' }>;
  readonly sampleRate: number;
  readonly channels: 1 | 2;
  /** Null: the file does not say. */
  readonly headerSeconds: number | null;
  /** Samples of each channel, as they come; once. Rejects with `TranscodeFailure` or the file's own error. */
  readonly samples: AsyncIterable<readonly Int16Array[]>;
  /** For whoever does not read to the end: a file stays open, and ffmpeg at work, until it is told. */
  stop(): void;
}

export type OpenedPcm =
  | { readonly kind: 'pcm'; readonly pcm: PcmSource }
  | { readonly kind: 'empty' }
  | { readonly kind: 'wrong-format' };

/** ffmpeg's WAV by a pipe has lengths it could not know: this is the length of "until the end". */
const UNTIL_THE_END = 0xffff_ffff;

/** Begins to read. `ffmpeg` null: only what we read ourselves; rejects with `ffmpeg-missing` for the rest. */
export async function openPcm(
  file: SoundFile,
  ffmpeg: string | null,
  signal?: AbortSignal,
): Promise<OpenedPcm> {
  const format = sniffFormat(await headOf(file), file.bytes, file.ending);
  switch (format.kind) {
    case 'empty':
      return { kind: 'empty' };
    case 'unknown':
      return { kind: 'wrong-format' };
    case 'wav': {
      const { wav } = format;
      const bytes = file.stream(wav.dataOffset, wav.dataOffset + wav.dataBytes - 1);
      const pcm = { ...pcmOf(format, wav, bytes), headerSeconds: wav.seconds };
      return { kind: 'pcm', pcm: { ...pcm, stop: () => bytes.destroy() } };
    }
    case 'ffmpeg': {
      if (ffmpeg === null) throw new TranscodeFailure('ffmpeg-missing', 'ffmpeg is not installed');
      const { demuxer, rate } = format;
      const source = file.stream(0, file.bytes - 1);
      const decoded = decodeToWav(ffmpeg, source, { demuxer, rate, channels: null }, signal);
      const opened = await openDecoded(format, decoded);
      if (opened.kind !== 'pcm') decoded.destroy();
      return opened;
    }
  }
}

/** The first bytes of a file. */
async function headOf(file: SoundFile): Promise<Uint8Array> {
  if (file.bytes === 0) return new Uint8Array();
  const parts: Uint8Array[] = [];
  for await (const part of file.stream(0, Math.min(file.bytes, WAV_HEAD_BYTES) - 1))
    parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}

async function openDecoded(format: PcmSource['format'], decoded: Readable): Promise<OpenedPcm> {
  const chunks = decoded[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let head: Uint8Array = new Uint8Array();
  try {
    while (head.length < 44) {
      const { value, done } = await chunks.next();
      if (done === true) return { kind: 'wrong-format' };
      head = Buffer.concat([head, value]);
    }
  } catch (failure) {
    if (failure instanceof TranscodeFailure && failure.code === 'wrong-format')
      return { kind: 'wrong-format' };
    throw failure;
  }
  const wav = readWavHeader(head, UNTIL_THE_END);
  if (wav.kind !== 'sound' || wav.codec !== 'pcm16') return { kind: 'wrong-format' };
  const rest = head.subarray(wav.dataOffset);
  const bytes = (async function* () {
    try {
      yield rest;
      for (;;) {
        const { value, done } = await chunks.next();
        if (done === true) return;
        yield value;
      }
    } finally {
      // Whoever needs no more of it must not leave ffmpeg waiting.
      await chunks.return?.();
    }
  })();
  const pcm = { ...pcmOf(format, wav, bytes), headerSeconds: null };
  return { kind: 'pcm', pcm: { ...pcm, stop: () => decoded.destroy() } };
}

function pcmOf(
  format: PcmSource['format'],
  wav: WavSound,
  bytes: AsyncIterable<Uint8Array>,
): Omit<PcmSource, 'stop' | 'headerSeconds'> {
  const channels = wav.channels === 2 ? 2 : 1;
  const { codec } = wav;
  const samples =
    codec === 'alaw' || codec === 'ulaw' ? companded(bytes, codec) : linear(bytes, channels * 2);
  return { format, sampleRate: wav.sampleRate, channels, samples: apart(samples, channels) };
}

async function* companded(
  bytes: AsyncIterable<Uint8Array>,
  law: 'alaw' | 'ulaw',
): AsyncGenerator<Int16Array> {
  for await (const chunk of bytes) yield decodeG711(chunk, law);
}

/** Whole frames of little-endian samples; chunks end anywhere. */
async function* linear(bytes: AsyncIterable<Uint8Array>, frame: number): AsyncGenerator<Int16Array> {
  let rest: Uint8Array = new Uint8Array();
  for await (const chunk of bytes) {
    const whole = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const used = whole.length - (whole.length % frame);
    rest = whole.subarray(used);
    if (used > 0) yield int16(whole.subarray(0, used));
  }
}

/** The machine's own order is little-endian on every one Node runs on here; only the alignment may be wrong. */
function int16(bytes: Uint8Array): Int16Array {
  const aligned = bytes.byteOffset % 2 === 0 ? bytes : bytes.slice();
  return new Int16Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 2);
}

async function* apart(
  samples: AsyncIterable<Int16Array>,
  channels: 1 | 2,
): AsyncGenerator<readonly Int16Array[]> {
  let odd: number | null = null;
  for await (const chunk of samples) {
    if (channels === 1) {
      yield [chunk];
      continue;
    }
    const whole: Int16Array = odd === null ? chunk : Int16Array.of(odd, ...chunk);
    odd = whole.length % 2 === 1 ? (whole.at(-1) ?? 0) : null;
    const left = new Int16Array(Math.floor(whole.length / 2));
    const right = new Int16Array(left.length);
    for (let at = 0; at < left.length; at += 1) {
      left[at] = whole[at * 2] ?? 0;
      right[at] = whole[at * 2 + 1] ?? 0;
    }
    yield [left, right];
  }
}
