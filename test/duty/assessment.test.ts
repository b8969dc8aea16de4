import { describe, expect, it } from 'vitest';
import { type AssessedCall, type AssessedItem, FIGURES } from '../../src/duty/assessment/figure.ts';
import { officersOf } from '../../src/duty/assessment/on-duty.ts';
import { assessmentTable, countedItems, type Division, WAYS } from '../../src/duty/assessment/table.ts';
import { HAND_OVER_WITHIN_MS, type HeldHandOver, turnsOf } from '../../src/duty/assessment/turns.ts';
import { onDutyAt, type Shift } from '../../src/duty/roster.ts';
import { seeded } from '../support/seeded.ts';

const HOUR = 3_600_000;
/** 08:00 of 1 November in the office. */
const FIRST = Date.UTC(2026, 10, 1);
const LIMITS = { goodMs: 11_000, lateMs: 15_000 };
const PEOPLE = ['ding', 'li', 'zhang', 'zhao'];

const division = (way: Division['way']): Division => ({
  ...{ way, step: 'day', timeZone: 'Asia/Shanghai' },
});

function month(): { readonly shifts: readonly Shift[]; readonly calls: readonly AssessedCall[] } {
  const { next: random, pick: one } = seeded(28);
  const shifts = Array.from({ length: 60 }, (_, index): Shift => {
    const from = FIRST + index * 12 * HOUR;
    // Now and then nobody is put down, or two shifts overlap.
    const officers = random() < 0.1 ? [] : random() < 0.5 ? [one(PEOPLE)] : ['li', 'zhang'];
    const to = from + (random() < 0.05 ? 13 : 12) * HOUR;
    return { id: `s${index}`, room: 'r', from, to, leaders: [], officers };
  });
  const officersAt = officersOf(shifts, 'r');
  const calls = Array.from({ length: 3_000 }, (_, index): AssessedCall => {
    const at = FIRST + Math.floor(random() * 30 * 24 * HOUR);
    const outcome = random() < 0.8 ? 'answered' : 'missed';
    const since = at + 30_000;
    return {
      ...{ kind: 'call', id: `c${index}`, room: 'r', line: one(['l1', 'l2', null]), at, outcome },
      officers: officersAt(at),
      ringMs: outcome === 'missed' || random() < 0.02 ? null : Math.floor(random() * 25_000),
      endedAt: at + 60_000,
      callback:
        outcome === 'answered' || random() < 0.1
          ? null
          : one([
              { since, closedAt: since + Math.floor(random() * HOUR), how: 'called-back' },
              { since, closedAt: since + 1, how: 'given-up' },
              { since, closedAt: null, how: null },
            ]),
      form: one([
        { state: 'registered', at: at + Math.floor(random() * HOUR) },
        { state: 'draft' },
        { state: 'none' },
      ]),
      review: one(['proper', 'improper', null, null, null]),
    };
  });
  return { shifts, calls };
}

/** Counted anew in one walk, in other words than those of the code. */
function tally(calls: readonly AssessedCall[], officer: string, shifts: readonly Shift[]) {
  const sums = { calls: 0, good: 0, late: 0, unanswered: 0, back: 0, open: 0, registered: 0, improper: 0 };
  const rings: number[] = [];
  for (const call of calls) {
    if (!onDutyAt(shifts, 'r', call.at).officers.includes(officer)) continue;
    sums.calls += 1;
    if (call.outcome === 'missed') sums.unanswered += 1;
    else if (call.ringMs !== null) {
      rings.push(call.ringMs);
      if (call.ringMs < 11_001) sums.good += 1;
      if (call.ringMs > 15_000) sums.late += 1;
    }
    if (call.callback?.how === 'called-back') sums.back += 1;
    if (call.callback?.closedAt === null) sums.open += 1;
    if (call.form.state === 'registered') sums.registered += 1;
    if (call.review === 'improper') sums.improper += 1;
  }
  rings.sort((one, other) => one - other);
  // The middle one: as many are smaller as there are behind it, or one fewer.
  return { ...sums, middle: rings[Math.floor((rings.length - 1) / 2)] };
}

describe('考核 of a month', () => {
  const { shifts, calls } = month();

  it('knows who was on duty as the roster says, for every moment', () => {
    for (const call of calls) expect(call.officers).toEqual(onDutyAt(shifts, 'r', call.at).officers);
  });

  it.each(PEOPLE)('counts for %s what an independent walk counts', (officer) => {
    const row = assessmentTable(calls, division('officer'), LIMITS).find(({ key }) => key === officer);
    const { middle, ...sums } = tally(calls, officer, shifts);
    expect(sums.calls).toBeGreaterThan(100);
    expect(row?.counts).toMatchObject({
      ...{ calls: sums.calls, 'in-time': sums.good, late: sums.late, unanswered: sums.unanswered },
      ...{
        'called-back': sums.back,
        waiting: sums.open,
        registered: sums.registered,
        improper: sums.improper,
      },
    });
    expect(row?.ringP50).toBe(middle);
  });

  it('has no figure without exactly the calls it counts, and rows that add up', () => {
    const items: readonly AssessedItem[] = calls.slice(0, 300);
    for (const way of WAYS) {
      const rows = assessmentTable(items, division(way), LIMITS);
      for (const { key, counts } of rows)
        for (const figure of FIGURES) {
          const { length } = countedItems(items, { figure, key }, division(way), LIMITS);
          if (counts[figure] !== null)
            expect([way, key, figure, length]).toEqual([way, key, figure, counts[figure]]);
        }
    }
    const days = assessmentTable(calls, division('period'), LIMITS);
    expect(days.reduce((sum, { counts }) => sum + (counts.calls ?? 0), 0)).toBe(3_000);
  });

  it('says nothing where it knows nothing', () => {
    const [row] = assessmentTable(calls, division('line'), LIMITS);
    expect([row?.counts.clocks, row?.counts.turns, row?.counts.calls === null]).toEqual([null, null, false]);
    const clock: AssessedItem = {
      kind: 'clock',
      id: 'k',
      room: 'r',
      line: null,
      officers: [],
      at: FIRST,
      kept: true,
    };
    const [known] = assessmentTable([clock], division('room'), LIMITS);
    expect([known?.counts.clocks, known?.counts['clocks-kept']]).toEqual([1, 1]);
  });

  it('puts a call after midnight of the office into its day, not into that of UTC', () => {
    const [call] = calls;
    if (call === undefined) throw new Error('no call');
    const late = { ...call, at: Date.UTC(2026, 10, 26, 16, 30) };
    expect(assessmentTable([late], division('period'), LIMITS)[0]?.key).toBe('2026-11-27');
    const months = { ...division('period'), step: 'month' } as const;
    expect(assessmentTable([{ ...call, at: Date.UTC(2026, 10, 30, 16) }], months, LIMITS)[0]?.key).toBe(
      '2026-12',
    );
  });
});

describe('hand-overs', () => {
  const shifts = [0, 1, 2, 3].map((index): Shift => {
    const from = FIRST + index * 12 * HOUR;
    return {
      id: `s${index}`,
      room: 'r',
      from,
      to: from + 12 * HOUR,
      leaders: [],
      officers: [PEOPLE[index] ?? ''],
    };
  });
  const held = (at: number, state: HeldHandOver['state'] = 'done'): HeldHandOver => ({
    ...{ id: `h${at}`, begunAt: at - 60_000, state, closedAt: state === 'open' ? null : at },
  });
  const states = (list: readonly HeldHandOver[], now = FIRST + 48 * HOUR) =>
    turnsOf('r', shifts, list, { from: FIRST, to: FIRST + 48 * HOUR, now }).map((turn) => turn.handOver);

  it('are in time within a quarter of an hour of the turn, else late, missing, or 继续值守', () => {
    expect(
      states([
        held(FIRST - HOUR),
        held(FIRST + 12 * HOUR + HAND_OVER_WITHIN_MS),
        held(FIRST + 24 * HOUR + HAND_OVER_WITHIN_MS + 1),
        held(FIRST + 36 * HOUR, 'stayed'),
      ]),
    ).toEqual(['on-time', 'on-time', 'late', 'stayed']);
    expect(states([held(FIRST + 12 * HOUR, 'open'), held(FIRST + 30 * HOUR)])).toEqual(
      Array(4).fill('missing'),
    );
  });

  it('are not missed while there is time, nor asked of what is to come', () => {
    expect(states([], FIRST + 12 * HOUR + HAND_OVER_WITHIN_MS)).toEqual(['missing']);
    expect(states([], FIRST + 12 * HOUR + HAND_OVER_WITHIN_MS + 1)).toEqual(['missing', 'missing']);
  });

  it('belong to who comes on duty', () => {
    const [, second] = turnsOf('r', shifts, [], {
      from: FIRST,
      to: FIRST + 48 * HOUR,
      now: FIRST + 48 * HOUR,
    });
    expect(second).toMatchObject({ officers: ['li'], at: FIRST + 12 * HOUR });
  });
});
