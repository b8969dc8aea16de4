/** Seats: which one a browser stands at, and 换人 by PIN, so that 记录人 is true. */
import { may } from '../accounts/access.ts';
import type { Intake } from '../intake.ts';
import type { Refusal } from '../records/command.ts';
import type { SeatWork } from '../storage/account-work.ts';
import type { Store } from '../storage/store.ts';
import type { OfficeIndex } from './office-index.ts';
import type { PersonPin } from './person-pin.ts';
import type { Me } from './protocol/room-view.ts';
import { NO_SEAT, NOT_FOUND } from './refusals.ts';
import type { Visitor } from './sessions.ts';

export type SeatOutcome =
  | { readonly ok: true; readonly position: number; readonly room: string }
  | { readonly ok: false; readonly refusal: Refusal };

export interface SeatDesk {
  /** An officer who logs in with an account of his own sits there at once; a shared account keeps who sits there. */
  take(visitor: Visitor, seat: string): Promise<SeatOutcome>;
  changePerson(me: Me, person: string, pin: string): Promise<SeatOutcome>;
}

export function createSeatDesk(deps: {
  readonly store: Pick<Store, 'seat' | 'person'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  readonly pins: PersonPin;
  readonly clock: () => number;
}): SeatDesk {
  async function sitDown(seat: string, person: string, room: string): Promise<SeatOutcome> {
    const work: SeatWork = { type: 'seat-person', seat, person, at: deps.clock() };
    const written = await deps.intake.work(work);
    return written.ok ? { ok: true, position: written.position, room } : written;
  }

  async function audit(me: Me, kind: string, person: string): Promise<void> {
    await deps.intake.work({
      type: 'audit',
      at: deps.clock(),
      account: me.account,
      person: me.person?.id ?? null,
      kind,
      subject: person,
      payload: { seat: me.seat },
    });
  }

  return {
    take: async (visitor, seatId) => {
      const seat = await deps.store.seat(seatId);
      const unit = seat === undefined ? null : await deps.offices.unitOfRoom(seat.room);
      if (seat === undefined || unit === null || !may(visitor.scope, 'sit', unit)) {
        return { ok: false, refusal: NOT_FOUND };
      }
      const written = await deps.intake.work({
        type: 'session-seat',
        id: visitor.session.id,
        seat: seat.id,
      });
      if (!written.ok) return written;
      const own =
        visitor.account.person === null ? undefined : await deps.store.person(visitor.account.person);
      if (own === undefined || own.room !== seat.room || own.id === seat.person?.id) {
        return { ok: true, position: written.position, room: seat.room };
      }
      return sitDown(seat.id, own.id, seat.room);
    },

    changePerson: async (me, personId, pin) => {
      const seat = me.seat === null ? undefined : await deps.store.seat(me.seat);
      if (seat === undefined) return { ok: false, refusal: NO_SEAT };
      const refused = await deps.pins.prove(me, { person: personId, pin, room: seat.room });
      if (refused !== null) return { ok: false, refusal: refused };
      await audit(me, 'person-changed', personId);
      return sitDown(seat.id, personId, seat.room);
    },
  };
}
