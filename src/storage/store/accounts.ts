/** Accounts and their log-ins. */
import type { Role } from '../../accounts/access.ts';
import type { KeyMap } from '../../keys/own-keys.ts';
import { type LockNoteRow, lockNotesOf } from '../lock-notes.ts';
import type { ReadDeps } from '../read.ts';
import { accountRow, sessionRow } from '../service-reads.ts';

export interface StoredAccounts {
  account(id: string): Promise<AccountRow | undefined>;
  accountByLogin(login: string): Promise<AccountRow | undefined>;
  accounts(): Promise<readonly AccountRow[]>;
  session(id: string): Promise<SessionRow | undefined>;
  /** Ids of the log-ins of an account. */
  sessionsOf(account: string): Promise<readonly string[]>;
  /** 先记后登: what was written at a locked seat and nobody has signed, but for what another locked log-in still writes. */
  lockNotes(seat: string, session: string): Promise<readonly LockNoteRow[]>;
}

export interface AccountRow {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly unit: string;
  readonly person: string | null;
  readonly passwordHash: string;
  readonly totpSecret: string | null;
  readonly failures: number;
  readonly lockedUntil: number | null;
  readonly disabled: boolean;
  /** Hold where nobody is known to sit. */
  readonly keys: KeyMap;
}

export interface SessionRow {
  readonly id: string;
  readonly account: string;
  readonly seat: string | null;
  readonly openedAt: number;
  readonly seenAt: number;
  readonly expiresAt: number;
  /** 锁屏待接 since then, ms UTC; null: it is open. */
  readonly lockedAt: number | null;
  /** When somebody last did something there, to the minute; null: before this was kept. */
  readonly activeAt: number | null;
}

export function storedAccounts(deps: ReadDeps): StoredAccounts {
  const { db } = deps;
  return {
    async account(id) {
      const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : accountRow(row);
    },
    async accountByLogin(login) {
      const key = login.toLowerCase();
      const row = await db.selectFrom('accounts').selectAll().where('login_key', '=', key).executeTakeFirst();
      return row === undefined ? undefined : accountRow(row);
    },
    async accounts() {
      return (await db.selectFrom('accounts').selectAll().orderBy('login_key').execute()).map(accountRow);
    },
    async session(id) {
      const row = await db.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : sessionRow(row);
    },
    async sessionsOf(account) {
      const rows = await db.selectFrom('sessions').select('id').where('account', '=', account).execute();
      return rows.map(({ id }) => id);
    },
    lockNotes: (seat, session) => lockNotesOf(deps, seat, session),
  };
}
