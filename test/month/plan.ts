/** The whole month as plain data, drawn from one seed. */
import { seeded } from '../support/seeded.ts';
import { type PlannedCall, plannedCalls } from './planned-calls.ts';
import { NOT_REPORTABLE } from './planned-incidents.ts';
import { type PlannedRoster, plannedRoster } from './planned-roster.ts';
import { type PlannedHandOver, plannedTurns } from './planned-turns.ts';

/** 突发信息 of which nothing had to be reported; said then. */
export interface NotReportable {
  readonly key: string;
  readonly at: number;
}

export interface Plan {
  readonly roster: PlannedRoster;
  readonly handOvers: readonly PlannedHandOver[];
  readonly calls: readonly PlannedCall[];
  readonly notReportable: readonly NotReportable[];
}

/** The hand-over that is refused because a 突发信息 is undecided, and the call it came by. */
export const REFUSED_HAND_OVER = { id: 'h-34', key: 'no-report-2' } as const;

export function planOfMonth(seed: string): Plan {
  const chance = seeded(seed);
  const roster = plannedRoster(chance);
  const handOvers = plannedTurns(chance, roster);
  const begun = handOvers.find(({ id }) => id === REFUSED_HAND_OVER.id)?.begunAt ?? 0;
  return {
    ...{ roster, handOvers, calls: plannedCalls(chance) },
    notReportable: NOT_REPORTABLE.map(({ key, decidedAt }) => ({
      key,
      at: key === REFUSED_HAND_OVER.key ? begun + 30_000 : decidedAt,
    })),
  };
}

/** Who took over last and sits there: the first of them. */
export function onSeatAt({ handOvers }: Plan, at: number): string {
  const last = handOvers.findLast(({ takers, closedAt }) => takers.length > 0 && closedAt <= at);
  return last?.takers[0]?.person ?? 'o-8';
}

/** Whoever gives the shift in which the recording failed keeps those calls, with a reason: nobody is asked for them again. */
export const KEEPS_SILENT = 'h-44';
export const silentCalls = ({ calls }: Plan): readonly PlannedCall[] =>
  calls.filter(({ isSilent, talkMs }) => isSilent && talkMs !== null);
