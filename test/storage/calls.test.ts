import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/storage/store.ts';
import type { PublishedChange, Work } from '../../src/storage/work.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, PBX, ROOM } from './office.ts';
import { answeredCall, NOON, telling } from './telling.ts';

async function writeAll(store: Store, works: readonly Work[]): Promise<readonly PublishedChange[]> {
  const results = await store.write(works);
  return results.flatMap((result) => {
    if (!result.ok) throw new Error(`not written: ${JSON.stringify(result.refusal)}`);
    return result.changes;
  });
}

async function onlyCall(store: Store, at = NOON) {
  const { calls, records } = await store.snapshot(ROOM, at);
  const [call] = calls;
  if (call === undefined || calls.length !== 1) throw new Error(`${calls.length} calls instead of one`);
  return { call, record: records.find((record) => record.id === call.record) };
}

onBothBackEnds((backEnd) => {
  describe('a call', () => {
    it('is there from its first fact on, with its draft in the same transaction', async () => {
      const store = await backEnd.freshStore();
      const changes = await writeAll(store, [telling('1.1').arrives()]);
      expect(changes.map((change) => change.entity).sort()).toEqual(['call', 'record']);
      const { call, record } = await onlyCall(store);
      expect(call).toMatchObject({
        room: ROOM,
        line: '0954-2030000',
        phase: 'arriving',
        caller: {
          number: '09542035678',
          shown: '0954-2035678',
          unit: '市应急管理局',
          person: '马某',
          class: 'subordinate',
        },
      });
      expect(record).toMatchObject({ state: 'draft', call: call.id, direction: 'inbound', byHand: false });
      expect(record?.fields).toMatchObject({
        callTime: { value: String(NOON + 1_000), by: null },
        callerUnit: { value: '市应急管理局' },
        callerName: { value: '马某' },
        callerNumber: { value: '0954-2035678' },
        recorder: { value: '', version: 0 },
      });
    });

    it('goes through its phases, and the phone that answers names 记录人', async () => {
      const store = await backEnd.freshStore();
      await done(store, { type: 'seat-person', seat: 'seat-1', person: 'zhang', at: NOON });
      const call = telling('1.1');
      const phases: string[] = [];
      for (const work of [
        call.arrives(),
        call.dials(),
        call.rings(),
        call.isAnswered(),
        ...call.closes(),
        call.ends(),
      ]) {
        await writeAll(store, [work]);
        phases.push((await onlyCall(store)).call.phase);
      }
      expect(phases).toEqual(['arriving', 'arriving', 'ringing', 'talking', 'talking', 'talking', 'ended']);
      const { call: view, record } = await onlyCall(store);
      expect(view).toMatchObject({ outcome: 'answered', answeredBy: 'PJSIP/1001', phones: [] });
      expect(view.course.map((line) => line.kind)).toEqual([
        'call-arrived',
        'leg-dialled',
        'leg-rang',
        'leg-answered',
        'leg-closed',
        'leg-closed',
        'call-ended',
      ]);
      expect(record?.fields).toMatchObject({
        recorder: { value: '张某', by: null },
        recorderPhone: { value: '2030001' },
      });
    });

    it('told twice is one call', async () => {
      const store = await backEnd.freshStore();
      const told = answeredCall('1.1');
      await writeAll(store, told);
      const before = await onlyCall(store);
      expect(await writeAll(store, told)).toEqual([]);
      expect(await writeAll(store, [...told].reverse())).toEqual([]);
      expect(await onlyCall(store)).toEqual(before);
    });

    it('told twice within one transaction is one call', async () => {
      const store = await backEnd.freshStore();
      const told = answeredCall('1.1');
      await writeAll(store, [...told, ...told]);
      const { records } = await store.snapshot(ROOM, NOON);
      expect(records).toHaveLength(1);
      expect((await onlyCall(store)).call.course).toHaveLength(7);
    });

    it('moves its times to our clock by the offset measured at its arrival', async () => {
      const store = await backEnd.freshStore();
      const call = telling('1.1');
      await writeAll(store, [
        call.arrives('2035678', { offsetMs: 5_000 }),
        { ...call.dials(), offsetMs: 9_000 },
      ]);
      const { call: view, record } = await onlyCall(store);
      expect(view.startedAt).toBe(NOON + 1_000 - 5_000);
      expect(view.course.map((line) => line.at)).toEqual([NOON - 4_000, NOON - 3_000]);
      expect(record?.fields.callTime.value).toBe(String(NOON - 4_000));
    });

    it('keeps its caller’s name out of the facts, and shows it', async () => {
      const store = await backEnd.freshStore();
      const call = telling('1.1');
      const name = '马𠮷\u202e<b>';
      const text = { pbx: PBX, linkedid: '1.1', generation: 1, callerName: name };
      await writeAll(store, [call.arrives('2035678', { texts: [text] })]);
      expect((await onlyCall(store)).call.caller.name).toBe(name);
      expect((await store.keptForRestore(PBX, NOON)).texts).toEqual([text]);
      expect(JSON.stringify((await store.keptForRestore(PBX, NOON)).facts)).not.toContain('马');
    });

    it('from a caller who sends NUL and half signs is kept nevertheless', async () => {
      const store = await backEnd.freshStore();
      const call = telling('1.1');
      const text = { pbx: PBX, linkedid: '1.1', generation: 1, callerName: 'a\0b\ud842' };
      await writeAll(store, [call.arrives('12\0\ud84234', { texts: [text] }), call.ends()]);
      const { call: view } = await onlyCall(store);
      expect(view.phase).toBe('ended');
      expect(view.caller.number).toContain('12\ufffd');
    });

    it('of a withheld number gets a draft that says so', async () => {
      const store = await backEnd.freshStore();
      await writeAll(store, [telling('1.1').arrives(null)]);
      const { call, record } = await onlyCall(store);
      expect(call.caller).toMatchObject({ number: null, shown: null, class: 'unknown' });
      expect(record?.fields.callerNumber.value).toBe('未显示');
    });

    it('whose number comes late has it filled in, unless a person wrote one', async () => {
      const store = await backEnd.freshStore();
      const call = telling('1.1');
      await writeAll(store, [call.arrives(null)]);
      const { record } = await onlyCall(store);
      const asker = { account: null, person: 'li', seat: null };
      const patch = {
        type: 'patch-field',
        opId: 'op-1',
        record: record?.id ?? '',
        base: 0,
        client: 'tab',
      } as const;
      await done(store, {
        type: 'record-command',
        command: { ...patch, field: 'callerUnit', value: '县局' },
        asker,
        at: NOON,
      });
      await writeAll(store, [call.say({ kind: 'caller-identified', number: '13900001111', dialled: null })]);
      const { call: view, record: after } = await onlyCall(store);
      expect(view.caller).toMatchObject({ number: '13900001111', unit: '自治区总值班室', class: 'superior' });
      expect(after?.fields.callerNumber.value).toBe('139 0000 1111');
      expect(after?.fields.callerUnit.value).toBe('县局');
    });

    it('of yesterday is shown as long as it lives, after those of today', async () => {
      const store = await backEnd.freshStore();
      const yesterday = NOON - 24 * 60 * 60 * 1_000;
      const long = telling('1.1', yesterday);
      await writeAll(store, [long.arrives(), ...answeredCall('1.2', yesterday), telling('1.3').arrives()]);
      const shown = async () => (await store.snapshot(ROOM, NOON)).calls.map((call) => call.startedAt);
      expect(await shown()).toEqual([NOON + 1_000, yesterday + 1_000]);
      await writeAll(store, [long.dials(), long.isAnswered(), ...long.closes(), long.ends()]);
      expect(await shown()).toEqual([NOON + 1_000]);
    });

    it('that belongs to no room of ours is kept and shown to nobody', async () => {
      const store = await backEnd.freshStore();
      const call = telling('1.1');
      const arrives = call.arrives();
      const [fact] = arrives.facts;
      if (fact?.kind !== 'call-arrived') throw new Error('the first fact is an arrival');
      await writeAll(store, [{ ...arrives, facts: [{ ...fact, line: 'line-nobody-knows' }] }]);
      const { calls, records } = await store.snapshot(ROOM, NOON);
      expect([calls, records]).toEqual([[], []]);
      expect((await store.keptForRestore(PBX, NOON)).facts).toHaveLength(1);
    });
  });

  describe('calls that are joined', () => {
    const joins = (joined: ReturnType<typeof telling>) =>
      joined.say({ kind: 'calls-joined', survivor: '1.1', survivorGeneration: 1, joined: '1.2' });

    it('stay and link; a draft that nobody touched goes away by itself', async () => {
      const store = await backEnd.freshStore();
      const joined = telling('1.2');
      await writeAll(store, [telling('1.1').arrives(), joined.arrives('13900001111'), joins(joined)]);
      const { calls, records } = await store.snapshot(ROOM, NOON);
      const [survivor, other] = [
        calls.find((call) => call.joinedTo === null),
        calls.find((call) => call.joinedTo),
      ];
      expect(other?.joinedTo).toBe(survivor?.id);
      expect(other?.phase).toBe('ended');
      expect(records.find((record) => record.call === other?.id)?.state).toBe('merged');
      expect(records.find((record) => record.call === survivor?.id)?.state).toBe('draft');
    });

    it('keep the draft where the older call has no form: two colleagues spoke, then a call came in', async () => {
      const store = await backEnd.freshStore();
      const joined = telling('1.2');
      const among = telling('1.1').say({
        kind: 'call-arrived',
        direction: 'internal',
        line: 'line-1',
        lineNumber: '0954-2030000',
        callerNumber: '1001',
        dialled: '1002',
        channel: 'PJSIP/1001-1.1',
        endpoint: 'PJSIP/1001',
        role: 'duty-phone',
        seen: 'live',
      });
      await writeAll(store, [among, joined.arrives('13900001111'), joins(joined)]);
      const { calls, records } = await store.snapshot(ROOM, NOON);
      const other = calls.find((call) => call.joinedTo !== null);
      expect(records).toMatchObject([{ state: 'draft', call: other?.id }]);
    });

    it('keep a draft in which a person has written', async () => {
      const store = await backEnd.freshStore();
      const joined = telling('1.2');
      await writeAll(store, [telling('1.1').arrives(), joined.arrives('13900001111')]);
      const { calls } = await store.snapshot(ROOM, NOON);
      const other = calls.find((call) => call.caller.number === '13900001111');
      const record = other?.record ?? '';
      await done(store, {
        type: 'record-command',
        command: {
          type: 'patch-field',
          opId: 'o',
          record,
          field: 'content',
          base: 0,
          value: '记',
          client: 't',
        },
        asker: { account: null, person: 'zhang', seat: 'seat-1' },
        at: NOON,
      });
      await writeAll(store, [joins(joined)]);
      expect(await store.recordView(record)).toMatchObject({
        state: 'draft',
        fields: { content: { value: '记' } },
      });
    });
  });

  describe('a batch', () => {
    it('leaves out only the work that cannot be written', async () => {
      const store = await backEnd.freshStore();
      const strange = telling('9.9').dials();
      const results = await store.write([telling('1.1').arrives(), strange, telling('1.2').arrives()]);
      expect(results.map((result) => result.ok)).toEqual([true, false, true]);
      expect((await store.snapshot(ROOM, NOON)).calls).toHaveLength(2);
      expect((await store.keptForRestore(PBX, NOON)).facts).toHaveLength(2);
    });

    it('of hundreds of calls keeps every one of them', async () => {
      const store = await backEnd.freshStore();
      const works = Array.from({ length: 150 }, (_, n) => answeredCall(`1.${n}`, NOON + n)).flat();
      await writeAll(store, works);
      const { calls } = await store.snapshot(ROOM, NOON);
      expect(calls).toHaveLength(150);
      expect(new Set(calls.map((call) => call.outcome))).toEqual(new Set(['answered']));
    });
  });

  describe('after a kill', () => {
    it('tells the facts of the calls that stood and of those that ended within the hour, in their order', async () => {
      const store = await backEnd.freshStore();
      const hour = 60 * 60 * 1_000;
      const living = telling('1.3', NOON - 3 * hour);
      const works = [
        ...answeredCall('1.1', NOON - 2 * hour),
        ...answeredCall('1.2', NOON - hour / 2),
        living.arrives(),
        living.dials(),
      ];
      await writeAll(store, works);
      const { facts } = await store.keptForRestore(PBX, NOON);
      expect([...new Set(facts.map((fact) => fact.linkedid))]).toEqual(['1.2', '1.3']);
      expect(facts).toEqual(works.slice(7).flatMap((work) => work.facts));
      expect((await store.keptForRestore('another-pbx', NOON)).facts).toEqual([]);
    });

    it('knows which calls still want their sound taken over, until that is done', async () => {
      const store = await backEnd.freshStore();
      const results = await store.write(answeredCall('1.1'));
      const effects = results.flatMap((result) => (result.ok ? result.effects : []));
      expect(await store.pendingEffects()).toEqual(effects);
      const { call } = await onlyCall(store);
      expect(effects).toMatchObject([
        { kind: 'attach-recordings', call: call.id, pbx: PBX, linkedid: '1.1' },
      ]);
      await done(store, { type: 'effect-done', effect: effects[0]?.id ?? '', at: NOON });
      expect(await store.pendingEffects()).toEqual([]);
    });
  });

  describe('a gap', () => {
    const stamp = { pbx: PBX, uniqueid: '', linkedid: '', generation: 1, pbxAt: null };
    const opened = {
      ...stamp,
      at: NOON,
      receivedAt: NOON,
      factKey: 'gap 1 opened',
      kind: 'gap-opened',
    } as const;
    const closed = { ...stamp, at: NOON + 5_000, receivedAt: NOON + 5_000, factKey: 'gap 1 closed' } as const;

    it('opens and closes as one, for every room', async () => {
      const store = await backEnd.freshStore();
      const told = telling('1.1');
      const [change] = await writeAll(store, [
        told.step([], { pbxFacts: [{ ...opened, reason: 'service-stopped' }] }),
      ]);
      expect(change).toMatchObject({ entity: 'gap', room: null });
      expect(await store.openGaps()).toMatchObject([{ from: NOON, to: null, cause: 'service-stopped' }]);
      const closing = {
        ...closed,
        kind: 'gap-closed',
        from: NOON,
        to: NOON + 5_000,
        missedCalls: 2,
        pbxRestarted: false,
      } as const;
      await writeAll(store, [told.step([], { pbxFacts: [closing] })]);
      expect(await writeAll(store, [told.step([], { pbxFacts: [closing] })])).toEqual([]);
      expect(await store.openGaps()).toEqual([]);
      expect(await store.gapView(change?.id ?? '')).toMatchObject({
        to: NOON + 5_000,
        missed: 2,
        cause: 'service-stopped',
        recovered: null,
      });
      expect((await store.snapshot(ROOM, NOON + 10_000)).gaps).toHaveLength(1);
      const report = { id: change?.id ?? '', pbx: 'office', from: NOON, to: NOON + 5_000, at: NOON + 6_000 };
      const reported = await done(store, {
        type: 'gap-report',
        ...report,
        recovered: 2,
        known: 0,
        notRecoverable: [],
      });
      expect(reported.changes).toMatchObject([{ entity: 'gap', id: change?.id }]);
      expect((await store.snapshot(ROOM, NOON + 10_000)).gaps).toMatchObject([{ missed: 2, recovered: 2 }]);
    });
  });

  describe('an office', () => {
    it('is exported as it was imported', async () => {
      const store = await backEnd.freshStore();
      const sorted = {
        ...OFFICE,
        people: [...OFFICE.people].sort((a, b) => (a.id < b.id ? -1 : 1)),
        units: [...OFFICE.units].sort((a, b) => (a.id < b.id ? -1 : 1)),
      };
      expect(await store.office()).toEqual({
        ...sorted,
        rooms: [...OFFICE.rooms].sort((a, b) => (a.id < b.id ? -1 : 1)),
      });
    });

    it('imported again keeps who sits where and their PINs', async () => {
      const store = await backEnd.freshStore();
      await done(store, { type: 'seat-person', seat: 'seat-1', person: 'zhang', at: NOON });
      await done(store, { type: 'person-pin', person: 'zhang', pinHash: 'hash', at: NOON });
      await done(store, { type: 'office-import', office: OFFICE, at: NOON });
      expect((await store.seat('seat-1'))?.person).toMatchObject({ id: 'zhang', name: '张某' });
      expect((await store.person('zhang'))?.pinHash).toBe('hash');
      const room = await store.roomView(ROOM, NOON);
      expect(room?.onDuty).toMatchObject({
        leaders: [{ name: '王某' }],
        officers: [{ name: '张某' }, { name: '李某' }],
      });
    });

    it('seats only people of the room', async () => {
      const store = await backEnd.freshStore();
      const [result] = await store.write([{ type: 'seat-person', seat: 'seat-1', person: 'zhao', at: NOON }]);
      expect(result).toMatchObject({ ok: false, refusal: { code: 'person-unknown' } });
    });
  });
});
