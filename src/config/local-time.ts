/** Wall-clock text of one time zone as a moment and back: `2026-11-23 08:00` in Asia/Shanghai ↔ integer ms UTC. */

/** Null when the text names no moment, such as 2026-02-30 or an hour that the clocks skip. */
export function parseLocalTime(text: string, timeZone: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2}) (\d{1,2}):(\d{2})$/.exec(text);
  if (found === null) return null;
  const [, year, month, day, hour, minute] = found.map(Number);
  const asUtc = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute);
  // The zone's offset is asked for at a moment, so the first answer may be that of the other side of a clock change.
  const first = asUtc - offsetAt(asUtc, timeZone);
  const moment = asUtc - offsetAt(first, timeZone);
  return formatLocalTime(moment, timeZone) === text.replace(/ (\d):/, ' 0$1:') ? moment : null;
}

export function formatLocalTime(moment: number, timeZone: string): string {
  return new Date(moment + offsetAt(moment, timeZone)).toISOString().slice(0, 16).replace('T', ' ');
}

/** How far the zone's clock is ahead of UTC at that moment, in ms. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const value = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  const wall = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  );
  return wall - Math.floor(moment / 1_000) * 1_000;
}
