import { expect, it } from 'vitest';
import { nearest } from '../../src/ui/clocks.ts';
import type { RoomClock } from '../../src/web/protocol/room-view.ts';

const MIN = 60_000;
const clock = (name: string, dueAt: number | null): RoomClock => ({
  ...{ incident: 'i', title: '山火', clock: name, name, dueAt, heard: [] },
});

it('the desk shows what is near or over, 第一时间 before all, and nothing that still has time', () => {
  const now = 100 * MIN;
  const all = [
    ...[clock('near', now + 10 * MIN), clock('far', now + 10 * MIN + 1), clock('at once', null)],
    ...[clock('over', now - MIN)],
  ];
  expect(nearest(all, now).map(({ name }) => name)).toEqual(['at once', 'over', 'near']);
});
