/** 值班表: who is on duty in which room and when. */
export interface Shift {
  readonly id: string;
  readonly room: string;
  /** Integer ms UTC, included; null means it has always begun: a standing arrangement. */
  readonly from: number | null;
  /** Integer ms UTC, excluded; null means it does not end. */
  readonly to: number | null;
  /** 带班领导, ids of people, in the order they are shown. */
  readonly leaders: readonly string[];
  /** 值班员, ids of people. */
  readonly officers: readonly string[];
  /** 备班, ids of people: called in when somebody is missing, not counted as on duty. */
  readonly standby?: readonly string[];
  /** 白班, 夜班, 全天; absent: it has no name. */
  readonly name?: string;
}

/** Ids of the people on duty. */
export interface OnDuty {
  readonly leaders: readonly string[];
  readonly officers: readonly string[];
}

/**
 * Who is on duty in a room at a moment (integer ms UTC). Shifts with a begin and an end win over standing ones, so that a
 * holiday roster replaces the everyday one; shifts of equal rank that overlap are put together, each person once.
 */
export function onDutyAt(shifts: readonly Shift[], room: string, at: number): OnDuty {
  const counted = countedAt(shifts, room, at);
  return {
    leaders: unique(counted.flatMap((shift) => shift.leaders)),
    officers: unique(counted.flatMap((shift) => shift.officers)),
  };
}

/** When the shift that runs at a moment began; the latest begin where several run, null where none has one. */
export function beganAt(shifts: readonly Shift[], room: string, at: number): number | null {
  const begins = countedAt(shifts, room, at).flatMap((shift) => shift.from ?? []);
  return begins.length === 0 ? null : Math.max(...begins);
}

function countedAt(shifts: readonly Shift[], room: string, at: number): readonly Shift[] {
  const running = shifts.filter((shift) => shift.room === room && covers(shift, at));
  const bounded = running.filter((shift) => shift.from !== null && shift.to !== null);
  return bounded.length > 0 ? bounded : running;
}

function covers(shift: Shift, at: number): boolean {
  return (shift.from === null || shift.from <= at) && (shift.to === null || at < shift.to);
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}

/** A shift with its ends, integer ms UTC; null where it has none. */
export interface ShiftSpan extends OnDuty {
  readonly from: number | null;
  readonly to: number | null;
}

/** The shift that runs in a room at a moment, until the first of those that count ends. */
export function runningShift(shifts: readonly Shift[], room: string, at: number): ShiftSpan {
  const ends = countedAt(shifts, room, at).flatMap((shift) => shift.to ?? []);
  return {
    ...onDutyAt(shifts, room, at),
    from: beganAt(shifts, room, at),
    to: ends.length === 0 ? null : Math.min(...ends),
  };
}

/** What goes with the shift that runs at a moment: who stands by, and what it is called (nothing where it has no name). */
export function besideDuty(
  shifts: readonly Shift[],
  room: string,
  at: number,
): { readonly standby: readonly string[]; readonly names: readonly string[] } {
  const counted = countedAt(shifts, room, at);
  return {
    standby: unique(counted.flatMap((shift) => shift.standby ?? [])),
    names: unique(counted.flatMap((shift) => shift.name ?? [])),
  };
}

/** The shift that begins next; null when the roster knows of none. */
export function nextShift(shifts: readonly Shift[], room: string, at: number): ShiftSpan | null {
  const begins = shifts.flatMap(({ room: of, from }) =>
    of === room && from !== null && from > at ? from : [],
  );
  return begins.length === 0 ? null : runningShift(shifts, room, Math.min(...begins));
}
