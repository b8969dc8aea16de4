/**
 * 值班日志, drafted from what the system knows of a shift: registered records, incidents, findings and outages a line each,
 * ordinary calls as counts, log-ins never. An officer ticks, edits and adds; what happened and when it was entered are both kept.
 * Pure; times are integer ms UTC.
 */

/** What happened in a shift, as the system knows it. */
export type Happening =
  | {
      readonly kind: 'record';
      readonly id: string;
      readonly at: number;
      readonly numberText: string | null;
      readonly category: string;
      readonly text: string;
    }
  | { readonly kind: 'incident'; readonly id: string; readonly at: number; readonly text: string }
  | { readonly kind: 'finding'; readonly id: string; readonly at: number; readonly text: string }
  /** The PBX was out of sight, or recording failed. */
  | {
      readonly kind: 'outage';
      readonly id: string;
      readonly at: number;
      readonly to: number | null;
      readonly text: string;
    };

/** One line of the log. `source` null: written by hand. */
export interface LogLine {
  readonly id: string;
  readonly at: number;
  readonly enteredAt: number;
  readonly source: { readonly kind: Happening['kind']; readonly id: string } | null;
  /** As drafted; a person's own words replace it. */
  readonly text: string;
  readonly edited: boolean;
  /** 录入日志: unticked lines stay beside it and are not printed. */
  readonly ticked: boolean;
  /** Entered after the shift it belongs to had been handed over. */
  readonly late: boolean;
}

export interface CallCounts {
  readonly inbound: number;
  readonly outbound: number;
  readonly missed: number;
  readonly calledBack: number;
  /** 无需记录. */
  readonly noRecord: number;
}

/** A shift has these ends; `to` null while it runs. */
export interface ShiftTime {
  readonly from: number;
  readonly to: number | null;
}

/** The lines of a log: drafted anew from what happened, keeping every word a person wrote and every tick he took away. */
export function draftLines(
  happenings: readonly Happening[],
  before: readonly LogLine[],
  now: number,
): readonly LogLine[] {
  const known = new Map(
    before.flatMap((line) => (line.source === null ? [] : [[keyOf(line.source), line] as const])),
  );
  const drafted = happenings.map((happening): LogLine => {
    const line = known.get(keyOf(happening));
    // What a person has touched is his; a line that nobody touched follows what it tells of.
    if (line !== undefined) return line.edited ? line : { ...line, at: happening.at, text: happening.text };
    const { kind, id, at, text } = happening;
    const source = { kind, id };
    return { id: keyOf(source), at, enteredAt: now, source, text, edited: false, ticked: true, late: false };
  });
  const byHand = before.filter((line) => line.source === null);
  return [...drafted, ...byHand].toSorted((one, other) => one.at - other.at || compare(one.id, other.id));
}

function keyOf({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind}:${id}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/**
 * The shift a moment belongs to: a call to the one in which it arrived, a line to the one in which it happened. A moment on the
 * border is the new shift's.
 */
export function shiftOfMoment<T extends ShiftTime>(shifts: readonly T[], at: number): T | undefined {
  return shifts.findLast((shift) => shift.from <= at && (shift.to === null || at < shift.to));
}

export type LateEntry =
  | { readonly kind: 'in-time' }
  /** Into the log of a shift that is over but not sealed yet: allowed, and marked 补记. */
  | { readonly kind: 'late'; readonly byMs: number }
  /** The log was signed: it has to be opened again, with a reason that shows for ever. */
  | { readonly kind: 'sealed' }
  /** Not yet. */
  | { readonly kind: 'future' };

/** How a line that happened at `at` and is entered at `now` goes into the log of its shift. */
export function entryInto(
  shift: ShiftTime & { readonly sealedAt: number | null },
  at: number,
  now: number,
): LateEntry {
  if (at > now) return { kind: 'future' };
  if (shift.sealedAt !== null) return { kind: 'sealed' };
  return shift.to !== null && now >= shift.to ? { kind: 'late', byMs: now - shift.to } : { kind: 'in-time' };
}
