/** 设置: what a person sees of the own account. */
import type { Role } from '../../accounts/access.ts';

export interface OwnAccountView {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly unit: string;
  /** Null: a shared account, which has no PIN of its own. */
  readonly person: string | null;
  readonly hasPin: boolean;
  readonly totp: boolean;
  /** Log-ins of this account elsewhere. */
  readonly otherSessions: number;
}

/** A secret that counts once a code of it was typed. */
export interface TotpOffer {
  /** Base32. */
  readonly secret: string;
  /** `otpauth://totp/…`, as telephone apps read it. */
  readonly address: string;
}
