/** The locked screen of a page that cannot reach the service: made of what it knows, without calls, opened by nobody. Pure. */
import type { LockView } from '../../web/protocol/lock-view.ts';
import type { DeskState } from '../desk-state.ts';

/** Null: there is nothing to lock. When the service answers again, it says whether the screen stays so. */
export function lockedAlone({ session, me, room, lock }: DeskState): LockView | null {
  if (session !== 'in' || me === null || lock !== null) return null;
  const seat = room?.seats.find(({ id }) => id === me.seat);
  return {
    name: me.person?.name ?? me.name,
    person: me.person?.id ?? null,
    keys: me.keys,
    seat: seat === undefined || room === null ? null : { name: seat.name, room: room.name },
    people: [],
    line: 'connecting',
    calls: [],
  };
}
