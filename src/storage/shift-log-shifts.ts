/** The shifts of a room: those that were sealed as they stand, the rest as hand-overs, roster and midnight divide it. */

import { besideDuty, onDutyAt, type Shift } from '../duty/roster.ts';
import {
  type DividedShift,
  divide,
  type OpenStretch,
  type RosterTurn,
  turnsOf,
} from '../duty/shift-division.ts';
import type { ShiftLogHead, ShiftLogShift } from '../duty/shift-log-view.ts';
import { roomRoster } from './duty-notes.ts';
import { lastTakeOver } from './last-take-over.ts';
import type { ReadDeps } from './read.ts';
import type { ShiftLogTable } from './shift-log-table.ts';

const DAY = 86_400_000;
/** Before anybody signed a hand-over, so much of the past has logs. */
const FIRST_DAYS = 31;
/** The roster around a stretch, so that its first and last turn have neighbours. */
const AROUND = 4 * DAY;
const PAGE = 60;

export interface OpenShifts {
  /** Up to when all logs are sealed; null: none is. */
  readonly sealedTo: number | null;
  /** The earliest first; the last one runs, unless they end signed. */
  readonly shifts: readonly DividedShift[];
  readonly headOf: (shift: DividedShift) => ShiftLogHead;
}

/** Whatever nobody has sealed, up to `until` (ms UTC): now, or the hand-over that ends it. */
export async function openShifts(
  deps: ReadDeps,
  room: string,
  until: number,
  endsSigned = false,
): Promise<OpenShifts> {
  const { shifts: roster, people } = await roomRoster(deps, room);
  const turns = (span: { readonly from: number; readonly to: number }) =>
    turnsOf(roster, { from: span.from - AROUND, to: span.to + AROUND }, deps.rules.timeZone);
  const last = await lastSigned(deps, room);
  const from = last?.at ?? (await beginOf(deps, room, until, turns));
  const stretch: OpenStretch = { from, isSigned: last !== null, until, endsSigned };
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return {
    sealedTo: last?.at ?? null,
    shifts: from < until ? divide(stretch, turns({ from, to: until })) : [],
    headOf: (shift) =>
      headOf(shift, { room, roster, names, takers: shift.from === from ? last?.takers : [] }),
  };
}

/** When a hand-over was last closed, and who took over the last time; null: none ever was. */
async function lastSigned(deps: ReadDeps, room: string) {
  const row = await deps.db
    .selectFrom('hand_overs')
    .select((of) => of.fn.max('closed_at').as('at'))
    .where('room', '=', room)
    .executeTakeFirst();
  if (row?.at == null) return null;
  // After 继续值守 those go on who took over before it.
  return { at: row.at, takers: (await lastTakeOver(deps, room))?.takers ?? [] };
}

/** The turn before the first call, or before the first line somebody wrote; not longer ago than a month. */
async function beginOf(
  { db }: ReadDeps,
  room: string,
  now: number,
  turns: (span: { readonly from: number; readonly to: number }) => readonly RosterTurn[],
): Promise<number> {
  const call = await db
    .selectFrom('calls')
    .select((of) => of.fn.min('started_at').as('at'))
    .where('room', '=', room)
    .executeTakeFirst();
  const line = await db
    .selectFrom('shift_log_lines')
    .select((of) => of.fn.min('place_at').as('at'))
    .where('room', '=', room)
    .where('log', '=', '')
    .executeTakeFirst();
  const first = Math.min(Math.max(call?.at ?? now, now - FIRST_DAYS * DAY), line?.at ?? now);
  return turns({ from: first, to: first }).findLast(({ at }) => at <= first)?.at ?? first;
}

/** Who took over at its beginning, else who was on duty by the roster. */
function headOf(
  { from, to, dueAt }: DividedShift,
  known: {
    readonly room: string;
    readonly roster: readonly Shift[];
    readonly names: ReadonlyMap<string, string>;
    readonly takers: readonly string[] | undefined;
  },
): ShiftLogHead {
  const { room, roster, names, takers = [] } = known;
  // At its beginning the shift before may still stand in the roster: people sign a little early.
  const end = dueAt ?? to;
  const at = end === null ? from : Math.max(from, end - 1);
  const duty = onDutyAt(roster, room, at);
  const named = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? id);
  return {
    names: besideDuty(roster, room, at).names,
    leaders: named(duty.leaders),
    officers: named(takers.length > 0 ? takers : duty.officers),
  };
}

/** The latest first: a page of shifts that began before `before` (ms UTC; null: the newest). */
export async function shiftLogShifts(
  deps: ReadDeps,
  room: string,
  before: number | null,
  now: number,
): Promise<{ readonly shifts: readonly ShiftLogShift[]; readonly before: number | null }> {
  const open = await openShifts(deps, room, now);
  const sealed = await deps.db
    .selectFrom('shift_logs')
    .selectAll()
    .where('room', '=', room)
    .$if(before !== null, (query) => query.where('from_at', '<', before ?? 0))
    .orderBy('from_at', 'desc')
    .limit(PAGE + 1)
    .execute();
  const all = [
    ...open.shifts
      .map((shift) => openShiftView(shift, open, now))
      .filter(({ from }) => before === null || from < before)
      .toReversed(),
    ...sealed.map(sealedShiftView),
  ];
  const shifts = all.slice(0, PAGE);
  return { shifts, before: all.length > PAGE ? (shifts.at(-1)?.from ?? null) : null };
}

export function openShiftView(shift: DividedShift, { headOf: head }: OpenShifts, now: number): ShiftLogShift {
  const isOver = shift.to !== null || (shift.dueAt !== null && shift.dueAt <= now);
  return { ...shift, ...head(shift), state: isOver ? 'over' : 'running' };
}

export function sealedShiftView({ from_at, to_at, state, head_json }: ShiftLogTable): ShiftLogShift {
  return {
    ...(JSON.parse(head_json) as ShiftLogHead),
    ...{ from: from_at, to: to_at, dueAt: to_at },
    state: state === 'reopened' ? 'reopened' : 'sealed',
  };
}
