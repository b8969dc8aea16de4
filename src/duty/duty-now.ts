/**
 * Who is truly on duty: whom the roster has, but after 继续值守 those who stayed, because nobody came to take over, until somebody
 * does. Pure; times are integer ms UTC.
 */
import { besideDuty, runningShift, type Shift, type ShiftSpan } from './roster.ts';

/** 继续值守, and nobody has taken over since. */
export interface Stay {
  /** When the shift that goes on began. */
  readonly from: number;
  /** Who stayed, ids of people; empty: nobody is known. */
  readonly officers: readonly string[];
}

export interface DutyNow extends ShiftSpan {
  /** 白班, 夜班 … */
  readonly names: readonly string[];
  /** Nobody knows when it ends. */
  readonly stayed: boolean;
}

/** 带班领导 are the roster's also then: the one of the new shift leads those who stayed. */
export function dutyNow(
  { shifts, stay }: { readonly shifts: readonly Shift[]; readonly stay?: Stay | null },
  room: string,
  at: number,
): DutyNow {
  const running = runningShift(shifts, room, at);
  if (stay == null || stay.officers.length === 0)
    return { ...running, names: besideDuty(shifts, room, at).names, stayed: false };
  const { leaders } = running;
  const { from, officers } = stay;
  return { leaders, officers, from, to: null, names: ['继续值守'], stayed: true };
}
