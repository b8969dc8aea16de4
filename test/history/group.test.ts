import { describe, expect, it } from 'vitest';
import type { CelRow } from '../../src/history/cel-row.ts';
import { groupRows } from '../../src/history/group.ts';

const row = (linkedId: string, uniqueId: string, at = 0): CelRow => ({
  eventType: 'CHAN_START',
  at,
  uniqueId,
  linkedId,
  channel: '',
  exten: '',
  context: '',
  cidNum: '',
  cidName: '',
  cidRdnis: '',
  cidDnid: '',
  appName: '',
  appData: '',
  peer: '',
  extra: '',
});

const linked = (rows: readonly CelRow[]) => groupRows(rows).map((group) => group.linkedIds);

describe('rows of one call', () => {
  it.each([
    ['nothing', [], []],
    ['two calls without a common channel', [row('A', '1'), row('B', '2')], [['A'], ['B']]],
    ['two Linkedids of one channel', [row('A', '1'), row('B', '1')], [['A', 'B']]],
    [
      'A and B that only C ties together',
      [row('A', '1'), row('B', '2'), row('C', '1'), row('C', '2')],
      [['A', 'B', 'C']],
    ],
    ['a Linkedid that is also the Uniqueid of another call', [row('1', '2'), row('3', '1')], [['1'], ['3']]],
  ])('%s', (_name, rows, expected) => {
    expect(linked(rows)).toEqual(expected);
  });

  it('stand in order of time, those of one moment as they were written', () => {
    const [group] = groupRows([row('A', '3', 2), row('A', '1', 1), row('A', '2', 1)]);
    expect(group?.uniqueIds).toEqual(['1', '2', '3']);
  });

  it('are put together for a chain of 50,000 transfers', () => {
    const rows = Array.from({ length: 50_000 }, (_, n) => [
      row(`l${n}`, `${n}`),
      row(`l${n}`, `${n + 1}`),
    ]).flat();
    expect(groupRows(rows)).toHaveLength(1);
  });
});
