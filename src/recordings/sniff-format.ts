/**
 * PURE. What a file of sound is, by its first bytes and, for formats that have no header, by the ending of its name. What
 * it is decides which reader gets it: ffmpeg is told and never guesses, because a guess follows whatever the bytes ask for
 * (a play list named `.wav` makes it open other files).
 */
import { readWavHeader, type WavSound } from './wav-header.ts';

export type SoundFormat =
  /** Read by ourselves: 16-bit PCM and G.711 in a WAV. */
  | { readonly kind: 'wav'; readonly wav: WavSound }
  /** Read by ffmpeg, told the demuxer and, where the file does not say, the rate in Hz. */
  | { readonly kind: 'ffmpeg'; readonly demuxer: string; readonly rate: number | null }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown' };

/** Formats without a header, as Asterisk names them (`core show file formats`, 22.10). */
const BY_ENDING: Readonly<Record<string, { readonly demuxer: string; readonly rate: number | null }>> = {
  gsm: { demuxer: 'gsm', rate: null },
  alaw: { demuxer: 'alaw', rate: 8_000 },
  al: { demuxer: 'alaw', rate: 8_000 },
  ulaw: { demuxer: 'mulaw', rate: 8_000 },
  ul: { demuxer: 'mulaw', rate: 8_000 },
  pcm: { demuxer: 'mulaw', rate: 8_000 },
  g722: { demuxer: 'g722', rate: null },
  sln: { demuxer: 's16le', rate: 8_000 },
  sln16: { demuxer: 's16le', rate: 16_000 },
};

const GSM_FRAME = 33;

/** `head` is the file's begin (`WAV_HEAD_BYTES` are enough), `bytes` its whole length, `ending` without the dot. */
export function sniffFormat(head: Uint8Array, bytes: number, ending: string): SoundFormat {
  if (bytes === 0) return { kind: 'empty' };
  const reading = readWavHeader(head, bytes);
  if (reading.kind === 'no-sound') return { kind: 'empty' };
  if (reading.kind === 'sound') return wavFormat(reading);
  if (startsWith(head, 'OggS')) return ffmpeg('ogg');
  if (startsWith(head, '\u001aEß£')) return ffmpeg('matroska');
  if (startsWith(head, 'fLaC')) return ffmpeg('flac');
  if (startsWith(head, 'ID3') || isMp3Frame(head)) return ffmpeg('mp3');
  const known = BY_ENDING[ending.toLowerCase()];
  if (known === undefined || (known.demuxer === 'gsm' && !isGsm(head))) return { kind: 'unknown' };
  return { kind: 'ffmpeg', ...known };
}

function wavFormat(wav: WavSound): SoundFormat {
  const ours = wav.codec === 'pcm16' || wav.codec === 'alaw' || wav.codec === 'ulaw';
  if (ours && wav.channels <= 2) return { kind: 'wav', wav };
  // wav49 (GSM in a WAV) and whatever else stands in one.
  return ffmpeg('wav');
}

function ffmpeg(demuxer: string): SoundFormat {
  return { kind: 'ffmpeg', demuxer, rate: null };
}

function startsWith(head: Uint8Array, text: string): boolean {
  return [...text].every((letter, at) => head[at] === letter.charCodeAt(0));
}

/** Frame sync, MPEG-1/2 layer III, a bit rate and a sample rate that exist (ISO 11172-3 §2.4.1.3). */
function isMp3Frame([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  const isLayer3 = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  const bitRate = third >> 4;
  return isLayer3 && bitRate !== 0 && bitRate !== 15 && ((third >> 2) & 3) !== 3;
}

/** Every frame of GSM 06.10 begins with the four bits 1101 (RFC 3551 §4.5.8). */
function isGsm(head: Uint8Array): boolean {
  const frames = Math.min(8, Math.floor(head.length / GSM_FRAME));
  if (frames === 0) return false;
  return Array.from({ length: frames }, (_, frame) => head[frame * GSM_FRAME] ?? 0).every(
    (byte) => byte >> 4 === 0xd,
  );
}
