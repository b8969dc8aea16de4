import { expect, it } from 'vitest';
import { inCourse } from '../../src/ui/course-order.ts';
import type { CourseStep } from '../../src/web/protocol/call-view.ts';

const step = (at: number, kind: string, endpoint = 'PJSIP/1001'): CourseStep => ({
  ...{ at, kind, detail: { endpoint } },
});
const shown = (...steps: readonly CourseStep[]) =>
  inCourse(steps).map(({ kind, detail }) => `${kind} ${String(detail.endpoint)}`);

it('a telephone is called before it rings, where both are of one second', () => {
  const told = [step(1_000, 'call-arrived'), step(1_100, 'leg-rang'), step(1_150, 'leg-dialled')];
  expect(shown(...told)).toEqual([
    'call-arrived PJSIP/1001',
    'leg-dialled PJSIP/1001',
    'leg-rang PJSIP/1001',
  ]);
  // Nothing is given another time, and nothing that was told is changed.
  expect(inCourse(told).map(({ at }) => at)).toEqual([1_000, 1_150, 1_100]);
  expect(told.map(({ at }) => at)).toEqual([1_000, 1_100, 1_150]);
});

it('each by itself: another telephone, another second and a second call of the same one stay where they are', () => {
  const other = [step(1_100, 'leg-rang', 'PJSIP/1002'), step(1_150, 'leg-dialled')];
  const later = [step(1_900, 'leg-rang'), step(2_100, 'leg-dialled')];
  const again = [
    ...[step(1_000, 'leg-dialled'), step(1_100, 'leg-rang'), step(1_200, 'leg-dial-ended')],
    ...[step(1_300, 'leg-dialled'), step(1_400, 'leg-rang')],
  ];
  for (const steps of [other, later, again]) expect(inCourse(steps)).toEqual(steps);
});
