/** How the sound is cut: frames of 64 ms every 16 ms at 8 kHz. */

export const RATE = 8_000;
export const FRAME = 512;
export const HOP = 128;
export const BINS = FRAME / 2;
export const HOP_SECONDS = HOP / RATE;
export const BIN_HZ = RATE / FRAME;
/** The band a telephone carries, without hum: 203 to 3,672 Hz. */
export const FIRST_BIN = 13;
export const LAST_BIN = 235;

/** The middle of a frame, in seconds of the sound. */
export function timeOf(index: number): number {
  return (index * HOP + FRAME / 2) / RATE;
}

/** The frame whose middle is nearest. */
export function frameAt(seconds: number): number {
  return Math.max(0, Math.round((seconds * RATE - FRAME / 2) / HOP));
}
