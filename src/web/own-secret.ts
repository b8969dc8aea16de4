/**
 * Proves that who stands at an open or locked session is its own person: the password of its account, slowed as a log-in is.
 * The one-time code was asked for when the session was opened and is not asked for again.
 */
import { FROM_ONE_ADDRESS } from '../accounts/lock-out.ts';
import type { Intake } from '../intake.ts';
import type { Refusal } from '../records/command.ts';
import type { AccountRow } from '../storage/store/accounts.ts';
import { createCounters } from './login.ts';
import { verifyPassword } from './password.ts';
import { BUSY, lockedFor, WRONG_PASSWORD } from './refusals.ts';

/** Null when it is the right one. */
export type OwnSecret = (account: AccountRow, password: string) => Promise<Refusal | null>;

export function createOwnSecret(deps: {
  readonly intake: Pick<Intake, 'work'>;
  readonly clock: () => number;
}): OwnSecret {
  const attempts = createCounters(FROM_ONE_ADDRESS);
  return async (account, password) => {
    const at = deps.clock();
    const wait = attempts.wait(account.id, at);
    if (wait > 0) return lockedFor(wait);
    attempts.fail(account.id, at);
    const verdict = await verifyPassword(password, account.passwordHash);
    if (verdict === 'busy') return BUSY;
    if (verdict === 'right') {
      attempts.forget(account.id);
      return null;
    }
    await deps.intake.work({
      type: 'audit',
      at,
      account: account.id,
      person: account.person,
      kind: 'own-password-refused',
      subject: account.id,
      payload: {},
    });
    return WRONG_PASSWORD;
  };
}
