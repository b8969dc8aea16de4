import { describe, expect, it } from 'vitest';
import type { HandOverView, MatterView } from '../../src/duty/hand-over-view.ts';
import { keptBefore, saidMatter, saidStanding, typedDue } from '../../src/ui/hand-over/saying.ts';

const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).getTime();

describe('a time to come, as typed', () => {
  it.each([
    ['22:00', at(27, 20), at(27, 22)],
    ['8:30', at(27, 20), at(28, 8, 30)],
    ['20:10', at(27, 20), at(27, 20, 10)],
    ['０：２０', at(27, 0, 30), at(28, 0, 20)],
    ['今天 22:00', at(27, 20), at(27, 22)],
    ['今天 8:00', at(27, 20), null],
    ['明天 8:30', at(27, 20), at(28, 8, 30)],
    ['明天22:00', at(27, 20), at(28, 22)],
    ['11-29 9:00', at(27, 20), at(29, 9)],
    ['2026年11月29日 9时0分', at(27, 20), at(29, 9)],
    ['11-26 9:00', at(27, 20), null],
    ['晚上', at(27, 20), null],
    ['25:00', at(27, 20), null],
  ])('%s', (text, now, due) => {
    expect(typedDue(text, now)).toBe(due);
  });
});

const matter = (more: Partial<MatterView>): MatterView => ({
  ...{ kind: 'draft', id: 'm', at: 1, unit: '', person: '', number: '', text: '', dueAt: null, call: null },
  ...more,
});

it('tells a 接班人 who may not be on duty in the words of the notice, and lets him sign', () => {
  const people = (['permanent', 'worker', null] as const).map((standing) => ({
    ...{ id: String(standing), name: '李某', title: null, standing },
  }));
  expect(saidStanding(people, 'permanent', '王某')).toBeNull();
  expect(saidStanding(people, 'worker', '王某')).toBe(
    '李某为工勤人员，不得安排值班。值班工作由正式人员承担（《通知》二（四））。' +
      '确无正式人员到岗的，可先接班：记入值班日志，并告警通知带班领导王某。',
  );
  expect(saidStanding(people, 'null', '王某')).toContain('身份未填写');
});

describe('a matter in words', () => {
  it('names who called by what is known of him', () => {
    expect(saidMatter(matter({ unit: '市水务局', person: '李某', number: '1' })).who).toBe(
      '市水务局（李某）',
    );
    expect(saidMatter(matter({ number: '0954-2031234' })).who).toBe('0954-2031234');
    expect(saidMatter(matter({})).who).toBe('未显示号码');
  });
  it('says of a finding what is suspected of which line', () => {
    const finding = matter({ kind: 'finding', number: '0954-2030000', text: 'probe-not-arrived' });
    expect(saidMatter(finding)).toEqual({ who: '0954-2030000', text: '拨测未到达本机' });
  });
  it('says what the shift before kept for itself, and who', () => {
    const sealed = (state: 'done' | 'stayed', reason: string) => ({
      handOver: {
        state,
        giver: { person: 'z', at: 1 },
        matters: [{ kind: 'task', id: 't', handed: false, reason }],
      },
    });
    const view = {
      people: [{ id: 'z', name: '张三', title: null, standing: null }],
      past: [sealed('stayed', '没有交成'), sealed('done', '本人办理'), sealed('done', '更早')],
    } as unknown as HandOverView;
    expect([...keptBefore(view)]).toEqual([['task t', { name: '张三', reason: '本人办理' }]]);
  });
});
