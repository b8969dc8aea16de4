/** Wall-clock text of one time zone as a moment and back: `2026-11-23 08:00` in Asia/Shanghai ↔ integer ms UTC. */
import { momentOf, offsetAt } from '../duty/time-zone.ts';

/** Null when the text names no moment, such as 2026-02-30 or an hour that the clocks skip. */
export function parseLocalTime(text: string, timeZone: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2}) (\d{1,2}):(\d{2})$/.exec(text);
  if (found === null) return null;
  const [, year, month, day, hour, minute] = found.map(Number);
  const moment = momentOf(timeZone, Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute));
  return formatLocalTime(moment, timeZone) === text.replace(/ (\d):/, ' 0$1:') ? moment : null;
}

export function formatLocalTime(moment: number, timeZone: string): string {
  return new Date(moment + offsetAt(timeZone, moment)).toISOString().slice(0, 16).replace('T', ' ');
}
