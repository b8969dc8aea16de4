import { describe, expect, it } from 'vitest';
import { FIRST_RULES } from '../../src/duty/roster-rules.ts';
import type { RosterShiftView, RosterView } from '../../src/duty/roster-view.ts';
import { daysOf, shownSpan, steppedDay, weekdayOf } from '../../src/ui/roster/calendar.ts';
import { copyWeek, saidCopy } from '../../src/ui/roster/copy-week.ts';
import { marksOf, standOf, troubleCounts } from '../../src/ui/roster/marks.ts';
import { personTyped, typedName } from '../../src/ui/roster/person-typed.ts';
import { rulesDraft, rulesOfDraft } from '../../src/ui/roster/rules-draft.ts';

describe('the days of 值班表', () => {
  it.each([
    ['week', '2026-11-27', '2026-11-23', 7],
    ['week', '2026-11-29', '2026-11-23', 7],
    ['week', '2027-01-01', '2026-12-28', 7],
    ['month', '2026-11-27', '2026-10-26', 42],
    ['month', '2027-02-10', '2027-02-01', 28],
    ['month', '2026-12-31', '2026-11-30', 35],
  ] as const)('of a %s around %s begin on Monday %s and are %i', (kind, day, from, days) => {
    expect(shownSpan(kind, day)).toEqual({ from, days });
    expect(weekdayOf(from)).toBe(0);
    expect(daysOf({ from, days })).toContain(day);
  });
  it('go on by a week or a month, over the end of a year', () => {
    expect(steppedDay('week', '2026-12-30', 1)).toBe('2027-01-06');
    expect(steppedDay('month', '2026-12-30', 1)).toBe('2027-01-01');
    expect(steppedDay('month', '2027-01-31', -1)).toBe('2026-12-01');
  });
});

describe('rules as they are typed', () => {
  it('come back as they were', () => {
    expect(rulesOfDraft(rulesDraft(FIRST_RULES))).toEqual(FIRST_RULES);
  });
  it('take times and days as people write them, and leave out empty lines', () => {
    const draft = {
      ...rulesDraft(FIRST_RULES),
      parts: [
        { name: '全天', from: '８：３０', to: '24:00' },
        { name: '', from: '', to: ' ' },
      ],
      holidays: [
        { name: '国庆节', from: '2026年10月1日', to: '2026.10.7' },
        { name: '', from: '', to: '' },
      ],
    };
    expect(rulesOfDraft(draft)).toMatchObject({
      parts: [{ name: '全天', from: 510, to: 0 }],
      holidays: [{ name: '国庆节', from: '2026-10-01', to: '2026-10-07' }],
    });
    const bad = { ...draft, parts: [{ name: '白班', from: '8点', to: '20:00' }] };
    expect(rulesOfDraft(bad)).toBeNull();
  });
});

describe('a person typed into a post', () => {
  const person = (id: string, name: string, title: string | null) => ({
    ...{ id, name, title, phone: null },
    standing: 'permanent' as const,
  });
  const people = [person('w1', '张伟', '科长'), person('w2', '张伟', '科员'), person('li', '李 四', null)];
  it('is he whose name it is, with or without blanks', () => {
    expect(personTyped(' 李四 ', people)).toBe(people[2]);
    expect(personTyped('赵六', people)).toContain('没有登记“赵六”');
    expect(personTyped('李四、张伟科长', people)).toContain('没有登记');
  });
  it('is none of two namesakes until his title is said, as the list says it', () => {
    expect(personTyped('张伟', people)).toContain('同名');
    for (const one of people.slice(0, 2)) expect(personTyped(typedName(one, people), people)).toBe(one);
    expect(people.slice(2).map((one) => typedName(one, people))).toEqual(['李 四']);
  });
});

describe('what is wrong with a shift', () => {
  const post = { role: '值班员', kind: 'officer' as const, person: 'li' };
  const shift: RosterShiftView = {
    ...{ name: '白班', day: '2026-11-26', from: 100, to: 200, posts: [post], published: null },
    ...{ revision: 1, inPattern: true },
  };
  const troubles = [
    { kind: 'gap', what: 'leaders', room: 'r', from: 0, to: 150 },
    { kind: 'gap', what: 'officers', room: 'r', from: 200, to: 300 },
    { kind: 'no-rest', person: 'li', shifts: ['r@0-100', 'r@100-200'] },
    { kind: 'not-permanent', person: 'li', shift: 'r@100-2000' },
  ] as const;
  it('is what lies in it or names it', () => {
    expect(marksOf(shift, troubles)).toEqual(['gapLeaders', 'no-rest']);
    expect(troubleCounts(troubles, [shift])).toEqual([
      '缺值班员 1 处',
      '缺带班 1 处',
      '连班 1 处',
      '非正式人员 1 处',
    ]);
  });
  it('says whether it counts', () => {
    expect(standOf(shift)).toBe('unpublished');
    expect(standOf({ ...shift, posts: [] })).toBe('empty');
    expect(standOf({ ...shift, published: [post] })).toBe('published');
    expect(standOf({ ...shift, published: [] })).toBe('changed');
  });
});

describe('照排上周', () => {
  const DAY = 86_400_000;
  const NOW = Date.UTC(2026, 10, 25, 4);
  const at = (day: string, hour: number) => Date.parse(`${day}T00:00:00+08:00`) + hour * 3_600_000;
  const shift = (day: string, name: string, people: readonly string[], revision = 0): RosterShiftView => {
    const from = at(day, name === '白班' ? 8 : 20);
    const posts = people.map((person) => ({ role: '值班员', kind: 'officer' as const, person }));
    return { name, day, from, to: from + DAY / 2, posts, published: null, revision, inPattern: true };
  };
  const person = (id: string, standing: 'permanent' | 'intern') => ({
    ...{ id, name: id === 'li' ? '李四' : '赵五', title: null, phone: null, standing },
  });
  const view = (shifts: readonly RosterShiftView[]): RosterView => ({
    ...{ room: 'r', at: NOW, from: '2026-11-23', days: 7, mayEdit: true, me: null },
    ...{ rules: FIRST_RULES, rulesVersion: 0, standing: { leaders: [], officers: [] }, troubles: [] },
    people: [person('li', 'permanent'), person('zhao', 'intern')],
    shifts,
    ...{ swaps: [], publications: [], reports: [], outdated: [], due: [] },
  });

  it('puts last week’s people into empty shifts only, and says what it left out and why', () => {
    const copied = copyWeek(
      view([
        shift('2026-11-24', '白班', []),
        shift('2026-11-26', '白班', []),
        shift('2026-11-26', '夜班', ['li'], 2),
        shift('2026-11-27', '白班', [], 3),
        shift('2026-11-27', '夜班', []),
        shift('2026-11-28', '白班', []),
        shift('2026-11-29', '白班', []),
      ]),
      [
        shift('2026-11-17', '白班', ['li']),
        shift('2026-11-19', '夜班', ['zhao']),
        shift('2026-11-20', '白班', ['li']),
        shift('2026-11-20', '夜班', []),
        shift('2026-11-21', '白班', ['zhao']),
        shift('2026-11-22', '白班', ['zhao']),
      ],
    );
    const { from, to } = shift('2026-11-27', '白班', []);
    const posts = [{ role: '值班员', kind: 'officer', person: 'li' }];
    expect(copied.shifts).toEqual([{ from, to, name: '白班', base: 3, posts }]);
    expect(copied.reasons).toEqual([
      expect.stringMatching(/^11-28 周六 白班、11-29 周日 白班：赵五.*不得安排值班/),
    ]);
    expect(saidCopy(copied)).toBe(
      '已照上周排 1 个班次，尚未发布。未动：已有安排 1 个、上周无人 2 个、已结束 1 个、不能照排 2 个。',
    );
  });

  it('says so when there is nothing to copy', () => {
    expect(saidCopy(copyWeek(view([]), []))).toBe('没有可照排的班次。');
  });
});

it('as many are counted as stand in the table, once what no shift covers, and 长期安排 by itself', () => {
  const shifts = [0, 100, 200].map((from) => ({ from, to: from + 100 }));
  const week = { kind: 'gap', what: 'leaders', room: 'r', from: 0, to: 300 } as const;
  const beyond = { kind: 'gap', what: 'leaders', room: 'r', from: 300, to: 400 } as const;
  expect(troubleCounts([week, beyond], shifts)).toEqual(['缺带班 4 处']);
  const unfit = (shift: string) => ({ kind: 'not-permanent', person: 'li', shift }) as const;
  expect(troubleCounts([unfit('r@0-100'), unfit('roster-1')], shifts)).toEqual([
    '非正式人员 1 处',
    '长期安排中非正式人员 1 处',
  ]);
});
