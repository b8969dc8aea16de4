/** Seats: which one a browser stands at, and 换人 by PIN, so that 记录人 is true. */
import { may } from '../accounts/access.ts';
import { BY_PIN } from '../accounts/lock-out.ts';
import type { Intake } from '../intake.ts';
import type { Refusal } from '../records/command.ts';
import type { Store } from '../storage/store.ts';
import type { SeatWork } from '../storage/work.ts';
import { createCounters } from './login.ts';
import type { OfficeIndex } from './office-index.ts';
import { verifyPassword } from './password.ts';
import type { Me } from './protocol/room-view.ts';
import { BUSY, lockedFor, NO_PIN, NO_SEAT, NOT_FOUND, WRONG_PIN } from './refusals.ts';
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
  readonly clock: () => number;
}): SeatDesk {
  // By person, not by seat: four digits tried at every seat of the room are still the same four digits.
  const attempts = createCounters(BY_PIN);

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
      const person = await deps.store.person(personId);
      if (person === undefined || person.room !== seat.room) return { ok: false, refusal: NOT_FOUND };
      if (person.pinHash === null) return { ok: false, refusal: NO_PIN };
      const at = deps.clock();
      const wait = attempts.wait(person.id, at);
      if (wait > 0) return { ok: false, refusal: lockedFor(wait) };
      attempts.fail(person.id, at);
      const verdict = await verifyPassword(pin, person.pinHash);
      if (verdict === 'busy') return { ok: false, refusal: BUSY };
      if (verdict === 'wrong') {
        await audit(me, 'pin-refused', person.id);
        return { ok: false, refusal: WRONG_PIN };
      }
      attempts.forget(person.id);
      await audit(me, 'person-changed', person.id);
      return sitDown(seat.id, person.id, seat.room);
    },
  };
}
