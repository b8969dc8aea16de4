import { describe, expect, it } from 'vitest';
import type { EntryDraft } from '../../src/records/entry.ts';
import { PRACTICE_FIELDS, REQUIRED_TO_REGISTER } from '../../src/records/field.ts';
import type { PhoneRecord } from '../../src/records/record.ts';
import { complete, given, LI, NUMBER_1, opened } from './given.ts';

const registered = () => given(...complete()).after({ type: 'register' }, { number: NUMBER_1 });
const code = (decision: { readonly kind: string }) =>
  'refusal' in decision ? (decision.refusal as { code: string }).code : decision.kind;

function draft(kind: EntryDraft['kind'], given: Partial<EntryDraft> = {}): EntryDraft {
  const who = kind === 'proposal' || kind === 'closing' ? '' : '王局长';
  const way = kind === 'request' || kind === 'instruction' ? 'phone' : null;
  return { kind, who, text: '请即核实', way, happenedAt: null, dueAt: null, call: null, ...given };
}

let entries = 0;
function add(kind: EntryDraft['kind'], given: Partial<EntryDraft> = {}) {
  entries += 1;
  return { type: 'add-entry', entry: `e${entries}`, draft: draft(kind, given) } as const;
}

describe('the way of a registered record', () => {
  it.each([
    ['nothing', [], 'registered'],
    ['拟办', ['proposal'], 'registered'],
    ['请示', ['request'], 'in-hand'],
    ['批示', ['request', 'instruction'], 'in-hand'],
    ['交办, 反馈', ['assignment', 'feedback'], 'in-hand'],
    ['办结', ['assignment', 'feedback', 'closing'], 'done'],
    ['办结 at once', ['closing'], 'done'],
    ['a 批示 after 办结', ['closing', 'instruction'], 'in-hand'],
    ['拟办 after 办结', ['closing', 'proposal'], 'done'],
  ] as const)('after %s', (_what, kinds, state) => {
    const story = kinds.reduce((before, kind) => before.after(add(kind)), registered());
    expect(story.record.state).toBe(state);
  });

  it('goes back when what closed it is struck, and what was struck stays to be seen', () => {
    const closing = add('closing');
    const story = registered()
      .after(add('assignment'))
      .after(closing)
      .after({ type: 'withdraw-entry', entry: closing.entry, reason: '误写' }, { by: LI });
    expect(story.record.state).toBe('in-hand');
    expect(story.record.entries.at(-1)?.withdrawn).toEqual({ at: 2_000, by: LI, reason: '误写' });
  });

  it('is as far as it was when a void is taken back', () => {
    const story = registered()
      .after(add('closing'))
      .after({ type: 'void', reason: '重复' })
      .after({ type: 'reopen' });
    expect(story.record.state).toBe('done');
  });

  it('begins with the number where a 请示 was made before it', () => {
    const story = given(...complete()).after(add('request'));
    expect(story.record.state).toBe('draft');
    expect(story.after({ type: 'register' }, { number: NUMBER_1 }).record.state).toBe('in-hand');
  });
});

describe('an entry', () => {
  it.each([
    ['交办 before the number', given(opened()), add('assignment'), 'record-register-first'],
    ['nothing in it', registered(), add('closing', { text: ' \n' }), 'entry-empty'],
    ['nobody who instructs', registered(), add('instruction', { who: ' ' }), 'entry-names-nobody'],
    ['a 批示 without its way', registered(), add('instruction', { way: null }), 'entry-way'],
    ['反馈 by a way', registered(), add('feedback', { way: 'phone' }), 'entry-way'],
    [
      'a call that proves what was said face to face',
      registered(),
      add('instruction', { way: 'in-person', call: 'c' }),
      'entry-way',
    ],
    [
      'something said tomorrow',
      registered(),
      add('instruction', { happenedAt: 86_400_000 }),
      'entry-in-future',
    ],
    ['a NUL', registered(), add('proposal', { text: 'a\0' }), 'text-with-nul'],
    ['too much', registered(), add('proposal', { text: '长'.repeat(5_001) }), 'entry-too-long'],
  ] as const)('is refused for %s', (_what, story, command, refusal) => {
    expect(code(story.when(command))).toBe(refusal);
  });

  it('is refused a second time under one id, and on a closed record', () => {
    const one = add('proposal');
    expect(code(registered().after(one).when(one))).toBe('entry-exists');
    expect(code(registered().after({ type: 'void', reason: '重复' }).when(add('proposal')))).toBe(
      'record-closed',
    );
  });

  it('keeps a time limit on 交办 only', () => {
    const limits = (['assignment', 'feedback'] as const).map(
      (kind) => registered().after(add(kind, { dueAt: 9_000 })).record.entries[0]?.dueAt,
    );
    expect(limits).toEqual([9_000, null]);
  });

  it('of a leader is confirmed once, and cannot be struck after that', () => {
    const instruction = add('instruction');
    const confirm = { type: 'confirm-entry', entry: instruction.entry } as const;
    const story = registered().after(instruction).after(confirm, { by: LI });
    expect(story.record.entries[0]?.confirmed).toEqual({ at: 2_000, by: LI });
    expect(story.when(confirm)).toEqual({ kind: 'accepted', facts: [] });
    const strike = { type: 'withdraw-entry', entry: instruction.entry, reason: '误写' } as const;
    expect(code(story.when(strike))).toBe('entry-confirmed');
  });

  it('of another kind is not confirmed', () => {
    const proposal = add('proposal');
    const story = registered().after(proposal);
    expect(code(story.when({ type: 'confirm-entry', entry: proposal.entry }))).toBe('entry-not-instruction');
    expect(code(story.when({ type: 'confirm-entry', entry: 'none' }))).toBe('entry-unknown');
  });
});

describe('归档', () => {
  it('is a mark on a numbered record, and can be taken back', () => {
    expect(code(given(opened()).when({ type: 'archive', archived: true }))).toBe('record-register-first');
    const story = registered().after({ type: 'archive', archived: true });
    expect(story.record.archivedAt).toBe(2_000);
    expect(story.when({ type: 'archive', archived: true })).toEqual({ kind: 'accepted', facts: [] });
    expect(story.after({ type: 'archive', archived: false }).record.archivedAt).toBeNull();
  });
});

describe('another record', () => {
  const other = (given: Partial<PhoneRecord> = {}): PhoneRecord => ({
    ...registered().record,
    id: 'other',
    ...given,
  });

  it('is gone on with (续记), not in a circle and not in another room', () => {
    const story = given(opened());
    expect(story.after({ type: 'link', to: 'other' }, { other: other() }).record.linkedTo).toBe('other');
    const ask = (context: PhoneRecord | null) =>
      code(story.when({ type: 'link', to: 'other' }, { other: context }));
    expect(ask(null)).toBe('record-unknown');
    expect(ask(other({ room: 'room-2' }))).toBe('record-unknown');
    expect(ask(other({ linkedTo: story.record.id }))).toBe('record-linked-already');
  });

  it('takes a draft in (并入), never a numbered record', () => {
    const merge = { type: 'merge', into: 'other' } as const;
    const story = given(opened()).after(merge, { other: other() });
    expect(story.record).toMatchObject({ state: 'merged', mergedInto: 'other' });
    expect(story.after({ type: 'reopen' }).record).toMatchObject({ state: 'draft', mergedInto: null });
    expect(code(registered().when(merge, { other: other() }))).toBe('record-merge-draft');
    expect(code(given(opened()).when(merge, { other: other({ state: 'void' }) }))).toBe('record-unknown');
  });
});

it('no item of practice is asked for before a number is given', () => {
  expect(PRACTICE_FIELDS.filter((field) => REQUIRED_TO_REGISTER.includes(field))).toEqual([]);
});
