/** Which hand-over was held for which turn of the shift, and whether in time. Pure; times are integer ms UTC. */
import { onDutyAt, type Shift } from '../roster.ts';
import type { AssessedTurn } from './figure.ts';

/** Signed within so long after the turn it is in time. */
export const HAND_OVER_WITHIN_MS = 15 * 60_000;
/** Begun so long before a turn, or so long after it, it belongs to no turn. */
const BEFORE_MS = 2 * 3_600_000;
const AFTER_MS = 4 * 3_600_000;

export interface HeldHandOver {
  readonly id: string;
  readonly begunAt: number;
  readonly state: 'open' | 'done' | 'stayed';
  readonly closedAt: number | null;
}

/**
 * Every dated shift that begins from … to (not included) and is not to come is a turn. Of the hand-overs near it the one that
 * was done counts, else the one that ended in 继续值守; each counts for the nearest turn only.
 */
export function turnsOf(
  room: string,
  shifts: readonly Shift[],
  held: readonly HeldHandOver[],
  { from, to, now }: { readonly from: number; readonly to: number; readonly now: number },
): readonly AssessedTurn[] {
  const begins = new Set(shifts.flatMap((shift) => (shift.room === room ? (shift.from ?? []) : [])));
  const all = [...begins].sort((one, other) => one - other);
  return (
    all
      .filter((at) => at >= from && at < to && at <= now)
      // What may still be held in time is not missing.
      .filter((at) => nearest(all, held, at).length > 0 || now - at > HAND_OVER_WITHIN_MS)
      .map((at) => {
        const near = nearest(all, held, at);
        const done = near.find(({ state }) => state === 'done');
        const stayed = near.some(({ state }) => state === 'stayed');
        const doneAt = done?.closedAt ?? null;
        const isLate = doneAt !== null && doneAt - at > HAND_OVER_WITHIN_MS;
        return {
          ...{ kind: 'turn', id: done?.id ?? `${room} ${at}`, room, line: null, at, doneAt },
          officers: onDutyAt(shifts, room, at).officers,
          handOver: doneAt === null ? (stayed ? 'stayed' : 'missing') : isLate ? 'late' : 'on-time',
        };
      })
  );
}

function nearest(
  turns: readonly number[],
  held: readonly HeldHandOver[],
  turn: number,
): readonly HeldHandOver[] {
  return held.filter(({ begunAt, closedAt, state }) => {
    if (state === 'open') return false;
    const at = closedAt ?? begunAt;
    if (at < turn - BEFORE_MS || at > turn + AFTER_MS) return false;
    return turns.every((other) => Math.abs(at - turn) <= Math.abs(at - other));
  });
}
