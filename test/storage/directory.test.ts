import { describe, expect, it } from 'vitest';
import { parseOffice, writeOffice } from '../../src/config/office-file.ts';
import type { Contact } from '../../src/directory/contact.ts';
import type { Store } from '../../src/storage/store.ts';
import type { DirectoryWork } from '../../src/storage/write-directory.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { NOON, telling } from './telling.ts';

const NEW: Contact = {
  id: 'c-new',
  number: '0954-8887777',
  unit: '某镇人民政府',
  person: '周某',
  title: '副镇长',
  class: 'subordinate',
};
const [FIRST, SUPERIOR] = OFFICE.directory as readonly [Contact, Contact];

const work = (given: Partial<DirectoryWork>): DirectoryWork => ({
  type: 'directory-change',
  seesSuperior: true,
  how: 'contact-added',
  puts: [],
  removes: [],
  account: 'a-1',
  person: 'li',
  at: NOON,
  ...given,
});

async function refusalOf(store: Store, given: Partial<DirectoryWork>): Promise<string> {
  const [result] = await store.write([work(given)]);
  return result === undefined || result.ok ? 'written' : result.refusal.code;
}

describe('the directory, entry by entry', () => {
  onBothBackEnds((backEnd) => {
    it('adds, changes, merges and deletes, each audited, and a repeat writes nothing', async () => {
      const store = await backEnd.freshStore();
      const add = work({ puts: [{ contact: NEW, was: null }] });
      expect((await done(store, add)).changes.map(({ entity }) => entity)).toContain('room');
      expect((await done(store, add)).changes).toEqual([]);
      const changed = { ...NEW, person: '吴某' };
      await done(store, work({ how: 'contact-changed', puts: [{ contact: changed, was: NEW }] }));
      const merged = { ...changed, title: '镇长' };
      await done(
        store,
        work({ how: 'contacts-merged', puts: [{ contact: merged, was: changed }], removes: [FIRST] }),
      );
      expect(await store.contacts()).toEqual([merged, SUPERIOR].sort((a, b) => (a.id < b.id ? -1 : 1)));
      await done(store, work({ how: 'contact-deleted', removes: [merged] }));
      expect(await store.contacts()).toEqual([SUPERIOR]);
      expect((await store.auditOf(NEW.id)).map(({ kind }) => kind)).toEqual([
        'contact-added',
        'contact-changed',
        'contacts-merged',
        'contact-deleted',
      ]);
      expect(await store.verifyAudit()).toMatchObject({ ok: true });
    });

    it('writes all of many or none', async () => {
      const store = await backEnd.freshStore();
      const many = Array.from({ length: 300 }, (_, index) => ({
        contact: { ...NEW, id: `c-${index}`, number: `0954-8${100_000 + index}` },
        was: null,
      }));
      const bad = { contact: { ...NEW, id: 'c-bad', number: '总机' }, was: null };
      expect(await refusalOf(store, { how: 'contacts-imported', puts: [...many, bad] })).toBe(
        'contact-number',
      );
      expect(await store.contacts()).toHaveLength(2);
      await done(store, work({ how: 'contacts-imported', puts: many, removes: [FIRST] }));
      expect(await store.contacts()).toHaveLength(301);
    });

    it('refuses what somebody else changed, what is gone and what stands already', async () => {
      const store = await backEnd.freshStore();
      const stale = { ...FIRST, person: '白某' };
      const put = { contact: { ...FIRST, person: '丁某' }, was: stale };
      expect(await refusalOf(store, { puts: [put] })).toBe('contact-changed-meanwhile');
      expect(await refusalOf(store, { puts: [{ contact: put.contact, was: null }] })).toBe(
        'contact-changed-meanwhile',
      );
      expect(await refusalOf(store, { removes: [stale] })).toBe('contact-changed-meanwhile');
      expect(await refusalOf(store, { puts: [{ contact: NEW, was: NEW }] })).toBe('contact-unknown');
      const twin = { ...FIRST, id: 'c-twin', number: '+86 954 2035678' };
      expect(await refusalOf(store, { puts: [{ contact: twin, was: null }] })).toBe('contact-exists');
      expect(await store.contacts()).toEqual(OFFICE.directory);
    });

    it('keeps numbers of superior offices out of the audit trail', async () => {
      const store = await backEnd.freshStore();
      const contact = { ...SUPERIOR, person: '郑某' };
      await done(store, work({ how: 'contact-changed', puts: [{ contact, was: SUPERIOR }] }));
      const [entry] = await store.auditOf(SUPERIOR.id);
      expect(entry?.payloadJson).toContain('郑某');
      expect(entry?.payloadJson).not.toContain('1111');
    });

    it('tells the calls of the number anew: class and name come from the directory', async () => {
      const store = await backEnd.freshStore();
      await done(store, telling('9.1').arrives());
      const before = (await store.snapshot(ROOM, NOON)).calls[0];
      const number = before?.caller.number ?? '';
      const contact = { ...NEW, number };
      const { changes } = await done(
        store,
        work({ puts: [{ contact, was: null }], removes: OFFICE.directory, at: NOON }),
      );
      expect(changes).toContainEqual(expect.objectContaining({ entity: 'call', id: before?.id, room: ROOM }));
      expect((await store.callView(before?.id ?? ''))?.caller).toMatchObject({
        class: 'subordinate',
        person: '周某',
      });
    });

    it('survives the office file', async () => {
      const store = await backEnd.freshStore();
      await done(store, work({ puts: [{ contact: NEW, was: null }] }));
      const text = writeOffice(await store.office(), 'Asia/Shanghai');
      const read = parseOffice(text, { file: 'office.yaml', timeZone: 'Asia/Shanghai', pbxs: null });
      if (!read.ok) throw new Error(JSON.stringify(read.problems));
      const { id: _id, ...kept } = NEW;
      expect(read.office.directory).toContainEqual(expect.objectContaining(kept));
      await done(store, { type: 'office-import', office: read.office, at: NOON });
      expect((await store.contacts()).map(({ title }) => title)).toContain('副镇长');
    });
  });
});
