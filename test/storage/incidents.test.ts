import { describe, expect, it } from 'vitest';
import type { IncidentAsk } from '../../src/duty/incident-decide.ts';
import type { IncidentWork, TelephoneReport } from '../../src/storage/incident-work.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { Store } from '../../src/storage/store.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { calledOut, NOON, telling } from './telling.ts';

const MINUTE = 60_000;
/** 自治区总值班室 in the test's telephone book. */
const SUPERIOR = '13900001111';
const by = { room: ROOM, account: 'a-1', person: 'zhang' };
const SAID = {
  ...{ occurredAt: NOON - 20 * MINUTE, receivedAt: NOON, level: 'unrated' as const },
  ...{ title: '某县水库坝体渗漏', text: '坝体渗漏，已组织下游群众转移。' },
};

function step(ask: IncidentAsk | TelephoneReport, at: number, incident = 'i-1'): IncidentWork {
  return { ...by, type: 'incident-step', opId: newId(), incident, ask, at };
}
const open = (record: string | null, at = NOON, incident = 'i-1') =>
  step({ type: 'open', room: ROOM, record, ...SAID }, at, incident);
const report = (
  more: Partial<Extract<IncidentAsk, { type: 'report' }>> = {},
): Extract<IncidentAsk, { type: 'report' }> => ({
  ...{ type: 'report', report: 'p-1', kind: 'first', channel: 'written', sentAt: NOON + 40 * MINUTE },
  ...{ to: '自治区总值班室', receiver: '赵某', signer: '王某', text: '现将有关情况报告如下。' },
  ...{ call: null, furtherDueAt: null },
  ...more,
});

async function codeOf(store: Store, work: IncidentWork): Promise<string> {
  const [result] = await store.write([work]);
  return result?.ok === false ? result.refusal.code : 'done';
}

/** A call arrives whose form says 突发信息; gives its record. */
async function emergency(store: Store, linkedid: string, at = NOON): Promise<string> {
  await done(store, telling(linkedid, at).arrives());
  const record = (await store.snapshot(ROOM, at)).calls[0]?.record ?? '';
  await done(store, {
    type: 'record-command',
    command: {
      ...{ type: 'patch-field', opId: newId(), record, field: 'category', base: 0 },
      ...{ value: 'incident', client: 'c' },
    },
    asker: { account: 'a-1', person: 'zhang', seat: null },
    at,
  });
  return record;
}

async function calledSuperior(store: Store, linkedid: string, at: number, offsetMs = 0): Promise<string> {
  for (const one of calledOut(linkedid, SUPERIOR, at + offsetMs, { offsetMs })) await done(store, one);
  return (await store.snapshot(ROOM, at)).calls.find(({ direction }) => direction === 'outbound')?.id ?? '';
}

async function seen(store: Store, at: number, incident = 'i-1') {
  const view = await store.incident(incident, at);
  if (view === undefined) throw new Error('no such incident');
  return view;
}
const phases = async (store: Store, at: number) =>
  (await seen(store, at)).clocks.map(({ id, phase }) => `${id} ${phase}`);

describe('突发事件 in the store', () => {
  onBothBackEnds((backEnd) => {
    it('comes from a record or by hand, and its 突发信息 is decided before the shift is given', async () => {
      const store = await backEnd.freshStore();
      const first = await emergency(store, '1');
      const second = await emergency(store, '2', NOON + MINUTE);
      const begin = { ...by, type: 'hand-over-begin', id: 'h', at: NOON + 2 * MINUTE } as const;
      await done(store, begin);
      const sign = (at: number) =>
        ({ ...by, type: 'hand-over-sign', id: 'h', as: 'giver', signer: 'zhang', notes: null, at }) as const;
      const matters = async () =>
        ((await store.handOverState(ROOM, NOON + 9 * MINUTE)).open?.handOver.matters ?? [])
          .filter(({ kind }) => kind === 'emergency-undecided' || kind === 'clock')
          .map(({ kind, id }) => `${kind} ${id}`);
      expect(await matters()).toEqual([`emergency-undecided ${first}`, `emergency-undecided ${second}`]);
      expect(await store.write([sign(NOON + 3 * MINUTE)])).toMatchObject([
        { ok: false, refusal: { code: 'hand-over-emergency-undecided' } },
      ]);
      await done(store, open(first, NOON + 4 * MINUTE));
      expect(await codeOf(store, open(first, NOON + 4 * MINUTE, 'i-2'))).toBe('incident-record-decided');
      const notNeeded = (reason: string, asked: string): IncidentWork => ({
        ...{ ...by, type: 'emergency-not-reportable', opId: newId(), record: second },
        ...{ reason, asked, at: NOON + 5 * MINUTE },
      });
      expect(await codeOf(store, notNeeded(' ', '王某'))).toBe('incident-reason');
      expect(await codeOf(store, notNeeded('演练', ''))).toBe('incident-asked-whom');
      expect(await codeOf(store, notNeeded('演练', '王某'))).toBe('done');
      expect(await matters()).toEqual(['clock i-1-telephone', 'clock i-1-written']);
      await done(store, sign(NOON + 6 * MINUTE));
      // The shift's log has it as a line of its own.
      const now = NOON + 6 * MINUTE;
      const [shift] = (await store.shiftLogShifts(ROOM, null, now)).shifts;
      const log = await store.shiftLog(ROOM, shift?.from ?? 0, now);
      expect((log?.lines ?? []).map(({ text }) => text)).toContain(`突发事件：${SAID.title}；尚未报告。`);
      expect((await store.recordView(first))?.emergency).toEqual({ incident: 'i-1' });
      expect((await store.recordView(second))?.emergency).toEqual({ incident: null });
      await done(store, open(null, NOON + 7 * MINUTE, 'i-3'));
      expect((await store.incidents(ROOM, NOON + 8 * MINUTE)).map(({ id, title }) => [id, title])).toEqual([
        ['i-3', SAID.title],
        ['i-1', SAID.title],
      ]);
    });

    it('keeps its clocks by when a report left, whenever it was written down, and is read the same after a restart', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await done(store, { type: 'office-import', office: OFFICE, at: 0 });
      await done(store, open(null));
      expect(await phases(store, NOON + 25 * MINUTE)).toEqual(['telephone near', 'written running']);
      // Entered an hour and a half later, in another shift.
      await done(store, step(report(), NOON + 130 * MINUTE));
      expect(await phases(store, NOON + 131 * MINUTE)).toEqual(['telephone over', 'written kept']);
      await store.close();
      const again = await backEnd.open(database);
      expect(await phases(again, NOON + 131 * MINUTE)).toEqual(['telephone over', 'written kept']);
      expect(
        (await again.runningClocks(NOON + 131 * MINUTE)).map(({ clocks }) => clocks[0]?.alarming),
      ).toEqual([true]);
      await done(again, step({ type: 'acknowledge', clock: 'telephone' }, NOON + 132 * MINUTE));
      expect((await seen(again, NOON + 133 * MINUTE)).clocks[0]?.alarming).toBe(false);
      expect((await again.roomView(ROOM, NOON))?.clocks).toEqual([
        {
          ...{ incident: 'i-1', title: SAID.title, clock: 'telephone', name: '电话报告' },
          ...{ dueAt: NOON + 30 * MINUTE, heard: ['over'] },
        },
      ]);
    });

    it('is proved by an answered call to a superior office, by our clock and not by a wrong one of the PBX', async () => {
      const store = await backEnd.freshStore();
      await done(store, open(null));
      const THREE_HOURS = 180 * MINUTE;
      const early = await calledSuperior(store, '7', NOON + 20 * MINUTE, -THREE_HOURS);
      const { offers } = await seen(store, NOON + 22 * MINUTE);
      expect(offers).toMatchObject([{ call: early, unit: '自治区总值班室', inTime: true, recording: null }]);
      const answeredAt = offers[0]?.answeredAt ?? 0;
      expect(answeredAt).toBe(NOON + 20 * MINUTE + 3_000);
      const { channel: _channel, sentAt: _sentAt, ...said } = report({ signer: '' });
      await done(store, step({ ...said, type: 'telephone', call: early }, NOON + 50 * MINUTE));
      const view = await seen(store, NOON + 51 * MINUTE);
      expect(view.reports).toMatchObject([
        { channel: 'telephone', sentAt: answeredAt, enteredAt: NOON + 50 * MINUTE, call: early, by: '张某' },
      ]);
      expect(view.clocks[0]?.phase).toBe('kept');
      expect(view.offers).toEqual([]);
    });

    it('is proved only by the talk with the superior office itself, behind hundreds of others, and has its time', async () => {
      const store = await backEnd.freshStore();
      await done(store, open(null));
      // Their trunk is busy, and a colleague inside takes it up.
      const [arrives, dials] = calledOut('8', SUPERIOR, NOON + 10 * MINUTE);
      const inside = telling('8', NOON + 11 * MINUTE);
      for (const one of [arrives, dials, inside.dials(), inside.isAnswered()])
        if (one !== undefined) await done(store, one);
      const [call] = (await store.snapshot(ROOM, NOON)).calls;
      expect([call?.direction, call?.answeredAt === null]).toEqual(['outbound', false]);
      const others = Array.from({ length: 205 }, (_, n) =>
        calledOut(`1.${n}`, '2035678', NOON + 12 * MINUTE + n * 1_000),
      );
      await store.write(others.flat());
      expect((await seen(store, NOON + 20 * MINUTE)).offers).toEqual([]);
      const late = await calledSuperior(store, '9', NOON + 40 * MINUTE);
      expect((await seen(store, NOON + 41 * MINUTE)).offers).toMatchObject([{ call: late, inTime: false }]);
      // Also where somebody typed another time beside it.
      const typed = (of: string) =>
        step(report({ channel: 'telephone', sentAt: NOON + 10 * MINUTE, call: of }), NOON + 50 * MINUTE);
      expect(await codeOf(store, typed(call?.id ?? ''))).toBe('incident-call-unfit');
      expect(await codeOf(store, typed(late))).toBe('done');
      const { reports, clocks } = await seen(store, NOON + 51 * MINUTE);
      expect(reports).toMatchObject([{ sentAt: NOON + 40 * MINUTE + 3_000, call: late }]);
      expect(clocks[0]?.phase).toBe('late');
    });

    it('is linked only with an answered call in its time, and with a superior office unless somebody says so', async () => {
      const store = await backEnd.freshStore();
      const minutes = (count: number) => NOON + count * MINUTE;
      await done(store, open(null));
      const spoken = report({ report: 'p-2', channel: 'telephone', sentAt: minutes(5) });
      for (const work of [step(report(), minutes(41)), step(spoken, minutes(42))]) await done(store, work);
      /** Its id, of the one that began then. */
      const came = async (linkedid: string, from: string, at: number, isAnswered: boolean) => {
        const call = telling(linkedid, at);
        const steps = [call.arrives(from), call.dials(), ...(isAnswered ? [call.isAnswered()] : [])];
        for (const one of steps) await done(store, one);
        return (
          (await store.snapshot(ROOM, at)).calls.find(({ startedAt }) => startedAt === at + 1_000)?.id ?? ''
        );
      };
      const early = await came('11', SUPERIOR, minutes(-30), true);
      const missed = await came('12', SUPERIOR, minutes(43), false);
      const stranger = await came('13', '2035678', minutes(44), true);
      const confirmed = await came('14', SUPERIOR, minutes(45), true);
      const out = await calledSuperior(store, '15', minutes(46));
      const linked = (of: string, call: string, more: object = {}) =>
        codeOf(store, step({ type: 'link-call', report: of, call, ...more }, minutes(50)));
      expect(await linked('p-1', 'nothing')).toBe('incident-call-unknown');
      for (const call of [early, missed]) expect(await linked('p-1', call)).toBe('incident-call-untimely');
      expect(await linked('p-1', early, { confirmed: true })).toBe('incident-call-untimely');
      expect(await linked('p-1', stranger)).toBe('incident-call-stranger');
      expect(await linked('p-1', stranger, { confirmed: true })).toBe('done');
      expect(await linked('p-1', confirmed)).toBe('done');
      // A 电话报告 is made by calling, whatever somebody says.
      expect(await linked('p-2', confirmed, { confirmed: true })).toBe('incident-call-unfit');
      expect(await linked('p-2', out)).toBe('done');
      const further = (call: string) =>
        codeOf(store, step(report({ report: 'p-3', kind: 'further', call }), minutes(50)));
      expect(await further(stranger)).toBe('incident-call-stranger');
      const { reports, talks } = await seen(store, minutes(51));
      expect(reports.map(({ call }) => call)).toEqual([confirmed, out]);
      expect(talks.map(({ call, superior }) => [call, superior])).toEqual([
        ...[
          [out, true],
          [confirmed, true],
          [stranger, false],
        ],
      ]);
      // A day after its end nothing is confirmed any more.
      await done(store, step({ type: 'close', reason: '已处置' }, minutes(52)));
      const later = await came('16', SUPERIOR, minutes(52) + 25 * 60 * MINUTE, true);
      const far = { type: 'link-call', report: 'p-1', call: later } as const;
      expect(await codeOf(store, step(far, minutes(3_000)))).toBe('incident-call-untimely');
    });

    it('keeps of each report what was known when it left, whatever is corrected after it', async () => {
      const store = await backEnd.freshStore();
      await done(store, open(null));
      await done(store, step(report(), NOON + 41 * MINUTE));
      const later = { ...SAID, type: 'correct' as const, level: 'major' as const, title: '某县水库溃坝' };
      await done(store, step({ ...later, occurredAt: NOON - MINUTE }, NOON + 50 * MINUTE));
      await done(store, step(report({ report: 'p-2', kind: 'further' }), NOON + 60 * MINUTE));
      const { level, title, reports } = await seen(store, NOON + 61 * MINUTE);
      expect([level, title]).toEqual(['major', '某县水库溃坝']);
      expect(reports.map((one) => [one.title, one.known.level, one.known.occurredAt])).toEqual([
        [SAID.title, 'unrated', SAID.occurredAt],
        ['某县水库溃坝', 'major', NOON - MINUTE],
      ]);
    });

    it('does not pass a call after the limit as in time, nor one to anybody else', async () => {
      const store = await backEnd.freshStore();
      await done(store, open(null));
      for (const one of calledOut('5', '2035678', NOON + 10 * MINUTE)) await done(store, one);
      const other = (await store.snapshot(ROOM, NOON)).calls[0]?.id ?? '';
      const late = await calledSuperior(store, '6', NOON + 31 * MINUTE);
      expect((await seen(store, NOON + 33 * MINUTE)).offers).toMatchObject([{ call: late, inTime: false }]);
      const { channel: _channel, sentAt: _sentAt, ...said } = report({ signer: '' });
      const telephone = (call: string) => step({ ...said, type: 'telephone', call }, NOON + 40 * MINUTE);
      expect(await codeOf(store, telephone(other))).toBe('incident-call-unfit');
      expect(await codeOf(store, telephone(late))).toBe('done');
      expect(await phases(store, NOON + 41 * MINUTE)).toEqual(['telephone late', 'written running']);
    });

    it('goes 初报, 续报, 终报; what is taken back stays and says why; what is asked from above has its own clock', async () => {
      const store = await backEnd.freshStore();
      await done(store, open(null));
      const at = (minutes: number) => NOON + minutes * MINUTE;
      await done(store, step(report(), at(41)));
      expect(await codeOf(store, step(report({ report: 'p-2' }), at(42)))).toBe('incident-first-again');
      expect(await codeOf(store, step(report({ report: 'p-2', kind: 'further', signer: '' }), at(60)))).toBe(
        'incident-report-unsigned',
      );
      const further = (id: string, minutes: number) =>
        step(
          report({ report: id, kind: 'further', sentAt: at(minutes), furtherDueAt: at(240) }),
          at(minutes),
        );
      await done(store, further('p-2', 90));
      await done(store, step({ type: 'withdraw', report: 'p-2', reason: '数字有误' }, at(95)));
      await done(store, further('p-3', 100));
      const asked = { type: 'inquiry', inquiry: 'q-1', askedAt: at(110), dueAt: at(130) } as const;
      await done(store, step({ ...asked, from: '自治区总值班室', text: '核实转移人数' }, at(111)));
      const final = report({ report: 'p-4', kind: 'final', sentAt: at(120) });
      await done(store, step(final, at(120)));
      expect(await codeOf(store, further('p-5', 125))).toBe('incident-closed');
      // The end of the incident is no answer to what was asked.
      const asking = (await seen(store, at(131))).clocks.find(({ what }) => what.kind === 'inquiry');
      expect(asking).toMatchObject({ phase: 'over', alarming: true });
      await done(
        store,
        step({ type: 'answer', inquiry: 'q-1', answeredAt: at(132), text: '共 312 人' }, at(133)),
      );
      const view = await seen(store, at(134));
      expect(view.reports.map(({ kind, turn, withdrawn }) => [kind, turn, withdrawn])).toEqual([
        ...[
          ['first', 0, false],
          ['further', 1, true],
          ['further', 2, false],
          ['final', 0, false],
        ],
      ]);
      expect(view.reports[1]?.withdrawal).toEqual({ at: at(95), by: '张某', reason: '数字有误' });
      expect(view.inquiries).toMatchObject([{ answer: '共 312 人', answeredAt: at(132), by: '张某' }]);
      expect(view.closedAt).toBe(at(120));
      // By telephone nobody ever reported it: that clock goes on.
      expect(
        (await store.runningClocks(at(135))).flatMap(({ clocks }) => clocks.map(({ id }) => id)),
      ).toEqual(['telephone']);
      await done(store, step({ type: 'withdraw', report: 'p-4', reason: '尚未办结' }, at(140)));
      expect((await seen(store, at(141))).closedAt).toBeNull();
      // What is asked next is answered by a 核报, with its call and its paper.
      await done(store, step({ ...asked, inquiry: 'q-2', from: '自治区总值班室', text: '核实' }, at(141)));
      const call = await calledSuperior(store, '4', at(125));
      const {
        channel: _channel,
        sentAt: _sentAt,
        ...verified
      } = report({ report: 'p-6', kind: 'verification' });
      const byTelephone = { ...verified, type: 'telephone' as const, call, inquiry: 'q-2' };
      await done(store, step(byTelephone, at(141)));
      const after = await seen(store, at(141));
      expect(after.inquiries[1]).toMatchObject({ answeredAt: at(125) + 3_000, answer: '', by: '张某' });
      expect(after.reports.at(-1)).toMatchObject({ inquiry: 'q-2', call });
      await done(store, step({ type: 'close', reason: '已另行电话报告' }, at(142)));
      expect(await store.runningClocks(at(143))).toEqual([]);
      expect((await store.auditOf('i-1')).map(({ kind }) => kind)).toContain('report-withdrawn');
    });

    it('is the same when everything is folded anew; its words go with the record, the facts stay', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await done(store, { type: 'office-import', office: OFFICE, at: 0 });
      const record = await emergency(store, '1');
      await done(store, open(record));
      await done(store, step(report(), NOON + 41 * MINUTE));
      const before = await seen(store, NOON + 50 * MINUTE);
      await done(store, { type: 'rebuild' });
      expect(await seen(store, NOON + 50 * MINUTE)).toEqual(before);
      expect((await store.recordView(record))?.emergency).toEqual({ incident: 'i-1' });
      const by1 = { account: 'a-1', person: 'p-1' };
      const isolate = {
        type: 'isolate',
        subject: record,
        by: by1,
        reason: 'x',
        at: NOON + 51 * MINUTE,
      } as const;
      expect((await done(store, isolate)).changes.map(({ entity }) => entity)).toContain('room');
      expect((await store.roomView(ROOM, NOON))?.clocks[0]?.title).toBe('');
      expect(await seen(store, NOON + 52 * MINUTE)).toMatchObject({
        title: null,
        text: '',
        shut: 'isolated',
      });
      expect(await codeOf(store, step(report({ report: 'p-9', kind: 'further' }), NOON + 53 * MINUTE))).toBe(
        'incident-record-unknown',
      );
      await done(store, {
        ...{ type: 'destroy', subject: record, reason: 'x', at: NOON + 54 * MINUTE },
        by: [by1, { account: 'a-2', person: 'p-2' }],
      });
      expect(await codeOf(store, step({ type: 'close', reason: '已处置' }, NOON + 55 * MINUTE))).toBe('done');
      const left = await backEnd.run(
        database,
        `select texts_json from incident_texts where texts_json <> '{}' and kind <> 'incident-closed'`,
      );
      expect(left).toEqual([]);
      const facts = JSON.stringify(
        await backEnd.run(database, `select fact_json from facts where stream = 'incident'`),
      );
      expect(facts).toContain('digest');
      for (const word of [SAID.title, SAID.text, '现将有关情况']) expect(facts).not.toContain(word);
    });

    it('is asked of the form that stands for a 突发信息 that was merged into it, also over another', async () => {
      const store = await backEnd.freshStore();
      const at = NOON + 10 * MINUTE;
      await done(store, telling('1', NOON).arrives());
      const stands = (await store.snapshot(ROOM, at)).calls[0]?.record ?? '';
      const [second, third] = [await emergency(store, '2', NOON + MINUTE), await emergency(store, '3', at)];
      const merge = (record: string, into: string) =>
        done(store, {
          ...{ type: 'record-command', asker: { account: 'a-1', person: 'zhang', seat: null }, at },
          command: { type: 'merge', opId: newId(), record, into },
        });
      await merge(third, second);
      const undecided = async () => (await store.undecidedEmergencies(ROOM, at)).map(({ record }) => record);
      expect(await undecided()).toEqual([second]);
      await merge(second, stands);
      expect(await undecided()).toEqual([stands]);
      await done(store, open(stands, at));
      expect(await undecided()).toEqual([]);
    });

    it('asks nobody about a 突发信息 from before this version', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await done(store, { type: 'office-import', office: OFFICE, at: 0 });
      await emergency(store, '1');
      const later = await emergency(store, '2', NOON + 10 * MINUTE);
      // As the migration says it where records stand already.
      const since = NOON + 5 * MINUTE;
      await backEnd.run(
        database,
        `insert into settings (key, value) values ('emergencies-since', '${since}')`,
      );
      const waiting = await store.undecidedEmergencies(ROOM, NOON + 20 * MINUTE);
      expect(waiting.map(({ record }) => record)).toEqual([later]);
    });

    it('answers a repeat as the first time', async () => {
      const store = await backEnd.freshStore();
      const first = open(null);
      await done(store, first);
      expect((await done(store, first)).changes).toEqual([]);
      expect(await store.incidents(ROOM, NOON)).toHaveLength(1);
    });
  });
});
