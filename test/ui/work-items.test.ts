import { describe, expect, it } from 'vitest';
import { emptyDesk } from '../../src/ui/desk-state.ts';
import { saidNumber } from '../../src/ui/saying.ts';
import {
  earlierCalls,
  liveCalls,
  mustCallBack,
  newestCall,
  opened,
  otherSide,
  search,
  workList,
} from '../../src/ui/work-items.ts';
import type { CallView } from '../../src/web/protocol/call-view.ts';
import type { RecordView } from '../../src/web/protocol/record-view.ts';
import { aCall, aField, aRecord } from './views.ts';

function desk(calls: readonly CallView[], records: readonly RecordView[] = []) {
  return {
    ...emptyDesk('tab'),
    calls: new Map(calls.map((call) => [call.id, call])),
    records: new Map(records.map((record) => [record.id, record])),
  };
}

const WAITING = { since: 1_000, level: 0, claimedBy: null, closed: null };
const missed = aCall('missed', { outcome: 'missed', startedAt: 1_000, record: 'rm', callback: WAITING });
const elsewhere = { ...missed.caller, number: '09512060001' };

describe('待处理', () => {
  it('holds who must be called back, before drafts, the longest waiting first', () => {
    const state = desk(
      [
        aCall('new', { startedAt: 9_000, record: 'rn', caller: elsewhere }),
        aCall('old', { startedAt: 100, record: 'ro' }),
        missed,
      ],
      [aRecord('rn'), aRecord('ro'), aRecord('rm')],
    );
    expect(workList(state).open.map((item) => item.key)).toEqual(['call:missed', 'call:old', 'call:new']);
  });

  it('what lives stands above everything that waits', () => {
    const live = aCall('live', { phase: 'ringing', outcome: null, startedAt: 9_000, record: 'rl' });
    const state = desk([missed, live], [aRecord('rl'), aRecord('rm')]);
    expect(workList(state).open.map((item) => item.key)).toEqual(['call:live', 'call:missed']);
  });

  it('a missed caller leaves it when the service says that he was reached, or when his form is decided', () => {
    const reached = { at: 2_000, how: 'called-back', call: 'out', by: null, reason: null } as const;
    expect(mustCallBack(missed)).toBe(true);
    expect(mustCallBack({ callback: { ...WAITING, closed: reached } })).toBe(false);
    expect(mustCallBack({ callback: null })).toBe(false);
    const done: RecordView = { ...aRecord('rm'), state: 'no-record' };
    expect(workList(desk([missed], [done])).open).toEqual([]);
  });

  it('a draft of a call that went out is no work until somebody types in it', () => {
    const call = aCall('out', { direction: 'outbound', record: 'r' });
    const draft: RecordView = { ...aRecord('r'), direction: 'outbound' };
    expect(workList(desk([call], [draft])).open).toEqual([]);
    const typed: RecordView = { ...draft, fields: { ...draft.fields, content: aField('x', 1, '张某') } };
    expect(workList(desk([call], [typed])).open).toHaveLength(1);
  });
});

describe('今日通话', () => {
  it('shows joined calls once and records without a call too', () => {
    const state = desk(
      [aCall('a'), aCall('b', { joinedTo: 'a' })],
      [{ ...aRecord('h'), state: 'registered' }],
    );
    expect(workList(state).today.map((item) => item.key)).toEqual(['call:a', 'record:h']);
  });
});

describe('search', () => {
  const record = aRecord('r', { content: aField('开城镇滑坡', 1) });
  const { today } = workList(desk([aCall('a', { record: 'r' })], [{ ...record, state: 'done' }]));

  it.each(['开城', '0954-2088', '2088110', ' 滑坡 '])('finds by %j', (text) => {
    expect(search(today, text)).toHaveLength(1);
  });

  it.each(['吉强', '7777777', '-'])('does not find by %j', (text) => {
    expect(search(today, text)).toHaveLength(0);
  });
});

describe('calls', () => {
  it('that live stand newest first; F2 opens a living one before a later ended one', () => {
    const calls = [
      aCall('a', { phase: 'talking', startedAt: 1 }),
      aCall('b', { phase: 'ringing', startedAt: 2 }),
      aCall('c', { startedAt: 3 }),
    ];
    expect(liveCalls(desk(calls)).map((call) => call.id)).toEqual(['b', 'a']);
    expect(newestCall(desk(calls))?.id).toBe('b');
    expect(newestCall(desk([]))).toBeNull();
  });

  it('joined to an older one open that one', () => {
    const state = desk([aCall('a', { record: 'r' }), aCall('b', { joinedTo: 'a' })], [aRecord('r')]);
    const shown = opened({ ...state, selected: { kind: 'call', id: 'b' } });
    expect([shown.call?.id, shown.record?.id]).toEqual(['a', 'r']);
  });

  it('that are gone leave the form empty', () => {
    expect(opened({ ...desk([]), selected: { kind: 'call', id: 'x' } })).toEqual({
      call: null,
      record: null,
    });
  });
});

describe('a number that is not shown', () => {
  const withheld = { ...missed.caller, number: 'anonymous', shown: null };
  const one = aCall('one', { caller: withheld, startedAt: 1_000 });
  const other = aCall('other', { caller: withheld, startedAt: 2_000 });

  it('is said, not spelled', () => {
    expect(saidNumber(one)).toBe('未显示号码');
  });

  it('is nobody’s: another who withholds his is not the same caller', () => {
    expect(earlierCalls(other, desk([one, other]))).toEqual([]);
    expect(otherSide(other)).toBeNull();
  });
});
