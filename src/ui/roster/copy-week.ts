/**
 * 照排上周: who had a shift a week ago has it again, where nobody stands in it yet. What is left out says why, so that nobody takes
 * a half-filled week for a whole one. Pure; days are `2026-11-26`, times integer ms UTC.
 */
import { type PlannedShift, refuseShift } from '../../duty/roster-plan.ts';
import type { RosterShiftView, RosterView } from '../../duty/roster-view.ts';
import { plusDays } from './calendar.ts';
import { shiftTitle } from './shift-title.ts';
import { rosterWords as say } from './words.ts';

export interface CopiedWeek {
  /** To be planned, each over the revision that was seen. */
  readonly shifts: readonly (PlannedShift & { readonly base: number })[];
  /** `11-24 周二 夜班、11-25 周三 夜班：…`, a line for each reason. What has its own people, or had nobody a week ago, is only counted. */
  readonly reasons: readonly string[];
  readonly refused: number;
  readonly filled: number;
  readonly empty: number;
  readonly over: number;
}

/** `before` are the shifts of the week before the one in view. */
export function copyWeek(view: RosterView, before: readonly RosterShiftView[]): CopiedWeek {
  const { rules, people, at: now } = view;
  const shifts: (PlannedShift & { readonly base: number })[] = [];
  const refused = new Map<string, string[]>();
  let [filled, empty, over] = [0, 0, 0];
  for (const shift of view.shifts) {
    const { from, to, name, revision: base } = shift;
    if (shift.posts.length > 0) filled += 1;
    else if (to <= now) over += 1;
    else {
      const posts = twinOf(shift, before)?.posts ?? [];
      const fault = refuseShift({ from, to, name, posts }, { before: [], roles: rules.roles, people, now });
      if (posts.length === 0) empty += 1;
      else if (fault !== null) refused.set(fault.zh, [...(refused.get(fault.zh) ?? []), shiftTitle(shift)]);
      else shifts.push({ from, to, name, base, posts });
    }
  }
  return {
    ...{ shifts, filled, empty, over },
    reasons: [...refused].map(([why, titles]) => `${titles.join(say.separator)}：${why}`),
    refused: [...refused.values()].reduce((count, titles) => count + titles.length, 0),
  };
}

/** What was done and what was left out, in one sentence. */
export function saidCopy({ shifts, refused, filled, empty, over }: CopiedWeek): string {
  const left = [
    filled === 0 ? null : say.copy.filled(filled),
    empty === 0 ? null : say.copy.empty(empty),
    over === 0 ? null : say.copy.over(over),
    refused === 0 ? null : say.copy.refused(refused),
  ].filter((part) => part !== null);
  const done = shifts.length === 0 ? say.copy.none : say.copy.done(shifts.length);
  return left.length === 0 ? done : `${done}${say.copy.left(left.join(say.separator))}`;
}

/** The same shift a week ago: of that day, with that name; where it has several of that name, the one of the same length. */
function twinOf(shift: RosterShiftView, before: readonly RosterShiftView[]): RosterShiftView | undefined {
  const day = plusDays(shift.day, -7);
  const own = before.filter((one) => one.day === day && one.name === shift.name);
  return own.find(({ from, to }) => to - from === shift.to - shift.from) ?? own[0];
}
