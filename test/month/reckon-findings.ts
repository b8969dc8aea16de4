/** 疑似 of the line, from the plan: one is open of a kind at a time, and a call that rang for more than 15 s opens the next. */

import { answeredAt, endedAt, type PlannedCall } from './planned-calls.ts';
import { DECISIONS, SETTING_SEEN_AT } from './planned-papers.ts';

export const LATE_MS = 15_000;
export const GOOD_MS = 11_000;

type State = 'suspect' | 'confirmed' | 'dismissed' | 'closed';
export interface ReckonedFinding {
  readonly kind: 'rang-long' | 'forward-setting';
  readonly openedAt: number;
  /** When it was noticed, the first time too. */
  readonly noticed: readonly number[];
  readonly decided: readonly { readonly at: number; readonly to: State }[];
}

/** An incoming call whose phone rang too long, and when that was known. */
function rangLongAt(call: PlannedCall): number | null {
  if (call.direction === 'outbound' || call.ringMs <= LATE_MS) return null;
  return answeredAt(call) ?? endedAt(call);
}

export function findingsOf(calls: readonly PlannedCall[]): readonly ReckonedFinding[] {
  const noticed = [
    ...calls.flatMap((call) => {
      const at = rangLongAt(call);
      return at === null ? [] : [{ kind: 'rang-long' as const, at }];
    }),
    { kind: 'forward-setting' as const, at: SETTING_SEEN_AT },
  ];
  const found: { -readonly [Key in keyof ReckonedFinding]: ReckonedFinding[Key] }[] = [];
  const open = (kind: string) =>
    found.findLast((one) => one.kind === kind && !['dismissed', 'closed'].includes(stateAt(one, Infinity)));
  const steps = [
    ...noticed.map(({ kind, at }) => ({ at, kind, to: null })),
    ...DECISIONS.map(({ kind, at, to }) => ({ at, kind, to })),
  ].toSorted((one, other) => one.at - other.at);
  for (const { kind, at, to } of steps) {
    const one = open(kind);
    if (to !== null && one !== undefined) one.decided = [...one.decided, { at, to }];
    else if (one !== undefined) one.noticed = [...one.noticed, at];
    else if (to === null) found.push({ kind, openedAt: at, noticed: [at], decided: [] });
  }
  return found;
}

export function stateAt({ decided }: ReckonedFinding, at: number): State {
  return decided.findLast((one) => one.at <= at)?.to ?? 'suspect';
}

export const isOpenAt = (finding: ReckonedFinding, at: number): boolean =>
  finding.openedAt <= at && ['suspect', 'confirmed'].includes(stateAt(finding, at));
