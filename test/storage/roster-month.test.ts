import { expect, it } from 'vitest';
import { onDutyAt } from '../../src/duty/roster.ts';
import type { Post } from '../../src/duty/roster-plan.ts';
import { FIRST_RULES } from '../../src/duty/roster-rules.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { RosterWork } from '../../src/storage/roster-work.ts';
import { seeded } from '../support/seeded.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';

const HOUR = 3_600_000;
const DAYS = 30;
/** Midnight of the first day in Shanghai. */
const FIRST = Date.UTC(2026, 10, 30, 16);
const by = { room: ROOM, account: 'a-1', person: null, name: '王某' };
const officer = (person: string): Post => ({ role: '值班员', kind: 'officer', person });
const shift = (n: number) => ({ from: FIRST + n * 8 * HOUR, to: FIRST + (n + 1) * 8 * HOUR });
const day = (n: number) => new Date(FIRST + (n * 24 + 8) * HOUR).toISOString().slice(0, 10);

onBothBackEnds((backEnd) => {
  it('a month of 90 shifts with swaps and absences: who is on duty at every hour, against a sheet kept by hand', async () => {
    const store = await backEnd.freshStore();
    const officers = Array.from({ length: 7 }, (_, n) => `o-${n}`);
    const people = officers.map((id) => ({
      ...{ id, room: ROOM, name: id, title: null, phone: null },
      standing: 'permanent' as const,
    }));
    await done(store, {
      type: 'office-import',
      office: { ...OFFICE, people: [...OFFICE.people, ...people] },
      at: 0,
    });
    const rules = {
      ...FIRST_RULES,
      parts: ['夜班', '早班', '晚班'].map((name, n) => ({
        name,
        from: n * 480,
        to: ((n + 1) * 480) % 1_440,
      })),
    };
    await done(store, { ...by, type: 'roster-rules', base: 0, rules, at: FIRST - 9 * 24 * HOUR });
    /** The sheet on the wall: one name for each shift, corrected by pen. */
    const sheet = Array.from({ length: DAYS * 3 }, (_, n) => officers[n % officers.length] ?? '');
    const plan = (n: number, base: number) => ({
      ...shift(n),
      name: '班',
      posts: [officer(sheet[n] ?? '')],
      base,
    });
    await done(store, {
      ...{ ...by, type: 'roster-plan', how: 'imported', at: FIRST - 8 * 24 * HOUR },
      shifts: sheet.map((_, n) => plan(n, 0)),
    });
    const publish = (at: number): RosterWork => ({
      ...{ ...by, type: 'roster-publish', id: newId(), from: day(0), to: day(DAYS - 1), at },
    });
    await done(store, publish(FIRST - 7 * 24 * HOUR));

    const chance = seeded('a month of duty');
    const revisions = sheet.map(() => 1);
    let carried = 0;
    for (let event = 0; event < 40; event += 1) {
      const n = 3 + event * 2;
      const at = shift(n).from - 2 * HOUR;
      if (event % 4 === 3) {
        // Somebody is ill: another one is put on the shift, and it is published.
        const other = chance.pick(officers.filter((one) => one !== sheet[n]));
        sheet[n] = other;
        await done(store, {
          ...{ ...by, type: 'roster-plan', how: 'edited', at },
          shifts: [plan(n, revisions[n] ?? 0)],
        });
        revisions[n] = (revisions[n] ?? 0) + 1;
        await done(store, publish(at));
        continue;
      }
      const back = Math.min(sheet.length - 1, n + 1 + chance.below(6));
      const [giver = '', taker = ''] = [sheet[n], sheet[back]];
      const asked: RosterWork = {
        ...{ ...by, type: 'swap-ask', id: newId(), giver, taker, at },
        ...{ shift: shift(n), back: shift(back), reason: '有事' },
      };
      const [written] = await store.write([asked]);
      if (giver === taker) {
        expect(written).toMatchObject({ ok: false, refusal: { code: 'swap-same-person' } });
        continue;
      }
      expect(written).toMatchObject({ ok: true });
      const how = event % 4 === 2 ? 'refused' : 'accepted';
      await done(store, { ...by, type: 'swap-answer', id: asked.id, how, words: '', person: taker, at });
      if (how === 'refused') continue;
      sheet[n] = taker;
      sheet[back] = giver;
      for (const one of [n, back]) revisions[one] = (revisions[one] ?? 0) + 1;
      carried += 1;
    }
    expect(carried).toBeGreaterThan(10);

    const { shifts } = await store.roomRoster(ROOM);
    for (let hour = 0; hour < DAYS * 24; hour += 1)
      expect([hour, onDutyAt(shifts, ROOM, FIRST + hour * HOUR).officers]).toEqual([
        hour,
        [sheet[Math.floor(hour / 8)]],
      ]);
    const state = await store.rosterState(ROOM, { from: FIRST, to: FIRST + DAYS * 24 * HOUR });
    expect(state.plans.map(({ posts }) => posts)).toEqual(state.published.map(({ posts }) => posts));
    expect(state.swaps.filter(({ state: how }) => how === 'accepted')).toHaveLength(carried);
  });
});
