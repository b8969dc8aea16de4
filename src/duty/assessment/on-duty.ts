/** Who was on duty at very many moments: the roster is looked through once for each stretch in which nothing of it changes. Pure. */
import { onDutyAt, type Shift } from '../roster.ts';

/** 值班员 of a room at a moment (integer ms UTC), as `onDutyAt` says. */
export function officersOf(shifts: readonly Shift[], room: string): (at: number) => readonly string[] {
  const ours = shifts.filter((shift) => shift.room === room);
  const edges = [...new Set(ours.flatMap(({ from, to }) => [from ?? [], to ?? []].flat()))].sort(
    (one, other) => one - other,
  );
  const known = new Map<number, readonly string[]>();
  return (at) => {
    const stretch = countUpTo(edges, at);
    const found = known.get(stretch);
    if (found !== undefined) return found;
    const { officers } = onDutyAt(ours, room, at);
    known.set(stretch, officers);
    return officers;
  };
}

/** How many of the sorted numbers are not above `at`. */
function countUpTo(sorted: readonly number[], at: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
