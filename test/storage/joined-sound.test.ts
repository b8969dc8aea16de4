import { describe, expect, it } from 'vitest';
import { newId } from '../../src/storage/new-id.ts';
import type { Store } from '../../src/storage/store.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { PBX } from './office.ts';
import { registered } from './registered.ts';
import { answeredCall, NOON, telling } from './telling.ts';

async function callsOf(store: Store, ...linkedids: readonly string[]): Promise<readonly string[]> {
  const calls: string[] = [];
  for (const linkedid of linkedids) {
    const results = await store.write(answeredCall(linkedid));
    const changes = results.flatMap((result) => (result.ok ? result.changes : []));
    calls.push(changes.find((change) => change.entity === 'call')?.id ?? '');
  }
  return calls;
}

async function soundOf(store: Store, linkedid: string): Promise<string> {
  const recording = newId();
  const about = { recording, at: NOON } as const;
  const known = { pbx: PBX, linkedid, uniqueid: linkedid, part: 'talk', mode: 'ami', pbxPath: '/m' } as const;
  const kept = { file: 'x', bytes: 1, seconds: 1, sha256: 'x', repaired: false } as const;
  await done(store, { type: 'recording-report', report: { ...about, ...known, type: 'recording-known' } });
  await done(store, { type: 'recording-report', report: { ...about, ...kept, type: 'recording-attached' } });
  return recording;
}

const join = (store: Store, joined: string, survivor: string) =>
  done(
    store,
    telling(joined, NOON + 60_000).say({ kind: 'calls-joined', survivor, survivorGeneration: 1, joined }),
  );

const protectionOf = async (store: Store, recording: string) => {
  const kept = await store.keptSounds(null, 100);
  return kept.find(({ id }) => id === recording)?.protectedBy;
};

onBothBackEnds((backEnd) => {
  describe('the sound of joined calls', () => {
    it('is protected by the number of any of them, however they became one', async () => {
      const store = await backEnd.freshStore();
      // 1.9 becomes part of 1.5, that of 1.1, as 1.7 does; 2.1 is another call.
      const [, middle = '', youngest = '', , other = ''] = await callsOf(
        store,
        ...['1.1', '1.5', '1.9', '1.7', '2.1'],
      );
      const sounds: string[] = [];
      for (const linkedid of ['1.1', '1.5', '1.9', '1.7', '2.1']) sounds.push(await soundOf(store, linkedid));
      const [ofOldest = '', ofMiddle = '', ofYoungest = '', ofSecond = '', ofOther = ''] = sounds;
      // Touched before the calls join: the draft stays where it is.
      const register = await registered(store, youngest);
      await join(store, '1.9', '1.5');
      await join(store, '1.5', '1.1');
      await join(store, '1.7', '1.1');
      const late = await soundOf(store, '1.9');
      const group = [ofOldest, ofMiddle, ofYoungest, ofSecond, late];
      for (const sound of group) expect(await protectionOf(store, sound)).toBeNull();
      const places = await Promise.all(group.map(async (sound) => (await store.recording(sound))?.call));
      expect(new Set(places).size).toBe(1);
      expect(places).not.toContain(middle);

      await register();
      for (const sound of group) expect(await protectionOf(store, sound)).toBe('record');
      expect(await protectionOf(store, ofOther)).toBeNull();
      await (await registered(store, other))();
      expect(await protectionOf(store, ofOther)).toBe('record');
    });

    it('is protected where its draft went into a numbered record, and where it proves a 批示 of one', async () => {
      const store = await backEnd.freshStore();
      const calls = await callsOf(store, '1.1', '1.5', '1.9');
      const sounds: string[] = [];
      for (const linkedid of ['1.1', '1.5', '1.9']) sounds.push(await soundOf(store, linkedid));
      const [of = '', merged = '', proving = ''] = calls;
      const recordOf = async (call: string) => (await store.callView(call))?.record ?? '';
      const into = await recordOf(of);
      const ask = (command: Record<string, unknown>) =>
        done(store, {
          type: 'record-command',
          command: { opId: newId(), ...command } as never,
          asker: { account: null, person: 'zhang', seat: null },
          at: NOON,
        });
      await ask({ type: 'merge', record: await recordOf(merged), into });
      for (const sound of sounds) expect(await protectionOf(store, sound)).toBeNull();
      await (await registered(store, of))();
      const said = { kind: 'instruction', who: '王某', text: '速办', happenedAt: null, dueAt: null } as const;
      const draft = { ...said, way: 'phone', call: proving };
      await ask({ type: 'add-entry', record: into, entry: newId(), draft });
      for (const sound of sounds) expect(await protectionOf(store, sound)).toBe('record');
    });

    it('is protected by the number of the survivor too', async () => {
      const store = await backEnd.freshStore();
      const [survivor = ''] = await callsOf(store, '1.1', '1.5');
      const sound = await soundOf(store, '1.5');
      const register = await registered(store, survivor);
      await join(store, '1.5', '1.1');
      expect(await protectionOf(store, sound)).toBeNull();
      await register();
      expect(await protectionOf(store, sound)).toBe('record');
      await done(store, { type: 'rebuild' });
      expect(await protectionOf(store, sound)).toBe('record');
    });
  });
});
