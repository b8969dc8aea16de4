/**
 * 公示屏: the screen on a wall that says who is on duty (《通知》二（三）：带班领导及值班人员信息要在醒目位置公开). It shows this and nothing
 * else: no caller, no count, no finding, no number of a superior office. Pure; times are integer ms UTC.
 */
import type { DutyNotes } from './duty-notes.ts';
import { dutyNow, type Stay } from './duty-now.ts';
import type { Person } from './office.ts';
import { besideDuty, nextShift, type Shift, type ShiftSpan } from './roster.ts';

/** A screen that runs for months asks by its own one, and loads itself anew when the service has another. */
export const WALL_VERSION = 1;

export interface WallPerson {
  readonly name: string;
  readonly title: string | null;
  /** Only where the office has said so. */
  readonly phone: string | null;
}

/** Null where it has no end: a standing arrangement. */
export interface WallShift {
  readonly names: readonly string[];
  readonly from: number | null;
  readonly to: number | null;
  readonly leaders: readonly WallPerson[];
  readonly officers: readonly WallPerson[];
  /** 继续值守: those of the shift before, until somebody takes over; absent: the roster's. */
  readonly stayed?: true;
}

/** 制度流程, as the office typed it. */
export interface WallText {
  readonly title: string;
  readonly text: string;
}

/** What the service answers to a screen. */
export interface WallView {
  readonly version: number;
  readonly at: number;
  readonly timeZone: string;
  readonly demo: boolean;
  readonly unit: string;
  readonly room: string;
  /** 值班电话. */
  readonly lines: readonly string[];
  readonly shift: WallShift;
  readonly next: WallShift | null;
  readonly texts: readonly WallText[];
}

/** Who and what a screen shows at a moment, from the roster and from what the office typed. */
export function wallShifts(
  roster: {
    readonly shifts: readonly Shift[];
    readonly people: readonly Person[];
    readonly stay?: Stay | null;
  },
  room: string,
  notes: DutyNotes,
  at: number,
): Pick<WallView, 'shift' | 'next' | 'texts'> {
  const { shifts, people } = roster;
  const shown = (span: ShiftSpan, ofShift: readonly string[]): WallShift => ({
    names: ofShift,
    from: span.from,
    to: span.to,
    leaders: named(span.leaders, people, notes.wall.phones),
    officers: named(span.officers, people, notes.wall.phones),
  });
  const now = dutyNow(roster, room, at);
  const next = nextShift(shifts, room, at);
  return {
    shift: { ...shown(now, now.names), ...(now.stayed ? { stayed: true } : {}) },
    next: next === null ? null : shown(next, besideDuty(shifts, room, next.from ?? at).names),
    texts: notes.wall.texts,
  };
}

function named(
  ids: readonly string[],
  people: readonly Person[],
  withPhones: boolean,
): readonly WallPerson[] {
  return ids.flatMap((id) => {
    const person = people.find((one) => one.id === id);
    if (person === undefined) return [];
    const { name, title, phone } = person;
    return [{ name, title, phone: withPhones ? phone : null }];
  });
}

/** Silent for so long, the screen says how old it is; it asks every quarter of a minute. */
export const SILENT_MS = 45_000;
/** An arrangement without an end is not believed for longer than this. */
const LONGEST_KEPT_MS = 24 * 3_600_000;

export interface WallFace {
  readonly leaders: readonly WallPerson[];
  readonly officers: readonly WallPerson[];
  /** 本班人员待确认: nobody is known. */
  readonly isOpen: boolean;
  readonly next: WallShift | null;
  /** The service was last heard of then; null: just now. */
  readonly asOf: number | null;
}

/** What stands on the screen at `now` of the service's clock. Names are never shown for a shift that is over. */
export function wallFace(view: WallView, now: number): WallFace {
  const { shift, next } = view;
  const begun = next?.from ?? Number.POSITIVE_INFINITY;
  const ends = Math.min(shift.to ?? view.at + LONGEST_KEPT_MS, begun);
  // Where they stayed, the next shift begins and perhaps nobody comes again: that is for the service to say, while it is heard.
  const over = shift.stayed === true ? Math.max(ends, view.at + SILENT_MS) : ends;
  const isOver = now >= over;
  const leaders = isOver ? [] : shift.leaders;
  const officers = isOver ? [] : shift.officers;
  return {
    leaders,
    officers,
    isOpen: leaders.length === 0 && officers.length === 0,
    next: now >= begun ? null : next,
    asOf: now - view.at >= SILENT_MS ? view.at : null,
  };
}

const TURN_MS = 30_000;

/** Which of `count` pages is to be seen at a moment: all screens of a room turn together. */
export function turnedTo(count: number, now: number, every = TURN_MS): number {
  return count === 0 ? 0 : Math.floor(now / every) % count;
}
