/**
 * 通话经过 in the order in which things happen. Asterisk 22.10 may tell DialBegin after the telephone has begun to ring: 呼叫 stands
 * before 振铃 where both are of the same second. The facts keep the order in which they were told.
 */
import type { CourseStep } from '../web/protocol/call-view.ts';

export function inCourse(steps: readonly CourseStep[]): readonly CourseStep[] {
  const shown: CourseStep[] = [];
  for (const step of steps) {
    const place = step.kind === 'leg-dialled' ? rungBefore(shown, step) : -1;
    shown.splice(place === -1 ? shown.length : place, 0, step);
  }
  return shown;
}

/** Where the telephone that is called already rang or was taken up, without a call to it before that; -1: nowhere. */
function rungBefore(shown: readonly CourseStep[], dialled: CourseStep): number {
  const own = shown.findIndex((step) => phoneOf(step) === phoneOf(dialled) && phoneOf(step) !== null);
  const first = shown[own];
  if (first === undefined || second(first.at) !== second(dialled.at)) return -1;
  return first.kind === 'leg-rang' || first.kind === 'leg-answered' ? own : -1;
}

function phoneOf({ kind, detail }: CourseStep): string | number | boolean | null {
  return kind.startsWith('leg-') ? (detail.phone ?? detail.endpoint ?? null) : null;
}

function second(at: number): number {
  return Math.floor(at / 1_000);
}
