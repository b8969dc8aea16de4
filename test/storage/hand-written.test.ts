import { describe, expect, it } from 'vitest';
import { type HandWritten, HIDDEN, nameOfWritten } from '../../src/duty/hand-written.ts';
import type { IncidentAsk } from '../../src/duty/incident-decide.ts';
import type { HandOverWork } from '../../src/storage/hand-over-work.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { ShiftLogWork } from '../../src/storage/shift-log-work.ts';
import type { ShutHand, ShutWork } from '../../src/storage/shut-work.ts';
import type { Store } from '../../src/storage/store.ts';
import type { Work } from '../../src/storage/work.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { NOON, telling } from './telling.ts';

const HOUR = 3_600_000;
const FROM = NOON - 12 * HOUR;
const SECRET = '不该写的内容';
const by = { room: ROOM, account: 'a-1', person: 'zhang' };
const hand = (account: string): ShutHand => ({ account, person: null });

const shut = (
  type: 'isolate' | 'release' | 'destroy',
  written: HandWritten | string,
  at = NOON + HOUR,
): ShutWork => {
  const subject = typeof written === 'string' ? written : nameOfWritten(written);
  const about = { subject, reason: '误录', at };
  return type === 'destroy'
    ? { ...about, type, by: [hand('a-1'), hand('a-2')] }
    : { ...about, type, by: hand('a-1') };
};
/** A work without what all of them say. */
type Said<W, K extends PropertyKey> = W extends unknown ? Omit<W, K> : never;
const inLog = (
  work: Said<ShiftLogWork, keyof typeof by | 'from' | 'name' | 'at'>,
  at = NOON - HOUR,
): ShiftLogWork => ({ ...by, from: FROM, name: '张某', at, ...work });
/** Where nothing was written and nobody called, no log begins. */
const patrolled = inLog({
  ...{ type: 'shift-log-add', id: 'l-1', part: 'event', happenedAt: NOON - HOUR, text: '巡查' },
});
const step = (ask: IncidentAsk, at: number) =>
  ({ ...by, type: 'incident-step', opId: newId(), incident: 'i-1', ask, at }) as const;
const handOver = (work: Said<HandOverWork, keyof typeof by | 'id' | 'at'>): HandOverWork => ({
  ...{ ...by, id: 'h-1', at: NOON, ...work },
});

/** 张某 until NOON, then 李某. */
async function staffed(store: Store): Promise<void> {
  const shift = (id: string, from: number, officers: string[]) => ({
    ...{ id, room: ROOM, from, to: from + 12 * HOUR, leaders: [], officers },
  });
  const shifts = [shift('d', FROM, ['zhang']), shift('n', NOON, ['li'])];
  await done(store, { type: 'office-import', office: { ...OFFICE, shifts }, at: FROM - HOUR });
}

async function signed(store: Store): Promise<void> {
  await done(store, handOver({ type: 'hand-over-sign', as: 'giver', signer: 'zhang', notes: null }));
  await done(store, handOver({ type: 'hand-over-sign', as: 'taker', signer: 'li', notes: 0 }));
}

async function codeOf(store: Store, work: Work): Promise<string> {
  const [result] = await store.write([work]);
  return result?.ok === false ? result.refusal.code : 'done';
}

describe('涉密误录处置 of what was written by hand', () => {
  onBothBackEnds((backEnd) => {
    /** Every table that may hold a text of these. */
    const kept = async (database: string) =>
      JSON.stringify(
        await Promise.all(
          [
            ...['shift_log_lines', 'shift_log_seals', 'shift_log_openings', 'hand_overs', 'tasks', 'facts'],
            ...['incidents', 'incident_texts', 'audit', 'audit_texts', 'record_operations', 'search_docs'],
          ].map((table) => backEnd.run(database, `select * from ${table}`)),
        ),
      );
    async function fresh() {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await staffed(store);
      return { database, store };
    }

    it('takes a line of 值班日志, rewritten ones too, and why a log was opened again; every seal holds', async () => {
      const { database, store } = await fresh();
      const call = telling('1', NOON - 2 * HOUR);
      for (const one of [call.arrives(), call.dials(), call.rings(), call.isAnswered()])
        await done(store, one);
      for (const one of [...call.closes(), call.ends()]) await done(store, one);
      const outage = (await store.shiftLog(ROOM, FROM, NOON - HOUR))?.lines[0]?.id ?? '';
      expect(outage).toMatch(/^outage:/);
      const add = { type: 'shift-log-add', part: 'event', happenedAt: NOON - HOUR } as const;
      await done(store, inLog({ ...add, id: 'l-1', text: SECRET }));
      await done(store, inLog({ ...add, id: 'l-2', text: '巡查完毕' }));
      await done(
        store,
        inLog({ type: 'shift-log-edit', line: outage, happenedAt: null, text: `${SECRET}，没有录音` }),
      );
      await done(store, handOver({ type: 'hand-over-begin' }));
      await signed(store);
      await done(store, inLog({ type: 'shift-log-reopen', id: 'o-1', reason: SECRET }, NOON + 1));
      const texts = async () =>
        (await store.shiftLog(ROOM, FROM, NOON + HOUR))?.lines.map(({ text }) => text);

      const line: HandWritten = { kind: 'line', room: ROOM, id: 'l-1' };
      const { changes } = await done(store, shut('isolate', line));
      expect(changes.map(({ entity, id }) => `${entity} ${id}`)).toEqual([`room ${ROOM}`]);
      expect(await texts()).toContain(null);
      expect((await store.shiftLog(ROOM, FROM, NOON + HOUR))?.shut).toEqual({
        'line:room-1:l-1': 'isolated',
      });
      const rewrite = { type: 'shift-log-edit', line: 'l-1', happenedAt: null, text: '另写' } as const;
      expect(await codeOf(store, inLog(rewrite, NOON + 2))).toBe('shift-log-shut');
      await done(store, shut('release', line, NOON + HOUR + 1));
      expect(await texts()).toContain(SECRET);

      const others: readonly HandWritten[] = [
        { kind: 'line', room: ROOM, id: outage },
        { kind: 'opening', id: 'o-1' },
      ];
      for (const [turn, one] of [line, ...others].entries())
        await done(store, shut('destroy', one, NOON + HOUR + 2 + turn));
      expect(await texts()).toEqual([null, null, '巡查完毕']);
      expect(await kept(database)).not.toContain(SECRET);
      await done(store, inLog({ type: 'shift-log-seal' }, NOON + 2 * HOUR));
      expect(await store.shiftLog(ROOM, FROM, NOON + 2 * HOUR)).toMatchObject({
        ...{ fits: true, openings: [{ by: '张某', reason: null }] },
      });
      expect(await store.shiftLogChain(ROOM)).toBeNull();
      expect(await store.verifyAudit()).toMatchObject({ ok: true, erased: 1 });
      expect(await codeOf(store, shut('release', line))).toBe('text-destroyed');
      await done(store, { type: 'rebuild' });
      expect(Object.values((await store.shiftLog(ROOM, FROM, NOON + 2 * HOUR))?.shut ?? {})).toEqual([
        ...['destroyed', 'destroyed', 'destroyed'],
      ]);
      // Taking a text away is all that a seal bears.
      await backEnd.run(
        database,
        `update shift_log_seals set content_json = replace(content_json, '巡查完毕', '没有巡查')`,
      );
      expect(await store.shiftLogChain(ROOM)).toBe(FROM);
    });

    it('takes every word of a 突发事件 that was entered by hand, and the line about it', async () => {
      const { database, store } = await fresh();
      await done(store, patrolled);
      const said = { occurredAt: null, receivedAt: NOON - HOUR, level: 'major' } as const;
      const text = `${SECRET}的经过`;
      await done(
        store,
        step({ type: 'open', room: ROOM, record: null, ...said, title: SECRET, text }, NOON - HOUR),
      );
      const report: Extract<IncidentAsk, { type: 'report' }> = {
        ...{ type: 'report', report: 'p-1', kind: 'first', channel: 'written', sentAt: NOON - HOUR / 2 },
        ...{ to: '市政府', receiver: '赵某', signer: '王某', text, call: null, furtherDueAt: null },
      };
      await done(store, step(report, NOON - HOUR / 2));
      await done(store, step({ type: 'withdraw', report: 'p-1', reason: SECRET }, NOON - 2));
      await done(store, handOver({ type: 'hand-over-begin' }));
      await signed(store);
      const log = async () => JSON.stringify(await store.shiftLog(ROOM, FROM, NOON + HOUR));
      expect(await log()).toContain(`突发事件：${SECRET}；`);
      const incident: HandWritten = { kind: 'incident', id: 'i-1' };
      await done(store, shut('isolate', incident));
      const seen = JSON.stringify([
        await store.incident('i-1', NOON + HOUR),
        await store.incidents(ROOM, NOON + HOUR),
        await store.runningClocks(NOON + HOUR),
        await store.roomView(ROOM, NOON + HOUR),
        await log(),
      ]);
      expect(seen).not.toContain(SECRET);
      expect(seen).toContain('"shut":"isolated"');
      expect(await codeOf(store, step({ ...report, report: 'p-2' }, NOON + HOUR))).toBe('incident-shut');
      await done(store, shut('release', incident, NOON + HOUR + 1));
      expect(await store.incident('i-1', NOON + HOUR)).toMatchObject({ title: SECRET, shut: null });
      await done(store, shut('destroy', incident, NOON + HOUR + 2));
      expect(await kept(database)).not.toContain(SECRET);
      expect(await store.shiftLogChain(ROOM)).toBeNull();
      // That it is over somebody must be able to say.
      expect(await codeOf(store, step({ type: 'close', reason: '已处置' }, NOON + 2 * HOUR))).toBe('done');
      await done(store, { type: 'rebuild' });
      expect(await store.incident('i-1', NOON + 3 * HOUR)).toMatchObject({ title: null, shut: 'destroyed' });
    });

    it('takes a 待办, and why something was not handed over; the seals hold', async () => {
      const { database, store } = await fresh();
      await done(store, patrolled);
      const task = { ...by, name: '张某', id: 't-1', at: NOON - HOUR, dueAt: null };
      await done(store, { ...task, type: 'task-write', text: SECRET });
      await done(store, handOver({ type: 'hand-over-begin' }));
      const matter = { kind: 'task', id: 't-1' } as const;
      await done(
        store,
        handOver({ type: 'hand-over-decide', matter, handed: false, reason: `${SECRET}，本班自办` }),
      );
      const reason: HandWritten = { kind: 'reason', handOver: 'h-1', matter };
      // Until it is signed it is written anew instead.
      expect(await codeOf(store, shut('isolate', reason))).toBe('text-unknown');
      await signed(store);
      const shown = async () => {
        const { past, shut: state } = await store.handOverState(ROOM, NOON + HOUR);
        const [one] = past[0]?.handOver.matters ?? [];
        return [one?.reason, (await store.tasks(['t-1']))[0]?.text, Object.values(state)];
      };
      for (const one of [reason, { kind: 'task', id: 't-1' } as const])
        await done(store, shut('isolate', one));
      expect(await shown()).toEqual([HIDDEN, HIDDEN, ['isolated', 'isolated']]);
      expect((await store.shiftLog(ROOM, FROM, NOON + HOUR))?.signed?.matters).toEqual([
        `待办：${HIDDEN}（不移交：${HIDDEN}）`,
      ]);
      expect(Object.keys((await store.shiftLog(ROOM, FROM, NOON + HOUR))?.shut ?? {})).toHaveLength(2);
      expect(await store.handOverChain(ROOM)).toBeNull();
      for (const one of [reason, { kind: 'task', id: 't-1' } as const])
        await done(store, shut('destroy', one, NOON + HOUR + 1));
      expect(await shown()).toEqual([HIDDEN, HIDDEN, ['destroyed', 'destroyed']]);
      expect(await kept(database)).not.toContain(SECRET);
      expect([await store.handOverChain(ROOM), await store.shiftLogChain(ROOM)]).toEqual([null, null]);
      await done(store, { ...task, type: 'task-close', at: NOON + HOUR + 2 });
      await backEnd.run(
        database,
        `update hand_overs set hand_over_json = replace(hand_over_json, '"handed":false', '"handed":true')`,
      );
      expect(await store.handOverChain(ROOM)).toBe('h-1');
    });

    it('goes with the record where it came from one; of nothing it is refused', async () => {
      const store = await backEnd.freshStore();
      await done(store, telling('1', NOON - HOUR).arrives());
      const { record, id: call } = (await store.snapshot(ROOM, NOON - HOUR)).calls[0] ?? {
        record: '',
        id: '',
      };
      const said = { occurredAt: null, receivedAt: NOON - HOUR, level: 'major', title: SECRET } as const;
      await done(store, step({ type: 'open', room: ROOM, record, ...said, text: SECRET }, NOON - HOUR / 2));
      await done(store, shut('isolate', { kind: 'incident', id: 'i-1' }));
      expect(await store.shutOfCall(call)).toBe('isolated');
      expect(await store.incident('i-1', NOON)).toMatchObject({ title: null, shut: 'isolated' });
      for (const name of [
        'incident:x',
        'task:x',
        'opening:x',
        `line:${ROOM}:x`,
        'reason:x:task:y',
        'reason:x',
      ])
        expect([name, await codeOf(store, shut('isolate', name))]).toEqual([name, 'text-unknown']);
    });
  });
});
