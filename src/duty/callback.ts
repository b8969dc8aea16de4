/**
 * How far a call that waits for a call back has to be told (待回拨). Pure; times in ms UTC.
 *
 * Nobody has touched it: after so long it is told to all seats, after longer to 带班领导 and to the webhook. A superior
 * office waits half as long.
 */
export interface CallbackLimits {
  /** Until all seats hear of it, and until 带班领导 does; ms after the caller gave up. */
  readonly seatsMs: number;
  readonly leaderMs: number;
}

export interface CallbackRule {
  readonly others: CallbackLimits;
  readonly superiors: CallbackLimits;
}

export const CALLBACK_RULE: CallbackRule = {
  others: { seatsMs: 5 * 60_000, leaderMs: 10 * 60_000 },
  superiors: { seatsMs: 2 * 60_000, leaderMs: 5 * 60_000 },
};

export interface WaitingCall {
  readonly since: number;
  /** Somebody said 我来回拨 at this time. */
  readonly claimedAt: number | null;
  /** How far it was told before. */
  readonly level: number;
  readonly superior: boolean;
}

/** 0: nobody, 1: all seats, 2: 带班领导. Never less than before; who takes it on has the same time once more. */
export function levelDue(call: WaitingCall, at: number, rule: CallbackRule): number {
  const { seatsMs, leaderMs } = call.superior ? rule.superiors : rule.others;
  const waited = at - Math.max(call.since, call.claimedAt ?? 0);
  const due = waited >= leaderMs ? 2 : waited >= seatsMs ? 1 : 0;
  return Math.max(due, call.level);
}
