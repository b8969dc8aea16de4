/** A day as typed into a filter. Pure: "now" is handed in, ms UTC; days are those of the browser's zone. */
import { typedMoment } from '../format.ts';

export interface DayRange {
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

const DAYS_BACK: Readonly<Record<string, number>> = { 今天: 0, 昨天: 1, 前天: 2 };

/** `2026-11-23`, `11-23`, `昨天`, a month `2026-11`, or a minute as the form takes it; null when it is none of these. */
export function typedDay(text: string, now: number): DayRange | null {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/[年月/.]/g, '-')
    .replace(/日$/, '')
    .replace(/-$/, '');
  const today = new Date(now);
  const back = DAYS_BACK[plain];
  if (back !== undefined) return dayOf(today.getFullYear(), today.getMonth(), today.getDate() - back);
  const month = /^(\d{4})-(\d{1,2})$/.exec(plain);
  if (month !== null) {
    const [year, index] = [Number(month[1]), Number(month[2]) - 1];
    if (index < 0 || index > 11) return null;
    return { from: new Date(year, index, 1).getTime(), to: new Date(year, index + 1, 1).getTime() };
  }
  const day = /^(?:(\d{4})-)?(\d{1,2})-(\d{1,2})$/.exec(plain);
  if (day !== null) {
    const [year, index, date] = [Number(day[1] ?? today.getFullYear()), Number(day[2]) - 1, Number(day[3])];
    const made = new Date(year, index, date);
    return made.getMonth() === index && made.getDate() === date ? dayOf(year, index, date) : null;
  }
  const moment = typedMoment(text, now);
  return moment === null ? null : { from: moment, to: moment + 60_000 };
}

function dayOf(year: number, month: number, date: number): DayRange {
  return { from: new Date(year, month, date).getTime(), to: new Date(year, month, date + 1).getTime() };
}
