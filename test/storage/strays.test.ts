import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/storage/store.ts';
import type { SeenStray } from '../../src/storage/stray-work.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { PBX, ROOM } from './office.ts';
import { answeredCall, NOON, telling } from './telling.ts';

const LINKEDID = '1795427127.0';
const BY = { person: 'zhang', account: 'account-1' };

function stray(number: number, more: Partial<SeenStray> = {}): SeenStray {
  return {
    id: `0199aaaa-0000-7000-8000-${String(number).padStart(12, '0')}`,
    path: `/monitor/${number}.wav`,
    bytes: 1_000 + number,
    modifiedAt: NOON,
    suggestions: [],
    ...more,
  };
}

onBothBackEnds((backEnd) => {
  let store: Store;
  let call: string;

  beforeEach(async () => {
    store = await backEnd.freshStore();
    await store.write(answeredCall(LINKEDID));
    call = (await store.soundTrails(PBX, NOON, NOON + 60_000))[0]?.call ?? '';
    if (call === '') throw new Error('the call has no trail');
  });

  function see(seen: readonly SeenStray[], gone: readonly string[] = [], at = NOON) {
    return done(store, { type: 'strays-seen', pbx: PBX, seen, gone, at });
  }

  describe('a file of no call', () => {
    it('is listed once, with what the last look saw; gone and back again it is the same one', async () => {
      const hint = { call, why: 'time-and-number' as const, number: '123', apartMs: 5 };
      await see([stray(1), stray(2)]);
      await see(
        [stray(1, { id: stray(9).id, bytes: 5, suggestions: [hint] }), stray(3)],
        [stray(2).id],
        NOON + 5,
      );
      const { strays, total } = await store.strays('open', 10, null);
      expect(strays).toMatchObject([
        { id: stray(3).id },
        {
          id: stray(1).id,
          bytes: 5,
          firstSeenAt: NOON,
          lastSeenAt: NOON + 5,
          suggestions: [hint],
          recording: null,
        },
      ]);
      expect(total).toBe(2);
      expect((await store.strays('gone', 10, null)).strays.map(({ id }) => id)).toEqual([stray(2).id]);
      await see([stray(2)], [], NOON + 9);
      expect(await store.stray(stray(2).id)).toMatchObject({ state: 'open', firstSeenAt: NOON });
    });

    it('is shown page by page, each once, whatever is seen meanwhile', async () => {
      await see(Array.from({ length: 25 }, (_, index) => stray(index)));
      const first = await store.strays('open', 10, null);
      await see(
        Array.from({ length: 5 }, (_, index) => stray(100 + index)),
        [],
        NOON + 1,
      );
      const second = await store.strays('open', 10, first.next);
      const third = await store.strays('open', 10, second.next);
      const ids = [...first.strays, ...second.strays, ...third.strays].map(({ id }) => id);
      expect(new Set(ids)).toEqual(new Set(Array.from({ length: 25 }, (_, index) => stray(index).id)));
      expect(ids).toHaveLength(25);
      expect(third.next).toBeNull();
      expect((await store.strays('open', 0, null)).strays).toHaveLength(1);
      expect((await store.strays('open', Number.NaN, null)).strays).toHaveLength(1);
    });

    it('given to a call by a person becomes its recording, is on its way, and it stays known who did it', async () => {
      await see([stray(1)]);
      const work = { type: 'stray-attach' as const, stray: stray(1).id, call, ...BY, at: NOON + 10 };
      const result = await done(store, work);
      expect(result.effects).toMatchObject([
        { kind: 'attach-recordings', call, linkedid: LINKEDID, generation: 1 },
      ]);
      expect(result.changes).toMatchObject([{ entity: 'call', id: call, room: ROOM }]);
      const recordings = await store.recordingsOfCall(call);
      expect(recordings).toMatchObject([
        {
          id: stray(1).id,
          pbxPath: '/monitor/1.wav',
          state: 'starting',
          foundBy: 'by-hand:zhang',
          mode: 'pbx',
        },
      ]);
      expect(await store.stray(stray(1).id)).toMatchObject({
        state: 'attached',
        recording: stray(1).id,
        person: 'zhang',
        decidedAt: NOON + 10,
      });
      // Told again, seen again, folded anew: nothing changes.
      expect((await done(store, { ...work, at: NOON + 11 })).effects).toEqual([]);
      await see([stray(1)], [stray(1).id], NOON + 12);
      await done(store, { type: 'rebuild' });
      expect(await store.recordingsOfCall(call)).toEqual(recordings);
      expect((await store.stray(stray(1).id))?.state).toBe('attached');
      expect(await store.verifyAudit()).toMatchObject({ ok: true, entries: 1 });
    });

    it('given to a joined call becomes the survivor’s', async () => {
      const survivor = telling('1795427200.0', NOON + 100_000);
      const joined = telling('1795427210.0', NOON + 110_000);
      await store.write([survivor.arrives(), joined.arrives()]);
      const of = async (linkedid: string) =>
        (await store.soundTrails(PBX, NOON, NOON + 200_000)).find((each) => each.linkedid === linkedid)
          ?.call ?? '';
      const ids = { survivor: await of('1795427200.0'), joined: await of('1795427210.0') };
      await store.write([
        joined.say({
          kind: 'calls-joined',
          survivor: '1795427200.0',
          survivorGeneration: 1,
          joined: '1795427210.0',
        }),
      ]);
      await see([stray(1)]);
      await done(store, { type: 'stray-attach', stray: stray(1).id, call: ids.joined, ...BY, at: NOON });
      expect(await store.recordingsOfCall(ids.survivor)).toMatchObject([{ id: stray(1).id }]);
    });

    it('that a recording was given up for becomes a second one', async () => {
      const known = {
        type: 'recording-known' as const,
        recording: stray(1).id,
        pbx: PBX,
        linkedid: 'nobody',
        uniqueid: 'nobody',
        part: 'talk' as const,
        mode: 'pbx' as const,
        pbxPath: '/monitor/1.wav',
        at: NOON,
      };
      await done(store, { type: 'recording-report', report: known });
      await see([stray(1)]);
      await done(store, { type: 'stray-attach', stray: stray(1).id, call, ...BY, at: NOON });
      const [recording] = await store.recordingsOfCall(call);
      expect(recording?.id).not.toBe(stray(1).id);
      expect((await store.stray(stray(1).id))?.recording).toBe(recording?.id);
    });

    it('is set aside with a reason, and may be given to a call after all', async () => {
      await see([stray(1), stray(2)]);
      const work = {
        type: 'stray-ignore' as const,
        stray: stray(1).id,
        reason: ' 内线试音 ',
        ...BY,
        at: NOON,
      };
      await done(store, work);
      await done(store, work);
      await see([stray(1)], [stray(1).id], NOON + 1);
      expect(await store.stray(stray(1).id)).toMatchObject({
        state: 'ignored',
        reason: '内线试音',
        person: 'zhang',
      });
      expect(await store.verifyAudit()).toMatchObject({ ok: true, entries: 1 });
      await done(store, { type: 'stray-attach', stray: stray(1).id, call, ...BY, at: NOON });
      expect(await store.stray(stray(1).id)).toMatchObject({ state: 'attached', reason: null });
    });

    it('is refused to whoever asks for what cannot be', async () => {
      await see([stray(1), stray(2), stray(3)], []);
      await see([], [stray(2).id], NOON + 1);
      await done(store, { type: 'strays-seen', pbx: 'pbx-2', seen: [stray(4)], gone: [], at: NOON });
      await store.write(answeredCall('1795427300.0', NOON + 173_000));
      const other = (await store.soundTrails(PBX, NOON + 170_000, NOON + 260_000)).find(
        ({ linkedid }) => linkedid === '1795427300.0',
      );
      await done(store, { type: 'stray-attach', stray: stray(3).id, call, ...BY, at: NOON });
      const attach = (id: string, to = call) => ({
        type: 'stray-attach' as const,
        stray: id,
        call: to,
        ...BY,
        at: NOON,
      });
      const ignore = (id: string, reason: string) => ({
        type: 'stray-ignore' as const,
        stray: id,
        reason,
        ...BY,
        at: NOON,
      });
      const results = await store.write([
        attach('nothing'),
        attach(stray(1).id, 'nothing'),
        attach(stray(2).id),
        attach(stray(4).id),
        attach(stray(3).id, other?.call),
        ignore(stray(1).id, '  '),
        ignore(stray(1).id, '长'.repeat(201)),
        ignore(stray(3).id, 'x'),
        ignore(stray(2).id, 'x'),
        ignore('nothing', 'x'),
      ]);
      expect(results.map((result) => (result.ok ? 'ok' : result.refusal.code))).toEqual([
        'stray-unknown',
        'call-unknown',
        'stray-gone',
        'stray-other-pbx',
        'stray-decided',
        'stray-reason-missing',
        'stray-reason-missing',
        'stray-decided',
        'stray-gone',
        'stray-unknown',
      ]);
    });

    it('may have any name a file can have', async () => {
      const path = `/monitor/'; drop table stray_recordings; -- "值班" ${'\u{1f4de}'.repeat(200)}.wav`;
      await see([stray(1, { path }), stray(2, { path })]);
      expect((await store.strays('open', 10, null)).strays.map((each) => each.path)).toEqual([path]);
      expect(await store.strayPaths(PBX)).toMatchObject([{ path, state: 'open' }]);
      expect(await store.strayPaths('pbx-2')).toEqual([]);
    });
  });

  describe('the trail of a call', () => {
    it('holds all its channels, also those of calls that were joined to it, and when it ended', async () => {
      const survivor = telling('1795427200.0', NOON + 100_000);
      const joined = telling('1795427210.0', NOON + 105_000);
      await store.write([
        survivor.arrives(),
        survivor.dials(),
        survivor.isAnswered(),
        joined.arrives('13900001111'),
        joined.say({ kind: 'recording-named', path: '/monitor/j.wav', source: 'variable' }, '1795427210.5'),
      ]);
      await store.write([
        survivor.say({
          kind: 'legs-adopted',
          from: '1795427210.0',
          legs: [],
          transfers: [{ kind: 'attended', to: '1002', at: NOON + 112_000 }],
          recordings: [],
        }),
        joined.say({
          kind: 'calls-joined',
          survivor: '1795427200.0',
          survivorGeneration: 1,
          joined: '1795427210.0',
        }),
        ...survivor.closes(),
        survivor.ends(),
      ]);
      const trails = await store.soundTrails(PBX, NOON + 90_000, NOON + 200_000);
      const trail = trails.find(({ linkedid }) => linkedid === '1795427200.0');
      expect(trail?.uniqueids).toEqual(
        expect.arrayContaining(['1795427200.0', '1795427200.0-1001', '1795427210.0', '1795427210.5']),
      );
      expect(trail).toMatchObject({
        named: ['/monitor/j.wav'],
        lastTransferAt: NOON + 112_000,
        mode: 'ami',
        room: ROOM,
      });
      expect(trail?.endedAt).toBe(survivor.at());
      expect(trail?.numbers).toContain('13900001111');
      expect(trails.filter(({ linkedid }) => linkedid === '1795427210.0')).toEqual([]);
      expect(await store.soundTrail(trail?.call ?? '')).toEqual(trail);
      expect(await store.soundTrail('nothing')).toBeUndefined();
    });

    it('is given for calls that stood in the window, of that PBX', async () => {
      expect(await store.soundTrails(PBX, NOON + 3_600_000, NOON + 7_200_000)).toEqual([]);
      expect(await store.soundTrails('pbx-2', NOON, NOON + 60_000)).toEqual([]);
      await store.write([telling('1795427999.0', NOON + 10_000).arrives()]);
      const living = await store.soundTrails(PBX, NOON + 3_600_000, NOON + 7_200_000);
      expect(living).toMatchObject([{ linkedid: '1795427999.0', endedAt: null, talkSeconds: 0 }]);
    });
  });

  describe('calls without sound', () => {
    it('are those that were talked and have no recording that came to anything', async () => {
      const missed = telling('1795427400.0', NOON + 1_000);
      await store.write([
        missed.arrives(),
        missed.dials(),
        missed.rings(),
        ...missed.closes(),
        missed.ends(),
      ]);
      const range = [NOON, NOON + 60_000] as const;
      expect(await store.callsWithoutSound(...range)).toMatchObject([
        { call, room: ROOM, mode: 'ami', talkSeconds: 2, why: 'no-file' },
      ]);
      const recording = stray(1).id;
      const known = {
        type: 'recording-known' as const,
        recording,
        pbx: PBX,
        linkedid: LINKEDID,
        uniqueid: LINKEDID,
        part: 'talk' as const,
        mode: 'ami' as const,
        pbxPath: '/monitor/1.wav',
        at: NOON,
      };
      await done(store, { type: 'recording-report', report: known });
      expect(await store.callsWithoutSound(...range)).toMatchObject([{ why: 'unfinished' }]);
      expect(await store.knownSound(PBX, NOON)).toMatchObject([
        { recording, call, pbxPath: '/monitor/1.wav', state: 'starting', part: 'talk', foundBy: null },
      ]);
      expect(await store.knownSound(PBX, NOON + 1)).toEqual([]);
      const failed = { type: 'recording-failed' as const, recording, state: 'missing' as const, at: NOON };
      await done(store, { type: 'recording-report', report: failed });
      expect(await store.callsWithoutSound(...range)).toMatchObject([{ why: 'vanished' }]);
      await done(store, {
        type: 'recording-report',
        report: {
          type: 'recording-attached',
          recording,
          file: 'f',
          bytes: 1,
          seconds: 1,
          sha256: 's',
          repaired: false,
          at: NOON,
        },
      });
      expect(await store.callsWithoutSound(...range)).toEqual([]);
      expect(await store.callsWithoutSound(NOON + 60_000, NOON + 90_000)).toEqual([]);
    });
  });
});
