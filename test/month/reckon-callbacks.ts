/** 待回拨 of the month, from the plan: who was missed, since when, and what closed it first. */
import { answeredAt, endedAt, type PlannedCall } from './planned-calls.ts';

export interface Waiting {
  readonly since: number;
  readonly closedAt: number | null;
  readonly how: 'called-back' | 'called-again' | 'given-up' | 'decided' | null;
}

/** By key of the call that was missed. */
export function waitingOf(calls: readonly PlannedCall[]): ReadonlyMap<string, Waiting> {
  const byNumber = Map.groupBy(calls, ({ number }) => number);
  const missed = calls.filter(({ direction, talkMs }) => direction === 'inbound' && talkMs === null);
  return new Map(
    missed.map((call) => {
      const since = endedAt(call);
      const talks = call.number === null ? [] : (byNumber.get(call.number) ?? []);
      const ends = [
        ...talks.flatMap((talk) => {
          const at = answeredAt(talk);
          const how = talk.direction === 'outbound' ? ('called-back' as const) : ('called-again' as const);
          return at === null || at < since ? [] : [{ at, how }];
        }),
        ...(call.form === null ? [] : [{ at: call.form.at, how: 'decided' as const }]),
        ...(call.giveUpAt === null ? [] : [{ at: call.giveUpAt, how: 'given-up' as const }]),
      ];
      const first = ends.toSorted((one, other) => one.at - other.at)[0];
      return [call.key, { since, closedAt: first?.at ?? null, how: first?.how ?? null }];
    }),
  );
}
