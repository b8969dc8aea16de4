/** Days as people write them in a roster: `2026-11-26`, `11月26日（星期四）`, `11.26`, `26日`, `10月1日至3日`, Excel's 46352. Pure. */

/** What a day without a year or a month is read against. */
export interface SheetYear {
  readonly year: number;
  readonly month: number | null;
  /** The year of a day from January to March where no month stood before it, when it is another. */
  readonly springYear?: number;
}

/** `2026年11月` of a title; else the year of today, and from October on the next one for what is planned for its first months. */
export function yearOf(titles: readonly string[], today: string): SheetYear {
  const match = /(20\d\d)\s*年\s*(\d{1,2})?/.exec(titles.join(' ').normalize('NFKC'));
  const year = Number(match?.[1] ?? today.slice(0, 4));
  if (match === null)
    return { year, month: null, ...(Number(today.slice(5, 7)) >= 10 && { springYear: year + 1 }) };
  const month = match[2] === undefined ? null : Number(match[2]);
  return { year, month: month !== null && month >= 1 && month <= 12 ? month : null };
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 31;

/** The days of a cell in order, with what the next cell is read against; null when it is none. */
export function sheetDays(
  text: string,
  base: SheetYear,
): { readonly days: readonly string[]; readonly year: SheetYear } | null {
  const plain = text
    .normalize('NFKC')
    .replace(/\([^)]*\)/g, '')
    .replace(/(星期|周|礼拜)[一二三四五六日天]/g, '')
    .replace(/\s/g, '');
  const one = dayOf(plain, base);
  if (one !== null) return { days: [one], year: after(one) };
  for (const match of plain.matchAll(/至|到|~|—|–|-/g)) {
    const from = dayOf(plain.slice(0, match.index), base);
    const to = from === null ? null : dayOf(plain.slice(match.index + match[0].length), after(from));
    if (from === null || to === null) continue;
    const count = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
    if (count < 1 || count > MOST_DAYS) continue;
    const days = Array.from({ length: count }, (_, n) => isoOf(Date.parse(from) + n * DAY_MS));
    return { days, year: after(to) };
  }
  return null;
}

function after(day: string): SheetYear {
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)) };
}

function dayOf(text: string, { year, month, springYear = year }: SheetYear): string | null {
  const whole = /^(20\d\d)[年./-](\d{1,2})[月./-](\d{1,2})日?$/.exec(text);
  if (whole !== null) return made(Number(whole[1]), Number(whole[2]), Number(whole[3]));
  // `1-3日` is no day of January: the days of a month from one to another.
  const short = /^(\d{1,2})(?:月(\d{1,2})[日号]?|[./-](\d{1,2}))$/.exec(text);
  if (short !== null) {
    const own = Number(short[1]);
    const date = Number(short[2] ?? short[3]);
    if (month === null && own <= 3) return made(springYear, own, date);
    // A list that runs from December into January.
    return made(month === 12 && own === 1 ? year + 1 : year, own, date);
  }
  const alone = /^(\d{1,2})[日号]?$/.exec(text);
  if (alone !== null && month !== null) return made(year, month, Number(alone[1]));
  // Days since 1899-12-30, as Excel counts: from 2020 to 2099.
  if (/^\d{5}(\.\d+)?$/.test(text) && Number(text) >= 43_831 && Number(text) < 73_051)
    return isoOf(Date.UTC(1899, 11, 30) + Math.floor(Number(text)) * DAY_MS);
  return null;
}

function made(year: number, month: number, date: number): string | null {
  const at = Date.UTC(year, month - 1, date);
  const day = isoOf(at);
  return Number(day.slice(5, 7)) === month && Number(day.slice(8)) === date ? day : null;
}

function isoOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
