import { describe, expect, it } from 'vitest';
import type { Asker, RecordCommand } from '../../src/records/command.ts';
import type { FieldName } from '../../src/records/field.ts';
import type { Store } from '../../src/storage/store.ts';
import { done, onBothBackEnds } from './back-ends.ts';
import { OFFICE, ROOM } from './office.ts';
import { NOON, telling } from './telling.ts';

const ZHANG: Asker = { account: null, person: 'zhang', seat: 'seat-1' };
const LI: Asker = { account: null, person: 'li', seat: 'seat-2' };

let operations = 0;
const opId = () => {
  operations += 1;
  return `op-${operations}`;
};
const newRecordId = () => `0190a000-0000-7000-8000-${String(operations).padStart(12, '0')}`;

async function ask(store: Store, command: RecordCommand, asker = ZHANG, at = NOON) {
  const [result] = await store.write([{ type: 'record-command', command, asker, at }]);
  if (result === undefined) throw new Error('no answer');
  return result;
}

function patch(record: string, field: FieldName, value: string, base = 0, client = 'tab-1'): RecordCommand {
  return { type: 'patch-field', opId: opId(), record, field, value, base, client };
}

/** A draft with nothing missing, opened by hand in a room; its id. */
async function draftByHand(store: Store, room = ROOM): Promise<string> {
  const open = opId();
  const record = newRecordId();
  await ask(store, { type: 'open-by-hand', opId: open, record, room });
  for (const field of ['callerUnit', 'callerName', 'content'] as const) {
    await ask(store, patch(record, field, `${field} 已填`));
  }
  return record;
}

const register = (record: string): RecordCommand => ({ type: 'register', opId: opId(), record });

async function draftOfCall(store: Store): Promise<string> {
  await done(store, telling(`1.${operations}`).arrives());
  const { calls } = await store.snapshot(ROOM, NOON);
  return calls[0]?.record ?? '';
}

onBothBackEnds((backEnd) => {
  describe('a record', () => {
    it('keeps a text that was given up once, and nothing of the record changes', async () => {
      const store = await backEnd.freshStore();
      const record = await draftByHand(store);
      const before = await store.recordView(record);
      const aside = { type: 'set-aside', record, field: 'content', value: '没有选用的话' } as const;
      const first = await ask(store, { ...aside, opId: opId() });
      expect(first).toMatchObject({ ok: true, changes: [] });
      expect(await ask(store, { ...aside, opId: opId() })).toMatchObject({ ok: true });
      expect(await store.recordView(record)).toEqual(before);
      const lost = (await store.recordHistory(record)).filter(({ kind }) => kind === 'lost');
      expect(lost).toMatchObject([{ field: 'content', value: '没有选用的话', by: '张某' }]);
    });

    it('is saved as typed: each stroke has its version, writer and answer', async () => {
      const store = await backEnd.freshStore();
      const record = await draftOfCall(store);
      const first = await ask(store, patch(record, 'content', '报告'));
      const second = await ask(store, patch(record, 'content', '报告一起事故', 1));
      expect([first, second]).toMatchObject([
        { ok: true, version: 1 },
        { ok: true, version: 2 },
      ]);
      expect((await store.recordView(record))?.fields).toMatchObject({
        content: { value: '报告一起事故', version: 2, by: '张某', at: NOON },
        recorder: { value: '张某', by: null },
      });
    });

    it('without a call is shown on its day also after it was registered', async () => {
      const store = await backEnd.freshStore();
      const record = await draftByHand(store);
      expect(await ask(store, register(record))).toMatchObject({ ok: true });
      const shown = async (at: number) => (await store.snapshot(ROOM, at)).records.map(({ id }) => id);
      expect(await shown(NOON)).toEqual([record]);
      expect(await shown(NOON + 24 * 3_600_000)).toEqual([]);
    });

    it('answers a repeated operation as the first time and changes nothing', async () => {
      const store = await backEnd.freshStore();
      const record = await draftOfCall(store);
      const stroke = patch(record, 'content', '一');
      const first = await ask(store, stroke);
      await ask(store, patch(record, 'content', '一二', 1));
      const before = await store.recordView(record);
      const again = await ask(store, stroke);
      expect(again).toMatchObject({ ok: true, version: 1, changes: [] });
      expect(first).toMatchObject({ ok: true, version: 1 });
      expect(await store.recordView(record)).toEqual(before);
      const twice = patch(record, 'content', '一二三', 2);
      const both = await store.write([
        { type: 'record-command', command: twice, asker: ZHANG, at: NOON },
        { type: 'record-command', command: twice, asker: ZHANG, at: NOON },
      ]);
      expect(both).toMatchObject([
        { ok: true, version: 3 },
        { ok: true, version: 3 },
      ]);
    });

    it('shows a conflict with both values, now and when asked again', async () => {
      const store = await backEnd.freshStore();
      const record = await draftOfCall(store);
      await ask(store, patch(record, 'content', '甲'), ZHANG);
      const late = patch(record, 'content', '乙', 0, 'tab-2');
      const conflict = { value: '甲', version: 1, by: '张某', at: NOON };
      expect(await ask(store, late, LI)).toMatchObject({
        ok: false,
        refusal: { code: 'field-conflict' },
        conflict,
      });
      await ask(store, patch(record, 'content', '甲二', 1), ZHANG);
      expect(await ask(store, late, LI)).toMatchObject({
        ok: false,
        refusal: { code: 'field-conflict' },
        conflict,
      });
      expect((await store.recordView(record))?.fields.content.value).toBe('甲二');
    });

    it('keeps what was typed and did not get in', async () => {
      const database = await backEnd.freshDatabase();
      const store = await backEnd.open(database);
      await done(store, { type: 'office-import', office: OFFICE, at: 0 });
      const record = await draftOfCall(store);
      await ask(store, patch(record, 'content', '甲'), ZHANG);
      await ask(store, patch(record, 'content', '乙的话', 0, 'tab-2'), LI);
      expect(
        await backEnd.run(database, `select value, by_name from record_revisions where kind = 'lost'`),
      ).toEqual([{ value: '乙的话', by_name: '李某' }]);
    });

    it('keeps every kind of text as text', async () => {
      const store = await backEnd.freshStore();
      const record = await draftOfCall(store);
      const texts = [
        '=cmd|calc!A1',
        `'; drop table records; --`,
        '<script>',
        '𠮷野家\u202e',
        '%00',
        '\\u0000',
        'a\r\n\tb',
      ];
      for (const [base, text] of texts.entries()) {
        await ask(store, patch(record, 'content', text, base));
        expect((await store.recordView(record))?.fields.content.value).toBe(text);
      }
    });

    it('is corrected after registration with reason and trace', async () => {
      const store = await backEnd.freshStore();
      const record = await draftByHand(store);
      await ask(store, register(record));
      expect(await ask(store, patch(record, 'callerUnit', '县局', 1))).toMatchObject({
        ok: false,
        refusal: { code: 'field-frozen' },
      });
      await ask(
        store,
        {
          type: 'correct',
          opId: opId(),
          record,
          field: 'callerUnit',
          value: '县局',
          reason: '听错',
        },
        LI,
        NOON + 5,
      );
      expect(await store.recordView(record)).toMatchObject({
        fields: { callerUnit: { value: '县局', version: 2, by: '李某' } },
        corrections: [
          {
            at: NOON + 5,
            by: '李某',
            field: 'callerUnit',
            from: 'callerUnit 已填',
            to: '县局',
            reason: '听错',
          },
        ],
      });
    });

    it('goes to 无需记录 and back, and to 作废 with its number', async () => {
      const store = await backEnd.freshStore();
      const draft = await draftOfCall(store);
      await ask(store, { type: 'mark-no-record', opId: opId(), record: draft, reason: 'misdial' });
      expect(await store.recordView(draft)).toMatchObject({
        state: 'no-record',
        noRecordReason: 'misdial',
        number: null,
      });
      await ask(store, { type: 'reopen', opId: opId(), record: draft });
      expect(await store.recordView(draft)).toMatchObject({ state: 'draft', noRecordReason: null });
      const record = await draftByHand(store);
      await ask(store, register(record));
      await ask(store, { type: 'void', opId: opId(), record, reason: '重复' });
      expect(await store.recordView(record)).toMatchObject({
        state: 'void',
        voidReason: '重复',
        number: '值电〔2026〕1号',
      });
    });

    it('in an unknown room, or of an unknown id, is refused', async () => {
      const store = await backEnd.freshStore();
      const open = { type: 'open-by-hand', opId: opId(), record: newRecordId(), room: 'nowhere' } as const;
      expect(await ask(store, open)).toMatchObject({ ok: false, refusal: { code: 'room-unknown' } });
      expect(await ask(store, register('x'))).toMatchObject({
        ok: false,
        refusal: { code: 'record-unknown' },
      });
    });
  });

  describe('numbers', () => {
    it('run without gap or repeat for each room and year, and refused registrations take none', async () => {
      const store = await backEnd.freshStore();
      const newYear = Date.UTC(2026, 11, 31, 16); // 2027-01-01 00:00 in Shanghai
      const texts: (string | null)[] = [];
      for (const [room, at] of [
        [ROOM, NOON],
        [ROOM, newYear - 1],
        ['room-2', NOON],
        [ROOM, newYear],
        [ROOM, newYear + 1],
      ] as const) {
        const incomplete = newRecordId();
        await ask(store, { type: 'open-by-hand', opId: opId(), record: incomplete, room });
        expect(await ask(store, register(incomplete), ZHANG, at)).toMatchObject({
          refusal: { fields: ['callerUnit', 'callerName', 'content'] },
        });
        const result = await ask(store, register(await draftByHand(store, room)), ZHANG, at);
        texts.push(result.ok ? result.numberText : null);
      }
      expect(texts).toEqual([
        '值电〔2026〕1号',
        '值电〔2026〕2号',
        '值电〔2026〕1号',
        '值电〔2027〕1号',
        '值电〔2027〕2号',
      ]);
    });

    it('run without gap or repeat when many register at once through two stores', async () => {
      const database = await backEnd.freshDatabase();
      const [one, other] = [await backEnd.open(database), await backEnd.open(database)];
      await done(one, { type: 'office-import', office: OFFICE, at: 0 });
      const drafts: string[] = [];
      for (let n = 0; n < 40; n += 1) drafts.push(await draftByHand(one));
      const results = await Promise.all(
        drafts.map((record, n) => ask(n % 2 === 0 ? one : other, register(record))),
      );
      const numbers = results.map((result) => (result.ok ? result.numberText : result.refusal.code));
      const expected = drafts.map((_, n) => `值电〔2026〕${n + 1}号`);
      expect(new Set(numbers)).toEqual(new Set(expected));
    });
  });
});
