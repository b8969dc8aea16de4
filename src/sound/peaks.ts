/**
 * The outline of a sound for its waveform: the lowest and highest sample of every twentieth of a second and side, 8 bits
 * each. An hour of two sides takes 288 kB.
 *
 * As bytes: `DLP1`, sides (1 byte), values a second (1 byte), 2 bytes 0, then for each side its count of values (uint32,
 * little-endian) and that many pairs of signed bytes, lowest and highest.
 */

export const PEAKS_PER_SECOND = 20;

/** Pairs of lowest and highest, −128 … 127. */
export type Outline = Int8Array;

export interface OutlineMaker {
  take(samples: Int16Array): void;
  finish(): Outline;
}

const HEAD_BYTES = 8;
const MAGIC = [0x44, 0x4c, 0x50, 0x31] as const;
/** Two days: what claims more is not one of ours. */
const MOST_VALUES = 48 * 3_600 * PEAKS_PER_SECOND;

/** `sampleRate` in Hz; the last, shorter stretch counts as one. */
export function createOutline(sampleRate: number): OutlineMaker {
  const step = sampleRate / PEAKS_PER_SECOND;
  let pairs = new Int8Array(4_096);
  let count = 0;
  let seen = 0;
  let lowest = 32_767;
  let highest = -32_768;
  let stretchEnd = Math.round(step);

  function endStretch(): void {
    if (count * 2 + 2 > pairs.length) {
      const larger = new Int8Array(pairs.length * 2);
      larger.set(pairs);
      pairs = larger;
    }
    pairs[count * 2] = lowest >> 8;
    pairs[count * 2 + 1] = highest >> 8;
    count += 1;
    lowest = 32_767;
    highest = -32_768;
    stretchEnd = Math.round((count + 1) * step);
  }

  return {
    take(samples) {
      for (let at = 0; at < samples.length; at += 1) {
        const sample = samples[at] ?? 0;
        if (sample < lowest) lowest = sample;
        if (sample > highest) highest = sample;
        seen += 1;
        if (seen >= stretchEnd) endStretch();
      }
    },
    finish() {
      if (highest >= lowest) endStretch();
      return pairs.slice(0, count * 2);
    },
  };
}

/** All sides in one file. */
export function writePeaks(outlines: readonly Outline[]): Uint8Array {
  const bytes = new Uint8Array(outlines.reduce((sum, outline) => sum + 4 + outline.length, HEAD_BYTES));
  bytes.set([...MAGIC, outlines.length, PEAKS_PER_SECOND]);
  const view = new DataView(bytes.buffer);
  let at = HEAD_BYTES;
  for (const outline of outlines) {
    view.setUint32(at, outline.length / 2, true);
    bytes.set(new Uint8Array(outline.buffer, outline.byteOffset, outline.length), at + 4);
    at += 4 + outline.length;
  }
  return bytes;
}

/** The outlines of such a file; null for anything else. */
export function readPeaks(bytes: Uint8Array): readonly Outline[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD_BYTES || MAGIC.some((byte, at) => bytes[at] !== byte)) return null;
  if (bytes[5] !== PEAKS_PER_SECOND) return null;
  const outlines: Outline[] = [];
  let at = HEAD_BYTES;
  for (let side = 0; side < (bytes[4] ?? 0); side += 1) {
    if (at + 4 > bytes.length) return null;
    const values = view.getUint32(at, true);
    const end = at + 4 + values * 2;
    if (values > MOST_VALUES || end > bytes.length) return null;
    outlines.push(Int8Array.from(bytes.subarray(at + 4, end)));
    at = end;
  }
  return at === bytes.length ? outlines : null;
}
