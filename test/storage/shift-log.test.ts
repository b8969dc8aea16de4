import { describe, expect, it } from 'vitest';
import type { IncidentAsk } from '../../src/duty/incident-decide.ts';
import type { RecordCommand } from '../../src/records/command.ts';
import type { HandOverWork } from '../../src/storage/hand-over-work.ts';
import type { IncidentWork } from '../../src/storage/incident-work.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { ShiftLogWork } from '../../src/storage/shift-log-work.ts';
import type { Store } from '../../src/storage/store.ts';
import { seeded } from '../support/seeded.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, PBX, ROOM } from './office.ts';
import { NOON, telling } from './telling.ts';

const HOUR = 3_600_000;
/** 张某 from midnight at Greenwich until NOON, then 李某; NOON is noon of 23 November at Shanghai. */
async function staffed(store: Store): Promise<void> {
  const shift = (id: string, from: number, officers: string[]) => ({
    ...{ id, room: ROOM, from, to: from + 12 * HOUR, leaders: ['wang'], officers },
  });
  const shifts = [
    shift('d', NOON - 12 * HOUR, ['zhang']),
    shift('n', NOON, ['li']),
    shift('d2', NOON + 12 * HOUR, ['zhang']),
  ];
  await done(store, { type: 'office-import', office: { ...OFFICE, shifts }, at: NOON - 13 * HOUR });
}

/** A call that arrives and is answered; gives the id of its draft. */
async function called(store: Store, at: number, linkedid: string): Promise<string> {
  const call = telling(linkedid, at);
  for (const step of [
    call.arrives(),
    call.dials(),
    call.rings(),
    call.isAnswered(),
    ...call.closes(),
    call.ends(),
  ])
    await done(store, step);
  const { calls } = await store.roomSpan(ROOM, at, at + 60_000);
  return calls.find(({ record }) => record !== null)?.record ?? '';
}

async function registered(store: Store, record: string, content: string, at: number): Promise<void> {
  const asker = { account: 'a-1', person: 'zhang', seat: null };
  const ask = (command: RecordCommand) => done(store, { type: 'record-command', command, asker, at });
  for (const [field, value] of [
    ['callerUnit', '市应急管理局'],
    ['callerName', '马某'],
    ['recorder', '张某'],
    ['content', content],
  ] as const) {
    const base = (await store.recordView(record))?.fields[field].version ?? 0;
    await ask({ ...{ type: 'patch-field', opId: newId(), record, field }, base, value, client: 't' });
  }
  await ask({ type: 'register', opId: newId(), record });
}

async function signed(store: Store, at: number, id: string, giver: string, taker: string): Promise<void> {
  const by = { room: ROOM, id, account: 'a-1', person: 'zhang' };
  const sign = (as: 'giver' | 'taker', signer: string): HandOverWork => ({
    ...{ ...by, type: 'hand-over-sign', as, signer, notes: 0, at },
  });
  await done(store, { ...by, type: 'hand-over-begin', at });
  await done(store, sign('giver', giver));
  await done(store, sign('taker', taker));
}

const by = (from: number, at: number) => ({
  ...{ room: ROOM, from, account: 'a-1', person: 'zhang', name: '张某', at },
});
const adds = (from: number, at: number, text: string, happenedAt: number | null = at): ShiftLogWork => ({
  ...{ ...by(from, at), type: 'shift-log-add', id: `line-${at}`, part: 'event', happenedAt, text },
});

const incident = (ask: IncidentAsk, at: number): IncidentWork => ({
  ...{ room: ROOM, account: 'a-1', person: 'zhang', type: 'incident-step', opId: newId(), at },
  ...{ incident: 'i-1', ask },
});

async function refusal(store: Store, work: ShiftLogWork): Promise<string> {
  const [result] = await store.write([work]);
  return result?.ok === false ? result.refusal.code : 'done';
}

async function linesAt(store: Store, from: number, now: number) {
  const view = await store.shiftLog(ROOM, from, now);
  return (view?.lines ?? []).map(({ text, late, ticked }) => ({ text, late, ticked }));
}

describe('值班日志 in the store', () => {
  onBothBackEnds((backEnd) => {
    it('is drafted from what the shift knows, counts calls, and is an officer’s to tick, edit and add to', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      const from = NOON - 12 * HOUR;
      const record = await called(store, NOON - 2 * HOUR, '1');
      await called(store, NOON - HOUR, '2');
      await registered(store, record, '北街停电', NOON - HOUR / 2);
      await done(store, adds(from, NOON - 60_000, '带班领导到岗巡查', NOON - 3 * HOUR));
      expect(await store.shiftLog(ROOM, from, NOON - 1)).toMatchObject({
        shift: { from, to: null, dueAt: NOON, state: 'running', leaders: ['王某'], officers: ['张某'] },
        counts: { inbound: 2, outbound: 0, missed: 0, calledBack: 0, noRecord: 0 },
        lines: [
          {
            text: '带班领导到岗巡查',
            at: NOON - 3 * HOUR,
            enteredAt: NOON - 60_000,
            late: false,
            edited: true,
          },
          // Nobody recorded them: there is no PBX here.
          { text: '通话没有录音，至 2026-11-23 11:00 共 2 通。' },
          { text: '市应急管理局马某来电：北街停电（值电〔2026〕1号）', edited: false, by: null },
        ],
        seals: [],
      });
      const line = `record:${record}`;
      expect(
        await refusal(store, { ...by(from, NOON), type: 'shift-log-tick', line: 'record:x', ticked: false }),
      ).toBe('shift-log-line-unknown');
      await done(store, { ...by(from, NOON), type: 'shift-log-tick', line, ticked: false });
      const edits = (more: object): ShiftLogWork => ({
        ...{ ...by(from, NOON), type: 'shift-log-edit', line, happenedAt: null, text: '北街停电，已抢修' },
        ...more,
      });
      expect(await refusal(store, edits({ happenedAt: NOON - HOUR }))).toBe('shift-log-time-known');
      expect(await refusal(store, edits({ text: ' ' }))).toBe('shift-log-empty');
      expect(await refusal(store, edits({ text: '长'.repeat(501) }))).toBe('shift-log-too-long');
      await done(store, edits({}));
      expect(await linesAt(store, from, NOON)).toContainEqual({
        ...{ text: '北街停电，已抢修', late: true, ticked: false },
      });
      expect(await refusal(store, adds(from, NOON, '还没有发生', NOON + HOUR))).toBe('shift-log-future');
      expect(await refusal(store, adds(from, NOON, '上一班', from - HOUR))).toBe('shift-log-outside');
      expect(await refusal(store, adds(from + 1, NOON, '没有这一班'))).toBe('shift-log-unknown');
      const kinds = (await store.auditOf(line)).map(({ kind }) => kind);
      expect(kinds).toEqual(['shift-log-tick', 'shift-log-edit']);
    });

    it('is sealed with the hand-over; what is registered later stands in the next one, marked', async () => {
      const database = await backEnd.freshOffice();
      const store = await backEnd.open(database);
      await staffed(store);
      const from = NOON - 12 * HOUR;
      const handedOver = await called(store, NOON - HOUR, '1');
      await done(store, adds(from, NOON - HOUR, '巡查'));
      await signed(store, NOON, 'h-1', 'zhang', 'li');
      await registered(store, handedOver, '北街停电', NOON + HOUR / 2);
      expect(await refusal(store, adds(from, NOON + HOUR, '补一条', NOON - HOUR))).toBe('shift-log-sealed');
      const sealed = await store.shiftLog(ROOM, from, NOON + HOUR);
      expect(sealed).toMatchObject({
        shift: { from, to: NOON, state: 'sealed', officers: ['张某'] },
        lines: [{ text: '巡查' }, { text: '通话没有录音。' }],
        counts: { inbound: 1 },
        signed: {
          ...{ state: 'done', giver: { name: '张某', at: NOON }, takers: [{ name: '李某', at: NOON }] },
        },
        seals: [{ at: NOON, by: null }],
        fits: true,
      });
      expect(sealed?.signed?.matters).toContain('草稿：2026-11-23 11:00 市应急管理局');
      expect(await store.shiftLog(ROOM, NOON, NOON + HOUR)).toMatchObject({
        shift: { state: 'running', officers: ['李某'] },
        counts: { inbound: 0 },
        lines: [
          { text: '市应急管理局马某来电：北街停电（值电〔2026〕1号）', late: true, at: NOON - HOUR + 1_000 },
        ],
      });
      const { shifts, before } = await store.shiftLogShifts(ROOM, null, NOON + HOUR);
      expect([shifts.map((shift) => [shift.from, shift.state]), before]).toEqual([
        [
          [NOON, 'running'],
          [from, 'sealed'],
        ],
        null,
      ]);
      expect(await store.shiftLogChain(ROOM)).toBeNull();

      // What people see of it is no less under the seal: its lines, its signatures, its times.
      const fits = async () => (await store.shiftLog(ROOM, from, NOON + HOUR))?.fits;
      for (const [table, column, one, other] of [
        ['shift_log_lines', 'text', '巡查', '未巡查'],
        ['hand_overs', 'hand_over_json', '"person":"li"', '"person":"wang"'],
      ] as const) {
        const puts = (what: string, instead: string) =>
          backEnd.run(
            database,
            `update ${table} set ${column} = replace(${column}, '${what}', '${instead}')`,
          );
        await puts(one, other);
        expect([table, await fits()]).toEqual([table, false]);
        await puts(other, one);
        expect([table, await fits()]).toEqual([table, true]);
      }
      await backEnd.run(database, 'update shift_logs set to_at = to_at + 1');
      expect(await fits()).toBe(false);

      await backEnd.run(
        database,
        `update shift_log_seals set content_json = replace(content_json, '巡查', '未巡查')`,
      );
      expect(await store.shiftLogChain(ROOM)).toBe(from);
      expect(await store.shiftLogChain(ROOM, 1)).toBe(from);
      expect(await store.shiftLog(ROOM, from, NOON + HOUR)).toMatchObject({ fits: false });
    });

    it('says in the next log which calls came to be known behind the seal, once, and more when there are more', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      await called(store, NOON - 2 * HOUR, '1');
      const over = telling('2', NOON - 10_000);
      for (const step of [over.arrives(), over.dials(), over.rings()]) await done(store, step);
      await signed(store, NOON, 'h-1', 'zhang', 'li');
      const texts = async (from: number) =>
        (await linesAt(store, from, NOON + 14 * HOUR)).map(({ text, late }) => `${late} ${text}`);
      expect(await texts(NOON)).toEqual([]);
      // It rang over the seal, and nobody answered; another one is told by the history of the PBX.
      for (const step of [...over.closes(), over.ends()]) await done(store, step);
      await called(store, NOON - 3 * HOUR, '3');
      const line = (counts: string) =>
        `true 封存后补录：2026-11-23 00:00 至 2026-11-23 12:00 的班封存后记入${counts}，不在该班日志的计数内。`;
      expect(await texts(NOON)).toEqual([line('来电 1 通、未接 1 通')]);
      expect((await store.shiftLog(ROOM, NOON - 12 * HOUR, NOON + HOUR))?.counts).toMatchObject({
        ...{ inbound: 2, missed: 0 },
      });
      await signed(store, NOON + 12 * HOUR, 'h-2', 'li', 'zhang');
      const next = NOON + 12 * HOUR;
      expect([await texts(NOON), await texts(next)]).toEqual([[line('来电 1 通、未接 1 通')], []]);
      await called(store, NOON - 4 * HOUR, '4');
      expect([await texts(NOON), await texts(next)]).toEqual([
        [line('来电 1 通、未接 1 通')],
        [line('来电 2 通、未接 1 通')],
      ]);
      expect(await store.shiftLogChain(ROOM)).toBeNull();
    });

    it('is opened again with a reason that stays, and keeps both seals', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      const from = NOON - 12 * HOUR;
      await done(store, adds(from, NOON - HOUR, '巡查'));
      await signed(store, NOON, 'h-1', 'zhang', 'li');
      const at = NOON + HOUR;
      // Sent again after a lost answer: it stands, and once, though its log was sealed meanwhile.
      await done(store, { ...adds(from, NOON - HOUR, '巡查'), at });
      const reopens = (reason: string): ShiftLogWork => ({
        ...{ ...by(from, at), name: '王某', type: 'shift-log-reopen', id: 'o-1', reason },
      });
      expect(await refusal(store, reopens(' '))).toBe('shift-log-reason');
      expect(await refusal(store, { ...by(from, at), type: 'shift-log-seal' })).toBe(
        'shift-log-not-reopened',
      );
      await done(store, reopens('漏记一次巡查'));
      expect(await refusal(store, reopens('漏记一次巡查'))).toBe('shift-log-not-sealed');
      await done(store, adds(from, at, '22 时巡查', NOON - 2 * HOUR));
      expect(await refusal(store, adds(from, at + 1, '下一班的事', NOON + 1))).toBe('shift-log-outside');
      await done(store, { ...by(from, at + 2), name: '王某', type: 'shift-log-seal' });
      const view = await store.shiftLog(ROOM, from, at + 3);
      expect(view).toMatchObject({
        shift: { state: 'sealed' },
        lines: [
          { text: '22 时巡查', late: true },
          { text: '巡查', late: false },
        ],
        seals: [
          { at: NOON, by: null },
          { at: at + 2, by: '王某' },
        ],
        openings: [{ by: '王某', reason: '漏记一次巡查' }],
      });
      expect(new Set(view?.seals.map(({ digest }) => digest)).size).toBe(2);
      expect([await store.shiftLogChain(ROOM, 1), await store.shiftLogChain(ROOM, 2)]).toEqual([null, null]);
      expect(await refusal(store, adds(from, at + 4, '又一条', NOON - HOUR))).toBe('shift-log-sealed');
      expect(await store.shiftLogChain(ROOM)).toBeNull();
    });

    it('of a shift for which nobody signed is sealed with the next hand-over, also after 继续值守', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      const from = NOON - 12 * HOUR;
      await done(store, adds(from, NOON - HOUR, '早班'));
      const night = NOON + 3 * HOUR;
      // The turn at NOON went by: the shift is over, and what is entered now is 补记.
      await done(store, adds(from, night, '早班补记', NOON - 2 * HOUR));
      await done(store, adds(NOON, night + 1, '晚班', NOON + HOUR));
      const end = NOON + 12 * HOUR;
      await done(store, {
        ...{ room: ROOM, id: 'h-1', account: null, person: 'li' },
        type: 'hand-over-begin',
        at: end,
      });
      await done(store, {
        ...{ room: ROOM, id: 'h-1', account: null, person: 'li' },
        ...{ type: 'hand-over-end', how: 'stay', at: end },
      });
      expect(await linesAt(store, from, end)).toEqual([
        { text: '早班补记', late: true, ticked: true },
        { text: '早班', late: false, ticked: true },
      ]);
      expect(await linesAt(store, NOON, end)).toEqual([{ text: '晚班', late: false, ticked: true }]);
      const { shifts } = await store.shiftLogShifts(ROOM, null, end + HOUR);
      expect(shifts.map((shift) => [shift.from, shift.state])).toEqual([
        [end, 'running'],
        [NOON, 'sealed'],
        [from, 'sealed'],
      ]);
      expect(await store.shiftLog(ROOM, NOON, end)).toMatchObject({
        signed: { state: 'stayed', giver: null },
      });
      expect(await store.shiftLogChain(ROOM)).toBeNull();
    });

    it('has findings, forms without a call, and an outage and an incident that go over a hand-over in both logs', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      const from = NOON - 12 * HOUR;
      await called(store, NOON - 5 * HOUR, '1');
      const told = telling('gap');
      const stamp = { pbx: PBX, uniqueid: '', linkedid: '', generation: 1, pbxAt: null };
      const opened = { ...stamp, at: NOON - HOUR, receivedAt: NOON - HOUR, factKey: 'gap opened' };
      const gap = { ...opened, kind: 'gap-opened', reason: 'link-down' } as const;
      await done(store, told.step([], { pbxFacts: [gap] }));
      await done(store, {
        ...{ type: 'line-looked-at', line: 'line-1', checks: [], at: NOON - 4 * HOUR },
        suspicions: [
          {
            ...{ kind: 'forward-setting', scope: 'always' },
            evidence: { by: 'setting', key: 'CF/1', value: '1', target: 'mobile', phone: 'PJSIP/1001' },
          },
        ],
      });
      const asker = { account: 'a-1', person: 'zhang', seat: null };
      const record = newId();
      const opens: RecordCommand = { type: 'open-by-hand', opId: newId(), record, room: ROOM };
      await done(store, { type: 'record-command', command: opens, asker, at: NOON - 2 * HOUR });
      await registered(store, record, '传真转电话通知', NOON - 2 * HOUR + 60_000);
      const said = { occurredAt: null, receivedAt: NOON - 90 * 60_000, level: 'unrated' } as const;
      const title = '水库坝体渗漏';
      const opening = {
        type: 'open',
        room: ROOM,
        record: null,
        ...said,
        title,
        text: '已转移群众。',
      } as const;
      await done(store, incident(opening, NOON - 80 * 60_000));
      const texts = async (shift: number, now: number) =>
        (await store.shiftLog(ROOM, shift, now))?.lines.map(({ text }) => text);
      const before = await texts(from, NOON - 1);
      expect(before).toEqual([
        '通话没有录音。',
        '值班电话 0954-2030000 检测发现：电话交换机里设有呼转（疑似）。',
        '市应急管理局马某来电：传真转电话通知（值电〔2026〕1号）',
        '突发事件：水库坝体渗漏；尚未报告。',
        '与电话交换机的连接中断，尚未恢复。',
      ]);
      await signed(store, NOON, 'h-1', 'zhang', 'li');
      const ends = NOON + HOUR / 2;
      const closed = {
        ...stamp,
        at: ends,
        receivedAt: ends,
        factKey: 'gap closed',
        kind: 'gap-closed',
      } as const;
      const came = { from: NOON - HOUR, to: ends, missedCalls: 3, pbxRestarted: false };
      await done(store, told.step([], { pbxFacts: [{ ...closed, ...came }] }));
      const report: IncidentAsk = {
        ...{ type: 'report', report: 'p-1', kind: 'first', channel: 'written', sentAt: NOON + 5 * 60_000 },
        ...{ to: '自治区总值班室', receiver: '赵某', signer: '王某', text: '报告如下。' },
        ...{ call: null, furtherDueAt: null },
      };
      await done(store, incident(report, NOON + 10 * 60_000));
      expect(await texts(from, NOON + HOUR)).toEqual(before);
      expect((await store.shiftLog(ROOM, from, NOON + HOUR))?.signed?.matters).toContain(
        '时限：水库坝体渗漏 电话报告（2026-11-23 11:00 前）',
      );
      // Also of what the next shift has dealt with since.
      expect((await store.shiftLog(ROOM, from, NOON + HOUR))?.signed?.matters).toContain(
        '时限：水库坝体渗漏 书面报告（2026-11-23 11:30 前）',
      );
      expect(await texts(NOON, NOON + HOUR)).toEqual([
        '突发事件：水库坝体渗漏；初报（书面报告）2026-11-23 12:05。',
        '与电话交换机的连接中断，2026-11-23 12:30 恢复，其间来去电 3 通未即时登记。',
      ]);
    });

    it('has every record and every line in one log and no other', async () => {
      const random = seeded('shift-log');
      const store = await backEnd.freshStore();
      await staffed(store);
      const end = NOON + 24 * HOUR;
      const acts: { readonly at: number; readonly act: (at: number) => Promise<void> }[] = [];
      const wanted: string[] = [];
      for (let index = 0; index < 12; index += 1) {
        const arrives = NOON - 11 * HOUR + Math.floor(random.next() * 30 * HOUR);
        let record = '';
        acts.push({
          at: arrives,
          act: async () => {
            record = await called(store, arrives, `${index}`);
            wanted.push(`record:${record}`);
          },
        });
        acts.push({
          at: arrives + 60_000 + Math.floor(random.next() * 14 * HOUR),
          act: (at) => registered(store, record, `事项 ${index}`, at),
        });
        acts.push({
          at: NOON - 10 * HOUR + Math.floor(random.next() * 30 * HOUR),
          act: async (at) => {
            const { shifts } = await store.shiftLogShifts(ROOM, null, at);
            await done(store, adds(shifts[0]?.from ?? 0, at, `手写 ${index}`));
            wanted.push(`line-${at}`);
          },
        });
      }
      // Early, and long after the turn; for the one at midnight at Greenwich nobody signs.
      for (const [id, hour] of [
        ['h-1', -0.4],
        ['h-2', 5],
        ['h-3', 13],
      ] as const)
        acts.push({
          at: NOON + hour * HOUR,
          act: async (at) => {
            const by = { room: ROOM, id, account: null, person: 'zhang', at };
            await done(store, { ...by, type: 'hand-over-begin' });
            await done(store, { ...by, type: 'hand-over-end', how: 'stay' });
          },
        });
      for (const { at, act } of acts.toSorted((one, other) => one.at - other.at)) await act(at);
      const now = end + 20 * HOUR;
      const { shifts } = await store.shiftLogShifts(ROOM, null, now);
      const logs = await Promise.all(shifts.map(({ from }) => store.shiftLog(ROOM, from, now)));
      const lines = logs.flatMap((log) => log?.lines ?? []).filter(({ source }) => source?.kind !== 'outage');
      expect(lines.map(({ id }) => id).toSorted()).toEqual(wanted.toSorted());
      // And no moment is in none of them.
      for (const [index, { from }] of shifts.entries())
        if (index + 1 < shifts.length) expect(shifts[index + 1]?.to).toBe(from);
      expect(await store.shiftLogChain(ROOM)).toBeNull();
    });

    it('loses the words about a record that had to be destroyed, and keeps its seal', async () => {
      const store = await backEnd.freshStore();
      await staffed(store);
      const from = NOON - 12 * HOUR;
      const record = await called(store, NOON - 2 * HOUR, '1');
      await registered(store, record, '不该记的话', NOON - HOUR);
      const said = { occurredAt: null, receivedAt: NOON - HOUR, level: 'unrated' } as const;
      const opening = {
        type: 'open',
        room: ROOM,
        record,
        ...said,
        title: '不该记的事',
        text: '一件事',
      } as const;
      await done(store, incident(opening, NOON - HOUR / 2));
      await signed(store, NOON, 'h-1', 'zhang', 'li');
      expect(JSON.stringify(await linesAt(store, from, NOON))).toContain('不该记的事');
      const hand = (account: string) => ({ account, person: null });
      await done(store, {
        ...{ type: 'isolate', subject: record, by: hand('a-1'), reason: '涉密', at: NOON + 1 },
      });
      expect((await linesAt(store, from, NOON + 2)).filter(({ text }) => text === null).length).toBe(2);
      expect(await store.shiftLogChain(ROOM)).toBeNull();
      await done(store, {
        ...{ type: 'destroy', subject: record, by: [hand('a-1'), hand('a-2')], reason: '涉密', at: NOON + 3 },
      });
      expect(JSON.stringify(await store.shiftLog(ROOM, from, NOON + 4))).not.toContain('不该记');
      expect(await store.shiftLogChain(ROOM)).toBeNull();
    });
  });
});
