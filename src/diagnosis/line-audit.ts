/** What an audit of one line's settings gives: pure vocabulary between who reads the PBX and who keeps findings. */
import type { SettingSuspicion } from './setting-suspicion.ts';

export interface LineAudit {
  readonly suspicions: readonly SettingSuspicion[];
  /** What could not be read or seen, each with its reason. With any that `blocks`, no suspicion is no proof. */
  readonly unreadable: readonly AuditGap[];
  readonly looked: AuditScope;
}

/** What was looked at, so that "nothing found" can be believed. */
export interface AuditScope {
  /** Where calls of the line arrive. */
  readonly entries: readonly { readonly context: string; readonly extension: string }[];
  readonly contexts: number;
  readonly steps: number;
  /** AstDB keys that were read. */
  readonly keys: number;
  /** Phones that ring, and their state as Asterisk says it (`NOT_INUSE`, `UNAVAILABLE` …); null: not told. */
  readonly phones: readonly { readonly endpoint: string; readonly state: string | null }[];
}

export interface AuditGap {
  /** Part that was not read or seen. */
  readonly what: 'connection' | 'dialplan' | 'database' | 'entry' | 'phones' | 'queue' | 'walk';
  /** True: nothing can be said of this part. False: something in it cannot be seen. */
  readonly blocks: boolean;
  readonly zh: string;
  readonly en: string;
}

/** As it goes into the one loop: findings are opened, repeated and closed by it. */
export interface SettingsAudit extends LineAudit {
  readonly type: 'settings-audit';
  readonly line: string;
  /** Integer ms UTC. */
  readonly at: number;
}
