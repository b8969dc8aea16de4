/** When the night's work is due. */
import { dayStartIn, momentOf, offsetAt } from '../duty/time-zone.ts';

const A_DAY = 86_400_000;

/**
 * The next moment after `now` (integer ms UTC) at which the zone's clock shows `at` (`02:30`); on a night whose clocks
 * skip that hour, right behind it. Throws for a text that is no time of day.
 */
export function nextTimeOfDay(now: number, at: string, timeZone: string): number {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(at);
  if (found === null) throw new Error(`"${at}" is no time of day such as 02:30`);
  const ofDay = (Number(found[1]) * 60 + Number(found[2])) * 60_000;
  const today = dayStartIn(timeZone, now);
  const wall = today + offsetAt(timeZone, today);
  // A day of 23 or 25 hours shifts the morning: hence the wall and not a sum of hours.
  for (let days = 0; ; days += 1) {
    const moment = momentOf(timeZone, wall + days * A_DAY + ofDay);
    if (moment > now) return moment;
  }
}
