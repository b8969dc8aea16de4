/** A person proves himself by PIN at a seat: for 换人 and for signing a 交接班. One counter of wrong ones for both. */
import { BY_PIN } from '../accounts/lock-out.ts';
import type { Intake } from '../intake.ts';
import type { Refusal } from '../records/command.ts';
import type { Store } from '../storage/store.ts';
import { createCounters } from './login.ts';
import { verifyPassword } from './password.ts';
import type { Me } from './protocol/room-view.ts';
import { BUSY, lockedFor, NO_PIN, NOT_FOUND, WRONG_PIN } from './refusals.ts';

export interface PersonPin {
  /** Null: he is who he says, and of this room; else why not. Wrong ones are audited. */
  prove(
    me: Me,
    claim: { readonly person: string; readonly pin: string; readonly room: string },
  ): Promise<Refusal | null>;
}

export function createPersonPin(deps: {
  readonly store: Pick<Store, 'person'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly clock: () => number;
}): PersonPin {
  // By person, not by seat: four digits tried at every seat of the room are still the same four digits.
  const attempts = createCounters(BY_PIN);
  return {
    prove: async (me, { person: id, pin, room }) => {
      const person = await deps.store.person(id);
      if (person === undefined || person.room !== room) return NOT_FOUND;
      if (person.pinHash === null) return NO_PIN;
      const at = deps.clock();
      const wait = attempts.wait(person.id, at);
      if (wait > 0) return lockedFor(wait);
      attempts.fail(person.id, at);
      const verdict = await verifyPassword(pin, person.pinHash);
      if (verdict === 'busy') return BUSY;
      if (verdict === 'wrong') {
        await deps.intake.work({
          ...{ type: 'audit', at: deps.clock(), account: me.account, person: me.person?.id ?? null },
          ...{ kind: 'pin-refused', subject: person.id, payload: { seat: me.seat } },
        });
        return WRONG_PIN;
      }
      attempts.forget(person.id);
      return null;
    },
  };
}
