/** Accounts, their log-ins, who sits where, and the keys somebody has chosen. */
import type { Role } from '../accounts/access.ts';
import type { KeyMap } from '../keys/own-keys.ts';

export type AccountWork =
  | {
      readonly type: 'account-add';
      readonly id: string;
      /** Log-in name, unique without regard to case. */
      readonly login: string;
      readonly name: string;
      readonly role: Role;
      readonly unit: string;
      readonly person: string | null;
      /** argon2id in PHC notation. */
      readonly passwordHash: string;
      readonly at: number;
    }
  | {
      readonly type: 'account-password';
      readonly account: string;
      readonly passwordHash: string;
      readonly at: number;
      /** The log-in that stays, where its own person changed it; all others of the account end. */
      readonly keep?: string;
    }
  | { readonly type: 'account-totp'; readonly account: string; readonly secret: string | null }
  | {
      readonly type: 'account-disabled';
      readonly account: string;
      readonly disabled: boolean;
      readonly at: number;
    }
  /** After each attempt: the failures in a row and how long the account stays shut. */
  | {
      readonly type: 'account-attempt';
      readonly account: string;
      readonly failures: number;
      readonly lockedUntil: number | null;
    };

export type SessionWork =
  | {
      readonly type: 'session-open';
      /** Digest of the cookie's secret, never the secret. */
      readonly id: string;
      readonly account: string;
      readonly at: number;
      readonly expiresAt: number;
    }
  | { readonly type: 'session-seen'; readonly id: string; readonly at: number; readonly expiresAt: number }
  | { readonly type: 'session-seat'; readonly id: string; readonly seat: string | null }
  /** Somebody did something there. */
  | { readonly type: 'session-active'; readonly id: string; readonly at: number }
  /** 锁屏待接: it sees nothing until somebody says who he is. */
  | { readonly type: 'session-lock'; readonly id: string; readonly at: number }
  | { readonly type: 'session-unlock'; readonly id: string }
  | { readonly type: 'session-end'; readonly id: string };

export type SeatWork =
  /** 换人: who sits at this seat from now on. */
  | {
      readonly type: 'seat-person';
      readonly seat: string;
      readonly person: string | null;
      readonly at: number;
    }
  | {
      readonly type: 'person-pin';
      readonly person: string;
      readonly pinHash: string | null;
      readonly at: number;
    };

/** 设置: the keys that somebody has chosen, all of them anew; of the person, or of an account that belongs to nobody. */
export interface OwnKeysWork {
  readonly type: 'own-keys';
  readonly of: { readonly person: string } | { readonly account: string };
  readonly keys: KeyMap;
}
