/** Where one log ends and the next begins, from the plan: at each hand-over that was closed, else where the roster turns. */
import { on, SHIFTS, turn } from './calendar.ts';
import type { Plan } from './plan.ts';
import { nameOf } from './planned-roster.ts';

export interface ReckonedShift {
  /** Its number by the roster; −1: before the first. */
  readonly n: number;
  readonly from: number;
  readonly to: number;
  /** When its log was sealed: by the next hand-over that was closed. */
  readonly sealedAt: number;
  readonly handOver: string;
  readonly names: readonly string[];
  readonly leaders: readonly string[];
  readonly officers: readonly string[];
}

export function reckonedShifts({ handOvers, roster }: Plan): readonly ReckonedShift[] {
  // Before anybody had ever signed a log is a day long.
  const begins: { readonly n: number; readonly at: number; readonly isSigned: boolean }[] = [
    { n: -1, at: on(-1, '00:00'), isSigned: false },
  ];
  for (let n = 0; n <= SHIFTS; n += 1) {
    const held = handOvers.filter((one) => one.n === n);
    if (held.length === 0) begins.push({ n, at: turn(n), isSigned: false });
    for (const { closedAt } of held) begins.push({ n, at: closedAt, isSigned: true });
  }
  return begins.slice(0, -1).map(({ n, at: from, isSigned }, index) => {
    const to = begins[index + 1]?.at ?? from;
    const sealing = handOvers.find(({ closedAt }) => closedAt >= to);
    const last = handOvers.findLast(({ closedAt, takers }) => closedAt <= from && takers.length > 0);
    const present = isSigned ? (last?.takers ?? []).map(({ person }) => person) : (roster.sheet[n] ?? []);
    return {
      ...{ n, from, to, sealedAt: sealing?.closedAt ?? to, handOver: sealing?.id ?? '' },
      names: n < 0 ? [] : [['夜班', '白班', '晚班'][n % 3] ?? ''],
      leaders: n < 0 ? [] : [nameOf(roster.leaders[n] ?? '')],
      officers: present.map(nameOf),
    };
  });
}

export function shiftOfMoment(shifts: readonly ReckonedShift[], at: number): ReckonedShift | undefined {
  return shifts.find(({ from, to }) => from <= at && at < to);
}
