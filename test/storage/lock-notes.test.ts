import { describe, expect, it } from 'vitest';
import { newId } from '../../src/storage/new-id.ts';
import type { Store } from '../../src/storage/store.ts';
import type { Work } from '../../src/storage/work.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { ROOM } from './office.ts';
import { NOON } from './telling.ts';

const SEAT = 'seat-1';

function save(note: string, over: Partial<Extract<Work, { type: 'lock-note-save' }>> = {}): Work {
  const at = NOON;
  return {
    ...{ type: 'lock-note-save', note, seat: SEAT, room: ROOM, session: 'one', call: null, moment: at, at },
    ...{ text: '北街停水', version: 1 },
    ...over,
  };
}

async function session(store: Store, id: string, locked: boolean): Promise<void> {
  await done(store, { type: 'session-open', id, account: 'a-1', at: NOON, expiresAt: NOON + 1_000_000 });
  if (locked) await done(store, { type: 'session-lock', id, at: NOON });
}

describe('先记后登 in the store', () => {
  onBothBackEnds((backEnd) => {
    it('keeps the newest text of a note, and hands it to who may sign it', async () => {
      const store = await backEnd.freshStore();
      await session(store, 'one', true);
      const note = newId();
      await done(store, save(note));
      await done(store, save(note, { text: '北街停水，三百户', version: 3 }));
      await done(store, save(note, { text: '北街', version: 2 }));
      await done(store, save(newId(), { text: ' \n' }));
      const waiting = [{ id: note, call: null, moment: NOON, text: '北街停水，三百户' }];
      expect(await store.lockNotes(SEAT, 'one')).toEqual(waiting);
      // Another log-in at the same seat leaves it alone while its own screen is locked.
      expect(await store.lockNotes(SEAT, 'two')).toEqual([]);
      await done(store, { type: 'session-unlock', id: 'one' });
      expect(await store.lockNotes(SEAT, 'two')).toEqual(waiting);
      await done(store, { type: 'session-lock', id: 'one', at: NOON });
      await done(store, { type: 'session-end', id: 'one' });
      expect(await store.lockNotes(SEAT, 'two')).toEqual(waiting);
      expect(await store.lockNotes('seat-2', 'one')).toEqual([]);
    });

    it('forgets the text once it has landed, and refuses what comes after', async () => {
      const store = await backEnd.freshStore();
      const note = newId();
      await done(store, save(note));
      const landed: Work = {
        type: 'lock-note-landed',
        note,
        as: 'content',
        subject: 'record-1',
        account: 'a-1',
        person: 'li',
        at: NOON,
      };
      await done(store, landed);
      await done(store, landed);
      expect(await store.lockNotes(SEAT, 'one')).toEqual([]);
      expect((await store.auditOf('record-1')).map(({ kind }) => kind)).toEqual(['lock-note-signed']);
      expect((await store.write([save(note, { version: 9 })]))[0]).toMatchObject({
        ok: false,
        refusal: { code: 'lock-note-landed' },
      });
    });

    it('refuses another log-in’s note, an endless one, and more than fifty', async () => {
      const store = await backEnd.freshStore();
      const note = newId();
      await done(store, save(note));
      for (const [work, code] of [
        [save(note, { session: 'two', version: 2 }), 'lock-note-of-another'],
        [save(newId(), { text: '水'.repeat(4_001) }), 'lock-note-too-long'],
      ] as const)
        expect((await store.write([work]))[0]).toMatchObject({ ok: false, refusal: { code } });
      for (let count = 1; count < 50; count += 1) await done(store, save(newId()));
      expect((await store.write([save(newId())]))[0]).toMatchObject({
        ok: false,
        refusal: { code: 'lock-notes-too-many' },
      });
      // What is open may still be written on.
      await done(store, save(note, { text: '还有', version: 2 }));
    });

    it('a new password ends every log-in of the account but the one that stays', async () => {
      const store = await backEnd.freshStore();
      const passwordHash = '$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA';
      await done(store, {
        type: 'account-add',
        id: 'a-1',
        login: 'zhang',
        name: '张某',
        role: 'officer',
        unit: 'unit',
        person: null,
        passwordHash,
        at: NOON,
      });
      for (const id of ['one', 'two', 'three']) await session(store, id, id === 'three');
      expect((await store.session('three'))?.lockedAt).toBe(NOON);
      await done(store, { type: 'account-password', account: 'a-1', passwordHash, keep: 'two', at: NOON });
      expect(await store.sessionsOf('a-1')).toEqual(['two']);
      await done(store, { type: 'account-password', account: 'a-1', passwordHash, at: NOON });
      expect(await store.sessionsOf('a-1')).toEqual([]);
    });
  });
});
