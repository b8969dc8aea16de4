import { describe, expect, it } from 'vitest';
import { answeringOf, type IncomingCall } from '../../src/duty/inspection-answering.ts';
import { feedbacksOf, type HandlingEntry } from '../../src/duty/inspection-feedback.ts';
import { holidayReports } from '../../src/duty/inspection-roster.ts';

const NOON = Date.UTC(2026, 10, 27, 4);
const HOUR = 3_600_000;
const LIMITS = { goodMs: 11_000, lateMs: 15_000 };

function aCall(id: string, given: Partial<IncomingCall> = {}): IncomingCall {
  return {
    ...{ id, at: NOON, rangMs: 5_000, isAnswered: true },
    ...{ isMended: false, recordings: [], mark: null },
    ...given,
  };
}
const ids = (calls: readonly IncomingCall[]) => calls.map(({ id }) => id).join(' ');

describe('B1 接听', () => {
  it('counts, and has the way to every call that it counts', () => {
    const answering = answeringOf(
      [
        aCall('quick'),
        aCall('border', { rangMs: 11_000 }),
        aCall('near', { rangMs: 11_001 }),
        aCall('edge', { rangMs: 15_000 }),
        aCall('late', { rangMs: 15_001, mark: 'improper' }),
        aCall('unseen', { rangMs: null, mark: 'proper' }),
        aCall('missed', { rangMs: null, isAnswered: false }),
        aCall('called-back', { rangMs: null, isAnswered: false, isMended: true }),
      ],
      LIMITS,
    );
    expect(answering.rate).toBe(0.75);
    expect(ids(answering.near)).toBe('near edge');
    expect(ids(answering.late)).toBe('late');
    expect(ids(answering.unseen)).toBe('unseen');
    expect(ids(answering.unanswered)).toBe('missed called-back');
    expect(ids(answering.forsaken)).toBe('missed');
    expect([ids(answering.improper), ids(answering.marked)]).toEqual(['late', 'late unseen']);
  });

  it('takes the nearest rank, and knows nothing of nothing', () => {
    const rings = Array.from({ length: 100 }, (_, index) =>
      aCall(String(index), { rangMs: (index + 1) * 100 }),
    );
    const { p50Ms, p95Ms } = answeringOf(rings.toReversed(), LIMITS);
    expect([p50Ms, p95Ms]).toEqual([5_000, 9_500]);
    const one = answeringOf([aCall('only')], LIMITS);
    expect([one.p50Ms, one.p95Ms, one.rate]).toEqual([5_000, 5_000, 1]);
    const none = answeringOf([], LIMITS);
    expect([none.p50Ms, none.p95Ms, none.rate]).toEqual([null, null, null]);
  });
});

describe('C2 反馈', () => {
  const asked = (who: string, at: number, dueAt: number | null = null): HandlingEntry => ({
    ...{ kind: 'assignment', who, at: NOON + at * HOUR },
    dueAt: dueAt === null ? null : NOON + dueAt * HOUR,
  });
  const told = (who: string, at: number): HandlingEntry => ({
    ...{ kind: 'feedback', who, at: NOON + at * HOUR, dueAt: null },
  });
  const states = (entries: readonly HandlingEntry[], now = NOON + 10 * HOUR) =>
    feedbacksOf(
      [{ id: 'r', number: '1号', call: null, entries }],
      { from: NOON, to: NOON + 24 * HOUR },
      now,
    ).map(({ state, answeredAt }) => [state, answeredAt === null ? null : (answeredAt - NOON) / HOUR]);

  it.each([
    ['in time', [asked('甲局', 0, 2), told('甲局', 2)], [['in-time', 2]]],
    ['late', [asked('甲局', 0, 2), told('甲局', 3)], [['late', 3]]],
    ['without a limit', [asked('甲局', 0), told('甲局', 3)], [['answered', 3]]],
    ['not yet', [asked('甲局', 0, 12)], [['waiting', null]]],
    ['never', [asked('甲局', 0, 2)], [['overdue', null]]],
    ['before it was asked', [told('甲局', 0), asked('甲局', 1, 12)], [['waiting', null]]],
    [
      'of each by itself',
      [asked('甲局', 0, 2), asked('乙局', 0, 2), told('乙局', 1)],
      [
        ['overdue', null],
        ['in-time', 1],
      ],
    ],
    [
      'by somebody not asked by name',
      [asked('甲局', 0, 2), asked('乙局', 1, 2), told('张某', 2)],
      [
        ['in-time', 2],
        ['overdue', null],
      ],
    ],
    [
      'once for one asking',
      [asked('甲局', 0, 2), asked('甲局', 1, 3), told('甲局', 2)],
      [
        ['in-time', 2],
        ['overdue', null],
      ],
    ],
  ])('knows an answer that came %s', (_name, entries, wanted) => {
    expect(states(entries)).toEqual(wanted);
  });

  it('counts what was asked within the stretch', () => {
    const entries = [asked('甲局', -1), asked('乙局', 0), asked('丙局', 24)];
    expect(states(entries)).toEqual([['waiting', null]]);
  });
});

describe('A1 报送', () => {
  const holiday = { name: '国庆节', from: '2026-10-01', to: '2026-10-07' };
  /** The end of 26 September in Shanghai. */
  const dueBy = Date.UTC(2026, 8, 26, 16);
  const at = (moment: number, from = '2026-10-01', to = '2026-10-08') => ({ from, to, at: moment });
  const stretch = { from: Date.UTC(2026, 8, 1), to: Date.UTC(2026, 9, 31) };
  const state = (reports: readonly ReturnType<typeof at>[], now = Date.UTC(2026, 9, 20)) =>
    holidayReports([holiday], reports, stretch, now, 'Asia/Shanghai')
      .map((one) => one.state)
      .join();

  it.each([
    ['in-time', [at(dueBy - 1)]],
    ['late', [at(dueBy)]],
    ['in-time', [at(dueBy + 1), at(dueBy - 1)]],
    ['missing', [at(dueBy - 1, '2026-10-02')]],
    ['missing', []],
  ])('says %s', (wanted, reports) => {
    expect(state(reports)).toBe(wanted);
  });

  it('waits for what is not due yet, and asks nothing of a holiday of another time', () => {
    expect(state([], dueBy - 1)).toBe('coming');
    const later = { from: dueBy, to: dueBy + 1 };
    expect(holidayReports([holiday], [], later, dueBy, 'Asia/Shanghai')).toEqual([]);
  });
});
