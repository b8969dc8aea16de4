/** 值班表 of a stretch of days put together: what is planned over what is published, what is wrong with it, what is due. Pure. */

import { type RosterTrouble, troublesOf } from '../duty/roster-check.ts';
import { asShift, type PlannedShift } from '../duty/roster-plan.ts';
import { reportsDue } from '../duty/roster-report.ts';
import type { OutdatedReport, RosterShiftView, RosterView, SwapView } from '../duty/roster-view.ts';
import { daysFrom, slotsOf } from '../duty/shift-pattern.ts';
import { lapsesAt, type ShiftEnds } from '../duty/swap.ts';
import { momentOf, wallTextIn } from '../duty/time-zone.ts';
import type { RosterState } from '../storage/roster-reads.ts';

export interface RosterAsked {
  readonly room: string;
  /** `2026-11-26`. */
  readonly from: string;
  readonly days: number;
}

/** From the first midnight to the last, ms UTC. */
export function stretchOf({ from, days }: Pick<RosterAsked, 'from' | 'days'>, timeZone: string): ShiftEnds {
  const first = Date.parse(`${from}T00:00:00Z`);
  return { from: momentOf(timeZone, first), to: momentOf(timeZone, first + days * 86_400_000) };
}

export function rosterView(
  asked: RosterAsked,
  state: RosterState,
  given: {
    readonly at: number;
    readonly timeZone: string;
    readonly mayEdit: boolean;
    readonly me: string | null;
    readonly outdated: readonly OutdatedReport[];
  },
): RosterView {
  const { at, timeZone } = given;
  const span = stretchOf(asked, timeZone);
  const shifts = shiftsOf(asked, state, timeZone);
  const planned = shifts.filter(({ posts }) => posts.length > 0).map((shift) => asShift(asked.room, shift));
  // The night that reaches into the first day is shown with the day before, and so is what is wrong with it.
  const before = new Set(planned.filter(({ from }) => from !== null && from < span.from).map(({ id }) => id));
  const isOfBefore = (trouble: RosterTrouble) =>
    ('shift' in trouble && before.has(trouble.shift)) ||
    ('shifts' in trouble && trouble.shifts.every((id) => before.has(id)));
  return {
    ...asked,
    ...{ at, mayEdit: given.mayEdit, me: given.me },
    ...{ rules: state.rules, rulesVersion: state.version, people: state.people },
    shifts: shifts.filter(({ from }) => from >= span.from && from < span.to),
    standing: {
      leaders: [...new Set(state.standing.flatMap(({ leaders }) => leaders))],
      officers: [...new Set(state.standing.flatMap(({ officers }) => officers))],
    },
    troubles: troublesOf([...planned, ...state.standing], state.people, { room: asked.room, ...span }).filter(
      (trouble) => !isOfBefore(trouble),
    ),
    ...{
      swaps: state.swaps.map((swap) => asItStands(swap, at)),
      publications: state.publications,
      reports: state.reports,
    },
    outdated: given.outdated,
    due: reportsDue(state.rules.holidays, state.reports, at, timeZone),
  };
}

/** What nobody answered and nobody can answer any more has lapsed, also before anything is written. */
function asItStands(swap: SwapView, at: number): SwapView {
  const lapsedAt = lapsesAt(swap);
  return swap.state === 'asked' && lapsedAt <= at ? { ...swap, state: 'lapsed', answeredAt: lapsedAt } : swap;
}

/** Every shift that touches the days: those of the pattern, and those that were planned or published by another one. */
function shiftsOf(asked: RosterAsked, state: RosterState, timeZone: string): readonly RosterShiftView[] {
  // The night before reaches into the first day.
  const days = daysFrom(dayBefore(asked.from), asked.days + 1);
  const slots = slotsOf({ room: asked.room, parts: state.rules.parts }, days, timeZone);
  const views = new Map<string, RosterShiftView>();
  const put = (shift: Omit<PlannedShift, 'posts'>, change: Partial<RosterShiftView>) => {
    const key = `${shift.from}-${shift.to}`;
    const day = wallTextIn(timeZone, shift.from).slice(0, 10);
    const { from, to, name } = shift;
    const fresh = { name, day, from, to, posts: [], published: null, revision: 0, inPattern: false };
    views.set(key, { ...(views.get(key) ?? fresh), ...change });
  };
  for (const slot of slots) put(slot, { inPattern: true });
  for (const shift of state.published) put(shift, { posts: shift.posts, published: shift.posts });
  for (const plan of state.plans) put(plan, { posts: plan.posts, revision: plan.revision });
  return [...views.values()]
    .filter(({ inPattern, posts, published }) => inPattern || posts.length > 0 || published !== null)
    .toSorted((one, other) => one.from - other.from || one.to - other.to);
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
