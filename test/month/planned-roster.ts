/** 值班表 of the month as it is planned, and what becomes of it: swaps that are asked and absences. Plain data. */
import type { Chance } from '../support/seeded.ts';
import { HOUR, MINUTE, SHIFTS, turn } from './calendar.ts';

export const OFFICERS = Array.from({ length: 8 }, (_, n) => `o-${n + 1}`);
export const LEADERS = ['l-1', 'l-2', 'l-3'] as const;

/** 甲某, 乙某 … */
export const nameOf = (person: string): string => {
  const [kind, number] = person.split('-');
  const sign = '甲乙丙丁戊己庚辛'[Number(number) - 1] ?? '';
  return kind === 'l' ? `带班${sign}` : `${sign}某`;
};

export type RosterChange = { readonly id: string; readonly at: number; readonly n: number } & (
  | { readonly kind: 'absence'; readonly away: string; readonly instead: string }
  | {
      readonly kind: 'swap';
      readonly back: number;
      readonly giver: string;
      readonly taker: string;
      readonly how: 'accepted' | 'refused' | 'withdrawn';
    }
);

export interface PlannedRoster {
  /** 值班员 of each shift as it was first published; day shifts have two. */
  readonly first: readonly (readonly string[])[];
  readonly leaders: readonly string[];
  readonly changes: readonly RosterChange[];
  /** As it stands when all is over. */
  readonly sheet: readonly (readonly string[])[];
}

/** Somebody is asked or falls ill at every fourth shift or so; nobody ends up in two shifts that follow each other. */
export function plannedRoster(chance: Chance): PlannedRoster {
  let next = 0;
  const someone = () => OFFICERS[next++ % OFFICERS.length] ?? '';
  const first = Array.from({ length: SHIFTS }, (_, n) =>
    n % 3 === 1 ? [someone(), someone()] : [someone()],
  );
  const sheet = first.map((officers) => [...officers]);
  const changes: RosterChange[] = [];
  const isFree = (person: string, n: number, but: number) =>
    [n - 1, n, n + 1].every((one) => one === but || !(sheet[one] ?? []).includes(person));
  for (let n = 5; n < SHIFTS - 6; n += chance.between(3, 5)) {
    const id = `change-${n}`;
    const at = turn(n) - 3 * HOUR - chance.below(30) * MINUTE;
    const away = sheet[n]?.[0] ?? '';
    if (changes.length % 3 === 2) {
      const instead = OFFICERS.find((one) => isFree(one, n, -1));
      if (instead === undefined) continue;
      sheet[n] = (sheet[n] ?? []).map((one) => (one === away ? instead : one));
      changes.push({ id, at, n, kind: 'absence', away, instead });
      continue;
    }
    const back = [2, 3, 4, 5]
      .map((more) => n + more)
      .find((one) => {
        const taker = sheet[one]?.[0] ?? '';
        return taker !== away && isFree(taker, n, one) && isFree(away, one, n);
      });
    if (back === undefined) continue;
    const taker = sheet[back]?.[0] ?? '';
    const how = (['accepted', 'accepted', 'refused', 'accepted', 'withdrawn'] as const)[changes.length % 5];
    changes.push({ id, at, n, kind: 'swap', back, giver: away, taker, how: how ?? 'accepted' });
    if (how !== 'accepted') continue;
    sheet[n] = (sheet[n] ?? []).map((one) => (one === away ? taker : one));
    sheet[back] = (sheet[back] ?? []).map((one) => (one === taker ? away : one));
  }
  return { first, leaders: first.map((_, n) => LEADERS[n % 3] ?? ''), changes, sheet };
}
