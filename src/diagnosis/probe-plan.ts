/**
 * When a probe may be placed, and when the schedule wants one. Pure: the clock, the roster and chance are inputs. A telephone
 * that rings for nothing is paid for by whoever is on duty, so every "may" here is a "may not unless".
 */
import { dayStartIn, momentOf, offsetAt } from '../duty/time-zone.ts';
import type { Scope } from './suspicion.ts';

/** Minutes of the day by the office's clock; `from` later than `to` runs over midnight. */
export interface TimeOfDaySpan {
  readonly from: number;
  readonly to: number;
}

export interface ProbePlan {
  readonly timeZone: string;
  /** Probes of one line a day, of every kind, asked for by whomever. */
  readonly mostADay: number;
  readonly quiet: readonly TimeOfDaySpan[];
  /** How long before each 交班; null: not then. */
  readonly beforeShiftMs: number | null;
  /** Probes at a moment of chance within each of these, once a day. */
  readonly offPeak: readonly TimeOfDaySpan[];
}

/** What counts for one line now. */
export interface LineNow {
  /** A call of it rings, talks or waits. */
  readonly busy: boolean;
  /** A probe of it waits or runs. */
  readonly probing: boolean;
  /** Probes asked for since midnight of the office. */
  readonly today: number;
  /** Trunks that lead to it round the outside, none of them its own. */
  readonly waysIn: number;
  /** Its PBX is listened to. */
  readonly inSight: boolean;
}

export interface WantedProbe {
  readonly scope: Scope;
  /** A person has agreed that the telephone rings on, or is kept busy. */
  readonly consent: boolean;
}

export type MayNot =
  | 'probe-line-probed'
  | 'probe-line-busy'
  | 'probe-quiet-hours'
  | 'probe-daily-cap'
  | 'probe-no-second-trunk'
  | 'probe-no-consent'
  | 'probe-out-of-sight';

/** Null: it may be placed now. The reason that will last longest is told first. */
export function mayNotProbe(plan: ProbePlan, line: LineNow, wanted: WantedProbe, at: number): MayNot | null {
  if (line.waysIn < waysNeeded(wanted.scope)) return 'probe-no-second-trunk';
  if (wanted.scope !== 'always' && !wanted.consent) return 'probe-no-consent';
  if (isQuiet(plan, at)) return 'probe-quiet-hours';
  if (line.today >= plan.mostADay) return 'probe-daily-cap';
  if (line.probing) return 'probe-line-probed';
  if (!line.inSight) return 'probe-out-of-sight';
  return line.busy ? 'probe-line-busy' : null;
}

/** 遇忙 takes one trunk to keep the line busy, and another to call it meanwhile. */
function waysNeeded(scope: Scope): number {
  return scope === 'busy' ? 2 : 1;
}

/** Whether nobody may be called now. */
export function isQuiet({ quiet, timeZone }: ProbePlan, at: number): boolean {
  const minute = Math.floor((at + offsetAt(timeZone, at)) / MINUTE_MS) % DAY_MINUTES;
  return quiet.some(({ from, to }) =>
    from <= to ? from <= minute && minute < to : from <= minute || minute < to,
  );
}

export const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const A_DAY_MS = 86_400_000;

/** A scheduled probe that could not be placed for so long is left out: the next one comes. */
const LATEST_MS = 20 * MINUTE_MS;

/**
 * Whether the schedule wants this line probed now.
 *
 * @param shiftEnds when shifts of its room end, ms UTC
 * @param lastAt when the schedule last asked for one, ms UTC; null: never
 * @param chance 0 ≤ x < 1 for a text, always the same for the same text
 */
export function isDue(
  plan: ProbePlan,
  line: string,
  shiftEnds: readonly number[],
  lastAt: number | null,
  chance: (text: string) => number,
  at: number,
): boolean {
  const moments = [...beforeShifts(plan, shiftEnds), ...byChance(plan, line, chance, at)];
  return moments.some(
    (moment) => moment <= at && at < moment + LATEST_MS && (lastAt === null || lastAt < moment),
  );
}

function beforeShifts({ beforeShiftMs }: ProbePlan, shiftEnds: readonly number[]): readonly number[] {
  return beforeShiftMs === null ? [] : [...new Set(shiftEnds)].map((end) => end - beforeShiftMs);
}

/** One moment within each span of the day; a span over midnight belongs to the day on which it begins. */
function byChance(
  { offPeak, timeZone }: ProbePlan,
  line: string,
  chance: (text: string) => number,
  at: number,
): readonly number[] {
  return [at - A_DAY_MS, at].flatMap((within) => {
    const day = dayStartIn(timeZone, within);
    const wall = day + offsetAt(timeZone, day);
    return offPeak.map(({ from, to }, nth) => {
      const length = (to > from ? to : to + DAY_MINUTES) - from;
      const minute = from + Math.floor(chance(`${line} ${wall} ${nth}`) * length);
      return momentOf(timeZone, wall + minute * MINUTE_MS);
    });
  });
}
