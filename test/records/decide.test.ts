import { describe, expect, it } from 'vitest';
import { FIELD_LIMITS, FROZEN_AT_REGISTRATION } from '../../src/records/field.ts';
import { complete, given, LI, NUMBER_1, opened, patch, prefilled, RECORD, ZHANG } from './given.ts';

const byHand = { type: 'open-by-hand', room: 'room-1' } as const;
const register = { type: 'register' } as const;
const registered = () => given(...complete()).after(register, { number: NUMBER_1 });
const code = (decision: { readonly kind: string }) =>
  'refusal' in decision ? (decision.refusal as { code: string }).code : decision.kind;

describe('writing into a draft', () => {
  it('gives each value a version and its writer', () => {
    const { record } = given(opened())
      .after(patch('content', '报告', 0))
      .after(patch('content', '报告事故', 1));
    expect(record.fields.content).toMatchObject({
      value: '报告事故',
      version: 2,
      by: ZHANG,
      client: 'tab-1',
    });
  });

  it('makes the first who types 记录人, with that person’s telephone', () => {
    const { record } = given(opened()).after(patch('content', '报告', 0));
    expect(record.fields.recorder).toMatchObject({ value: '张某', version: 1, by: null });
    expect(record.fields.recorderPhone.value).toBe('2030001');
  });

  it('leaves 记录人 alone when the phone that answered had named it', () => {
    const { record } = given(opened(), prefilled('recorder', '李某')).after(patch('content', '报告', 0));
    expect(record.fields.recorder.value).toBe('李某');
  });

  it('takes what is in the field already as done', () => {
    const decision = given(opened())
      .after(patch('content', '同', 0))
      .when(patch('content', '同', 0, 'tab-2'));
    expect(decision).toEqual({ kind: 'accepted', facts: [] });
  });

  it('never sets one tab against itself, however old its base', () => {
    const story = given(opened())
      .after(patch('content', '一', 0))
      .after(patch('content', '一二', 0));
    expect(story.after(patch('content', '一二三', 0)).record.fields.content).toMatchObject({
      value: '一二三',
      version: 3,
    });
  });

  it('shows both values when another hand wrote meanwhile, and keeps the one that lost', () => {
    const story = given(opened()).after(patch('content', '甲写的', 0, 'tab-1'));
    const decision = story.when(patch('content', '乙写的', 0, 'tab-2'), { by: LI });
    expect(decision).toMatchObject({
      kind: 'conflict',
      current: { value: '甲写的', version: 1 },
      lost: { field: 'content', text: '乙写的' },
    });
  });

  it('sets a tab against another hand that came between two of its strokes', () => {
    const story = given(opened())
      .after(patch('content', '甲一', 0, 'tab-1'))
      .after(patch('content', '乙', 1, 'tab-2'), { by: LI });
    expect(story.when(patch('content', '甲二', 1, 'tab-1')).kind).toBe('conflict');
  });

  it('lets a person write over what the service filled in', () => {
    const story = given(opened(), prefilled('callerUnit', '应急局'));
    expect(story.after(patch('callerUnit', '市应急局', 0)).record.fields.callerUnit.value).toBe('市应急局');
  });

  it('refuses a base the service never gave', () => {
    expect(code(given(opened()).when(patch('content', 'x', 9)))).toBe('version-unknown');
  });
});

describe('a text', () => {
  const limit = FIELD_LIMITS.callerName;

  it.each([
    ['formula', '=cmd|calc!A1'],
    ['markup', '<script>alert(1)</script>'],
    ['climbing path', '../../etc/passwd'],
    ['right-to-left', '\u202eمرحبا'],
    ['line ends', 'a\r\nb'],
    ['as many 𠮷 as signs are allowed', '𠮷'.repeat(limit)],
  ])('with %s stays text', (_what, value) => {
    expect(given(opened()).after(patch('callerName', value, 0)).record.fields.callerName.value).toBe(value);
  });

  it.each([
    ['NUL', patch('content', 'a\0b', 0), 'text-with-nul'],
    ['one sign too many', patch('callerName', '𠮷'.repeat(limit + 1), 0), 'text-too-long'],
    ['100 kB', patch('callerName', 'x'.repeat(100_000), 0), 'text-too-long'],
    ['a time that is none', patch('callTime', 'yesterday', 0), 'time-malformed'],
    ['a time before all telephones', patch('callTime', '-1', 0), 'time-malformed'],
    ['an unknown category', patch('category', 'gossip', 0), 'category-unknown'],
  ])('with %s is refused by name', (_what, command, expected) => {
    expect(code(given(opened()).when(command))).toBe(expected);
  });

  it('cut in the middle of a sign is mended, not lost', () => {
    const { record } = given(opened()).after(patch('content', '好\ud842', 0));
    expect(record.fields.content.value).toBe('好\ufffd');
  });
});

describe('registering', () => {
  it('names every item that is missing, in the order of the form', () => {
    expect(given(opened(), prefilled('recorder', '\u3000 ')).when(register)).toMatchObject({
      kind: 'refused',
      refusal: {
        code: 'fields-missing',
        fields: ['callTime', 'callerUnit', 'callerName', 'recorder', 'content'],
      },
    });
  });

  it('asks for a number only when nothing else is missing', () => {
    expect(given(...complete()).when(register)).toEqual({ kind: 'needs-number' });
  });

  it('takes the number and freezes the caller’s items and 电话内容', () => {
    const story = registered();
    expect(story.record).toMatchObject({ state: 'registered', number: NUMBER_1, registeredAt: 2_000 });
    for (const field of FROZEN_AT_REGISTRATION) {
      const value = field === 'callTime' ? '1700000000001' : '改';
      expect(story.when(patch(field, value, 1))).toMatchObject({
        kind: 'refused',
        refusal: { code: 'field-frozen', fields: [field] },
        lost: { field, text: value },
      });
    }
  });

  it('leaves 拟办意见 and the category writable', () => {
    const { record } = registered()
      .after(patch('proposal', '请办公室阅处', 0))
      .after(patch('category', 'incident', 0));
    expect(record.fields.proposal.value).toBe('请办公室阅处');
    expect(record.state).toBe('registered');
  });

  it('happens once', () => {
    expect(code(registered().when(register))).toBe('record-already-registered');
  });
});

describe('correcting', () => {
  const correction = { type: 'correct', field: 'callerUnit', value: '县应急局', reason: '听错' } as const;

  it('changes a frozen item and carries the reason', () => {
    expect(registered().when(correction)).toMatchObject({
      kind: 'accepted',
      facts: [
        { kind: 'field-written', how: 'corrected', version: 2, text: '县应急局', reason: '听错', by: ZHANG },
      ],
    });
  });

  it.each([
    ['without a reason', { ...correction, reason: ' ' }, 'reason-needed'],
    ['with a reason of a book’s length', { ...correction, reason: '因'.repeat(501) }, 'reason-too-long'],
    ['to the same value', { ...correction, value: '市应急管理局' }, 'nothing-changed'],
    ['to nothing', { ...correction, value: ' ' }, 'fields-missing'],
  ])('%s is refused', (_what, command, expected) => {
    expect(code(registered().when(command))).toBe(expected);
  });

  it('is not needed for a draft', () => {
    expect(code(given(...complete()).when(correction))).toBe('record-not-registered');
  });
});

describe('无需记录, 作废 and back', () => {
  it('takes no number and closes the form until it is reopened', () => {
    const closed = given(opened()).after({ type: 'mark-no-record', reason: 'misdial' });
    expect(closed.record).toMatchObject({ state: 'no-record', noRecordReason: 'misdial', number: null });
    expect(closed.when(patch('content', '晚到的字', 0))).toMatchObject({
      kind: 'refused',
      refusal: { code: 'record-closed' },
      lost: { text: '晚到的字' },
    });
    expect(closed.after({ type: 'reopen' }).record).toMatchObject({ state: 'draft', noRecordReason: null });
  });

  it('is for drafts only', () => {
    expect(code(registered().when({ type: 'mark-no-record', reason: 'test' }))).toBe('record-not-draft');
  });

  it('voids with a reason and keeps the number, also when it comes back', () => {
    const voided = registered().after({ type: 'void', reason: '重复登记' });
    expect(voided.record).toMatchObject({ state: 'void', number: NUMBER_1, voidReason: '重复登记' });
    expect(code(voided.when({ type: 'void', reason: '再' }))).toBe('record-already-void');
    expect(voided.after({ type: 'reopen' }).record).toMatchObject({ state: 'registered', number: NUMBER_1 });
  });

  it('refuses a void without a reason and a reopening of what is open', () => {
    expect(code(registered().when({ type: 'void', reason: '' }))).toBe('reason-needed');
    expect(code(registered().when({ type: 'reopen' }))).toBe('record-open');
  });
});

describe('a form by hand', () => {
  it('opens with the time, the person and no call', () => {
    const { record } = given().after(byHand);
    expect(record).toMatchObject({ id: RECORD, room: 'room-1', call: null, byHand: true, touched: true });
    expect(record.fields).toMatchObject({ callTime: { value: '2000' }, recorder: { value: '张某' } });
  });

  it('has an id of its own', () => {
    expect(code(given(opened()).when(byHand))).toBe('record-exists');
  });

  it.each(['', '1', '../../x', `${RECORD}\0`, RECORD.toUpperCase().replace('0190', 'ZZZZ')])(
    'refuses the id %j',
    (record) => {
      expect(code(given().when({ ...byHand, record } as typeof byHand))).toBe('record-id-malformed');
    },
  );
});

it('refuses everything about a record that does not exist', () => {
  for (const command of [patch('content', 'x', 0), register, { type: 'reopen' } as const]) {
    expect(code(given().when(command))).toBe('record-unknown');
  }
});
