/** Times, durations and numbers as the page shows them. Pure: the moment of "now" is always handed in, ms UTC. */

const two = (value: number): string => String(value).padStart(2, '0');

/** `03:07` in the time zone of the browser. */
export function clockMinute(at: number): string {
  const time = new Date(at);
  return `${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** `03:07:42`. */
export function clockSecond(at: number): string {
  return `${clockMinute(at)}:${two(new Date(at).getSeconds())}`;
}

/** `2026-11-23`. */
export function day(at: number): string {
  const time = new Date(at);
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

/** The form's way to write a moment: `2026年11月23日 03时07分`. */
export function formMoment(at: number): string {
  return `${formDay(at)} ${formMinute(at)}`;
}

/** `2026年11月23日`. */
function formDay(at: number): string {
  const time = new Date(at);
  return `${time.getFullYear()}年${time.getMonth() + 1}月${time.getDate()}日`;
}

function formMinute(at: number): string {
  const time = new Date(at);
  return `${two(time.getHours())}时${two(time.getMinutes())}分`;
}

/** In lists: today `03:07`, this year `11-22 21:10`, else `2025-12-31 23:59`. */
export function listMoment(at: number, now: number): string {
  if (day(at) === day(now)) return clockMinute(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return `${sameYear ? day(at).slice(5) : day(at)} ${clockMinute(at)}`;
}

/** `03:12–03:15`, with the day before each end only where it differs. */
export function listSpan(from: number, to: number, now: number): string {
  const end = day(from) === day(to) ? clockMinute(to) : listMoment(to, now);
  return `${listMoment(from, now)}–${end}`;
}

/** Milliseconds as people say them: `9 秒`, `3 分 12 秒`, `2 小时 5 分`. Never negative. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} 秒`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
  return `${Math.floor(seconds / 3600)} 小时 ${Math.floor((seconds % 3600) / 60)} 分`;
}

/** Position in a sound, seconds: `0:07`, `12:30`, `1:02:05`. */
export function playTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(seconds) ? seconds : 0));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const tail = `${hours > 0 ? two(minutes) : minutes}:${two(whole % 60)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** Position to a tenth of a second: `0:07.5`. */
export function playMoment(seconds: number): string {
  const tenths = Math.max(0, Math.round(seconds * 10));
  return `${playTime(Math.floor(tenths / 10))}.${tenths % 10}`;
}

/** Two texts are the same telephone: their last 7 digits agree (area codes, +86 and leading 0/9 come and go), or all of a short one. */
export function sameNumber(left: string | null, right: string | null): boolean {
  const a = (left ?? '').replace(/\D/g, '');
  const b = (right ?? '').replace(/\D/g, '');
  if (a === '' || b === '') return false;
  if (a.length < 7 || b.length < 7) return a === b;
  const length = Math.min(a.length, b.length, 11);
  return a.slice(-length) === b.slice(-length);
}

/**
 * A moment as typed: `2026-11-23 03:07`, `11-23 3:07`, `3:07`, `昨天 21:10`, full-width digits and colons too.
 * A time without a day that would lie more than an hour ahead is yesterday's. Null when it cannot be a moment.
 */
export function typedMoment(text: string, now: number): number | null {
  const plain = text
    .normalize('NFKC')
    .replace(/[年月/.]/g, '-')
    .replace(/日/g, ' ')
    .replace(/时/g, ':')
    .replace(/分/g, '')
    .trim();
  const match = /^(?:(?:(\d{4})-)?(\d{1,2})-(\d{1,2})\s+|(今天|昨天|前天)\s*)?(\d{1,2}):(\d{1,2})$/.exec(
    plain,
  );
  if (match === null) return null;
  const [, year, month, date, word, hour, minute] = match;
  const today = new Date(now);
  const back = word === '昨天' ? 1 : word === '前天' ? 2 : 0;
  const made =
    month === undefined
      ? new Date(today.getFullYear(), today.getMonth(), today.getDate() - back, Number(hour), Number(minute))
      : new Date(
          Number(year ?? today.getFullYear()),
          Number(month) - 1,
          Number(date),
          Number(hour),
          Number(minute),
        );
  const asTyped =
    made.getHours() === Number(hour) &&
    made.getMinutes() === Number(minute) &&
    (month === undefined || (made.getMonth() + 1 === Number(month) && made.getDate() === Number(date)));
  if (!asTyped) return null;
  const hourMs = 3_600_000;
  return month === undefined && word === undefined && made.getTime() > now + hourMs
    ? made.getTime() - 24 * hourMs
    : made.getTime();
}

/**
 * A moment that follows another, as typed: a time alone is the next such one after `after`, `明天 3:07` and the ways of
 * `typedMoment` besides. Null when it cannot be a moment.
 */
export function typedAfter(text: string, after: number): number | null {
  const plain = text.normalize('NFKC').trim();
  const moment = typedMoment(plain.replace(/^明天\s*/, '今天 '), after);
  if (moment === null) return null;
  const isNextDay = plain.startsWith('明天') || (/^\d{1,2}[:时]/.test(plain) && moment <= after);
  return isNextDay ? moment + 86_400_000 : moment;
}

/** `2026-11-23 03:07`, the way a moment is typed again. */
export function typedForm(at: number): string {
  return `${day(at)} ${clockMinute(at)}`;
}

/** Digits grouped for reading, as Chinese numbers are: `0954-2035678`, `010-63090000`, `139 0954 0001`; others as they are. */
export function grouped(number: string): string {
  if (/^1[3-9]\d{9}$/.test(number)) return number.replace(/^(\d{3})(\d{4})/, '$1 $2 ');
  return number.replace(/^(010|02\d|0[3-9]\d{2})(\d{7,8})$/, '$1-$2');
}

/** Bytes as `1.2 MB`. */
export function size(bytes: number): string {
  if (bytes < 1_048_576) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  if (bytes < 1_073_741_824) return `${(bytes / 1_048_576).toFixed(1)} MB`;
  return `${(bytes / 1_073_741_824).toFixed(1)} GB`;
}
