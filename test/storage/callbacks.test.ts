import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/storage/store.ts';
import type { CallStepWork } from '../../src/storage/work.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { answeredCall, calledOut, NOON, telling } from './telling.ts';

const NUMBER = '09542035678';
const MINUTE = 60_000;

/** Rang at the duty phone, and the caller gave up. */
function missedCall(linkedid: string, from = NOON, caller: string | null = NUMBER): readonly CallStepWork[] {
  const call = telling(linkedid, from);
  return [call.arrives(caller), call.dials(), call.rings(), ...call.closes(), call.ends()];
}

async function tell(store: Store, steps: readonly CallStepWork[]): Promise<void> {
  for (const step of steps) await done(store, step);
}

async function callbacks(store: Store, at = NOON) {
  const { calls } = await store.snapshot(ROOM, at);
  return calls
    .filter((call) => call.callback !== null)
    .map(({ id, callback, record }) => ({ id, record, ...callback }));
}

const zhang = { account: 'a-1', person: 'zhang' };

onBothBackEnds((backEnd) => {
  describe('待回拨', () => {
    it('opens when a caller gave up, and not when somebody spoke with him', async () => {
      const store = await backEnd.freshStore();
      await tell(store, [...missedCall('1.1'), ...answeredCall('1.2', NOON + MINUTE, '09542099999')]);
      expect(await callbacks(store)).toMatchObject([{ since: NOON + 6_000, level: 0, closed: null }]);
    });

    it.each([
      ['a call back', (from: number) => calledOut('1.9', '2035678', from), 'called-back'],
      ['a call back with the area code', (from: number) => calledOut('1.9', NUMBER, from), 'called-back'],
      ['the caller, who called again', (from: number) => answeredCall('1.9', from, NUMBER), 'called-again'],
    ])('is closed by %s, every call of that number at once', async (_what, steps, how) => {
      const store = await backEnd.freshStore();
      await tell(store, [...missedCall('1.1'), ...missedCall('1.2', NOON + MINUTE)]);
      await tell(store, steps(NOON + 2 * MINUTE));
      const closedBy = (await store.snapshot(ROOM, NOON)).calls.find(
        (call) => call.outcome !== 'abandoned',
      )?.id;
      expect(await callbacks(store)).toMatchObject([
        { closed: { how, call: closedBy } },
        { closed: { how, call: closedBy } },
      ]);
    });

    it('is not closed by a call to another number, nor by one nobody answered', async () => {
      const store = await backEnd.freshStore();
      await tell(store, missedCall('1.1'));
      await tell(store, calledOut('1.8', '2035679', NOON + MINUTE));
      await tell(store, calledOut('1.9', '2035678', NOON + 2 * MINUTE).slice(0, 2));
      expect(await callbacks(store)).toMatchObject([{ closed: null }]);
    });

    it('of a withheld number is closed by a person only: 无法回拨 and why', async () => {
      const store = await backEnd.freshStore();
      await tell(store, [...missedCall('1.1', NOON, null), ...answeredCall('1.2', NOON + MINUTE, null)]);
      const [open] = await callbacks(store);
      const call = open?.id ?? '';
      const at = NOON + 2 * MINUTE;
      const giveUp = { type: 'callback-give-up', opId: 'op-1', call, ...zhang, reason: ' ', at } as const;
      expect(await store.write([giveUp])).toMatchObject([{ ok: false, refusal: { code: 'reason-needed' } }]);
      const given = { ...giveUp, opId: 'op-2', reason: '未显示号码' };
      await done(store, given);
      expect(await callbacks(store)).toMatchObject([
        { closed: { how: 'given-up', at, by: '张某', reason: '未显示号码', call: null } },
      ]);
      // Repeated after a lost network it is answered as the first time; another is too late.
      expect((await done(store, given)).changes).toEqual([]);
      expect(await store.write([{ ...giveUp, opId: 'op-3', reason: '再说' }])).toMatchObject([
        { ok: false, refusal: { code: 'callback-closed' } },
      ]);
    });

    it('is decided with its form, and opens again with it', async () => {
      const store = await backEnd.freshStore();
      await tell(store, missedCall('1.1'));
      const record = (await callbacks(store))[0]?.record ?? '';
      const ask = (opId: string, command: Record<string, unknown>) =>
        done(store, {
          type: 'record-command',
          command: { opId, record, ...command } as never,
          asker: { account: null, person: 'zhang', seat: null },
          at: NOON + MINUTE,
        });
      await ask('1', { type: 'mark-no-record', reason: 'nuisance' });
      expect(await callbacks(store)).toMatchObject([{ closed: { how: 'decided' } }]);
      await ask('2', { type: 'reopen' });
      expect(await callbacks(store)).toMatchObject([{ closed: null }]);
    });

    it('says who calls back, and is told on only once for each level', async () => {
      const store = await backEnd.freshStore();
      await tell(store, missedCall('1.1'));
      const call = (await callbacks(store))[0]?.id ?? '';
      await done(store, { type: 'callback-told', call, level: 1, at: NOON });
      const again = await done(store, { type: 'callback-told', call, level: 1, at: NOON });
      expect(again.changes).toEqual([]);
      await done(store, { type: 'callback-claim', opId: 'c-1', call, ...zhang, at: NOON });
      expect(await callbacks(store)).toMatchObject([{ level: 1, claimedBy: '张某', closed: null }]);
      const nobody = { type: 'callback-claim', opId: 'c-2', call: 'nobody', ...zhang, at: NOON } as const;
      expect(await store.write([nobody])).toMatchObject([
        { ok: false, refusal: { code: 'callback-unknown' } },
      ]);
    });

    it('waits over midnight: it stands in the list of the next day', async () => {
      const store = await backEnd.freshStore();
      await tell(store, [...missedCall('1.1'), ...missedCall('1.2', NOON + MINUTE, '09542011111')]);
      await tell(store, calledOut('1.9', '2011111', NOON + 2 * MINUTE));
      expect(await callbacks(store, NOON + 24 * 60 * MINUTE)).toMatchObject([{ closed: null }]);
    });
  });

  describe('a note at a moment of a call', () => {
    const note = '0190a000-0000-7000-8000-0000000000aa';
    const add = { type: 'note-add', note, moment: NOON + 3_000, ...zhang, name: '张某', at: NOON } as const;

    it('is kept with the call, once, and struck without being lost', async () => {
      const store = await backEnd.freshStore();
      await tell(store, answeredCall('1.1'));
      const shown = async () => (await store.snapshot(ROOM, NOON)).calls[0];
      const call = (await shown())?.id ?? '';
      await done(store, { ...add, call, text: '对方说两人被困' });
      await done(store, { ...add, call, text: '又一遍' });
      expect((await shown())?.notes).toEqual([
        { id: note, moment: NOON + 3_000, text: '对方说两人被困', by: '张某', at: NOON, struck: false },
      ]);
      await done(store, { type: 'note-strike', call, note, ...zhang, at: NOON });
      expect((await shown())?.notes).toMatchObject([{ text: '对方说两人被困', struck: true }]);
    });

    it.each([
      ['nothing in it', { call: '', text: ' ' }, 'note-empty'],
      ['too much', { call: '', text: '长'.repeat(1_001) }, 'note-too-long'],
      ['a call that is not there', { call: 'nobody', text: '甲' }, 'note-call-unknown'],
    ])('is refused for %s', async (_what, given, code) => {
      const store = await backEnd.freshStore();
      expect(await store.write([{ ...add, ...given }])).toMatchObject([{ ok: false, refusal: { code } }]);
    });
  });

  it('待回拨 folded anew are as they were, and notes go when their call is destroyed', async () => {
    const database = await backEnd.freshDatabase();
    const store = await backEnd.open(database);
    await done(store, { type: 'office-import', office: OFFICE, at: 0 });
    await tell(store, [...missedCall('1.1'), ...missedCall('1.2', NOON + MINUTE, '09542011111')]);
    await tell(store, missedCall('1.3', NOON + 2 * MINUTE, null));
    await tell(store, calledOut('1.9', '2011111', NOON + 3 * MINUTE));
    const [, , third] = await callbacks(store);
    const call = (await callbacks(store)).find(({ closed }) => closed === null)?.id ?? '';
    await done(store, { type: 'callback-told', call, level: 2, at: NOON + 1 });
    await done(store, { type: 'callback-claim', opId: 'c-3', call, ...zhang, at: NOON + 2 });
    await done(store, {
      type: 'callback-give-up',
      opId: 'c-4',
      call,
      ...zhang,
      reason: '机密字样',
      at: NOON + 3,
    });
    const id = '0190a000-0000-7000-8000-0000000000ab';
    const note = {
      type: 'note-add',
      note: id,
      moment: NOON,
      ...zhang,
      name: '张某',
      text: '机密字样',
    } as const;
    await done(store, { ...note, call, at: NOON });
    expect(third).toBeDefined();
    const all = (table: string) => backEnd.run(database, `select * from ${table} order by 1`);
    const live = await all('callbacks');
    await done(store, { type: 'rebuild' });
    expect(await all('callbacks')).toEqual(live);
    const by = [
      { account: 'a', person: 'a' },
      { account: 'b', person: 'b' },
    ] as const;
    await done(store, { type: 'destroy', subject: call, by, reason: '涉密', at: NOON });
    for (const table of ['call_notes', 'call_texts', 'facts', 'audit'])
      expect(JSON.stringify(await all(table))).not.toContain('机密字样');
  });
});
