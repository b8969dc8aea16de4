/** The month that is played: thirty days of three shifts, over the end of a year, on a wall eight hours ahead of UTC. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const DAYS = 30;
export const SHIFTS = 3 * DAYS;
export const SHIFT_MS = 8 * HOUR;
const AHEAD = 8 * HOUR;

/** Midnight of 8 December 2026 on the office's wall; ms UTC, as all times here. */
export const FIRST = Date.UTC(2026, 11, 8) - AHEAD;
export const END = FIRST + DAYS * DAY;

/** When shift `n` (from 0) begins by the roster. */
export const turn = (n: number): number => FIRST + n * SHIFT_MS;

/** The shift that runs at a moment by the roster. */
export const shiftAt = (at: number): number => Math.floor((at - FIRST) / SHIFT_MS);

/** `on(3, '09:12')`: of day 3 (from 0). */
export function on(day: number, clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return FIRST + day * DAY + hours * HOUR + minutes * MINUTE;
}

/** What the wall shows: `2026-12-08 03:07`. */
export const wall = (at: number): string => new Date(at + AHEAD).toISOString().slice(0, 16).replace('T', ' ');

/** `2026-12-08` of day `n`. */
export const dayText = (n: number): string => wall(FIRST + n * DAY).slice(0, 10);

/** The PBX's clock is right, then seven minutes ahead for nine days (longer than half a limit leaves), then 40 s behind. */
export function pbxAhead(at: number): number {
  if (at < on(10, '00:00')) return 0;
  return at < on(19, '00:00') ? 7 * MINUTE : -40_000;
}

/** Nobody sees the PBX: the service is stopped; the line to the PBX is cut over a hand-over. */
export const GAPS = [
  { key: 'stop', from: on(17, '02:10'), to: on(17, '02:40'), missed: 3, recovered: null, reportedAt: null },
  {
    ...{ key: 'cut', from: turn(70) - 20 * MINUTE, to: turn(70) + 25 * MINUTE, missed: 4 },
    ...{ recovered: 2, reportedAt: turn(70) + 40 * MINUTE },
  },
] as const;

/** The PBX records nothing for some hours. */
export const SILENT = { from: on(14, '09:00'), to: on(14, '13:30') };
