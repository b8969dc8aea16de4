/** 考核: the figures of each room, line, officer or stretch of time. Pure; times are integer ms UTC. */
import { offsetAt } from '../time-zone.ts';
import {
  type AnswerLimits,
  type AssessedCall,
  type AssessedItem,
  FIGURES,
  type Figure,
  figuresOf,
  wasCalledBack,
} from './figure.ts';

export const WAYS = ['room', 'line', 'officer', 'period'] as const;
/** By what the table is divided. */
export type Way = (typeof WAYS)[number];

/** Counts; null: it says nothing of such a row. */
export type Counts = Readonly<Record<Figure, number | null>>;

export interface AssessmentRow {
  /** Id of the room, the line or the person; `2026-11` or `2026-11-26`. */
  readonly key: string;
  readonly counts: Counts;
  /** Half of the answers came within so many ms, 95 of 100 within so many; null: there was none. */
  readonly ringP50: number | null;
  readonly ringP95: number | null;
  /** Half of the forms were registered so many ms after the call's end. */
  readonly registerP50: number | null;
  /** Half of those who were called back waited so long. */
  readonly backP50: number | null;
}

export interface Division {
  readonly way: Way;
  /** Days, or months where the stretch is long. */
  readonly step: 'day' | 'month';
  readonly timeZone: string;
}

/** Rows in the order of their keys; a room, line or officer without anything has no row. */
export function assessmentTable(
  items: readonly AssessedItem[],
  division: Division,
  limits: AnswerLimits,
): readonly AssessmentRow[] {
  const keysOf = placing(division);
  const rows = new Map<string, AssessedItem[]>();
  for (const item of items)
    for (const key of keysOf(item)) {
      const row = rows.get(key);
      if (row === undefined) rows.set(key, [item]);
      else row.push(item);
    }
  return [...rows.keys()]
    .sort((one, other) => (one < other ? -1 : 1))
    .map((key) => rowOf(key, rows.get(key) ?? [], division, limits));
}

/** Everything that a figure of a row counts, the latest first; `key` null: of all rows. */
export function countedItems(
  items: readonly AssessedItem[],
  { figure, key }: { readonly figure: Figure; readonly key: string | null },
  division: Division,
  limits: AnswerLimits,
): readonly AssessedItem[] {
  const keysOf = placing(division);
  return items
    .filter((item) => figuresOf(item, limits).includes(figure))
    .filter((item) => key === null || keysOf(item).includes(key))
    .sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1));
}

const DAY_MS = 86_400_000;

/** In which rows a thing stands. */
function placing({ way, step, timeZone }: Division): (item: AssessedItem) => readonly string[] {
  // Asking a calendar is slow: a day of UTC without a change of the clocks is asked for once.
  const offsets = new Map<number, number | null>();
  const dayOf = (at: number): string => {
    const utcDay = Math.floor(at / DAY_MS);
    let offset = offsets.get(utcDay);
    if (offset === undefined) {
      const begin = offsetAt(timeZone, utcDay * DAY_MS);
      offset = begin === offsetAt(timeZone, (utcDay + 1) * DAY_MS) ? begin : null;
      offsets.set(utcDay, offset);
    }
    const shown = new Date(at + (offset ?? offsetAt(timeZone, at))).toISOString();
    return shown.slice(0, step === 'day' ? 10 : 7);
  };
  return (item) => {
    switch (way) {
      case 'room':
        return [item.room];
      case 'line':
        return item.line === null ? [] : [item.line];
      case 'officer':
        // A line is nobody's fault.
        return item.kind === 'finding' ? [] : item.officers;
      case 'period':
        return [dayOf(item.at)];
    }
  };
}

function rowOf(
  key: string,
  items: readonly AssessedItem[],
  division: Division,
  limits: AnswerLimits,
): AssessmentRow {
  const counts = Object.fromEntries(
    FIGURES.map((figure) => [figure, says(figure, division) ? 0 : null]),
  ) as Record<Figure, number | null>;
  for (const item of items)
    for (const figure of figuresOf(item, limits)) {
      const before = counts[figure];
      if (before !== null) counts[figure] = before + 1;
    }
  const calls = items.filter((item): item is AssessedCall => item.kind === 'call');
  const rings = calls.flatMap(({ outcome, ringMs }) =>
    outcome === 'answered' && ringMs !== null ? ringMs : [],
  );
  const registered = calls.flatMap(({ form, endedAt }) =>
    form.state === 'registered' ? Math.max(0, form.at - endedAt) : [],
  );
  const back = calls.flatMap((call) =>
    wasCalledBack(call) && call.callback?.closedAt != null
      ? Math.max(0, call.callback.closedAt - call.callback.since)
      : [],
  );
  return {
    ...{ key, counts, ringP50: percentile(rings, 50), ringP95: percentile(rings, 95) },
    ...{ registerP50: percentile(registered, 50), backP50: percentile(back, 50) },
  };
}

function says(figure: Figure, { way }: Division): boolean {
  if (figure.startsWith('clocks') || figure.startsWith('turns')) return way !== 'line';
  return way !== 'officer' || (figure !== 'findings' && figure !== 'confirmed');
}

/** The smallest value that so many of a hundred do not exceed (nearest rank); null: of nothing. */
function percentile(values: readonly number[], of: number): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil((of / 100) * sorted.length) - 1] ?? null;
}
