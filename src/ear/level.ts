/** Levels as telephone people say them. */

/**
 * dBm0 of a mean square of samples between −1 and 1. A sine at the end of G.711 A-law is +3.14 dBm0 (ITU-T G.711 §4), and its
 * mean square is ½.
 */
export function dbm0(meanSquare: number): number {
  return decibels(meanSquare * 2) + 3.14;
}

/** Ten times the logarithm; nothing at all is −120. */
export function decibels(power: number): number {
  return power <= 1e-12 ? -120 : 10 * Math.log10(power);
}
