/** Calendar questions about the office's own time zone (an IANA name). */

/** The year a moment (integer ms UTC) falls into: it decides which series of numbers a registration belongs to. */
export function yearIn(timeZone: string, at: number): number {
  return partsIn(timeZone, at).year;
}

/** When the day of a moment began there, integer ms UTC. Right on days of 23 and 25 hours too. */
export function dayStartIn(timeZone: string, at: number): number {
  const { year, month, day } = partsIn(timeZone, at);
  const wanted = Date.UTC(year, month - 1, day);
  // The zone's distance from UTC at midnight may differ from the one now: look twice.
  const first = wanted - offsetAt(timeZone, wanted);
  return wanted - offsetAt(timeZone, first);
}

function offsetAt(timeZone: string, at: number): number {
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
