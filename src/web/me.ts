/** Who a visitor is on the page, and in whose name his commands are kept. */
import type { Asker } from '../records/command.ts';
import type { SeatRow, Store } from '../storage/store.ts';
import type { Me, PersonView } from './protocol/room-view.ts';
import type { Visitor } from './sessions.ts';

export interface Standing {
  readonly me: Me;
  readonly seat: SeatRow | null;
}

/** The person of the seat (换人 may have changed it), else the person the account belongs to. */
export async function standingOf(store: Pick<Store, 'seat' | 'person'>, visitor: Visitor): Promise<Standing> {
  const seat = visitor.session.seat === null ? undefined : await store.seat(visitor.session.seat);
  const person = seat?.person ?? (await ownPerson(store, visitor));
  const { id, name, role } = visitor.account;
  return { me: { account: id, name, role, seat: seat?.id ?? null, person }, seat: seat ?? null };
}

export function askerOf(me: Me): Asker {
  return { account: me.account, person: me.person?.id ?? null, seat: me.seat };
}

/** Name shown beside a field somebody writes in. */
export function shownName(me: Me): string {
  return me.person?.name ?? me.name;
}

async function ownPerson(store: Pick<Store, 'person'>, visitor: Visitor): Promise<PersonView | null> {
  if (visitor.account.person === null) return null;
  const row = await store.person(visitor.account.person);
  return row === undefined ? null : { id: row.id, name: row.name, title: row.title };
}
