/**
 * Log-in: same answer and same cost whether the name, the password or the account is wrong, and slower with every wrong
 * attempt (`accounts/lock-out.ts`). The counters live in memory; for known accounts the count is also kept, so that a
 * restart forgives nobody.
 */
import type { Attempts, LockOutRule } from '../accounts/lock-out.ts';
import {
  afterFailure,
  FROM_ANYWHERE,
  FROM_ONE_ADDRESS,
  NO_ATTEMPTS,
  waitBeforeTrying,
} from '../accounts/lock-out.ts';
import type { Intake } from '../intake.ts';
import type { Refusal } from '../records/command.ts';
import type { AccountRow } from '../storage/store/accounts.ts';
import type { Store } from '../storage/store.ts';
import { verifyPassword } from './password.ts';
import { BUSY, LOGIN_REFUSED, lockedFor, TOTP_NEEDED } from './refusals.ts';
import { matchTotp } from './totp.ts';

export interface LoginRequest {
  readonly login: string;
  readonly password: string;
  readonly totp: string | null;
  readonly address: string;
}

export type LoginOutcome =
  | { readonly ok: true; readonly account: AccountRow }
  | { readonly ok: false; readonly refusal: Refusal };

export interface LoginDeps {
  readonly store: Pick<Store, 'accountByLogin'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly clock: () => number;
}

export function createLogin(deps: LoginDeps): (request: LoginRequest) => Promise<LoginOutcome> {
  const fromAddress = createCounters(FROM_ONE_ADDRESS);
  const fromAnywhere = createCounters(FROM_ANYWHERE);
  const usedSteps = new Map<string, number>();

  return async (request) => {
    const name = request.login.normalize('NFKC').toLowerCase();
    const key = `${name}\n${request.address}`;
    const account = await deps.store.accountByLogin(request.login);
    const at = deps.clock();
    const wait = Math.max(
      fromAddress.wait(key, at),
      fromAnywhere.wait(name, at),
      (account?.lockedUntil ?? 0) - at,
    );
    if (wait > 0) return refuse(request, account, lockedFor(wait));
    // Counted before the slow hash: a hundred attempts sent at once would otherwise all find the counter at zero.
    fromAddress.fail(key, at);
    fromAnywhere.fail(name, at);
    const verdict = await verifyPassword(request.password, account?.passwordHash ?? null);
    if (verdict === 'busy') return { ok: false, refusal: BUSY };
    if (verdict === 'wrong' || account === undefined || account.disabled) {
      await keepCount(account, fromAnywhere.of(name));
      return refuse(request, account, LOGIN_REFUSED);
    }
    if (account.totpSecret !== null) {
      if (request.totp === null) return { ok: false, refusal: TOTP_NEEDED };
      if (!takesTotp(account.id, account.totpSecret, request.totp, at)) {
        await keepCount(account, fromAnywhere.of(name));
        return refuse(request, account, LOGIN_REFUSED);
      }
    }
    fromAddress.forget(key);
    fromAnywhere.forget(name);
    if (account.failures > 0) await keepCount(account, NO_ATTEMPTS);
    return { ok: true, account };
  };

  function takesTotp(account: string, secret: string, code: string, at: number): boolean {
    const step = matchTotp(secret, code, at);
    if (step === null || step <= (usedSteps.get(account) ?? 0)) return false;
    usedSteps.set(account, step);
    return true;
  }

  async function keepCount(account: AccountRow | undefined, attempts: Attempts): Promise<void> {
    if (account === undefined) return;
    await deps.intake.work({
      type: 'account-attempt',
      account: account.id,
      failures: attempts.failures,
      lockedUntil: attempts.lockedUntil === 0 ? null : attempts.lockedUntil,
    });
  }

  async function refuse(
    request: LoginRequest,
    account: AccountRow | undefined,
    refusal: Refusal,
  ): Promise<LoginOutcome> {
    // The name as typed is not kept: people type passwords into the wrong box.
    await deps.intake.work({
      type: 'audit',
      at: deps.clock(),
      account: account?.id ?? null,
      person: account?.person ?? null,
      kind: 'login-refused',
      subject: account?.id ?? null,
      payload: { address: request.address, code: refusal.code },
    });
    return { ok: false, refusal };
  }
}

export interface Counters {
  wait(key: string, at: number): number;
  fail(key: string, at: number): void;
  forget(key: string): void;
  of(key: string): Attempts;
}

/** Attempts by key under one rule, the oldest forgotten when there are too many keys to remember. */
export function createCounters(rule: LockOutRule, most = 10_000): Counters {
  const counts = new Map<string, Attempts>();
  const of = (key: string): Attempts => counts.get(key) ?? NO_ATTEMPTS;
  return {
    of,
    wait: (key, at) => waitBeforeTrying(of(key), at),
    forget: (key) => {
      counts.delete(key);
    },
    fail: (key, at) => {
      const next = afterFailure(of(key), at, rule);
      counts.delete(key);
      counts.set(key, next);
      const oldest = counts.keys().next().value;
      if (counts.size > most && oldest !== undefined) counts.delete(oldest);
    },
  };
}
