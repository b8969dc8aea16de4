/** What the page sends about 值班电话检测: hostile until it has come through here. */
import { z } from 'zod';
import type { FindingDecision } from '../../diagnosis/finding.ts';

const decision = z.strictObject({
  opId: z.string().regex(/^[0-9A-Za-z-]{1,64}$/),
  decision: z.enum(['confirmed', 'dismissed', 'closed']),
  // How long it may be is the rule of the decision; here stands only what nobody types.
  reason: z.string().max(10_000),
});

const printed = z.strictObject({
  state: z.enum(['all', 'suspect', 'confirmed', 'dismissed', 'closed']),
});

export interface DecisionBody {
  readonly opId: string;
  readonly decision: FindingDecision;
  readonly reason: string;
}

/** Null: malformed. */
export function parseDecisionBody(body: unknown): DecisionBody | null {
  const parsed = decision.safeParse(body).data;
  return parsed === undefined ? null : { ...parsed, decision: `finding-${parsed.decision}` };
}

/** Which of the findings were printed. Null: malformed. */
export function parsePrintedBody(body: unknown): { readonly state: string } | null {
  return printed.safeParse(body).data ?? null;
}
