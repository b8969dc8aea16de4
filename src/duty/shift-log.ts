/**
 * 值班日志, drafted from what the system knows of a shift: registered records, incidents, findings and outages a line each,
 * ordinary calls as counts, log-ins never. An officer ticks, edits and adds; what happened and when it was entered are both kept.
 * Pure; times are integer ms UTC.
 */

/** What happened, as the system knows it. */
export interface Happening {
  /**
   * `outage`: the PBX was out of sight, or calls have no sound. It and an `incident` may go on behind a seal. `standing`: who may not
   * be on duty took over. `late`: calls that came to be known behind a seal.
   */
  readonly kind: 'record' | 'incident' | 'finding' | 'outage' | 'standing' | 'late';
  readonly id: string;
  /** Of a call: when it arrived. */
  readonly at: number;
  /** Since when it could stand in a log as it does: a record was registered, an outage was over, a report was sent. */
  readonly knownAt: number;
  readonly text: string;
}

/** One line of the log. `source` null: written by hand. */
export interface LogLine {
  readonly id: string;
  /** `remark`: it stands under 其他需要说明事项. */
  readonly part: 'event' | 'remark';
  readonly at: number;
  /** The moment that decides which shift it stands in. */
  readonly placeAt: number;
  readonly enteredAt: number;
  readonly source: { readonly kind: Happening['kind']; readonly id: string } | null;
  /** As drafted; a person's own words replace it. Null: erased (D11). */
  readonly text: string | null;
  readonly edited: boolean;
  /** 录入日志: unticked lines stay beside it and are not printed. */
  readonly ticked: boolean;
  /** 补记: entered when the shift or the day it belongs to was over. */
  readonly late: boolean;
  /** Who wrote it last, or ticked it; null: nobody has touched it. */
  readonly by: { readonly person: string | null; readonly name: string } | null;
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

/** What was known so shortly before a seal may have come too late for it. */
export const BEHIND_SEAL_MS = 3_600_000;

/**
 * The moment by which a happening stands in a shift: when it happened, or, where the log of that time was sealed before anybody
 * knew (`sealedTo`: up to when all logs are sealed; null: none is), when it became known. What stands behind the seal is left
 * out by the caller.
 */
function placeOf({ at, knownAt }: Happening, sealedTo: number | null): number {
  if (sealedTo === null || at >= sealedTo || knownAt < sealedTo - BEHIND_SEAL_MS) return at;
  return Math.max(sealedTo, knownAt);
}

/**
 * The lines of a shift's log: drafted anew from what happened, keeping every word a person wrote and every tick he took away.
 * `before`: what people have touched, of this shift or about one of these happenings. A line with a person's words stays in the
 * shift he wrote it for, whatever becomes of what it tells of.
 */
export function draftLines(
  shift: ShiftTime,
  happenings: readonly Happening[],
  before: readonly LogLine[],
  sealedTo: number | null,
): readonly LogLine[] {
  const touched = new Map(before.map((line) => [line.id, line]));
  const ids = new Set(happenings.map(lineIdOf));
  const drafted = happenings.flatMap((happening): readonly LogLine[] => {
    const line = touched.get(lineIdOf(happening));
    if (line?.edited === true) return isIn(shift, line.placeAt) ? [line] : [];
    const placeAt = placeOf(happening, sealedTo);
    if (!isIn(shift, placeAt)) return [];
    const { kind, id, at, knownAt, text } = happening;
    const late = at < shift.from;
    if (line !== undefined) return [{ ...line, at, placeAt, text, late }];
    return [
      {
        ...{ id: lineIdOf(happening), part: 'event', at, placeAt, enteredAt: knownAt, source: { kind, id } },
        ...{ text, edited: false, ticked: true, late, by: null },
      },
    ];
  });
  const kept = before.filter(
    (line) => !ids.has(line.id) && (line.source === null || line.edited) && isIn(shift, line.placeAt),
  );
  return [...drafted, ...kept].toSorted((one, other) => one.at - other.at || compare(one.id, other.id));
}

/** Of a drafted line. */
export function lineIdOf({ kind, id }: Pick<Happening, 'kind' | 'id'>): string {
  return `${kind}:${id}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function isIn(shift: ShiftTime, at: number): boolean {
  return shift.from <= at && (shift.to === null || at < shift.to);
}

/**
 * The shift a moment belongs to: a call to the one in which it arrived, a line to the one in which it happened. A moment on the
 * border is the new shift's.
 */
export function shiftOfMoment<T extends ShiftTime>(shifts: readonly T[], at: number): T | undefined {
  return shifts.findLast((shift) => isIn(shift, at));
}

export type LateEntry =
  | { readonly kind: 'in-time' }
  /** Into the log of a shift, or about a day, that is over but not sealed: allowed, and marked 补记. */
  | { readonly kind: 'late'; readonly byMs: number }
  /** The log was signed: it has to be opened again, with a reason that shows for ever. */
  | { readonly kind: 'sealed' }
  /** Not yet. */
  | { readonly kind: 'future' };

/**
 * How a line that happened at `at` and is entered at `now` goes into the log of its shift. `to`: when the shift ends or should
 * have ended. `dayStart`: when today began; between midnight and the hand-over what happened yesterday is still taken, as 补记.
 */
export function entryInto(
  shift: ShiftTime & { readonly sealedAt: number | null },
  at: number,
  now: number,
  dayStart: number,
): LateEntry {
  if (at > now) return { kind: 'future' };
  if (shift.sealedAt !== null) return { kind: 'sealed' };
  const over = Math.min(shift.to ?? now, at < dayStart ? dayStart : now);
  return over < now || shift.to === now ? { kind: 'late', byMs: now - over } : { kind: 'in-time' };
}
