import { describe, expect, it } from 'vitest';
import type { Shift } from '../../src/duty/roster.ts';
import { type RosterPerson, troublesOf } from '../../src/duty/roster-check.ts';
import { daysFrom, holesOf, slotsOf } from '../../src/duty/shift-pattern.ts';
import { objectionToStanding, standingOf } from '../../src/duty/standing.ts';

const ZONE = 'Asia/Shanghai';
const HOUR = 3_600_000;
const DAY = Date.UTC(2026, 10, 26, 0, 0);
const people: RosterPerson[] = [
  { id: 'zhang', name: '张某', standing: 'permanent' },
  { id: 'li', name: '李某', standing: 'permanent' },
  { id: 'sun', name: '孙某', standing: 'retired' },
];

function shift(id: string, from: number | null, to: number | null, more: Partial<Shift> = {}): Shift {
  const ends = { from: from === null ? null : DAY + from * HOUR, to: to === null ? null : DAY + to * HOUR };
  return { id, room: 'r1', ...ends, leaders: ['wang'], officers: ['zhang'], ...more };
}

const span = { room: 'r1', from: DAY, to: DAY + 24 * HOUR };

describe('a pattern of shifts', () => {
  const dayAndNight = {
    room: 'r1',
    parts: [
      { name: '白班', from: 480, to: 1_200 },
      { name: '夜班', from: 1_200, to: 480 },
    ],
  };
  it('is unrolled by the wall clock, the night into the next day', () => {
    const slots = slotsOf(dayAndNight, daysFrom('2026-11-26', 2), ZONE);
    expect(
      slots.map(({ name, day, from, to }) => [name, day, new Date(from).toISOString(), (to - from) / HOUR]),
    ).toEqual([
      ['白班', '2026-11-26', '2026-11-26T00:00:00.000Z', 12],
      ['夜班', '2026-11-26', '2026-11-26T12:00:00.000Z', 12],
      ['白班', '2026-11-27', '2026-11-27T00:00:00.000Z', 12],
      ['夜班', '2026-11-27', '2026-11-27T12:00:00.000Z', 12],
    ]);
    expect(holesOf(dayAndNight)).toEqual({ uncovered: 0, doubled: 0 });
    expect(holesOf({ room: 'r1', parts: [{ name: '白班', from: 480, to: 1_080 }] })).toEqual({
      uncovered: 840,
      doubled: 0,
    });
    expect(holesOf({ room: 'r1', parts: [{ name: '全天', from: 480, to: 480 }] })).toEqual({
      uncovered: 0,
      doubled: 0,
    });
  });

  it('has a night of 11 hours where the clocks go forward', () => {
    const [night] = slotsOf(
      { room: 'r1', parts: [{ name: '夜班', from: 1_200, to: 480 }] },
      ['2026-03-28'],
      'Europe/Berlin',
    );
    expect(((night?.to ?? 0) - (night?.from ?? 0)) / HOUR).toBe(11);
  });
});

describe('a roster', () => {
  it('without fault says nothing', () => {
    expect(troublesOf([shift('a', 0, 12), shift('b', 12, 24, { officers: ['li'] })], people, span)).toEqual(
      [],
    );
  });

  it('shows gaps of officers and of leaders apart', () => {
    const shifts = [shift('a', 0, 8), shift('b', 10, 24, { officers: ['li'], leaders: [] })];
    expect(troublesOf(shifts, people, span)).toEqual([
      { kind: 'gap', what: 'officers', room: 'r1', from: DAY + 8 * HOUR, to: DAY + 10 * HOUR },
      { kind: 'gap', what: 'leaders', room: 'r1', from: DAY + 8 * HOUR, to: DAY + 24 * HOUR },
    ]);
    expect(troublesOf([shift('standing', null, null)], people, span)).toEqual([]);
  });

  it('shows who is in two places, also in another room, and who has no rest', () => {
    const elsewhere = shift('x', 6, 10, { room: 'r2' });
    expect(troublesOf([shift('a', 0, 12), shift('b', 12, 24), elsewhere], people, span)).toEqual([
      { kind: 'double', person: 'zhang', shifts: ['a', 'x'], from: DAY + 6 * HOUR, to: DAY + 10 * HOUR },
    ]);
    expect(troublesOf([shift('a', 0, 12), shift('b', 12, 24)], people, span)).toEqual([
      { kind: 'no-rest', person: 'zhang', shifts: ['a', 'b'] },
    ]);
  });

  it('shows every other shift that a long one lies over, not only the one that begins next', () => {
    const shifts = [
      shift('long', 0, 12),
      shift('b', 1, 2, { officers: ['li'] }),
      shift('c', 3, 4),
      shift('d', 5, 6),
    ];
    expect(
      troublesOf(shifts, people, span).flatMap((one) => (one.kind === 'double' ? [one.shifts.join()] : [])),
    ).toEqual(['long,c', 'long,d']);
  });

  it('shows 带班 and 备班 too whose 身份 became one that may not be on duty', () => {
    expect(troublesOf([shift('a', 0, 24, { leaders: ['sun'], standby: ['sun'] })], people, span)).toEqual([
      { kind: 'not-permanent', person: 'sun', shift: 'a' },
    ]);
  });

  it('refuses whoever is not permanent staff, in the words of the notice', () => {
    expect(troublesOf([shift('a', 0, 24, { officers: ['sun'] })], people, span)).toEqual([
      { kind: 'not-permanent', person: 'sun', shift: 'a' },
    ]);
    expect(objectionToStanding('孙某', 'retired')?.zh).toContain('退休返聘');
    expect(objectionToStanding('张某', 'permanent')).toBeNull();
    expect(['正式', '正式人员', ' 三支一扶人员', '实习生', '临时聘用', '保安'].map(standingOf)).toEqual([
      'permanent',
      'permanent',
      'rural-service',
      'intern',
      'temporary',
      undefined,
    ]);
  });
});
