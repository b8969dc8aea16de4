/** The clock on the PBX's wall: names of files carry its local time, without a zone. No I/O. */
import { momentOf, offsetAt } from '../../duty/time-zone.ts';

const A_DAY = 86_400_000;

export interface WallClock {
  /**
   * The moments (ms UTC) at which the wall showed what UTC shows at `wall`: two in the hour that comes twice in autumn, one
   * otherwise; for an hour that is skipped in spring the moment just behind it. Never empty.
   */
  momentsOf(wall: number): readonly number[];
  /** Number of the local day of a moment (ms UTC): days since 1970-01-01 there, so that the day after is one more. */
  dayOf(at: number): number;
}

/** `timeZone` is an IANA name; throws RangeError for another text. Asking the zone is dear: its offsets are kept by the hour. */
export function createWallClock(timeZone: string): WallClock {
  const offsets = new Map<number, number>();
  const offset = (at: number): number => {
    // No zone changes its clock but at a quarter of an hour.
    const quarter = Math.floor(at / 900_000);
    let known = offsets.get(quarter);
    if (known === undefined) {
      known = offsetAt(timeZone, quarter * 900_000);
      offsets.set(quarter, known);
    }
    return known;
  };
  offset(0);
  return {
    momentsOf(wall) {
      const candidates = new Set([wall - offset(wall - A_DAY), wall - offset(wall + A_DAY)]);
      const real = [...candidates].filter((at) => at + offset(at) === wall);
      return real.length > 0 ? real.sort((one, other) => one - other) : [momentOf(timeZone, wall)];
    },
    dayOf: (at) => Math.floor((at + offset(at)) / A_DAY),
  };
}

/** Wall time as if it were UTC, from digits; null when there is no such date or time (February 30th, 25 o'clock). */
export function wallOf(
  [year, month, day]: readonly [number, number, number],
  [hour, minute, second]: readonly [number, number, number],
): number | null {
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const read = new Date(wall);
  const same =
    year >= 1970 &&
    read.getUTCFullYear() === year &&
    read.getUTCMonth() === month - 1 &&
    read.getUTCDate() === day &&
    read.getUTCHours() === hour &&
    read.getUTCMinutes() === minute &&
    read.getUTCSeconds() === second;
  return same ? wall : null;
}
