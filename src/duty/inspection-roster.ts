/** A1 是否按要求报送值班表: the holidays of a stretch with the report that covers each. Pure; times are integer ms UTC. */
import { dueDayOf, type ReportedSpan } from './roster-report.ts';
import type { Holiday } from './roster-rules.ts';

export interface HolidayReport<Report extends ReportedSpan & { readonly at: number }> {
  readonly holiday: Holiday;
  /** The end of the day on which it was due. */
  readonly dueBy: number;
  /** The first that covers all of it; null: none does. */
  readonly report: Report | null;
  readonly state: 'in-time' | 'late' | 'coming' | 'missing';
}

/** Of every holiday whose roster fell due from `from` to `to` (not included), in the order of the calendar. */
export function holidayReports<Report extends ReportedSpan & { readonly at: number }>(
  holidays: readonly Holiday[],
  reports: readonly Report[],
  stretch: { readonly from: number; readonly to: number },
  now: number,
  timeZone: string,
): readonly HolidayReport<Report>[] {
  return holidays
    .map((holiday): HolidayReport<Report> => {
      const dueBy = dueDayOf(holiday, timeZone).to;
      const covering = reports.filter(({ from, to }) => from <= holiday.from && holiday.to <= to);
      const report = covering.toSorted((one, other) => one.at - other.at)[0] ?? null;
      const state =
        report === null ? (now < dueBy ? 'coming' : 'missing') : report.at < dueBy ? 'in-time' : 'late';
      return { holiday, dueBy, report, state };
    })
    .filter(({ dueBy }) => stretch.from < dueBy && dueBy <= stretch.to)
    .toSorted((one, other) => one.dueBy - other.dueBy);
}
