import { reportsDue } from '../duty/roster-report.ts';
import type { RosterDueView } from '../web/protocol/room-view.ts';
import type { ReadDeps } from './read.ts';
import { rulesOf } from './roster-rows.ts';

/** Holidays of a room that are near and were not reported upward, at a moment in ms UTC. */
export async function rosterDue(
  { db, rules: { timeZone } }: ReadDeps,
  room: string,
  at: number,
): Promise<readonly RosterDueView[]> {
  const { rules } = await rulesOf(db, room);
  // Most rooms have none near, and then nothing more is read.
  if (reportsDue(rules.holidays, [], at, timeZone).length === 0) return [];
  const reports = await db
    .selectFrom('roster_reports')
    .select(['from_day', 'to_day'])
    .where('room', '=', room)
    .execute();
  const reported = reports.map(({ from_day: from, to_day: to }) => ({ from, to }));
  return reportsDue(rules.holidays, reported, at, timeZone).map(({ holiday, dueAt, overAt }) => ({
    ...holiday,
    ...{ dueAt, overAt },
  }));
}
