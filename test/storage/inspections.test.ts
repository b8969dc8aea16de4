import { describe, expect, it } from 'vitest';
import { FIRST_NOTES } from '../../src/duty/duty-notes.ts';
import type { ItemSaid } from '../../src/duty/inspection.ts';
import { INSPECTION_ITEMS, type ItemCode } from '../../src/duty/inspection-items.ts';
import type { InspectionWork } from '../../src/storage/inspection-work.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { Store } from '../../src/storage/store.ts';
import type { CallStepWork, Work } from '../../src/storage/work.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { ROOM } from './office.ts';
import { NOON, telling } from './telling.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SECRET = '甲方案第三段';
const by = { account: 'a-1', person: null, name: '督查员' };
const head = {
  ...{ unit: 'city', rooms: [ROOM], from: NOON - DAY, to: NOON + DAY },
  ...{ inspectedAt: NOON, inspectors: '督查员、王某' },
};
const open = (id: string, given: Partial<typeof head> = {}, at = NOON): InspectionWork => ({
  ...{ ...by, ...head, ...given, id, at, type: 'inspection-open' },
});
const answer = (id: string, item: ItemCode, said: Partial<ItemSaid> = {}, base = 0): InspectionWork => ({
  ...{ ...by, id, at: NOON, type: 'inspection-answer', item, base },
  ...{ situation: '', verdict: 'meets', mendBy: null, ...said },
});
const sign = (id: string, as: 'inspector' | 'inspected', at = NOON): InspectionWork => ({
  ...{ ...by, id, at, type: 'inspection-sign', as, known: null },
});
const WRONG = { situation: SECRET, verdict: 'to-mend', mendBy: '2026-12-01' } as const;

async function refusal(store: Store, work: Work): Promise<string> {
  const [result] = await store.write([work]);
  return result?.ok === false ? result.refusal.code : 'done';
}

/** Every required item 符合, but for those given. */
async function judged(
  store: Store,
  id: string,
  given: Partial<Record<ItemCode, Partial<ItemSaid>>> = {},
): Promise<void> {
  await done(store, open(id));
  for (const { code, isRequired } of INSPECTION_ITEMS)
    if (isRequired) await done(store, answer(id, code, given[code]));
}

async function record(store: Store, id: string, steps: readonly Record<string, unknown>[]): Promise<void> {
  for (const step of steps)
    await done(store, {
      type: 'record-command',
      command: { opId: newId(), record: id, ...step } as never,
      asker: { account: null, person: 'li', seat: 'seat-2' },
      at: NOON + HOUR,
    });
}

/** Arrives, rings for so long and is answered; `null`: the caller gives up. */
function rang(linkedid: string, at: number, ms: number | null): readonly CallStepWork[] {
  const first = telling(linkedid, at);
  const steps = [first.arrives(), first.dials(), first.rings()];
  const rest = telling(linkedid, first.at() + (ms ?? 5_000) - 1_000);
  return [...steps, ...(ms === null ? [] : [rest.isAnswered()]), ...rest.closes(), rest.ends()];
}

describe('检查记录表 in the store', () => {
  onBothBackEnds((backEnd) => {
    it('is opened for rooms of its unit, once, and written item by item', async () => {
      const store = await backEnd.freshStore();
      expect(await refusal(store, open('i-1', { rooms: ['room-2'] }))).toBe('inspection-rooms');
      expect(await refusal(store, open('i-1', { rooms: ['room-9'] }))).toBe('inspection-rooms');
      expect(await refusal(store, open('i-1', { inspectors: ' ' }))).toBe('inspection-inspector');
      expect(await refusal(store, answer('i-1', 'A1'))).toBe('inspection-unknown');
      const told = await done(store, open('i-1'));
      expect(told.changes).toMatchObject([{ entity: 'room', id: ROOM }]);
      await done(store, open('i-1', { inspectors: '别人' }));
      await done(store, answer('i-1', 'B1', { ...WRONG, situation: ` ${SECRET}\0𠮷 ` }));
      expect(await refusal(store, answer('i-1', 'B1'))).toBe('inspection-changed-meanwhile');
      const kept = await store.inspection('i-1');
      expect(kept).toMatchObject({
        known: null,
        inspection: { ...head, inspector: null, inspected: null },
      });
      expect(kept?.inspection.answers.B1).toEqual({
        ...{ ...WRONG, situation: `${SECRET}𠮷`, revision: 1, mending: null },
      });
      expect(await store.inspection('i-2')).toBeUndefined();
      expect(await store.inspectionsOf(['county'])).toEqual([]);
    });

    it('loses no item when several are written at the same moment, as by two processes', async () => {
      const store = await backEnd.freshStore();
      await done(store, open('i-1'));
      await Promise.all(INSPECTION_ITEMS.map(({ code }) => done(store, answer('i-1', code))));
      const kept = (await store.inspection('i-1'))?.inspection;
      expect(Object.values(kept?.answers ?? {}).map(({ verdict, revision }) => [verdict, revision])).toEqual(
        INSPECTION_ITEMS.map(() => ['meets', 1]),
      );
    });

    it('is signed by the inspector with what stood beside it, then by the office, and is audited without a word of it', async () => {
      const store = await backEnd.freshStore();
      await judged(store, 'i-1', { B1: WRONG });
      expect(await refusal(store, sign('i-1', 'inspected'))).toBe('inspection-not-signed');
      const known = Object.fromEntries(INSPECTION_ITEMS.map(({ code }) => [code, []])) as never;
      await done(store, { ...sign('i-1', 'inspector'), known } as InspectionWork);
      await done(store, sign('i-1', 'inspected', NOON + HOUR));
      expect(await refusal(store, answer('i-1', 'A1', {}, 1))).toBe('inspection-signed');
      const kept = await store.inspection('i-1');
      expect(kept?.known).toEqual(known);
      expect(kept?.inspection).toMatchObject({
        inspector: { name: '督查员', at: NOON },
        inspected: { name: '督查员', at: NOON + HOUR },
      });
      const trail = await store.auditOf('i-1');
      expect(trail.map(({ kind }) => kind)).toEqual([
        ...['inspection-opened', ...Array.from({ length: 8 }, () => 'inspection-answered')],
        ...['inspection-signed', 'inspection-signed'],
      ]);
      expect(JSON.stringify(trail)).not.toContain(SECRET);
      expect(await store.verifyAudit()).toMatchObject({ ok: true });
    });

    it('comes back: what was to be mended is closed by the next inspection that finds it good', async () => {
      const store = await backEnd.freshStore();
      await judged(store, 'i-1', { B1: WRONG, A2: WRONG });
      await done(store, sign('i-1', 'inspector'));
      const mend: InspectionWork = {
        ...{
          ...by,
          id: 'i-1',
          at: NOON,
          type: 'inspection-mend',
          item: 'B1',
          how: 'reported',
          text: '已增设话机',
        },
      };
      await done(store, mend);
      await judged(store, 'i-2', { A2: WRONG });
      await done(store, sign('i-2', 'inspector', NOON + HOUR));
      const [next, first] = await store.inspectionsOf(['city', 'county']);
      expect([next?.id, first?.id]).toEqual(['i-2', 'i-1']);
      expect(first?.answers.B1.mending).toMatchObject({ state: 'mended', seenIn: 'i-2' });
      expect(first?.answers.A2.mending).toMatchObject({ state: 'found-again', seenIn: 'i-2' });
      expect(next?.answers.A2.mending).toMatchObject({ state: 'open' });
      expect(await refusal(store, mend)).toBe('inspection-nothing-open');
    });
  });
});

describe('what a room is told of for 检查', () => {
  onBothBackEnds((backEnd) => {
    it('has each call with its ring, each 交办 with its 反馈, and what was written', async () => {
      const store = await backEnd.freshStore();
      for (const step of [
        ...rang('1', NOON, 4_000),
        ...rang('2', NOON + 60_000, 19_000),
        ...rang('3', NOON + 120_000, null),
        ...rang('4', NOON + 2 * DAY, 4_000),
      ])
        await done(store, step);
      const form = newId();
      await record(store, form, [
        { type: 'open-by-hand', room: ROOM },
        ...['callerUnit', 'callerName', 'content', 'category'].map((field) => ({
          ...{ type: 'patch-field', field, base: 0, client: 't' },
          value: field === 'category' ? 'incident' : '已填',
        })),
        { type: 'register' },
        ...(['assignment', 'feedback', 'feedback'] as const).map((kind, n) => ({
          type: 'add-entry',
          entry: newId(),
          draft: {
            ...{ kind, who: '甲局', text: '核实情况', way: null, call: null },
            ...{ happenedAt: NOON + n * 60_000, dueAt: kind === 'assignment' ? NOON + HOUR : null },
          },
        })),
      ]);
      await done(store, {
        ...{ type: 'duty-notes-edit', room: ROOM, base: 0, notes: { ...FIRST_NOTES, other: '注意' } },
        ...{ ...by, at: NOON },
      });
      const history = await store.roomHistory(ROOM, { from: NOON, to: NOON + DAY });
      expect(history?.calls.map(({ rangMs, isAnswered }) => [rangMs, isAnswered])).toEqual([
        [4_000, true],
        [19_000, true],
        [null, false],
      ]);
      expect(history?.handled).toEqual([
        {
          ...{ id: form, number: '值电〔2026〕1号', call: null },
          entries: [
            { kind: 'assignment', who: '甲局', at: NOON, dueAt: NOON + HOUR },
            { kind: 'feedback', who: '甲局', at: NOON + 60_000, dueAt: null },
            { kind: 'feedback', who: '甲局', at: NOON + 120_000, dueAt: null },
          ],
        },
      ]);
      expect(history?.emergencies).toEqual([{ id: form, number: '值电〔2026〕1号', call: null }]);
      expect(history?.notes).toMatchObject({ version: 1, by: '督查员', notes: { other: '注意' } });
      expect(history?.shifts).toHaveLength(1);
      const before = await store.roomHistory(ROOM, { from: NOON - DAY, to: NOON });
      expect(before).toMatchObject({ calls: [], handled: [], emergencies: [], notes: null });
      expect(await store.roomHistory('room-9', { from: 0, to: 1 })).toBeUndefined();
    });

    it('has the incidents that were heard of in the stretch, with the limits of the room', async () => {
      const store = await backEnd.freshStore();
      await done(store, {
        ...{
          type: 'incident-step',
          room: ROOM,
          opId: newId(),
          incident: 'e-1',
          account: 'a-1',
          person: 'zhang',
        },
        ask: {
          ...{ type: 'open', room: ROOM, record: null, occurredAt: null, receivedAt: NOON },
          ...{ level: 'unrated', title: '某县水库坝体渗漏', text: '已组织下游群众转移。' },
        },
        at: NOON + HOUR,
      });
      const of = async (from: number) => (await store.roomHistory(ROOM, { from, to: from + DAY }))?.incidents;
      expect(await of(NOON)).toMatchObject([{ id: 'e-1', receivedAt: NOON, reports: [] }]);
      expect(await of(NOON - DAY)).toEqual([]);
      expect(await of(NOON + DAY)).toEqual([]);
      await done(store, {
        ...{ type: 'incident-step', room: ROOM, opId: newId(), incident: 'e-1' },
        ...{ account: 'a-1', person: 'zhang', at: NOON + 3 * DAY },
        ask: {
          ...{ type: 'inquiry', inquiry: 'q-1', askedAt: NOON + DAY + HOUR, dueAt: null },
          ...{ from: '市政府总值班室', text: '核实转移人数' },
        },
      });
      expect(await of(NOON + DAY)).toMatchObject([{ id: 'e-1', inquiries: [{ id: 'q-1' }] }]);
      const { reportLimits } = (await store.roomHistory(ROOM, { from: NOON, to: NOON + DAY })) ?? {};
      expect(reportLimits?.table.unrated).toEqual({ telephone: 30, written: 60 });
    });

    it('knows how a shift was taken over', async () => {
      const store = await backEnd.freshStore();
      const step = { room: ROOM, id: 'h-1', account: 'a-1', person: 'zhang' };
      await done(store, { ...step, type: 'hand-over-begin', at: NOON });
      await done(store, { ...step, type: 'hand-over-end', how: 'stay', at: NOON + 60_000 });
      const { takenOver } = (await store.roomHistory(ROOM, { from: NOON, to: NOON + DAY })) ?? {};
      expect(takenOver).toMatchObject([{ id: 'h-1', at: NOON + 60_000, state: 'stayed', notesRead: [] }]);
      const next = { ...step, id: 'h-2' };
      await done(store, { ...next, type: 'hand-over-begin', at: NOON + HOUR });
      const sign = { ...next, type: 'hand-over-sign' as const, at: NOON + HOUR + 1 };
      await done(store, { ...sign, as: 'giver', signer: 'zhang', notes: null });
      await done(store, { ...sign, as: 'taker', signer: 'wang', notes: 0 });
      const after = await store.roomHistory(ROOM, { from: NOON + HOUR, to: NOON + DAY });
      expect(after?.takenOver).toMatchObject([{ id: 'h-2', state: 'done', notesRead: [0] }]);
    });
  });
});
