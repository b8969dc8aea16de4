import { describe, expect, it } from 'vitest';
import { inOrder } from '../../src/records/entry.ts';
import { EMPTY_ENTRY, entryOf, handleChoices, otherRecords, provingCalls } from '../../src/ui/timeline.ts';
import type { EntryView } from '../../src/web/protocol/record-view.ts';
import { aCall, aField, aRecord } from './views.ts';

const NOW = new Date(2026, 10, 26, 15, 0).getTime();
const at = (hour: number, minute: number, day = 26) => new Date(2026, 10, day, hour, minute).getTime();
const proof = aCall('out', { direction: 'outbound', answeredAt: at(14, 2), startedAt: at(14, 1) });
const calls = new Map([[proof.id, proof]]);

describe('what can be done with a record', () => {
  const choices = (over: object) => handleChoices({ ...aRecord('r'), ...over });

  it('a draft has 拟办 and 请示, and may go into another record', () => {
    expect(choices({})).toEqual(['proposal', 'request', 'link', 'merge', 'history']);
    expect(choices({ linkedTo: 'x' })).toContain('unlink');
  });

  it('with a number it has all six, 归档 and back', () => {
    expect(choices({ state: 'in-hand' })).toEqual([
      'proposal',
      'request',
      'instruction',
      'assignment',
      'feedback',
      'closing',
      'link',
      'archive',
      'history',
    ]);
    expect(choices({ state: 'done', archivedAt: 1 })).toContain('unarchive');
  });

  it.each(['void', 'no-record', 'merged'] as const)('%s can only be looked at', (state) => {
    expect(choices({ state })).toEqual(['history']);
  });
});

describe('an entry as it is typed', () => {
  const typed = { ...EMPTY_ENTRY, who: ' 王县长 ', text: '请水务局立即抢修。 ' };

  it('a 批示 by telephone takes its time from the call that proves it', () => {
    expect(entryOf('instruction', { ...typed, call: 'out' }, calls, NOW)).toEqual({
      draft: {
        kind: 'instruction',
        who: '王县长',
        text: '请水务局立即抢修。',
        way: 'phone',
        happenedAt: at(14, 2),
        dueAt: null,
        call: 'out',
      },
    });
  });

  it('a written time goes before, and another way has no call', () => {
    const made = entryOf(
      'instruction',
      { ...typed, call: 'out', way: 'written', time: '昨天 21:10' },
      calls,
      NOW,
    );
    expect(made).toMatchObject({ draft: { way: 'written', call: null, happenedAt: at(21, 10, 25) } });
  });

  it('names the box that is not right, the first one first', () => {
    expect(entryOf('instruction', { ...typed, who: ' ', text: '' }, calls, NOW)).toEqual({ trouble: 'who' });
    expect(entryOf('feedback', { ...typed, text: ' ' }, calls, NOW)).toEqual({ trouble: 'text' });
    for (const time of ['25:00', '11-26 15:30'])
      expect(entryOf('closing', { ...typed, time }, calls, NOW)).toEqual({ trouble: 'time' });
    expect(entryOf('assignment', { ...typed, due: '很快' }, calls, NOW)).toEqual({ trouble: 'due' });
  });

  it('a limit lies ahead; nobody is named where nobody is asked', () => {
    const due = (text: string) => entryOf('assignment', { ...typed, due: text }, calls, NOW);
    expect(due('18:00')).toMatchObject({ draft: { dueAt: at(18, 0), way: null } });
    expect(due('9:00')).toMatchObject({ draft: { dueAt: at(9, 0, 27) } });
    expect(due('11-28 9:00')).toMatchObject({ draft: { dueAt: at(9, 0, 28) } });
    expect(entryOf('closing', typed, calls, NOW)).toMatchObject({
      draft: { who: '', way: null, dueAt: null },
    });
  });
});

it('entries are read as they happened, whenever they were written down', () => {
  const entry = (id: string, written: number, happenedAt: number | null): EntryView => ({
    ...{
      id,
      at: written,
      happenedAt,
      kind: 'feedback',
      who: '',
      text: '',
      way: null,
      dueAt: null,
      call: null,
    },
    ...{ by: null, confirmed: null, withdrawn: null },
  });
  const read = inOrder([entry('late', 30, 5), entry('first', 1, null), entry('second', 40, 20)]);
  expect(read.map(({ id }) => id)).toEqual(['first', 'late', 'second']);
});

it('only answered calls that went out prove a 批示, the newest first', () => {
  const other = aCall('later', { direction: 'outbound', answeredAt: 9, startedAt: at(14, 30) });
  const not = [
    aCall('in', { answeredAt: 5 }),
    aCall('busy', { direction: 'outbound' }),
    aCall('shut', { direction: 'outbound', answeredAt: 5, shut: 'isolated' }),
  ];
  expect(provingCalls([proof, ...not, other]).map(({ id }) => id)).toEqual(['later', 'out']);
});

it('offers records of the same number first; none that is over, none later than the record for 关联', () => {
  const one = (id: string, number: string, over: object) => ({
    ...aRecord(id, { callerNumber: aField(number, 1) }),
    ...over,
  });
  const mine = one('mine', '0954-2035678', { openedAt: 50 });
  const records = [
    mine,
    one('other', '139 0954 0001', { openedAt: 40, number: '2号' }),
    one('same', '2035678', { openedAt: 10, number: '1号', state: 'registered' }),
    one('draft', '2035678', { openedAt: 20 }),
    one('later', '2035678', { openedAt: 60, number: '3号' }),
    one('void', '2035678', { openedAt: 5, number: '4号', state: 'void' }),
  ];
  expect(otherRecords(mine, records, 'link').map(({ id }) => id)).toEqual(['same', 'other']);
  expect(otherRecords(mine, records, 'merge').map(({ id }) => id)).toEqual([
    'later',
    'draft',
    'same',
    'other',
  ]);
});
