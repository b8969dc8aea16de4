/** 值班表 of the plan, as works: planned, published, swapped, changed for absences, reported. */
import { FIRST_RULES } from '../../src/duty/roster-rules.ts';
import type { RosterWork } from '../../src/storage/roster-work.ts';
import { DAY, DAYS, dayText, FIRST, SHIFT_MS, turn } from './calendar.ts';
import { ROOM } from './office.ts';
import { HOLIDAYS, ROSTER_REPORTS } from './planned-papers.ts';
import type { RosterChange } from './planned-roster.ts';
import type { Act, Stage } from './play.ts';

const by = { room: ROOM, account: 'a-1', person: null, name: '王某' } as const;
const PUBLISHED_AT = FIRST - 8 * DAY;

export function theRoster(stage: Stage): readonly Act[] {
  const { first, leaders, changes } = stage.plan.roster;
  const sheet = first.map((officers) => [...officers]);
  const revisions = first.map(() => 1);
  const planned = (n: number, base: number) => ({
    ...{ from: turn(n), to: turn(n) + SHIFT_MS, name: ['夜班', '白班', '晚班'][n % 3] ?? '', base },
    posts: [
      { role: '带班领导', kind: 'leader' as const, person: leaders[n] ?? '' },
      ...(sheet[n] ?? []).map((person) => ({ role: '值班员', kind: 'officer' as const, person })),
    ],
  });
  const publish = (id: string): RosterWork => ({
    ...{ ...by, type: 'roster-publish', id, from: dayText(0), to: dayText(DAYS - 1), at: stage.now },
  });
  const put = (n: number, from: string, to: string) => {
    sheet[n] = (sheet[n] ?? []).map((one) => (one === from ? to : one));
    revisions[n] = (revisions[n] ?? 0) + 1;
  };
  const ends = (n: number) => ({ from: turn(n), to: turn(n) + SHIFT_MS });
  const changed = (change: RosterChange): void => {
    const { id, n } = change;
    const at = stage.now;
    if (change.kind === 'absence') {
      const base = revisions[n] ?? 0;
      put(n, change.away, change.instead);
      stage.write({ ...by, type: 'roster-plan', how: 'edited', shifts: [planned(n, base)], at });
      stage.write(publish(id));
      return;
    }
    const { giver, taker, how, back } = change;
    const asked = { shift: ends(n), giver, taker, back: ends(back), reason: '有事' };
    stage.write({ ...by, type: 'swap-ask', id, ...asked, at });
    stage.write({
      ...by,
      type: 'swap-answer',
      id,
      how,
      words: '',
      person: how === 'withdrawn' ? giver : taker,
      at,
    });
    if (how !== 'accepted') return;
    put(n, giver, taker);
    put(back, taker, giver);
  };
  const begin = (): void => {
    const parts = ['夜班', '白班', '晚班'].map((name, n) => ({
      ...{ name, from: n * 480, to: ((n + 1) * 480) % 1_440 },
    }));
    const rules = { ...FIRST_RULES, parts, holidays: HOLIDAYS, reportTo: '自治区总值班室' };
    stage.write({ ...by, type: 'roster-rules', base: 0, rules, at: stage.now });
    const shifts = first.map((_, n) => planned(n, 0));
    stage.write({ ...by, type: 'roster-plan', how: 'imported', shifts, at: stage.now });
    stage.write(publish('published'));
  };
  return [
    { at: PUBLISHED_AT, act: begin },
    ...changes.map((change) => ({ at: change.at, act: () => changed(change) })),
    ...ROSTER_REPORTS.map(({ at, ...report }) => ({
      at,
      act: () =>
        stage.write({
          ...{ ...by, ...report, type: 'roster-report', reportedTo: '自治区总值班室', way: 'system' },
          ...{ reportedAt: at, at },
        }),
    })),
  ];
}
