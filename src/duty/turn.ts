/**
 * Who gives the shift and who is expected to take it, at the moment a hand-over begins. It is begun a little before the shift
 * turns or a little after; by the roster, and by who really took over the last time. Pure; times are integer ms UTC.
 */
import { nextShift, runningShift, type Shift, type ShiftSpan } from './roster.ts';

export interface Turn {
  /** When the shift that ends began. */
  readonly from: number;
  /** 值班员 who may sign as 交班人; empty: nobody is known, anybody of the room may. */
  readonly onDuty: readonly string[];
  /** 接班人 by the roster; empty: nobody is known. */
  readonly expected: readonly string[];
}

/** A change of a dated shift that was published, or came by a 换班: ids of its 值班员. */
export interface PostChange {
  /** When the shift begins. */
  readonly from: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** A hand-over begun so long after the turn is still that turn's. */
export const LATE_MS = 2 * 3_600_000;
/** Where no roster says when the shift that ends began. */
const LONGEST_MS = 24 * 3_600_000;

export interface TakenOver {
  readonly at: number;
  readonly takers: readonly string[];
}

/** What happened since somebody took over the last time. */
export interface Since {
  readonly changes: readonly PostChange[];
  /** 继续值守: who stayed the last time; empty: nobody had to. */
  readonly stayers: readonly string[];
}

const NOTHING: Since = { changes: [], stayers: [] };

/**
 * `last`: who took over the last time and when; null: nobody ever did. Whoever was put in another's place in mid-shift gives too:
 * he sits there and has signed nothing.
 */
export function turnAt(
  shifts: readonly Shift[],
  room: string,
  at: number,
  last: TakenOver | null,
  { changes, stayers }: Since = NOTHING,
): Turn {
  const { ending, began, from, coming } = aroundTurn(shifts, room, at, last);
  const known =
    last !== null && last.at >= began - LATE_MS
      ? [...new Set([...last.takers, ...putIn(ending, changes)])]
      : whoeverSits(ending.officers, last?.takers);
  const onDuty = known.length === 0 ? [] : [...new Set([...known, ...stayers])];
  const alone = onDuty.length === 1 ? onDuty[0] : undefined;
  return {
    from,
    onDuty,
    // Nobody takes over from himself: who goes on alone says so by 继续值守.
    expected: (coming?.officers ?? []).filter((person) => person !== alone),
  };
}

/** Who sits there and stays when nobody comes: of those who may give, those who have not gone home; empty: nobody is known. */
export function stayersAt(
  shifts: readonly Shift[],
  room: string,
  at: number,
  last: TakenOver | null,
  { changes, stayers }: Since = NOTHING,
): readonly string[] {
  // They stay once more: of the shift that did not come nobody is there.
  if (stayers.length > 0) return stayers;
  const { ending, began } = aroundTurn(shifts, room, at, last);
  if (last === null || last.at < began - LATE_MS)
    return ending.officers.length > 0 ? ending.officers : (last?.takers ?? []);
  // What was published for the first time puts nobody in another's place: who signed is there.
  const replacing = changes.filter(({ before }) => before.length > 0);
  const replaced = new Set(ofShift(ending, replacing).flatMap(({ before }) => before));
  const there = last.takers.filter((one) => !replaced.has(one) || ending.officers.includes(one));
  return [...new Set([...there, ...putIn(ending, replacing)])];
}

/** 值班员 of a shift who were not on it before it was changed, and are still. */
function putIn(shift: ShiftSpan, changes: readonly PostChange[]): readonly string[] {
  const own = ofShift(shift, changes);
  return shift.officers.filter((person) =>
    own.some(({ before, after }) => after.includes(person) && !before.includes(person)),
  );
}

function ofShift({ from }: ShiftSpan, changes: readonly PostChange[]): readonly PostChange[] {
  return changes.filter((change) => change.from === from);
}

function aroundTurn(shifts: readonly Shift[], room: string, at: number, last: TakenOver | null) {
  const running = runningShift(shifts, room, at);
  // Whoever took over since this shift began is of this shift: the turn is the next one.
  const hasTurned =
    running.from !== null && at - running.from < LATE_MS && (last?.at ?? 0) < running.from - LATE_MS;
  const ending = hasTurned && running.from !== null ? runningShift(shifts, room, running.from - 1) : running;
  const ended = hasTurned ? ending.from : null;
  const coming = hasTurned ? running : nextShift(shifts, room, at);
  const began = (hasTurned ? ended : running.from) ?? at - LONGEST_MS;
  return { ending, began, coming, from: last?.at ?? ended ?? running.from ?? at };
}

/**
 * Where a hand-over was left out, those who took over before it have gone home: by the roster it is others who sit here now. Nobody
 * else could give the shift, and the room would be shut in by one signature that was forgotten.
 */
function whoeverSits(officers: readonly string[], before: readonly string[] = []): readonly string[] {
  return officers.length === 0 ? [] : [...new Set([...officers, ...before])];
}
