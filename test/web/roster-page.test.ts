import { expect, it } from 'vitest';
import { FIRST_RULES } from '../../src/duty/roster-rules.ts';
import type { SwapView } from '../../src/duty/roster-view.ts';
import { rosterView } from '../../src/web/roster-page.ts';

const BEGIN = Date.parse('2026-11-27T12:00:00Z');
const asked: SwapView = {
  ...{ id: 's-1', shift: { from: BEGIN, to: BEGIN + 1 }, giver: 'zhang', taker: 'li', back: null },
  ...{ state: 'asked', reason: '外出', askedAt: BEGIN - 9, askedBy: '张某' },
  ...{ answeredAt: null, answeredBy: null, answer: null, shut: null },
};

it('says of a 换班 that nobody answered that it has lapsed, from the moment its first shift begins', () => {
  const at = (now: number, swap = asked) => {
    const state = { rules: FIRST_RULES, version: 0, people: [], plans: [], published: [], standing: [] };
    const shown = rosterView(
      { room: 'r', from: '2026-11-27', days: 1 },
      { ...state, swaps: [swap], publications: [], reports: [] },
      { at: now, timeZone: 'Asia/Shanghai', mayEdit: true, me: null, outdated: [] },
    );
    return shown.swaps[0];
  };
  expect(at(BEGIN - 1)).toEqual(asked);
  expect(at(BEGIN)).toEqual({ ...asked, state: 'lapsed', answeredAt: BEGIN });
  const earlier = { ...asked, back: { from: BEGIN - 5, to: BEGIN } };
  expect(at(BEGIN - 5, earlier)).toMatchObject({ state: 'lapsed', answeredAt: BEGIN - 5 });
  const refused = { ...asked, state: 'refused', answeredAt: BEGIN - 3 } as const;
  expect(at(BEGIN + 1, refused)).toEqual(refused);
});
