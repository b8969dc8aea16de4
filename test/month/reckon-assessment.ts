/** 考核 from the plan: every figure of the room, its line, each officer and each day, when the month is over. */
import { DAYS, dayText, END, FIRST, MINUTE, SHIFTS, shiftAt, turn, wall } from './calendar.ts';
import { LINE, ROOM } from './office.ts';
import type { Plan } from './plan.ts';
import { endedAt, type PlannedCall } from './planned-calls.ts';
import { INCIDENTS } from './planned-incidents.ts';
import { type Waiting, waitingOf } from './reckon-callbacks.ts';
import { findingsOf, GOOD_MS, LATE_MS, stateAt } from './reckon-findings.ts';
import { clocksAt, endedByHandAt } from './reckon-incidents.ts';

/** Something that is counted: where it stands, and under which figures. */
interface Counted {
  readonly at: number;
  readonly kind: 'call' | 'turn' | 'clock' | 'finding';
  readonly figures: readonly string[];
  readonly ringMs?: number;
  readonly registerMs?: number;
  readonly backMs?: number;
}

export interface ReckonedRow {
  readonly key: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly ringP50: number | null;
  readonly ringP95: number | null;
  readonly registerP50: number | null;
  readonly backP50: number | null;
}

export function reckonedAssessment(
  plan: Plan,
): Readonly<Record<'room' | 'line' | 'officer' | 'period', readonly ReckonedRow[]>> {
  const counted = [...calls(plan), ...turns(plan), ...clocks(), ...findings(plan)].filter(
    ({ at }) => FIRST <= at && at < END,
  );
  const onDuty = (at: number): readonly string[] => plan.roster.sheet[shiftAt(at)] ?? [];
  const people = [...new Set(plan.roster.sheet.flat())].toSorted();
  const days = Array.from({ length: DAYS }, (_, n) => dayText(n));
  const ofLine = (one: Counted) => one.kind === 'call' || one.kind === 'finding';
  return {
    room: [rowOf(ROOM, counted)],
    line: [rowOf(LINE, counted.filter(ofLine))],
    officer: people.map((person) =>
      rowOf(
        person,
        counted.filter((one) => one.kind !== 'finding' && onDuty(one.at).includes(person)),
      ),
    ),
    period: days.map((day) =>
      rowOf(
        day,
        counted.filter(({ at }) => wall(at).slice(0, 10) === day),
      ),
    ),
  };
}

function calls({ calls: all }: Plan): readonly Counted[] {
  const waiting = waitingOf(all);
  return all
    .filter(({ direction }) => direction === 'inbound')
    .map((call) => callOf(call, waiting.get(call.key)));
}

function callOf(call: PlannedCall, waiting: Waiting | undefined): Counted {
  const { at, ringMs, talkMs, form, mark } = call;
  const figures = ['calls'];
  if (talkMs === null) figures.push('unanswered');
  else figures.push(ringMs <= GOOD_MS ? 'in-time' : ringMs <= LATE_MS ? 'near' : 'late');
  if (waiting !== undefined)
    figures.push(
      waiting.how === null ? 'waiting' : waiting.how.startsWith('called') ? 'called-back' : 'given-up',
    );
  const isRegistered = form?.kind === 'registered' && form.voidAt === null;
  if (isRegistered) figures.push('registered');
  if (form === null) figures.push('unregistered');
  if (mark !== null) figures.push(mark.verdict);
  const reached = waiting?.how?.startsWith('called') === true ? waiting.closedAt : null;
  return {
    ...{ at, kind: 'call', figures },
    ...(talkMs === null ? {} : { ringMs }),
    ...(isRegistered ? { registerMs: form.at - endedAt(call) } : {}),
    ...(waiting !== undefined && reached !== null ? { backMs: reached - waiting.since } : {}),
  };
}

/** In time: signed a quarter of an hour after the turn at the latest. */
function turns({ handOvers }: Plan): readonly Counted[] {
  return Array.from({ length: SHIFTS }, (_, n) => {
    const done = handOvers.find((one) => one.n === n && one.takers.length > 0);
    const how =
      done === undefined
        ? 'turns-missing'
        : done.closedAt - turn(n) > 15 * MINUTE
          ? 'turns-late'
          : 'turns-on-time';
    return { at: turn(n), kind: 'turn' as const, figures: ['turns', how] };
  });
}

/** What ended by hand was owed until then. */
function clocks(): readonly Counted[] {
  return INCIDENTS.flatMap((incident) =>
    clocksAt(incident, endedByHandAt(incident, END) ?? END)
      .filter(({ phase }) => phase === 'kept' || phase === 'late' || phase === 'over')
      .map(({ startedAt: at, phase }) => ({
        ...{ at, kind: 'clock' as const },
        figures: phase === 'kept' ? ['clocks', 'clocks-kept'] : ['clocks'],
      })),
  );
}

function findings(plan: Plan): readonly Counted[] {
  return findingsOf(plan.calls).map((finding) => {
    const isTrue = ['confirmed', 'closed'].includes(stateAt(finding, END));
    return {
      at: finding.openedAt,
      kind: 'finding' as const,
      figures: isTrue ? ['findings', 'confirmed'] : ['findings'],
    };
  });
}

function rowOf(key: string, counted: readonly Counted[]): ReckonedRow {
  const counts: Record<string, number> = {};
  for (const figure of counted.flatMap(({ figures }) => figures)) counts[figure] = (counts[figure] ?? 0) + 1;
  const all = (what: 'ringMs' | 'registerMs' | 'backMs') => counted.flatMap((one) => one[what] ?? []);
  return {
    ...{ key, counts, ringP50: rank(all('ringMs'), 50), ringP95: rank(all('ringMs'), 95) },
    ...{ registerP50: rank(all('registerMs'), 50), backP50: rank(all('backMs'), 50) },
  };
}

/** The least of the values that at least `share` of a hundred do not exceed. */
export function rank(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted.find((_, place) => (place + 1) * 100 >= share * sorted.length) ?? null;
}
