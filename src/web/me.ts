/** Who a visitor is on the page, and in whose name his commands are kept. */
import type { Asker } from '../records/command.ts';
import type { SeatRow } from '../storage/store/office.ts';
import type { Store } from '../storage/store.ts';
import type { Me } from './protocol/room-view.ts';
import type { Visitor } from './sessions.ts';

export interface Standing {
  readonly me: Me;
  readonly seat: SeatRow | null;
}

/** The person of the seat (换人 may have changed it), else the person the account belongs to. */
export async function standingOf(store: Pick<Store, 'seat' | 'person'>, visitor: Visitor): Promise<Standing> {
  const seat = visitor.session.seat === null ? undefined : await store.seat(visitor.session.seat);
  const { id, name, role, person: own } = visitor.account;
  const seated =
    seat === undefined || seat.person === null ? null : { ...seat.person, keys: seat.personKeys };
  const row = seated === null && own !== null ? await store.person(own) : undefined;
  const who = seated ?? row ?? null;
  const person = who === null ? null : { id: who.id, name: who.name, title: who.title };
  const keys = who?.keys ?? visitor.account.keys;
  return { me: { account: id, name, role, seat: seat?.id ?? null, person, keys }, seat: seat ?? null };
}

export function askerOf(me: Me): Asker {
  return { account: me.account, person: me.person?.id ?? null, seat: me.seat };
}

/** Name shown beside a field somebody writes in. */
export function shownName(me: Me): string {
  return me.person?.name ?? me.name;
}
