import { describe, expect, it } from 'vitest';
import { onDutyAt, type Shift } from '../../src/duty/roster.ts';
import { troublesOf } from '../../src/duty/roster-check.ts';
import { asShift, postsOf, refuseShift } from '../../src/duty/roster-plan.ts';
import { reportsDue } from '../../src/duty/roster-report.ts';
import { FIRST_RULES, readRosterRules } from '../../src/duty/roster-rules.ts';
import { seeded } from '../support/seeded.ts';

const HOUR = 3_600_000;
const people = [
  { id: 'zhang', name: '张某', standing: 'permanent' as const },
  { id: 'sun', name: '孙某', standing: 'intern' as const },
  { id: 'wu', name: '吴某', standing: null },
];

describe('a shift as it is planned', () => {
  const given = { before: [], roles: FIRST_RULES.roles, people, now: 0 };
  const shift = (person: string, role = '值班员') => ({
    ...{ from: HOUR, to: 9 * HOUR, name: '白班' },
    posts: [{ role, kind: 'officer' as const, person }],
  });
  it.each([
    ['zhang', undefined],
    ['sun', 'not-permanent'],
    ['wu', 'standing-unsaid'],
    ['nobody', 'roster-person-unknown'],
  ])('with %s: %s', (person, code) => {
    expect(refuseShift(shift(person), given)?.code).toBe(code);
  });
  it('keeps a role that is out of use where it stood', () => {
    const old = shift('zhang', '主班');
    expect(refuseShift(old, given)?.code).toBe('roster-role-unknown');
    expect(refuseShift(old, { ...given, before: old.posts })).toBeNull();
  });
  it('comes back from the roster with its posts', () => {
    const posts = [
      { role: '值班员', kind: 'officer' as const, person: 'zhang' },
      { role: '备班', kind: 'standby' as const, person: 'li' },
    ];
    expect(postsOf(asShift('r1', { from: 0, to: 1, name: '白班', posts }), FIRST_RULES.roles)).toEqual(posts);
  });
});

describe('gaps', () => {
  function shifts(seed: number): Shift[] {
    const chance = seeded(seed);
    const next = (below: number) => chance.below(below);
    return Array.from({ length: 1 + next(5) }, (_, n) => {
      const from = next(20);
      return {
        ...{ id: `s${n}`, room: 'r1' },
        from: next(6) === 0 ? null : from,
        to: next(6) === 0 ? null : from + 1 + next(8),
        leaders: next(3) === 0 ? [] : ['wang'],
        officers: next(3) === 0 ? [] : ['zhang'],
      };
    });
  }
  it('are where the roster has nobody, at every hour', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const roster = shifts(seed);
      const gaps = troublesOf(roster, people, { room: 'r1', from: 0, to: 30 }).flatMap((one) =>
        one.kind === 'gap' ? [one] : [],
      );
      for (let at = 0; at < 30; at += 1) {
        const onDuty = onDutyAt(roster, 'r1', at);
        for (const what of ['officers', 'leaders'] as const)
          expect([
            seed,
            at,
            what,
            gaps.some((gap) => gap.what === what && gap.from <= at && at < gap.to),
          ]).toEqual([seed, at, what, onDuty[what].length === 0]);
      }
    }
  });
});

describe('the rules of a roster', () => {
  it.each([
    ['roster-rules-parts', { parts: [] }],
    ['roster-rules-parts', { parts: [{ name: '白班', from: 0, to: 1_440 }] }],
    [
      'roster-rules-parts',
      {
        parts: [
          { name: '甲', from: 0, to: 60 },
          { name: '乙', from: 0, to: 60 },
        ],
      },
    ],
    [
      'roster-rules-twice',
      {
        parts: [
          { name: '甲', from: 0, to: 60 },
          { name: '甲', from: 60, to: 0 },
        ],
      },
    ],
    ['roster-rules-nameless', { parts: [{ name: ' ', from: 0, to: 60 }] }],
    ['roster-rules-too-long', { parts: [{ name: '很'.repeat(13), from: 0, to: 60 }] }],
    ['roster-rules-roles', { roles: [{ name: '值班员', kind: 'officer' as const }] }],
    ['roster-rules-holiday', { holidays: [{ name: '国庆节', from: '2026-10-01', to: '2026-09-30' }] }],
    ['roster-rules-holiday', { holidays: [{ name: '国庆节', from: '2026-02-30', to: '2026-03-01' }] }],
  ])('%s', (code, change) => {
    expect(readRosterRules({ ...FIRST_RULES, ...change })).toMatchObject({ ok: false, fault: { code } });
  });
  it('are kept plain, holidays in order', () => {
    const holidays = [
      { name: ' 国庆节\n', from: '2026-10-01', to: '2026-10-07' },
      { name: '端午节', from: '2026-06-19', to: '2026-06-21' },
    ];
    const read = readRosterRules({ ...FIRST_RULES, holidays });
    expect(read.ok && read.rules.holidays.map(({ name }) => name)).toEqual(['端午节', '国庆节']);
  });
});

describe('报送', () => {
  const holiday = { name: '国庆节', from: '2026-10-01', to: '2026-10-07' };
  const dueOn = (day: string, reported: { from: string; to: string }[] = []) =>
    reportsDue([holiday], reported, Date.parse(`${day}:00+08:00`), 'Asia/Shanghai').map(({ state }) => state);
  it.each([
    ['2026-09-15T23:59', []],
    ['2026-09-16T00:00', ['coming']],
    ['2026-09-25T23:59', ['coming']],
    ['2026-09-26T00:00', ['due']],
    ['2026-09-27T00:00', ['late']],
    ['2026-10-07T23:59', ['late']],
    ['2026-10-08T00:00', []],
  ])('is asked for five days before a holiday: %s', (day, expected) => {
    expect(dueOn(day)).toEqual(expected);
  });
  it('ends when all of the holiday was reported', () => {
    expect(dueOn('2026-09-27T00:00', [{ from: '2026-10-01', to: '2026-10-06' }])).toEqual(['late']);
    expect(dueOn('2026-09-27T00:00', [{ from: '2026-09-28', to: '2026-10-11' }])).toEqual([]);
  });
});
