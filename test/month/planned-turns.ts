/** 交接班 of the month: most as they should be, some late, some with nobody, some short of one. Plain data. */
import type { Chance } from '../support/seeded.ts';
import { MINUTE, SHIFTS, turn } from './calendar.ts';
import type { PlannedRoster } from './planned-roster.ts';

export interface PlannedHandOver {
  readonly id: string;
  /** The turn of the roster it is held for. */
  readonly n: number;
  readonly begunAt: number;
  /** By the roster, but for one who would take over from himself alone. */
  readonly expected: readonly string[];
  /** Null: nobody came, 继续值守. */
  readonly giver: { readonly person: string; readonly at: number } | null;
  readonly takers: readonly { readonly person: string; readonly at: number }[];
  /** By the last signature, or by hand. */
  readonly endedBy: 'signature' | 'without-missing' | 'stay';
  readonly closedAt: number;
}

type Kind = 'usual' | 'late' | 'none' | 'stayed' | 'relieved' | 'short';
const UNUSUAL: Readonly<Record<number, Kind>> = {
  ...{
    6: 'late',
    13: 'none',
    20: 'stayed',
    26: 'relieved',
    34: 'short',
    41: 'late',
    47: 'none',
    49: 'short',
  },
  ...{ 55: 'none', 56: 'none', 61: 'relieved', 67: 'short', 74: 'late', 80: 'stayed', 85: 'none' },
};

/** Minutes from the turn: while nobody is on duty yet; in the middle of an incident. */
const FIXED: Readonly<Record<number, number>> = { 0: -8, 21: -3 };

/** One for each turn from the first on, and one at the end of the month by which the last shift is sealed. */
export function plannedTurns(chance: Chance, { sheet }: PlannedRoster): readonly PlannedHandOver[] {
  const held: PlannedHandOver[] = [];
  let onDuty: readonly string[] = ['o-8'];
  const taken = (n: number, begunAt: number, id: string, isShort: boolean) => {
    const roster = sheet[n] ?? [];
    // Who goes on himself does not give.
    const giver = onDuty.find((one) => !roster.includes(one)) ?? onDuty[0] ?? '';
    const expected = roster.filter((one) => onDuty.length > 1 || one !== giver);
    const come =
      expected.length === 0 ? [giver === 'o-5' ? 'o-6' : 'o-5'] : isShort ? expected.slice(0, 1) : expected;
    const takers = come.map((person, at) => ({ person, at: begunAt + (2 + at) * MINUTE }));
    const last = takers.at(-1)?.at ?? begunAt;
    held.push({
      ...{ id, n, begunAt, expected, giver: { person: giver, at: begunAt + MINUTE }, takers },
      ...(isShort
        ? { endedBy: 'without-missing', closedAt: last + 3 * MINUTE }
        : { endedBy: 'signature', closedAt: last }),
    });
    onDuty = come;
  };
  for (let n = 0; n <= SHIFTS; n += 1) {
    const kind = UNUSUAL[n] ?? 'usual';
    if (kind === 'none') continue;
    if (kind === 'stayed' || kind === 'relieved') {
      const begunAt = turn(n) + 15 * MINUTE;
      const alone = onDuty.length === 1 ? onDuty[0] : undefined;
      const expected = (sheet[n] ?? []).filter((one) => one !== alone);
      const nobody = { giver: null, takers: [], endedBy: 'stay' } as const;
      held.push({ id: `h-${n}`, n, begunAt, expected, ...nobody, closedAt: begunAt + 5 * MINUTE });
    }
    if (kind === 'relieved') taken(n, turn(n) + 70 * MINUTE, `h-${n}-relief`, false);
    const early = FIXED[n] ?? (kind === 'late' ? chance.between(20, 100) : chance.between(-10, 3));
    if (kind === 'usual' || kind === 'late' || kind === 'short')
      taken(n, turn(n) + early * MINUTE + chance.below(50) * 1_000, `h-${n}`, kind === 'short');
  }
  return held;
}
