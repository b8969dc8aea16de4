/** PURE. The clock on the office's wall: what it shows in its time zone (an IANA name), and how far that is from UTC. */

/** The year a moment (integer ms UTC) falls into: it decides which series of numbers a registration belongs to. */
export function yearIn(timeZone: string, at: number): number {
  return partsIn(timeZone, at).year;
}

/** When the day of a moment began there, integer ms UTC. Right on days of 23 and 25 hours too. */
export function dayStartIn(timeZone: string, at: number): number {
  const { year, month, day } = partsIn(timeZone, at);
  return momentOf(timeZone, Date.UTC(year, month - 1, day));
}

/** The moment at which the zone's clock shows what UTC's shows at `wall`; another one when its clocks skip that. */
export function momentOf(timeZone: string, wall: number): number {
  // The offset is asked for at a moment, so the first answer may be that of the other side of a clock change.
  const first = wall - offsetAt(timeZone, wall);
  return wall - offsetAt(timeZone, first);
}

/** How far the zone's clock is ahead of UTC at a moment (integer ms UTC), in ms. */
export function offsetAt(timeZone: string, at: number): number {
  const { year, month, day, hour, minute, second } = partsIn(timeZone, at);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(timeZone: string, at: number) {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = new Map(format.formatToParts(at).map((part) => [part.type, Number(part.value)]));
  const read = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
    second: read('second'),
  };
}

/** What the zone's clock and calendar show at a moment (integer ms UTC): `2026-11-23 03:07`. */
export function wallTextIn(timeZone: string, at: number): string {
  return new Date(at + offsetAt(timeZone, at)).toISOString().slice(0, 16).replace('T', ' ');
}
