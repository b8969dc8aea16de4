/** The audit trail. */
import { auditOf, verifyAudit } from '../audit-chain.ts';
import type { ReadDeps } from '../read.ts';

export interface StoredAudit {
  /** What the audit trail says of one thing, oldest first; the payload is null once erased. */
  auditOf(subject: string): Promise<readonly AuditRow[]>;
  /** Walks the whole audit chain: ok, or the first entry that does not fit. */
  verifyAudit(): Promise<AuditVerdict>;
}

export interface AuditRow {
  readonly at: number;
  readonly account: string | null;
  readonly person: string | null;
  readonly kind: string;
  readonly payloadJson: string | null;
}

export type AuditVerdict =
  | { readonly ok: true; readonly entries: number; readonly erased: number }
  | {
      readonly ok: false;
      readonly entry: number;
      readonly why: 'chain-broken' | 'payload-changed' | 'entry-missing';
    };

export function storedAudit({ db }: ReadDeps): StoredAudit {
  return {
    auditOf: (subject) => auditOf(db, subject),
    verifyAudit: () => verifyAudit(db),
  };
}
