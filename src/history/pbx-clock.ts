/** Times as a PBX writes them into its history: epoch seconds, or its local time without a zone. */
import { momentOf, offsetAt } from '../duty/time-zone.ts';

/** Reads `1795465282.515198` or `2026-11-23 20:21:22[.515]`; ms UTC, null when it is neither. */
export function readClock(text: string, timeZone: string): number | null {
  if (/^\d{9,11}(\.\d{1,9})?$/.test(text)) return Math.floor(Number(text) * 1_000 + 1e-6);
  const parts = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?$/.exec(text);
  if (parts === null) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
  const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  return momentOf(timeZone, wall) + Math.floor(Number(`0.${parts[7] ?? '0'}`) * 1_000);
}

/** The PBX's local time at a moment, as its history writes it: `2026-11-23 20:21:22`. */
export function writeClock(at: number, timeZone: string): string {
  return new Date(at + offsetAt(timeZone, at)).toISOString().slice(0, 19).replace('T', ' ');
}
