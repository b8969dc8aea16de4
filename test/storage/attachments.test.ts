import { describe, expect, it } from 'vitest';
import { USUAL_ATTACHMENT_LIMITS } from '../../src/records/attachment.ts';
import type { Store } from '../../src/storage/store.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { ROOM } from './office.ts';
import { NOON } from './telling.ts';

const RECORD = '0190a000-0000-7000-8000-00000000000a';
const SECRET = '某密件.pdf';
const by = { account: 'a-1', person: 'zhang', name: '张某' };
const other = { account: 'a-2', person: 'wang' };
const idOf = (n: number) => `0190a000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`;

async function opened(store: Store, record = RECORD): Promise<void> {
  await done(store, {
    type: 'record-command',
    command: { type: 'open-by-hand', opId: `open-${record}`, record, room: ROOM },
    asker: { account: null, person: 'zhang', seat: null },
    at: NOON,
  });
}

function beginning(n: number, given: { readonly record?: string; readonly most?: number } = {}) {
  return {
    type: 'attachment-begin' as const,
    id: idOf(n),
    opId: `upload-${n}`,
    record: given.record ?? RECORD,
    name: SECRET,
    kind: 'pdf' as const,
    bytes: 1_000,
    sha256: 'ab'.repeat(32),
    file: `2024/07/01/${idOf(n)}.pdf`,
    by,
    limits: { ...USUAL_ATTACHMENT_LIMITS, mostOfRecord: given.most ?? 20 },
    at: NOON + n,
  };
}

async function attached(store: Store, n: number) {
  await done(store, beginning(n));
  return done(store, { type: 'attachment-kept', id: idOf(n), at: NOON + n });
}

const removal = { type: 'attachment-remove' as const, reason: '传错了', by, at: NOON + 50 };

onBothBackEnds((backEnd) => {
  describe('附件', () => {
    it('is seen once its file is kept, in the order of coming, and is copied', async () => {
      const store = await backEnd.freshStore();
      await opened(store);
      await done(store, beginning(1));
      expect((await store.recordView(RECORD))?.attachments).toEqual([]);
      const kept = await done(store, { type: 'attachment-kept', id: idOf(1), at: NOON + 5 });
      expect(kept.changes).toMatchObject([{ entity: 'record', id: RECORD, room: ROOM }]);
      expect(kept.effects).toMatchObject([{ kind: 'copy-attachment', attachment: idOf(1) }]);
      await attached(store, 7);
      expect((await store.recordView(RECORD))?.attachments).toMatchObject([
        { id: idOf(1), name: SECRET, type: 'pdf', bytes: 1_000, by: '张某', at: NOON + 5, removed: null },
        { id: idOf(7) },
      ]);
      const repeated = await done(store, { type: 'attachment-kept', id: idOf(1), at: NOON + 9 });
      expect(repeated).toMatchObject({ changes: [], effects: [] });
      expect(await store.attachmentOfOperation('upload-1')).toMatchObject({ id: idOf(1), isKept: true });
    });

    it('is refused beyond the limit, for no record, and for a closed one', async () => {
      const store = await backEnd.freshStore();
      await opened(store);
      await attached(store, 1);
      const asked = [
        beginning(2, { most: 1 }),
        beginning(3, { record: '0190a000-0000-7000-8000-00000000000f' }),
      ];
      expect(await store.write(asked)).toMatchObject([
        { ok: false, refusal: { code: 'attachments-too-many' } },
        { ok: false, refusal: { code: 'record-unknown' } },
      ]);
      await done(store, {
        type: 'record-command',
        command: { type: 'void', opId: 'void', record: RECORD, reason: '误记' },
        asker: { account: null, person: 'zhang', seat: null },
        at: NOON,
      });
      expect(await store.write([beginning(4), { ...removal, id: idOf(1) }])).toMatchObject([
        { ok: false, refusal: { code: 'record-closed' } },
        { ok: false, refusal: { code: 'record-closed' } },
      ]);
    });

    it('is removed with a reason, which stays; its file goes everywhere', async () => {
      const store = await backEnd.freshStore();
      await opened(store);
      await attached(store, 1);
      expect(await store.write([{ ...removal, id: idOf(1), reason: ' ' }])).toMatchObject([
        { ok: false, refusal: { code: 'reason-needed' } },
      ]);
      const removed = await done(store, { ...removal, id: idOf(1) });
      expect(removed.effects).toMatchObject([{ kind: 'erase-attachment', attachment: idOf(1) }]);
      expect((await store.recordView(RECORD))?.attachments).toMatchObject([
        { name: SECRET, removed: { at: NOON + 50, by: '张某', reason: '传错了' } },
      ]);
      expect((await done(store, { ...removal, id: idOf(1) })).effects).toEqual([]);
      expect(await store.keptAttachments(null, 10)).toEqual([]);
      const audit = await store.auditOf(RECORD);
      expect(audit.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(['attachment-added', 'attachment-removed']),
      );
    });

    it('is destroyed with its record, also one whose upload broke off; the digest stays in the facts', async () => {
      const store = await backEnd.freshStore();
      await opened(store);
      await attached(store, 1);
      await done(store, beginning(2));
      const destroyed = await done(store, {
        type: 'destroy',
        subject: RECORD,
        by: [{ account: 'a-1', person: 'zhang' }, other],
        reason: '涉密',
        at: NOON + 60,
      });
      const erased = destroyed.effects.flatMap((effect) =>
        effect.kind === 'erase-attachment' ? [effect.attachment] : [],
      );
      expect(erased.sort()).toEqual([idOf(1), idOf(2)]);
      expect((await store.recordView(RECORD))?.attachments).toEqual([]);
      expect(await store.attachment(idOf(1))).toMatchObject({ name: null });
      // The file of the broken upload came in the same moment.
      const [late] = await store.write([{ type: 'attachment-kept', id: idOf(2), at: NOON + 61 }]);
      expect(late).toMatchObject({ ok: false, refusal: { code: 'record-shut' } });
    });

    it('leaves no name in what is kept for ever', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      const { OFFICE } = await import('./office.ts');
      await done(store, { type: 'office-import', office: OFFICE, at: 0 });
      await opened(store);
      await attached(store, 1);
      await done(store, { ...removal, id: idOf(1) });
      const facts = JSON.stringify(await backEnd.run(database, 'select * from facts'));
      expect(facts).toContain('attachment-removed');
      expect(facts).not.toContain('某密件');
      expect(facts).not.toContain('传错了');
    });

    it('makes its draft a touched one, also when everything is folded anew', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      const { OFFICE } = await import('./office.ts');
      await done(store, { type: 'office-import', office: OFFICE, at: 0 });
      await opened(store);
      await backEnd.run(database, 'update records set touched = 0');
      await attached(store, 1);
      const touched = () => backEnd.run(database, 'select touched from records');
      expect(await touched()).toEqual([{ touched: 1 }]);
      await done(store, { type: 'rebuild' });
      expect(await touched()).toEqual([{ touched: 1 }]);
      expect((await store.recordView(RECORD))?.attachments).toHaveLength(1);
    });
  });
});
