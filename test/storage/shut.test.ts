import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/storage/store.ts';
import type { ShutWork } from '../../src/storage/work.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, PBX } from './office.ts';
import { answeredCall, NOON } from './telling.ts';

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

    it('stands as before when everything is folded anew', async () => {
      const store = await backEnd.freshStore();
      const { call, record } = await callWithText(store);
      await done(store, destroy(call));
      const before = [await store.callView(call), await store.recordView(record)];
      await done(store, { type: 'rebuild' });
      expect([await store.callView(call), await store.recordView(record)]).toEqual(before);
    });

    it('of nothing is refused', async () => {
      const store = await backEnd.freshStore();
      expect(await store.write([isolate('nobody')])).toMatchObject([
        { ok: false, refusal: { code: 'call-unknown' } },
      ]);
    });
  });
});
