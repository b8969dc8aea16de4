/**
 * Log-ins that stand. The cookie is a random secret of 256 bits; the store knows only its digest, so that a stolen
 * database opens no session. A session lasts a whole shift while the page is open: idle leads to 锁屏待接, never to a log-out
 * in the middle of the night (D11). The lock is a state of the session, kept with it: a locked one is nobody for every
 * question but those few that say they may be asked by one (`whileLocked`).
 */
import { createHash, randomBytes } from 'node:crypto';
import type { AccountScope } from '../accounts/access.ts';
import type { Intake } from '../intake.ts';
import type { AccountRow, SessionRow } from '../storage/store/accounts.ts';
import type { Store } from '../storage/store.ts';
import type { Log } from './log.ts';
import type { OfficeIndex } from './office-index.ts';

/** Ends so long after the page was last heard of. */
const IDLE_MS = 24 * 3_600_000;
/** Ends at the latest so long after the password was given. */
const LONGEST_MS = 7 * 24 * 3_600_000;
/** `seen` is written no more often than this. */
const TOUCH_MS = 60_000;
/** Of sessions whose last key is remembered. */
const MOST_KNOWN = 10_000;

/** When a session that does nothing is locked. */
export type LockReason = 'idle' | 'asked';

/** Who is behind a cookie. */
export interface Visitor {
  readonly session: SessionRow;
  readonly account: AccountRow;
  readonly scope: AccountScope;
}

/** A session that stands, and whether its screen is locked. */
export interface Standing {
  readonly visitor: Visitor;
  readonly locked: boolean;
}

/** What becomes of a session here: its sockets end, lock and open with it. */
export type SessionEvent = 'ended' | 'locked' | 'unlocked';

export interface Sessions {
  /** Opens a session; the token goes into the cookie and nowhere else. */
  open(account: AccountRow): Promise<{ readonly token: string; readonly visitor: Visitor }>;
  /** Null for an unknown, ended or malformed token and for a closed account. One that has been idle too long is locked now. */
  find(token: string | undefined): Promise<Standing | null>;
  /** The same question for a session known by its id: does it still stand? */
  recheck(sessionId: string): Promise<Standing | null>;
  /** Somebody did something there just now. */
  active(sessionId: string): void;
  lock(visitor: Visitor, why: LockReason): Promise<void>;
  /** Only after somebody has said who he is. */
  unlock(sessionId: string): Promise<void>;
  /** How far an account reaches; null when it is closed or unknown. */
  scopeOf(account: string): Promise<AccountScope | null>;
  end(sessionId: string): Promise<void>;
  /** Tells that these have ended already, by another work. */
  haveEnded(sessionIds: readonly string[]): void;
  on(listener: (sessionId: string, event: SessionEvent) => void): void;
}

export interface SessionDeps {
  readonly store: Pick<Store, 'session' | 'account'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  /** Without a key for so long a session is locked; 0: never. */
  readonly lockAfterMs: number;
  readonly clock: () => number;
  readonly log: Log;
}

export function createSessions(deps: SessionDeps): Sessions {
  const listeners: ((sessionId: string, event: SessionEvent) => void)[] = [];
  /** When somebody last did something, by session; kept in the store to the minute, for a restart and for other processes. */
  const activeAt = new Map<string, { readonly at: number; readonly keptAt: number }>();

  function tell(sessionId: string, event: SessionEvent): void {
    if (event === 'ended') activeAt.delete(sessionId);
    for (const listener of listeners) listener(sessionId, event);
  }

  function isIdle(session: SessionRow, now: number): boolean {
    const kept = session.activeAt ?? session.openedAt;
    const since = Math.max(kept, activeAt.get(session.id)?.at ?? kept);
    return deps.lockAfterMs > 0 && now - since >= deps.lockAfterMs;
  }

  function active(sessionId: string): void {
    const at = deps.clock();
    const before = activeAt.get(sessionId);
    const isDue = before === undefined || at - before.keptAt >= TOUCH_MS;
    activeAt.delete(sessionId);
    activeAt.set(sessionId, { at, keptAt: isDue ? at : before.keptAt });
    const oldest = activeAt.keys().next().value;
    if (activeAt.size > MOST_KNOWN && oldest !== undefined) activeAt.delete(oldest);
    if (isDue) keepActive(sessionId, at).catch(notKept);
  }

  async function keepActive(id: string, at: number): Promise<void> {
    const written = await deps.intake.work({ type: 'session-active', id, at });
    if (!written.ok) notKept(written.refusal.code);
  }

  function notKept(error: unknown): void {
    deps.log('warn', 'session-active-not-kept', { error: String(error) });
  }

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

  async function recheck(sessionId: string): Promise<Standing | null> {
    const session = await deps.store.session(sessionId);
    const now = deps.clock();
    if (session === undefined || session.expiresAt <= now) return null;
    const visitor = await visitorOf(session);
    if (visitor === null) return null;
    const locked = session.lockedAt !== null;
    const idle = !locked && isIdle(session, now);
    if (idle) await lock(visitor, 'idle');
    if (now - session.seenAt >= TOUCH_MS) await touch(session, now);
    return { visitor, locked: locked || idle };
  }

  async function lock(visitor: Visitor, why: LockReason): Promise<void> {
    const { session, account } = visitor;
    const at = deps.clock();
    const written = await deps.intake.work({ type: 'session-lock', id: session.id, at });
    if (!written.ok) throw new Error(`the session could not be locked: ${written.refusal.code}`);
    await deps.intake.work({
      type: 'audit',
      at,
      account: account.id,
      person: account.person,
      kind: 'screen-locked',
      subject: session.seat,
      payload: { why },
    });
    tell(session.id, 'locked');
  }

  async function touch(session: SessionRow, at: number): Promise<void> {
    const expiresAt = Math.min(at + IDLE_MS, session.openedAt + LONGEST_MS);
    const written = await deps.intake.work({ type: 'session-seen', id: session.id, at, expiresAt });
    if (!written.ok) deps.log('warn', 'session-seen-refused', { code: written.refusal.code });
  }

  return {
    recheck,
    lock,
    active,
    unlock: async (sessionId) => {
      // First: whoever looks between the commit and this would find it open and idle, and lock it again.
      active(sessionId);
      const written = await deps.intake.work({ type: 'session-unlock', id: sessionId });
      if (!written.ok) throw new Error(`the session could not be unlocked: ${written.refusal.code}`);
      tell(sessionId, 'unlocked');
    },
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
        lockedAt: null,
        activeAt: at,
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
      tell(sessionId, 'ended');
    },
    haveEnded: (sessionIds) => {
      for (const id of sessionIds) tell(id, 'ended');
    },
    on: (listener) => {
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
