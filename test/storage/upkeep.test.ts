import { describe, expect, it } from 'vitest';
import type { RecordingReport } from '../../src/calls/recording-report.ts';
import type { MadeFile } from '../../src/sound/judgement.ts';
import type { Store } from '../../src/storage/store.ts';
import { type BackEnd, done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, PBX, ROOM } from './office.ts';
import { answeredCall, NOON, telling } from './telling.ts';

async function storeOn(backEnd: BackEnd): Promise<{ readonly database: string; readonly store: Store }> {
  const database = await backEnd.freshDatabase();
  const store = await backEnd.open(database);
  await done(store, { type: 'office-import', office: OFFICE, at: 0 });
  return { database, store };
}

const known = (recording: string, linkedid: string): RecordingReport => ({
  type: 'recording-known',
  recording,
  pbx: PBX,
  linkedid,
  uniqueid: linkedid,
  part: 'talk',
  mode: 'ami',
  pbxPath: `/var/spool/asterisk/monitor/${linkedid}.wav`,
  at: NOON,
});
const attached = (recording: string, sides: readonly MadeFile[] = []): RecordingReport => ({
  type: 'recording-attached',
  recording,
  file: `2026/11/23/${recording}.wav`,
  bytes: 160_044,
  seconds: 10.002,
  sha256: 'ab'.repeat(32),
  repaired: true,
  ...(sides.length === 0 ? {} : { sides }),
  at: NOON + 2,
});
const report = (given: RecordingReport) => ({ type: 'recording-report', report: given }) as const;

onBothBackEnds((backEnd) => {
  describe('recordings', () => {
    it('belong to their call from the first report on, and end attached', async () => {
      const { store } = await storeOn(backEnd);
      await store.write(answeredCall('1.1'));
      await done(store, report(known('r1', '1.1')));
      await done(
        store,
        report({ type: 'recording-growth', recording: 'r1', state: 'recording', at: NOON + 1 }),
      );
      expect((await store.unfinishedRecordings()).map((row) => [row.id, row.state])).toEqual([
        ['r1', 'recording'],
      ]);
      const { changes } = await done(store, report(attached('r1')));
      expect(changes).toMatchObject([{ entity: 'call', room: ROOM }]);
      const view = await store.callView(changes[0]?.id ?? '');
      expect(view?.recordings).toMatchObject([
        {
          id: 'r1',
          part: 'talk',
          state: 'attached',
          seconds: 10.002,
          bytes: 160_044,
          sha256: 'ab'.repeat(32),
          repaired: true,
        },
      ]);
      expect(await store.recording('r1')).toMatchObject({ room: ROOM, file: '2026/11/23/r1.wav', pbx: PBX });
      expect(await store.unfinishedRecordings()).toEqual([]);
    });

    it('stay finished, whatever comes late or twice', async () => {
      const { store } = await storeOn(backEnd);
      await store.write(answeredCall('1.1'));
      await done(store, report(known('r1', '1.1')));
      await done(store, report(attached('r1')));
      for (const late of [
        known('r1', '1.1'),
        attached('r1'),
        { type: 'recording-growth', recording: 'r1', state: 'no-growth', at: NOON + 9 },
        { type: 'recording-failed', recording: 'r1', state: 'missing', at: NOON + 9 },
      ] as const) {
        expect((await done(store, report(late))).changes).toEqual([]);
      }
      expect((await store.recording('r1'))?.state).toBe('attached');
    });

    it('keep the digests of their two sides, which a repeat that knows of none takes away from nobody', async () => {
      const { store } = await storeOn(backEnd);
      await store.write(answeredCall('1.1'));
      await done(store, report(known('r1', '1.1')));
      const sides = ['caller', 'room'].map((side) => ({
        file: `2026/11/23/r1.${side}.wav`,
        bytes: 160_044,
        sha256: side.padEnd(64, '0'),
      }));
      await done(store, report(attached('r1', sides)));
      expect((await store.recording('r1'))?.sides).toEqual(sides);
      for (const again of [attached('r1'), attached('r1', sides)])
        expect((await done(store, report(again))).changes).toEqual([]);
      expect((await store.recording('r1'))?.sides).toEqual(sides);
    });

    it('say when the PBX took the order at last', async () => {
      const { store } = await storeOn(backEnd);
      await store.write(answeredCall('1.1'));
      await done(store, report(known('r1', '1.1')));
      expect(await store.recording('r1')).toMatchObject({ knownAt: NOON, orderedAt: null });
      await done(store, report({ type: 'recording-ordered', recording: 'r1', at: NOON + 12_000 }));
      expect(await store.recording('r1')).toMatchObject({ knownAt: NOON, orderedAt: NOON + 12_000 });
    });

    it('show on their call how the second copy stands, as it was found last', async () => {
      const { store } = await storeOn(backEnd);
      await store.write(answeredCall('1.1'));
      await done(store, report(known('r1', '1.1')));
      const { changes } = await done(store, report(attached('r1')));
      const shown = async () => (await store.callView(changes[0]?.id ?? ''))?.recordings[0]?.copy;
      expect(await shown()).toBeNull();
      for (const [n, state] of (['unreachable', 'verified', 'altered', 'missing'] as const).entries()) {
        const told = await done(
          store,
          report({ type: 'recording-copied', recording: 'r1', state, at: NOON + 10 + n }),
        );
        expect(told.changes).toMatchObject([{ entity: 'call', room: ROOM }]);
        expect(await shown()).toBe(state);
      }
    });

    it('of a joined call move to the one it became part of', async () => {
      const { store } = await storeOn(backEnd);
      const [older, joined] = [telling('1.1'), telling('1.2')];
      await store.write([older.arrives(), joined.arrives()]);
      await done(store, report(known('r1', '1.2')));
      await done(
        store,
        joined.say({ kind: 'calls-joined', survivor: '1.1', survivorGeneration: 1, joined: '1.2' }),
      );
      await done(store, report(known('r2', '1.2')));
      const { calls } = await store.snapshot(ROOM, NOON);
      const survivor = calls.find((call) => call.joinedTo === null);
      expect(survivor?.recordings.map((recording) => recording.id).sort()).toEqual(['r1', 'r2']);
    });

    it('that nobody told of are refused', async () => {
      const { store } = await storeOn(backEnd);
      const [result] = await store.write([report(attached('r9'))]);
      expect(result).toMatchObject({ ok: false, refusal: { code: 'recording-unknown' } });
    });
  });

  describe('positions', () => {
    it('grow by the order of the writing, and say what a client missed', async () => {
      const { store } = await storeOn(backEnd);
      const start = await store.lastPosition();
      const call = telling('1.1');
      const { position } = await done(store, call.arrives());
      await done(store, call.dials());
      await done(store, call.rings());
      const missed = await store.changesSince(ROOM, position);
      expect(missed?.map((change) => change.entity)).toEqual(['call']);
      expect(missed?.[0]?.position).toBe(await store.lastPosition());
      expect((await store.changesSince(ROOM, start))?.map((change) => change.entity)).toEqual([
        'record',
        'call',
      ]);
      expect(await store.changesSince('room-2', start)).toEqual([]);
    });

    it('ask for a snapshot when they are not ours', async () => {
      const { store } = await storeOn(backEnd);
      expect(await store.changesSince(ROOM, 1_000_000)).toBeNull();
      expect(await store.changesSince(ROOM, -2)).toBeNull();
    });
  });

  describe('the audit trail', () => {
    const entry = (kind: string) =>
      ({
        type: 'audit',
        at: NOON,
        account: 'a',
        person: null,
        kind,
        subject: 's',
        payload: { why: '密' },
      }) as const;

    async function trail() {
      const { database, store } = await storeOn(backEnd);
      await store.write([entry('one'), entry('two')]);
      await store.write([entry('three')]);
      return { store, run: (text: string) => backEnd.run(database, text) };
    }

    it('holds, also across writes and after a payload was erased', async () => {
      const { store, run } = await trail();
      expect(await store.verifyAudit()).toEqual({ ok: true, entries: 3, erased: 0 });
      await run('delete from audit_texts where entry = 2');
      expect(await store.verifyAudit()).toEqual({ ok: true, entries: 3, erased: 1 });
      expect(JSON.stringify(await run('select * from audit'))).not.toContain('密');
    });

    it.each([
      [`update audit set kind = 'nothing' where entry = 2`, { entry: 2, why: 'chain-broken' }],
      [`update audit_texts set payload_json = '{}' where entry = 2`, { entry: 2, why: 'payload-changed' }],
      ['delete from audit where entry = 2', { entry: 2, why: 'entry-missing' }],
      ['delete from audit where entry = 1', { entry: 1, why: 'entry-missing' }],
    ])('tells of %s', async (tampering, verdict) => {
      const { store, run } = await trail();
      await run(tampering);
      expect(await store.verifyAudit()).toEqual({ ok: false, ...verdict });
    });

    it('holds when two stores write at once', async () => {
      const { database, store } = await storeOn(backEnd);
      const other = await backEnd.open(database);
      await Promise.all(
        Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? store : other).write([entry(`n${n}`)])),
      );
      expect(await store.verifyAudit()).toEqual({ ok: true, entries: 30, erased: 0 });
    });
  });

  describe('accounts and sessions', () => {
    const account = {
      type: 'account-add',
      id: 'a1',
      login: 'Zhang',
      name: '张某',
      role: 'officer',
      unit: 'city',
      person: 'zhang',
      passwordHash: 'hash',
      at: NOON,
    } as const;
    const session = {
      type: 'session-open',
      id: 's1',
      account: 'a1',
      at: NOON,
      expiresAt: NOON + 1_000,
    } as const;

    it('are found by name without regard to case, and a name is taken once', async () => {
      const { store } = await storeOn(backEnd);
      await done(store, account);
      expect(await store.accountByLogin('zHANG')).toMatchObject({
        id: 'a1',
        login: 'Zhang',
        disabled: false,
      });
      const [again] = await store.write([{ ...account, id: 'a2', login: 'ZHANG' }]);
      expect(again).toMatchObject({ ok: false, refusal: { code: 'login-taken' } });
      expect(await store.accounts()).toHaveLength(1);
    });

    it('count failures and lock', async () => {
      const { store } = await storeOn(backEnd);
      await done(store, account);
      await done(store, { type: 'account-attempt', account: 'a1', failures: 5, lockedUntil: NOON + 60_000 });
      expect(await store.account('a1')).toMatchObject({ failures: 5, lockedUntil: NOON + 60_000 });
      await done(store, { type: 'account-password', account: 'a1', passwordHash: 'new', at: NOON });
      expect(await store.account('a1')).toMatchObject({
        failures: 0,
        lockedUntil: null,
        passwordHash: 'new',
      });
    });

    it('end every session with a new password or a closed account', async () => {
      const { store } = await storeOn(backEnd);
      await done(store, account);
      for (const closing of [
        { type: 'account-password', account: 'a1', passwordHash: 'new', at: NOON },
        { type: 'account-disabled', account: 'a1', disabled: true, at: NOON },
      ] as const) {
        await done(store, session);
        await done(store, { type: 'session-seat', id: 's1', seat: 'seat-1' });
        expect(await store.session('s1')).toMatchObject({ account: 'a1', seat: 'seat-1' });
        await done(store, closing);
        expect(await store.session('s1')).toBeUndefined();
      }
    });

    it('forget sessions that ran out', async () => {
      const { store } = await storeOn(backEnd);
      await done(store, session);
      await done(store, { ...session, id: 's2', at: NOON + 2_000, expiresAt: NOON + 3_000 });
      expect(await store.session('s1')).toBeUndefined();
      const [late] = await store.write([{ type: 'session-seen', id: 's1', at: NOON, expiresAt: NOON }]);
      expect(late).toMatchObject({ ok: false, refusal: { code: 'session-unknown' } });
    });
  });

  describe('the folded tables', () => {
    it('rebuilt from facts and texts equal the live ones', async () => {
      const { database, store } = await storeOn(backEnd);
      await done(store, { type: 'seat-person', seat: 'seat-1', person: 'zhang', at: NOON });
      const [joined, living] = [telling('1.8'), telling('1.9')];
      await store.write([
        ...answeredCall('1.1'),
        ...answeredCall('1.2', NOON, null),
        joined.arrives('13900001111'),
      ]);
      await done(store, report(known('r1', '1.1')));
      await done(store, report(known('r8', '1.8')));
      await done(store, report(attached('r1')));
      await done(
        store,
        joined.say({ kind: 'calls-joined', survivor: '1.1', survivorGeneration: 1, joined: '1.8' }),
      );
      await done(store, living.arrives('2035678', { offsetMs: 700 }));
      const { calls } = await store.snapshot(ROOM, NOON);
      const record = calls.find((call) => call.phase === 'arriving')?.record ?? '';
      const asker = { account: null, person: 'li', seat: 'seat-2' };
      const ask = (command: Record<string, unknown>) =>
        store.write([
          { type: 'record-command', command: { record, ...command } as never, asker, at: NOON + 60_000 },
        ]);
      await ask({ type: 'patch-field', opId: '1', field: 'content', base: 0, value: '𠮷报', client: 't' });
      await ask({ type: 'patch-field', opId: '2', field: 'content', base: 0, value: '他人', client: 'u' });
      await ask({ type: 'register', opId: '3' });
      await ask({ type: 'correct', opId: '4', field: 'content', value: '改', reason: '误' });
      await ask({ type: 'void', opId: '5', reason: '重复' });
      const dump = async () => {
        const tables: { records?: unknown; [table: string]: unknown } = {};
        for (const [table, key] of Object.entries({
          calls: 'id',
          legs: 'call_id, uniqueid',
          gaps: 'id',
          recordings: 'id',
          records: 'id',
          record_fields: 'record_id, field',
        })) {
          tables[table] = await backEnd.run(database, `select * from ${table} order by ${key}`);
        }
        return tables;
      };
      const live = await dump();
      expect(live.records).toHaveLength(4);
      await done(store, { type: 'rebuild' });
      expect(await dump()).toEqual(live);
    });
  });

  it('opens a database a second time as it was', async () => {
    const { database, store } = await storeOn(backEnd);
    await store.write(answeredCall('1.1'));
    const again = await backEnd.open(database);
    expect(await again.snapshot(ROOM, NOON)).toEqual(await store.snapshot(ROOM, NOON));
  });
});
