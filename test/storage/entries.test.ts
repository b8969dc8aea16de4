import { describe, expect, it } from 'vitest';
import type { EntryDraft } from '../../src/records/entry.ts';
import type { Store } from '../../src/storage/store.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { NOON, telling } from './telling.ts';

const SECRET = '甲方案第三段';
const RECORD = '0190a000-0000-7000-8000-00000000000a';
const OTHER = '0190a000-0000-7000-8000-00000000000b';
const entryId = (n: number) => `0190a000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`;

let operations = 0;

async function ask(store: Store, command: Record<string, unknown>, at = NOON + 60_000) {
  operations += 1;
  const [result] = await store.write([
    {
      type: 'record-command',
      command: { opId: `e-${operations}`, record: RECORD, ...command } as never,
      asker: { account: null, person: 'li', seat: 'seat-2' },
      at,
    },
  ]);
  return result;
}

const draft = (kind: EntryDraft['kind'], given: Partial<EntryDraft> = {}): EntryDraft => ({
  kind,
  who: kind === 'instruction' ? '王副市长' : '',
  text: SECRET,
  way: kind === 'instruction' ? 'phone' : null,
  happenedAt: null,
  dueAt: null,
  call: null,
  ...given,
});

async function registered(store: Store, record: string): Promise<void> {
  await ask(store, { type: 'open-by-hand', record, room: ROOM }, NOON);
  for (const field of ['callerUnit', 'callerName', 'content'])
    await ask(store, { type: 'patch-field', record, field, base: 0, value: '已填', client: 't' }, NOON);
  expect(await ask(store, { type: 'register', record }, NOON)).toMatchObject({ ok: true });
}

/** Registered, linked to another, with one entry that was confirmed, one that was struck, and 归档. */
async function worked(store: Store): Promise<string> {
  await done(store, telling('1.7').arrives());
  const call = (await store.snapshot(ROOM, NOON)).calls[0]?.id ?? '';
  await registered(store, OTHER);
  await registered(store, RECORD);
  const steps: readonly Record<string, unknown>[] = [
    { type: 'add-entry', entry: entryId(1), draft: draft('instruction', { call, happenedAt: NOON }) },
    { type: 'add-entry', entry: entryId(2), draft: draft('closing') },
    { type: 'confirm-entry', entry: entryId(1) },
    { type: 'withdraw-entry', entry: entryId(2), reason: `${SECRET}误写` },
    { type: 'link', to: OTHER },
    { type: 'archive', archived: true },
  ];
  for (const [index, step] of steps.entries())
    expect(await ask(store, step, NOON + 60_000 + index)).toMatchObject({ ok: true });
  return call;
}

onBothBackEnds((backEnd) => {
  describe('the timeline of a record', () => {
    it('is shown with who wrote, confirmed and struck', async () => {
      const store = await backEnd.freshStore();
      const call = await worked(store);
      expect(await store.recordView(RECORD)).toMatchObject({
        state: 'in-hand',
        linkedTo: OTHER,
        archivedAt: NOON + 60_005,
        entries: [
          {
            id: entryId(1),
            kind: 'instruction',
            who: '王副市长',
            text: SECRET,
            way: 'phone',
            call,
            happenedAt: NOON,
            by: '李某',
            confirmed: { by: '李某' },
            withdrawn: null,
          },
          { id: entryId(2), kind: 'closing', withdrawn: { by: '李某', reason: `${SECRET}误写` } },
        ],
      });
    });

    it('takes only a call of its own room as a proof', async () => {
      const store = await backEnd.freshStore();
      await registered(store, RECORD);
      const entry = { type: 'add-entry', entry: entryId(3), draft: draft('instruction', { call: 'nobody' }) };
      expect(await ask(store, entry)).toMatchObject({ ok: false, refusal: { code: 'entry-call-unknown' } });
    });

    it('keeps its words out of the facts, is folded anew as it was, and goes when it is destroyed', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await done(store, { type: 'office-import', office: OFFICE, at: 0 });
      await worked(store);
      const all = async (table: string) =>
        JSON.stringify(await backEnd.run(database, `select * from ${table}`));
      expect(await all('facts')).not.toContain(SECRET);
      expect(await all('facts')).not.toContain('王副市长');
      const tables = ['records', 'record_entries', 'record_fields'];
      const live = await Promise.all(tables.map(all));
      await done(store, { type: 'rebuild' });
      expect(await Promise.all(tables.map(all))).toEqual(live);
      const hand = (account: string) => ({ account, person: account });
      await done(store, {
        type: 'destroy',
        subject: RECORD,
        by: [hand('a'), hand('b')],
        reason: '涉密',
        at: NOON,
      });
      for (const table of ['record_entries', 'record_revisions', 'facts'])
        expect(await all(table)).not.toContain(SECRET);
      const destroyed = await store.recordView(RECORD);
      expect(destroyed?.entries).toEqual([]);
      await done(store, { type: 'rebuild' });
      expect(await store.recordView(RECORD)).toEqual(destroyed);
    });
  });
});
