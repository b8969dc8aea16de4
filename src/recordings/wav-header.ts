/**
 * PURE. Reads the header of a WAV file and says what must be mended in it.
 *
 * Asterisk writes the sizes only when it closes the file: while a call lasts, and for ever when Asterisk was killed, both
 * stand at 0 (16.28 and 22.10). Such a file plays nowhere, though all of its sound is there: the length of the file says
 * how much. Files of recorder boxes and streams have the opposite sickness, sizes of 0xFFFFFFFF or beyond the end.
 */

/** As the format chunk says: 16-bit PCM, G.711 A-law and µ-law, GSM 06.10 (wav49), or anything else. */
type WavCodec = 'pcm16' | 'alaw' | 'ulaw' | 'gsm' | 'other';

export interface WavSound {
  readonly kind: 'sound';
  readonly codec: WavCodec;
  readonly sampleRate: number;
  readonly channels: number;
  readonly bytesPerSecond: number;
  /** Where the samples begin, and how many bytes of them are really there. */
  readonly dataOffset: number;
  readonly dataBytes: number;
  readonly seconds: number;
  /** Null when the header tells the truth. */
  readonly repair: WavRepair | null;
}

/** The two sizes to be written, and where: little-endian, 32 bits. */
interface WavRepair {
  readonly riffSize: number;
  readonly dataSize: number;
  readonly dataSizeAt: number;
}

export type WavReading =
  | WavSound
  /** A whole header and not one sample: MixMonitor was started and nobody talked. */
  | { readonly kind: 'no-sound' }
  | {
      readonly kind: 'not-wav';
      readonly reason: 'too-short' | 'not-riff' | 'no-format' | 'bad-format' | 'no-data';
    };

/** So much of a file's begin is enough: Asterisk's header has 44 bytes (60 in wav49), others add a LIST before the sound. */
export const WAV_HEAD_BYTES = 4_096;

const LARGEST_SIZE = 0xffff_ffff;

/**
 * Reads a header from the first `WAV_HEAD_BYTES` of a file (or all of a shorter one) and the file's whole length.
 * Never throws; any bytes may be given.
 */
export function readWavHeader(head: Uint8Array, fileLength: number): WavReading {
  if (head.length < 12) return { kind: 'not-wav', reason: 'too-short' };
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (tag(head, 0) !== 'RIFF' || tag(head, 8) !== 'WAVE') return { kind: 'not-wav', reason: 'not-riff' };

  let format: WavFormat | null = null;
  let at = 12;
  while (at + 8 <= head.length) {
    const name = tag(head, at);
    const size = view.getUint32(at + 4, true);
    if (name === 'data') {
      return format === null
        ? { kind: 'not-wav', reason: 'no-format' }
        : readSound(view, format, { sizeAt: at + 4, declared: size, fileLength });
    }
    if (name === 'fmt ') {
      format = at + 24 <= head.length && size >= 16 ? readFormat(view, at + 8) : null;
      if (format === null) return { kind: 'not-wav', reason: 'bad-format' };
    }
    at += 8 + size + (size % 2);
  }
  return { kind: 'not-wav', reason: format === null ? 'no-format' : 'no-data' };
}

/** A copy of the header (all bytes before the sound) with the sizes of the repair written into it. */
export function repairedHeader(head: Uint8Array, sound: WavSound): Uint8Array {
  const header = head.slice(0, sound.dataOffset);
  if (sound.repair === null) return header;
  const view = new DataView(header.buffer);
  view.setUint32(4, sound.repair.riffSize, true);
  view.setUint32(sound.repair.dataSizeAt, sound.repair.dataSize, true);
  return header;
}

interface WavFormat {
  readonly codec: WavCodec;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bytesPerSecond: number;
  readonly block: number;
}

function readFormat(view: DataView, at: number): WavFormat | null {
  const bits = view.getUint16(at + 14, true);
  const format = {
    codec: codecOf(view.getUint16(at, true), bits),
    channels: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bytesPerSecond: view.getUint32(at + 8, true),
    block: view.getUint16(at + 12, true),
  };
  // A rate or block of 0 would make the length infinite or divide by nothing.
  const sane =
    format.channels >= 1 &&
    format.channels <= 8 &&
    format.sampleRate >= 1_000 &&
    format.sampleRate <= 192_000 &&
    format.bytesPerSecond >= 100 &&
    format.bytesPerSecond <= 4_000_000 &&
    format.block >= 1;
  return sane ? format : null;
}

function codecOf(formatTag: number, bits: number): WavCodec {
  if (formatTag === 1 && bits === 16) return 'pcm16';
  if (formatTag === 6) return 'alaw';
  if (formatTag === 7) return 'ulaw';
  return formatTag === 0x31 ? 'gsm' : 'other';
}

interface DataChunk {
  readonly sizeAt: number;
  readonly declared: number;
  readonly fileLength: number;
}

function readSound(view: DataView, format: WavFormat, chunk: DataChunk): WavReading {
  const dataOffset = chunk.sizeAt + 4;
  const present = Math.max(0, chunk.fileLength - dataOffset);
  if (present === 0) return { kind: 'no-sound' };
  const truthful = chunk.declared > 0 && chunk.declared <= present && fitsTheRest(view, chunk, present);
  const whole = truthful ? chunk.declared : present - (present % format.block);
  if (whole === 0) return { kind: 'no-sound' };
  const dataBytes = Math.min(whole, LARGEST_SIZE - dataOffset);
  return {
    kind: 'sound',
    codec: format.codec,
    sampleRate: format.sampleRate,
    channels: format.channels,
    bytesPerSecond: format.bytesPerSecond,
    dataOffset,
    dataBytes,
    seconds: Math.round((dataBytes / format.bytesPerSecond) * 1000) / 1000,
    repair: truthful
      ? null
      : { riffSize: dataOffset - 8 + dataBytes, dataSize: dataBytes, dataSizeAt: chunk.sizeAt },
  };
}

/**
 * Bytes behind the declared sound are lawful only when the header of the whole file counts them too (further chunks).
 * MixMonitor in append mode (FreePBX) leaves the old size standing until it closes: then there is more sound than said.
 */
function fitsTheRest(view: DataView, chunk: DataChunk, present: number): boolean {
  const behind = present - chunk.declared;
  return behind <= 1 || view.getUint32(4, true) >= chunk.fileLength - 9;
}

function tag(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
