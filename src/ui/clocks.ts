/** Which 时限 of the room the desk shows. Pure. */
import { phaseOf } from '../duty/incident-clock.ts';
import type { RoomClock } from '../web/protocol/room-view.ts';

/** What runs out first comes first; 第一时间 before all. */
export function nearest(clocks: readonly RoomClock[], now: number): readonly RoomClock[] {
  return clocks
    .filter(({ dueAt }) => phaseOf({ dueAt, doneAt: null }, now) !== 'running')
    .sort((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0));
}
