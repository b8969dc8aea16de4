/**
 * Where one shift ends and the next begins: at a signed hand-over, else where the roster turns, else at midnight. The shifts of
 * a stretch follow each other without a gap, so that no moment is in none of them. Pure; times are integer ms UTC.
 */
import type { Shift } from './roster.ts';
import { dayStartIn } from './time-zone.ts';
import { LATE_MS } from './turn.ts';

export interface OpenStretch {
  /** Where the last sealed shift ended, or the first one begins. */
  readonly from: number;
  /** Somebody signed there. */
  readonly isSigned: boolean;
  /** Now, or the moment of the signature that ends the stretch. */
  readonly until: number;
  readonly endsSigned: boolean;
}

export interface DividedShift {
  readonly from: number;
  /** Null: it runs. */
  readonly to: number | null;
  /** When it should end, or should have; null: nobody knows. */
  readonly dueAt: number | null;
}

/** Where the roster turns. */
export interface RosterTurn {
  readonly at: number;
  /** False: a midnight, for want of anything better. */
  readonly isPlanned: boolean;
}

/** A hand-over is of the turn it stands nearest to: this part of the shift before or behind a turn makes it another one's. */
const OF_ANOTHER_TURN = 2 / 3;

/**
 * The shifts of a stretch in which nobody signed but at its ends. `turns`: ascending, some beyond both ends. The last one runs
 * (`to` null) unless the stretch ends signed.
 */
export function divide(stretch: OpenStretch, turns: readonly RosterTurn[]): readonly DividedShift[] {
  const { from, until, endsSigned } = stretch;
  const own = turns.filter((turn, index) => turn.at > from && isOwnTurn(stretch, turn, turns[index - 1]));
  const cuts = own.filter((turn) => turn.at < until && isCut(stretch, turn, turns));
  const begins = [from, ...cuts.map(({ at }) => at)];
  return begins.map((begin, index) => {
    const next = begins[index + 1];
    const due = own.find(({ at, isPlanned }) => isPlanned && at > begin);
    return { from: begin, to: next ?? (endsSigned ? until : null), dueAt: next ?? due?.at ?? null };
  });
}

/** Not the turn for which the hand-over at the beginning was signed a little early. */
function isOwnTurn({ from, isSigned }: OpenStretch, turn: RosterTurn, before?: RosterTurn): boolean {
  return !isSigned || before === undefined || turn.at - from >= OF_ANOTHER_TURN * (turn.at - before.at);
}

/** Nobody signs for it any more. */
function isCut(stretch: OpenStretch, turn: RosterTurn, turns: readonly RosterTurn[]): boolean {
  const { until, isSigned, endsSigned } = stretch;
  // A room that has never signed does not begin with it now.
  if (!endsSigned && !isSigned) return true;
  const after = turns.find(({ at }) => at > turn.at);
  // The first signature of a room is for the shift that the hand-over shows (`turnAt`), not for one that nobody kept.
  const isSoon = turn.isPlanned && (!endsSigned || !isSigned);
  const wait = isSoon || after === undefined ? LATE_MS : OF_ANOTHER_TURN * (after.at - turn.at);
  return until - turn.at >= wait;
}

/** Where the roster of one room turns from … to, ascending; at midnight where nothing dated was planned for a whole day. */
export function turnsOf(
  shifts: readonly Shift[],
  { from, to }: { readonly from: number; readonly to: number },
  timeZone: string,
): readonly RosterTurn[] {
  const dated = shifts.flatMap((shift) =>
    shift.from === null || shift.to === null ? [] : [{ from: shift.from, to: shift.to }],
  );
  const planned = new Set(dated.flatMap((shift) => [shift.from, shift.to]));
  const midnights: number[] = [];
  // Days have 23 to 25 hours: the next one begins before a day and a half is over.
  for (let day = dayStartIn(timeZone, from); day <= to; day = dayStartIn(timeZone, day + 36 * 3_600_000))
    if (!dated.some((shift) => shift.from < day && day < shift.to + DAY)) midnights.push(day);
  return [...new Set([...planned, ...midnights])]
    .filter((at) => from <= at && at <= to)
    .toSorted((one, other) => one - other)
    .map((at) => ({ at, isPlanned: planned.has(at) }));
}

const DAY = 24 * 3_600_000;
