import type { RosterShiftView } from '../../duty/roster-view.ts';
import { weekdayOf } from './calendar.ts';
import { rosterWords as say } from './words.ts';

/** `11-24 周二 夜班`. */
export function shiftTitle({ day, name }: Pick<RosterShiftView, 'day' | 'name'>): string {
  return `${day.slice(5)} ${say.weekday(say.weekdays[weekdayOf(day)] ?? '')} ${name}`;
}
