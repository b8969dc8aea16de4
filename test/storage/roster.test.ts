import { describe, expect, it } from 'vitest';
import type { Post } from '../../src/duty/roster-plan.ts';
import { FIRST_RULES } from '../../src/duty/roster-rules.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { RosterWork } from '../../src/storage/roster-work.ts';
import type { Store } from '../../src/storage/store.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { NOON } from './telling.ts';

const HOUR = 3_600_000;
const by = { room: ROOM, account: 'a-1', person: 'zhang', name: '张某', at: NOON };
/** Midnight of Shanghai after NOON. */
const DAY = Math.ceil((NOON + 8 * HOUR) / (24 * HOUR)) * 24 * HOUR - 8 * HOUR;
const day = (n: number) => new Date(DAY + 8 * HOUR + n * 24 * HOUR).toISOString().slice(0, 10);
const span = { from: DAY, to: DAY + 3 * 24 * HOUR };
const dayShift = (n: number) => ({ from: DAY + (n * 24 + 8) * HOUR, to: DAY + (n * 24 + 20) * HOUR });
const officer = (person: string): Post => ({ role: '值班员', kind: 'officer', person });
const leader: Post = { role: '带班领导', kind: 'leader', person: 'wang' };

function plan(n: number, posts: readonly Post[], base = 0, given: Partial<RosterWork> = {}): RosterWork {
  const shifts = [{ ...dayShift(n), name: '白班', posts, base }];
  return { ...by, type: 'roster-plan', how: 'edited', shifts, ...given } as RosterWork;
}
const publish = (from = 0, to = 2): RosterWork => ({
  ...by,
  type: 'roster-publish',
  id: newId(),
  from: day(from),
  to: day(to),
});

async function permanent(store: Store, ...people: string[]): Promise<void> {
  for (const who of people) await done(store, { ...by, type: 'roster-standing', who, standing: 'permanent' });
}

async function refusal(store: Store, work: RosterWork): Promise<string> {
  const [result] = await store.write([work]);
  return result?.ok === false ? result.refusal.code : 'done';
}

const state = (store: Store) => store.rosterState(ROOM, span);

describe('值班表 in the store', () => {
  onBothBackEnds((backEnd) => {
    it('takes permanent staff only, and says so in the words of the notice', async () => {
      const store = await backEnd.freshStore();
      expect(await refusal(store, plan(0, [officer('li')]))).toBe('standing-unsaid');
      await done(store, { ...by, type: 'roster-standing', who: 'li', standing: 'retired' });
      const [refused] = await store.write([plan(0, [officer('li')])]);
      expect(refused).toMatchObject({
        ok: false,
        refusal: { code: 'not-permanent', zh: expect.stringContaining('退休返聘') },
      });
      expect(await refusal(store, plan(0, [officer('zhao')]))).toBe('roster-person-unknown');
      await permanent(store, 'li');
      expect(await refusal(store, plan(0, [officer('li'), leader]))).toBe('standing-unsaid');
      expect(await refusal(store, plan(0, [officer('li'), officer('li')]))).toBe('roster-person-twice');
      expect(await refusal(store, plan(0, [{ ...officer('li'), role: '厨师' }]))).toBe('roster-role-unknown');
      expect(await refusal(store, plan(-3, [officer('li')]))).toBe('roster-shift-over');
      expect((await state(store)).plans).toEqual([]);
      expect(await refusal(store, plan(0, [officer('li')]))).toBe('done');
    });

    it('counts for nothing until it is published, and keeps every change', async () => {
      const store = await backEnd.freshStore();
      await permanent(store, 'li', 'zhang', 'wang');
      await done(store, plan(0, [officer('zhang'), leader]));
      const onDuty = async () => (await store.roomView(ROOM, dayShift(0).from + 1))?.onDuty.officers;
      expect((await onDuty())?.map(({ id }) => id)).toEqual(['zhang', 'li']);
      const told = await done(store, publish());
      expect(told.changes).toMatchObject([{ entity: 'room', id: ROOM }]);
      expect((await onDuty())?.map(({ id }) => id)).toEqual(['zhang']);
      expect(await refusal(store, plan(0, [officer('li'), leader], 0))).toBe('roster-changed-meanwhile');
      await done(store, plan(0, [officer('li'), leader], 1));
      expect((await onDuty())?.map(({ id }) => id)).toEqual(['zhang']);
      await done(store, publish());
      expect((await onDuty())?.map(({ id }) => id)).toEqual(['li']);
      expect(await refusal(store, publish())).toBe('roster-nothing-new');
      const changes = await store.rosterChanges(ROOM, dayShift(0));
      expect(
        changes.map(({ what, before, after }) => [
          what,
          before.map((one) => one.person),
          after.map((one) => one.person),
        ]),
      ).toEqual([
        ['published', ['zhang', 'wang'], ['li', 'wang']],
        ['edited', ['zhang', 'wang'], ['li', 'wang']],
        ['published', [], ['zhang', 'wang']],
        ['edited', [], ['zhang', 'wang']],
      ]);
      expect((await state(store)).publications.map(({ changed, by: who }) => [changed, who])).toEqual([
        [1, '张某'],
        [1, '张某'],
      ]);
      // Emptied and published: the standing arrangement counts again.
      await done(store, plan(0, [], 2));
      await done(store, publish());
      expect((await onDuty())?.map(({ id }) => id)).toEqual(['zhang', 'li']);
    });

    it('writes all shifts of a file or none, and publishes nobody who may not be on duty any more', async () => {
      const store = await backEnd.freshStore();
      await permanent(store, 'li', 'zhang');
      const shifts = [0, 1, 2].map((n) => ({
        ...dayShift(n),
        name: '白班',
        posts: [officer(n === 2 ? 'wang' : 'li')],
        base: 0,
      }));
      const file: RosterWork = { ...by, type: 'roster-plan', how: 'imported', shifts };
      expect(await refusal(store, file)).toBe('standing-unsaid');
      expect((await state(store)).plans).toEqual([]);
      await permanent(store, 'wang');
      await done(store, file);
      expect((await state(store)).plans).toHaveLength(3);
      await done(store, { ...by, type: 'roster-standing', who: 'wang', standing: 'temporary' });
      expect(await refusal(store, publish())).toBe('not-permanent');
      expect((await state(store)).published).toEqual([]);
      await done(store, publish(0, 1));
      expect((await state(store)).published).toHaveLength(2);
    });

    it('is planned by one of two processes that change a shift at the same moment; the other is told', async () => {
      const database = await backEnd.freshOffice();
      const [one, other] = [await backEnd.open(database), await backEnd.open(database)];
      await permanent(one, 'li', 'zhang');
      const written = await Promise.all([
        one.write([plan(0, [officer('li')])]),
        other.write([plan(0, [officer('zhang')])]),
      ]);
      expect(written.flat().filter(({ ok }) => ok)).toHaveLength(1);
    });

    it('swaps what was published once the other agrees, and shows the swap for ever', async () => {
      const store = await backEnd.freshStore();
      await permanent(store, 'li', 'zhang', 'wang');
      const ask = (given: Partial<RosterWork> = {}): RosterWork =>
        ({
          ...by,
          ...{ type: 'swap-ask', id: 'swap-1', shift: dayShift(0), giver: 'zhang', taker: 'li' },
          ...{ back: dayShift(1), reason: '家中有事' },
          ...given,
        }) as RosterWork;
      const answer = (how: string, person: string, id = 'swap-1'): RosterWork =>
        ({ ...by, type: 'swap-answer', id, how, words: '', person }) as RosterWork;
      await done(store, plan(0, [officer('zhang'), leader]));
      await done(store, plan(1, [officer('li')]));
      expect(await refusal(store, ask())).toBe('swap-not-published');
      await done(store, publish());
      expect(await refusal(store, ask({ taker: 'zhang' } as Partial<RosterWork>))).toBe('swap-same-person');
      expect(await refusal(store, ask({ giver: 'li', taker: 'zhang' } as Partial<RosterWork>))).toBe(
        'swap-not-theirs',
      );
      expect(await refusal(store, ask({ reason: ' ' } as Partial<RosterWork>))).toBe('swap-reason');
      expect(await refusal(store, ask({ at: dayShift(0).from } as Partial<RosterWork>))).toBe(
        'swap-too-late',
      );
      // Meanwhile the other is planned for something else in that very shift: the swap goes before it.
      const standby: Post = { role: '备班', kind: 'standby', person: 'li' };
      await done(store, plan(0, [officer('zhang'), leader, standby], 1));
      await done(store, ask());
      expect(await refusal(store, ask({ id: 'swap-2' } as Partial<RosterWork>))).toBe('swap-asked-already');
      expect(await refusal(store, answer('accepted', 'zhang'))).toBe('swap-not-yours');
      expect(await refusal(store, answer('withdrawn', 'li'))).toBe('swap-not-yours');
      // By the shift in return nobody comes in whose 身份 changed.
      await done(store, { ...by, type: 'roster-standing', who: 'zhang', standing: 'temporary' });
      expect(await refusal(store, answer('accepted', 'li'))).toBe('not-permanent');
      await permanent(store, 'zhang');
      await done(store, answer('accepted', 'li'));
      expect(await refusal(store, answer('refused', 'li'))).toBe('swap-answered');
      const after = await state(store);
      expect(after.published.map(({ posts }) => posts.map(({ person }) => person))).toEqual([
        ['li', 'wang'],
        ['zhang'],
      ]);
      expect(after.plans.map(({ posts }) => posts)).toEqual(after.published.map(({ posts }) => posts));
      expect(await refusal(store, publish())).toBe('roster-nothing-new');
      expect(after.swaps).toMatchObject([{ id: 'swap-1', state: 'accepted', reason: '家中有事' }]);
      expect((await store.rosterChanges(ROOM, dayShift(1))).map(({ what }) => what)).toEqual([
        'swapped',
        'published',
        'edited',
      ]);
      const kinds = (await store.auditOf(ROOM)).map(({ kind }) => kind);
      expect(kinds).toContain('swap-asked');
      expect(kinds).toContain('swap-accepted');

      // One that nobody has answered when the shift begins.
      const late = { giver: 'li', taker: 'zhang', back: null, id: 'swap-3' };
      await done(store, ask(late as Partial<RosterWork>));
      const begun = { at: dayShift(0).from };
      expect(await refusal(store, { ...answer('accepted', 'zhang', 'swap-3'), ...begun })).toBe(
        'swap-lapsed',
      );
      expect(await refusal(store, { ...answer('withdrawn', 'li', 'swap-3'), ...begun })).toBe('swap-lapsed');
      expect((await state(store)).swaps.find(({ id }) => id === 'swap-3')).toMatchObject({
        ...{ state: 'lapsed', answeredAt: dayShift(0).from, answeredBy: null },
      });
      const trail = (await store.auditOf(ROOM)).filter(({ kind }) => kind === 'swap-lapsed');
      expect(trail.map(({ account, payloadJson }) => [account, payloadJson?.includes('swap-3')])).toEqual([
        [null, true],
      ]);
    });

    it('keeps versions of the rules, and what was reported when', async () => {
      const store = await backEnd.freshStore();
      const rules = { ...FIRST_RULES, reportTo: '市政府总值班室' };
      const edit = (base: number, given = rules): RosterWork => ({
        ...by,
        type: 'roster-rules',
        base,
        rules: given,
      });
      await done(store, edit(0));
      expect(await refusal(store, edit(0, FIRST_RULES))).toBe('roster-changed-meanwhile');
      expect(await refusal(store, edit(1, { ...rules, parts: [] }))).toBe('roster-rules-parts');
      expect(await state(store)).toMatchObject({ version: 1, rules });
      await permanent(store, 'li');
      const report = (reportedAt = NOON): RosterWork => ({
        ...by,
        ...{ type: 'roster-report', id: newId(), from: day(0), to: day(1) },
        ...{ reportedTo: '市政府总值班室', way: 'fax', reportedAt },
      });
      expect(await refusal(store, report())).toBe('roster-report-unpublished');
      await done(store, plan(0, [officer('li')]));
      await done(store, publish());
      expect(await refusal(store, report(NOON + 1))).toBe('roster-report-future');
      await done(store, report());
      expect((await state(store)).reports).toMatchObject([
        { from: day(0), to: day(1), way: 'fax', at: NOON, by: '张某' },
      ]);
      expect(await store.lastPublishedChange(ROOM, span)).toBe(NOON);
    });

    it('survives an office file: what it says as it stands keeps its roles, what it changes is kept in the history', async () => {
      const store = await backEnd.freshStore();
      await permanent(store, 'li', 'zhang');
      const rules = {
        ...FIRST_RULES,
        roles: [...FIRST_RULES.roles, { name: '值班长', kind: 'officer' as const }],
      };
      await done(store, { ...by, type: 'roster-rules', base: 0, rules });
      await done(store, plan(0, [{ ...officer('li'), role: '值班长' }]));
      await done(store, publish());
      const office = await store.office();
      expect(office.people).toContainEqual(expect.objectContaining({ id: 'li', standing: 'permanent' }));
      await done(store, { type: 'office-import', office, at: NOON });
      expect((await state(store)).published).toMatchObject([{ name: '白班', posts: [{ role: '值班长' }] }]);
      expect(await store.rosterChanges(ROOM, dayShift(0))).toHaveLength(2);
      await done(store, { type: 'office-import', office: OFFICE, at: NOON + 5 });
      expect((await state(store)).published).toEqual([]);
      expect((await store.rosterChanges(ROOM, dayShift(0)))[0]).toMatchObject({
        what: 'office',
        before: [{ role: '值班长', person: 'li' }],
        after: [],
        at: NOON + 5,
      });
      expect((await store.office()).people).toContainEqual(
        expect.objectContaining({ standing: 'permanent' }),
      );
    });
  });
});
