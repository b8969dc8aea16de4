import { describe, expect, it } from 'vitest';
import { newId } from '../../src/storage/new-id.ts';
import type { ShutWork } from '../../src/storage/shut-work.ts';
import type { Store } from '../../src/storage/store.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, PBX, ROOM } from './office.ts';
import { answeredCall, NOON, telling } from './telling.ts';

const ONE = { account: 'a-1', person: 'p-1' };
const OTHER = { account: 'a-2', person: 'p-2' };
const SECRET = '不该在这里说的话';

async function callWithText(store: Store) {
  const results = await store.write(answeredCall('1.1'));
  const changes = results.flatMap((result) => (result.ok ? result.changes : []));
  const call = changes.find((change) => change.entity === 'call')?.id ?? '';
  const record = (await store.callView(call))?.record ?? '';
  await done(store, {
    type: 'record-command',
    command: {
      type: 'patch-field',
      opId: 'o1',
      record,
      field: 'content',
      base: 0,
      value: SECRET,
      client: 'c',
    },
    asker: { account: 'a-1', person: null, seat: null },
    at: NOON,
  });
  const recording = '019ab000-0000-7000-8000-000000000001';
  const about = { recording, at: NOON };
  await done(store, {
    type: 'recording-report',
    report: {
      ...about,
      type: 'recording-known',
      pbx: PBX,
      linkedid: '1.1',
      uniqueid: '1.1',
      part: 'talk',
      mode: 'ami',
      pbxPath: '/m/1.1.wav',
    },
  });
  return { call, record, recording };
}

const isolate = (subject: string) => ({
  type: 'isolate' as const,
  subject,
  by: ONE,
  reason: SECRET,
  at: NOON + 1,
});
const destroy = (subject: string, by: readonly [typeof ONE, typeof ONE] = [ONE, OTHER]): ShutWork => ({
  type: 'destroy',
  subject,
  by,
  reason: SECRET,
  at: NOON + 2,
});

onBothBackEnds((backEnd) => {
  describe('涉密误录处置', () => {
    it('isolates call and record at once, by either id, and opens them again unharmed', async () => {
      const store = await backEnd.freshStore();
      const { call, record } = await callWithText(store);
      const { changes } = await done(store, isolate(record));
      expect(changes.map(({ entity, id }) => [entity, id])).toEqual(
        expect.arrayContaining([
          ['call', call],
          ['record', record],
        ]),
      );
      expect((await store.callView(call))?.shut).toBe('isolated');
      expect(await store.shutOfCall(call)).toBe('isolated');
      expect(await store.recordView(record)).toMatchObject({
        shut: 'isolated',
        fields: { content: { value: '' } },
      });
      const [written] = await store.write([
        {
          type: 'record-command',
          command: {
            type: 'patch-field',
            opId: 'o2',
            record,
            field: 'content',
            base: 1,
            value: 'x',
            client: 'c',
          },
          asker: { account: 'a-1', person: null, seat: null },
          at: NOON,
        },
      ]);
      expect(written).toMatchObject({ ok: false, refusal: { code: 'record-shut' } });

      await done(store, { ...isolate(call), type: 'release' as const });
      expect(await store.recordView(record)).toMatchObject({
        shut: null,
        fields: { content: { value: SECRET } },
      });
    });

    it('destroys every text by two different persons, asks for the sound to be erased, and keeps the facts', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await done(store, { type: 'office-import', office: OFFICE, at: 0 });
      const { call, recording } = await callWithText(store);
      const alone = await store.write([
        destroy(call, [ONE, ONE]),
        destroy(call, [ONE, { ...OTHER, person: 'p-1' }]),
      ]);
      expect(alone).toMatchObject([
        { ok: false, refusal: { code: 'two-persons-needed' } },
        { ok: false, refusal: { code: 'two-persons-needed' } },
      ]);
      const { effects } = await done(store, destroy(call));
      expect(effects).toMatchObject([{ kind: 'erase-recordings', call }]);
      expect((await store.callView(call))?.shut).toBe('destroyed');
      const texts = await Promise.all(
        ['record_fields', 'record_revisions', 'call_texts', 'facts', 'record_operations'].map((table) =>
          backEnd.run(database, `select * from ${table}`),
        ),
      );
      expect(JSON.stringify(texts)).not.toContain(SECRET);
      expect(await store.verifyAudit()).toMatchObject({ ok: true });

      expect(await store.write([{ ...isolate(call), type: 'release' as const }])).toMatchObject([
        { ok: false, refusal: { code: 'call-destroyed' } },
      ]);
      const late = await done(store, {
        type: 'recording-report',
        report: {
          type: 'recording-attached',
          recording,
          file: `2025/11/23/${recording}.wav`,
          bytes: 1,
          seconds: 1,
          sha256: '',
          repaired: false,
          at: NOON,
        },
      });
      expect(late.effects.map((effect) => effect.kind)).toContain('erase-recordings');
    });

    it('shows no reason for which a record was voided, and takes nothing more about it', async () => {
      const store = await backEnd.freshStore();
      const { call, record } = await callWithText(store);
      const asker = { account: 'a-1', person: null, seat: null };
      const ask = (command: Record<string, unknown>) =>
        store.write([{ type: 'record-command', command: { record, ...command } as never, asker, at: NOON }]);
      const other = '0190a000-0000-7000-8000-00000000000f';
      await ask({ type: 'open-by-hand', opId: 'o3', record: other, room: ROOM });
      await ask({ type: 'void', opId: 'o4', reason: SECRET });
      await done(store, isolate(record));
      expect((await store.recordView(record))?.voidReason).toBeNull();
      const [merged] = await ask({ type: 'merge', opId: 'o5', record: other, into: record });
      expect(merged).toMatchObject({ ok: false, refusal: { code: 'record-shut' } });
      await done(store, destroy(call));
      const destroyed = await store.recordView(record);
      expect(JSON.stringify(destroyed)).not.toContain(SECRET);
      const note = { type: 'note-add', note: newId(), call, moment: NOON, text: SECRET } as const;
      const by = { account: 'a-1', person: null, name: null, at: NOON };
      expect(await store.write([{ ...note, ...by }])).toMatchObject([
        { ok: false, refusal: { code: 'note-call-unknown' } },
      ]);
      await done(store, { type: 'rebuild' });
      expect(await store.recordView(record)).toEqual(destroyed);
    });

    it('stands as before when everything is folded anew', async () => {
      const store = await backEnd.freshStore();
      const { call, record } = await callWithText(store);
      await done(store, destroy(call));
      const before = [await store.callView(call), await store.recordView(record)];
      await done(store, { type: 'rebuild' });
      expect([await store.callView(call), await store.recordView(record)]).toEqual(before);
    });

    describe('of calls that were joined', () => {
      const joins = (store: Store, joined: string, survivor: string) =>
        done(
          store,
          telling(joined, NOON + 60_000).say({
            kind: 'calls-joined',
            survivor,
            survivorGeneration: 1,
            joined,
          }),
        );
      const arrives = (linkedid: string, line: string) =>
        telling(linkedid).say(
          {
            kind: 'call-arrived',
            direction: 'inbound',
            line,
            lineNumber: line,
            callerNumber: null,
            dialled: line,
            channel: `PJSIP/telco-${linkedid}`,
            endpoint: 'PJSIP/telco',
            role: 'trunk',
            seen: 'live',
          },
          linkedid,
          { drafts: [{ linkedid, generation: 1 }] },
        );
      async function callOn(store: Store, linkedid: string, line: string): Promise<string> {
        const { changes } = await done(store, arrives(linkedid, line));
        return changes.find((change) => change.entity === 'call')?.id ?? '';
      }
      const shutOf = (store: Store, ...calls: readonly string[]) =>
        Promise.all(calls.map((call) => store.shutOfCall(call)));

      it('holds for all of them, by whichever it is asked: the sound lies with the survivor', async () => {
        const store = await backEnd.freshStore();
        const survivor = await callOn(store, '1.0', 'line-1');
        // A person has written into it: the draft stays with the joined call.
        const { call, record, recording } = await callWithText(store);
        await joins(store, '1.1', '1.0');
        expect((await store.recording(recording))?.call).toBe(survivor);
        await done(store, isolate(record));
        expect(await shutOf(store, call, survivor)).toEqual(['isolated', 'isolated']);
        await done(store, { ...isolate(survivor), type: 'release' as const });
        expect(await shutOf(store, call, survivor)).toEqual([null, null]);
        const { effects } = await done(store, destroy(record));
        expect(await shutOf(store, call, survivor)).toEqual(['destroyed', 'destroyed']);
        expect(effects.flatMap((effect) => (effect.kind === 'erase-recordings' ? effect.call : []))).toEqual(
          expect.arrayContaining([survivor]),
        );
        expect((await store.recordView(record))?.fields.content.value).toBe('');
        await done(store, { type: 'rebuild' });
        expect(await shutOf(store, call, survivor)).toEqual(['destroyed', 'destroyed']);
      });

      it('goes over to what a shut call becomes part of, and to what becomes part of it', async () => {
        const store = await backEnd.freshStore();
        const calls: string[] = [];
        for (const linkedid of ['1.1', '1.2', '1.3']) calls.push(await callOn(store, linkedid, 'line-1'));
        const [first = '', second = ''] = calls;
        await done(store, isolate(second));
        await joins(store, '1.2', '1.1');
        await joins(store, '1.3', '1.1');
        expect(await shutOf(store, ...calls)).toEqual(['isolated', 'isolated', 'isolated']);
        await done(store, { type: 'rebuild' });
        expect(await shutOf(store, ...calls)).toEqual(['isolated', 'isolated', 'isolated']);
        await done(store, { ...isolate(first), type: 'release' as const });
        expect(await shutOf(store, ...calls)).toEqual([null, null, null]);
      });

      it('shuts the call of another room, and leaves to its people what becomes of it', async () => {
        const store = await backEnd.freshStore();
        const [own, foreign] = [await callOn(store, '1.1', 'line-1'), await callOn(store, '1.2', 'line-2')];
        await joins(store, '1.2', '1.1');
        await done(store, destroy(own));
        expect(await shutOf(store, own, foreign)).toEqual(['destroyed', 'isolated']);
        await done(store, { ...isolate(foreign), type: 'release' as const });
        expect(await shutOf(store, own, foreign)).toEqual(['destroyed', null]);
      });
    });

    it('of nothing is refused', async () => {
      const store = await backEnd.freshStore();
      expect(await store.write([isolate('nobody')])).toMatchObject([
        { ok: false, refusal: { code: 'call-unknown' } },
      ]);
    });
  });
});
