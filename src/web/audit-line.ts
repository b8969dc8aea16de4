/** The line of the audit trail without which nothing is heard, exported or printed. */
import type { Intake } from '../intake.ts';
import type { Visitor } from './sessions.ts';

/** `subject`: the id of what it is about. Rejects when the line cannot be written. */
export type Audit = (
  visitor: Visitor,
  kind: string,
  subject: string | null,
  payload: Readonly<Record<string, string | number | boolean | null>>,
) => Promise<void>;

export interface AuditDeps {
  readonly intake: Pick<Intake, 'work'>;
  readonly clock: () => number;
}

export function auditBy({ intake, clock }: AuditDeps): Audit {
  return async (visitor, kind, subject, payload) => {
    const { id: account, person } = visitor.account;
    const written = await intake.work({
      ...{ type: 'audit', at: clock(), account, person, kind, subject, payload },
    });
    if (!written.ok) throw new Error(`audit refused: ${written.refusal.code}`);
  };
}
