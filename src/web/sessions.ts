/**
 * Log-ins that stand. The cookie is a random secret of 256 bits; the store knows only its digest, so that a stolen
 * database opens no session. A session lasts a whole shift while the page is open: idle leads to the page's lock screen,
 * never to a log-out in the middle of the night (D11).
 */
import { createHash, randomBytes } from 'node:crypto';
import type { AccountScope } from '../accounts/access.ts';
import type { Intake } from '../intake.ts';
import type { AccountRow, SessionRow, Store } from '../storage/store.ts';
import type { Log } from './log.ts';
import type { OfficeIndex } from './office-index.ts';

/** Ends so long after the page was last heard of. */
const IDLE_MS = 24 * 3_600_000;
/** Ends at the latest so long after the password was given. */
const LONGEST_MS = 7 * 24 * 3_600_000;
/** `seen` is written no more often than this. */
const TOUCH_MS = 60_000;

/** Who is behind a cookie. */
export interface Visitor {
  readonly session: SessionRow;
  readonly account: AccountRow;
  readonly scope: AccountScope;
}

export interface Sessions {
  /** Opens a session; the token goes into the cookie and nowhere else. */
  open(account: AccountRow): Promise<{ readonly token: string; readonly visitor: Visitor }>;
  /** Null for an unknown, ended or malformed token and for a closed account. */
  find(token: string | undefined): Promise<Visitor | null>;
  /** The same question for a session known by its id: does it still stand? */
  recheck(sessionId: string): Promise<Visitor | null>;
  /** How far an account reaches; null when it is closed or unknown. */
  scopeOf(account: string): Promise<AccountScope | null>;
  end(sessionId: string): Promise<void>;
  /** Told the id of each session that ends here, so that its sockets end with it. */
  onEnd(listener: (sessionId: string) => void): void;
}

export interface SessionDeps {
  readonly store: Pick<Store, 'session' | 'account'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  readonly clock: () => number;
  readonly log: Log;
}

export function createSessions(deps: SessionDeps): Sessions {
  const listeners: ((sessionId: string) => void)[] = [];

  async function visitorOf(session: SessionRow): Promise<Visitor | null> {
    const account = await openAccount(session.account);
    return account === null ? null : { session, account, scope: await scopeOf(account) };
  }

  async function openAccount(id: string): Promise<AccountRow | null> {
    const account = await deps.store.account(id);
    return account === undefined || account.disabled ? null : account;
  }

  async function scopeOf({ role, unit }: AccountRow): Promise<AccountScope> {
    return { role, unit, lowerUnits: await deps.offices.unitsBelow(unit) };
  }

  async function recheck(sessionId: string): Promise<Visitor | null> {
    const session = await deps.store.session(sessionId);
    const now = deps.clock();
    if (session === undefined || session.expiresAt <= now) return null;
    const visitor = await visitorOf(session);
    if (visitor !== null && now - session.seenAt >= TOUCH_MS) await touch(session, now);
    return visitor;
  }

  async function touch(session: SessionRow, at: number): Promise<void> {
    const expiresAt = Math.min(at + IDLE_MS, session.openedAt + LONGEST_MS);
    const written = await deps.intake.work({ type: 'session-seen', id: session.id, at, expiresAt });
    if (!written.ok) deps.log('warn', 'session-seen-refused', { code: written.refusal.code });
  }

  return {
    recheck,
    open: async (account) => {
      const token = randomBytes(32).toString('base64url');
      const at = deps.clock();
      const session: SessionRow = {
        id: digest(token),
        account: account.id,
        seat: null,
        openedAt: at,
        seenAt: at,
        expiresAt: at + IDLE_MS,
      };
      const written = await deps.intake.work({
        type: 'session-open',
        id: session.id,
        account: account.id,
        at,
        expiresAt: session.expiresAt,
      });
      const visitor = written.ok ? await visitorOf(session) : null;
      if (visitor === null) throw new Error('the session could not be opened');
      return { token, visitor };
    },
    find: async (token) => (token !== undefined && isToken(token) ? recheck(digest(token)) : null),
    scopeOf: async (id) => {
      const account = await openAccount(id);
      return account === null ? null : scopeOf(account);
    },
    end: async (sessionId) => {
      await deps.intake.work({ type: 'session-end', id: sessionId });
      for (const listener of listeners) listener(sessionId);
    },
    onEnd: (listener) => {
      listeners.push(listener);
    },
  };
}

function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
