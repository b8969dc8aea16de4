import { describe, expect, it } from 'vitest';
import { FIRST_WALL } from '../../src/duty/wall-texts.ts';
import type { WallLinkWork } from '../../src/storage/wall-links.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { ROOM } from './office.ts';
import { NOON } from './telling.ts';

const make = (id: string, given: Partial<WallLinkWork> = {}): WallLinkWork =>
  ({
    ...{ type: 'wall-link-make', id, room: ROOM, name: '一楼大厅' },
    ...{ tokenDigest: `digest-${id}`, account: 'a-1', at: NOON },
    ...given,
  }) as WallLinkWork;

describe('links of 公示屏 in the store', () => {
  onBothBackEnds((backEnd) => {
    it('are found by the digest of their token until they are revoked, and know when a screen last asked', async () => {
      const store = await backEnd.freshStore();
      await done(store, make('one'));
      const link = { id: 'one', room: ROOM, name: '一楼大厅', madeAt: NOON, seenAt: null };
      expect(await store.wallLinkOf('digest-one')).toEqual(link);
      expect(await store.wallLinkOf('digest-two')).toBeUndefined();
      await done(store, { type: 'wall-link-seen', id: 'one', at: NOON + 1 });
      expect(await store.wallLinks()).toEqual([{ ...link, seenAt: NOON + 1 }]);
      await done(store, { type: 'wall-link-revoke', id: 'one', account: 'a-1', at: NOON + 2 });
      await done(store, { type: 'wall-link-revoke', id: 'one', account: 'a-1', at: NOON + 3 });
      expect(await store.wallLinkOf('digest-one')).toBeUndefined();
      expect(await store.wallLinks()).toEqual([]);
      expect((await store.auditOf('one')).map(({ kind }) => kind)).toEqual([
        'wall-link-made',
        'wall-link-revoked',
      ]);
    });

    it('are refused of a room that is not there, beyond twenty of one, and of one that never was', async () => {
      const store = await backEnd.freshStore();
      for (let index = 0; index < 20; index += 1) await done(store, make(`l-${index}`));
      for (const [work, code] of [
        [make('more'), 'wall-too-many-links'],
        [make('x', { room: 'nowhere' } as Partial<WallLinkWork>), 'wall-no-room'],
        [{ type: 'wall-link-revoke', id: 'x', account: null, at: NOON }, 'wall-no-link'],
      ] as const)
        expect((await store.write([work]))[0]).toMatchObject({ ok: false, refusal: { code } });
      expect(await store.wallLinks()).toHaveLength(20);
    });

    it('know the room with its lines, and notes of before have the first texts', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await backEnd.run(
        database,
        `insert into duty_notes (room, version, notes_json, at) values ('r', 1, '{"other":"一"}', 1)`,
      );
      expect((await store.dutyNotes('r', 1))[0]?.notes).toMatchObject({ other: '一', wall: FIRST_WALL });
      const filled = await backEnd.freshStore();
      expect(await filled.wallRoom(ROOM)).toMatchObject({ lines: [expect.stringMatching(/\d/)] });
      expect(await filled.wallRoom('nowhere')).toBeUndefined();
    });
  });
});
