import { describe, expect, it } from 'vitest';
import { FIRST_NOTES } from '../../src/duty/duty-notes.ts';
import type { DutyNotesWork } from '../../src/storage/duty-notes.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { ROOM } from './office.ts';
import { NOON } from './telling.ts';

const edit = (base: number, other: string, given: Partial<DutyNotesWork> = {}): DutyNotesWork => ({
  type: 'duty-notes-edit',
  room: ROOM,
  base,
  notes: { ...FIRST_NOTES, other, superiors: [{ name: '上级值班室', number: '0000-0000001' }] },
  account: 'a-1',
  person: 'li',
  name: '李某',
  at: NOON,
  ...given,
});

describe('本班须知 in the store', () => {
  onBothBackEnds((backEnd) => {
    it('keeps every version with who and when, and tells the room', async () => {
      const store = await backEnd.freshStore();
      expect(await store.dutyNotes(ROOM, 1)).toEqual([]);
      const first = await done(store, edit(0, '一'));
      expect(first.changes).toMatchObject([{ entity: 'room', id: ROOM, room: ROOM }]);
      expect((await done(store, edit(0, '一'))).changes).toEqual([]);
      await done(store, edit(1, '二', { name: '张某', at: NOON + 1 }));
      expect(
        (await store.dutyNotes(ROOM, 50)).map(({ version, by, at, notes }) => [version, by, at, notes.other]),
      ).toEqual([
        [2, '张某', NOON + 1, '二'],
        [1, '李某', NOON, '一'],
      ]);
      const trail = await store.auditOf(ROOM);
      expect(trail.map(({ kind }) => kind)).toEqual(['duty-notes-edited', 'duty-notes-edited']);
      expect(JSON.stringify(trail)).not.toContain('0000001');
    });

    it('refuses what was written over a version that no longer stands, and what is not well-formed', async () => {
      const store = await backEnd.freshStore();
      await done(store, edit(0, '一'));
      for (const [work, code] of [
        [edit(0, '二'), 'duty-notes-changed-meanwhile'],
        [edit(7, '二'), 'duty-notes-changed-meanwhile'],
        [edit(1, '字'.repeat(1_001)), 'duty-notes-too-long'],
        [edit(0, '二', { room: 'nowhere' }), 'duty-notes-no-room'],
      ] as const)
        expect((await store.write([work]))[0]).toMatchObject({ ok: false, refusal: { code } });
      expect(await store.dutyNotes(ROOM, 50)).toHaveLength(1);
    });

    it('hangs no number of a superior office on a wall, by the directory too, and the own line all the same', async () => {
      const store = await backEnd.freshStore();
      const own = { id: 'c9', number: '0954-2030000', unit: '市政府总值班室', person: null, title: null };
      await done(store, {
        ...{ type: 'directory-change', how: 'contact-added', removes: [], seesSuperior: true },
        ...{ account: null, person: 'li', at: NOON },
        puts: [{ contact: { ...own, class: 'superior' }, was: null }],
      });
      const hung = (text: string) => {
        const wall = { texts: [{ title: '信息报送', text }], phones: true };
        return edit(0, '一', { notes: { ...FIRST_NOTES, wall } });
      };
      const [refused] = await store.write([hung('报自治区总值班室 139-0000-1111')]);
      expect(refused).toMatchObject({ ok: false, refusal: { code: 'duty-notes-wall-superior' } });
      await done(store, hung('值班电话 0954-2030000'));
    });

    it('knows the roster of a room with its telephones', async () => {
      const store = await backEnd.freshStore();
      const { shifts, people } = await store.roomRoster(ROOM);
      expect(shifts.map(({ id }) => id)).toEqual(['s1']);
      expect(people).toContainEqual(expect.objectContaining({ id: 'zhang', phone: '2030001' }));
      expect(people.some(({ room }) => room !== ROOM)).toBe(false);
    });
  });
});
