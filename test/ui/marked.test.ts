import { describe, expect, it } from 'vitest';
import {
  markedRecords,
  mayMark,
  NONE_MARKED,
  putAside,
  stillMarked,
  stretched,
  toggled,
} from '../../src/ui/marked.ts';
import type { WorkItem } from '../../src/ui/work-items.ts';
import { aCall, aRecord } from './views.ts';

function row(id: string, over: Partial<WorkItem> = {}): WorkItem {
  const record = aRecord(id);
  return {
    key: `record:${id}`,
    selected: { kind: 'record', id },
    call: null,
    record,
    at: 1,
    need: 'draft',
    ...over,
  };
}

const [a, b, c] = [row('a'), row('b'), row('c')];
const done = row('done', { record: { ...aRecord('done'), state: 'registered' } });

describe('rows chosen together', () => {
  it('Space chooses and takes back, Shift with an arrow chooses both ends', () => {
    expect([...toggled(toggled(NONE_MARKED, a), b)]).toEqual([a.key, b.key]);
    expect([...toggled(new Set([a.key]), a)]).toEqual([]);
    expect([...stretched(stretched(NONE_MARKED, a, b), b, c)]).toEqual([a.key, b.key, c.key]);
    expect([...stretched(NONE_MARKED, undefined, a)]).toEqual([a.key]);
  });

  it('only drafts whose call is over can be chosen', () => {
    const ringing = row('r', { call: aCall('r', { phase: 'ringing', outcome: null }) });
    const shut = row('s', { record: { ...aRecord('s'), shut: 'isolated' } });
    const bare = row('n', { record: null, call: aCall('n') });
    expect([a, done, ringing, shut, bare].map(mayMark)).toEqual([true, false, false, false, false]);
    expect([...stretched(toggled(NONE_MARKED, done), done, a)]).toEqual([a.key]);
  });

  it('what was registered meanwhile is no longer among them', () => {
    const marked = new Set([b.key, a.key, done.key, 'record:gone']);
    expect(markedRecords(marked, [a, b, c, done])).toEqual(['a', 'b']);
  });

  it('what was put aside is no longer chosen when it comes back', () => {
    const marked = new Set([a.key, b.key]);
    const aside = row('a', { record: { ...aRecord('a'), state: 'no-record' } });
    expect([...stillMarked(marked, [aside, b])]).toEqual([b.key]);
    expect(stillMarked(marked, [a, b, c])).toBe(marked);
  });

  it('撤销 brings back only what is still put aside', () => {
    const records = new Map([
      ['a', { state: 'no-record' as const }],
      ['b', { state: 'draft' as const }],
    ]);
    expect(putAside(['a', 'b', 'gone'], records)).toEqual(['a']);
  });
});
