/**
 * Who gives the shift and who is expected to take it, at the moment a hand-over begins. It is begun a little before the shift
 * turns or a little after; by the roster, and by who really took over the last time. Pure; times are integer ms UTC.
 */
import { nextShift, onDutyAt, runningShift, type Shift } from './roster.ts';

export interface Turn {
  /** When the shift that ends began. */
  readonly from: number;
  /** 值班员 who may sign as 交班人; empty: nobody is known, anybody of the room may. */
  readonly onDuty: readonly string[];
  /** 接班人 by the roster; empty: nobody is known. */
  readonly expected: readonly string[];
}

/** A hand-over begun so long after the turn is still that turn's. */
export const LATE_MS = 2 * 3_600_000;
/** Where no roster says when the shift that ends began. */
const LONGEST_MS = 24 * 3_600_000;

/** `last`: who took over the last time and when; null: nobody ever did. */
export function turnAt(
  shifts: readonly Shift[],
  room: string,
  at: number,
  last: { readonly at: number; readonly takers: readonly string[] } | null,
): Turn {
  const running = runningShift(shifts, room, at);
  // Whoever took over since this shift began is of this shift: the turn is the next one.
  const hasTurned =
    running.from !== null && at - running.from < LATE_MS && (last?.at ?? 0) < running.from - LATE_MS;
  const ending = hasTurned && running.from !== null ? onDutyAt(shifts, room, running.from - 1) : running;
  const ended = hasTurned && running.from !== null ? runningShift(shifts, room, running.from - 1).from : null;
  const coming = hasTurned ? running : nextShift(shifts, room, at);
  const began = (hasTurned ? ended : running.from) ?? at - LONGEST_MS;
  const onDuty =
    last !== null && last.at >= began - LATE_MS ? last.takers : whoeverSits(ending.officers, last?.takers);
  const alone = onDuty.length === 1 ? onDuty[0] : undefined;
  return {
    from: last?.at ?? ended ?? running.from ?? at,
    onDuty,
    // Nobody takes over from himself: who goes on alone says so by 继续值守.
    expected: (coming?.officers ?? []).filter((person) => person !== alone),
  };
}

/**
 * Where a hand-over was left out, those who took over before it have gone home: by the roster it is others who sit here now. Nobody
 * else could give the shift, and the room would be shut in by one signature that was forgotten.
 */
function whoeverSits(officers: readonly string[], before: readonly string[] = []): readonly string[] {
  return officers.length === 0 ? [] : [...new Set([...officers, ...before])];
}
