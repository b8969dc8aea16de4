import { describe, expect, it } from 'vitest';
import {
  answerItem,
  confirmAsInspected,
  type Inspection,
  mendItem,
  missingIn,
  NOTHING_SAID,
  readInspectionHead,
  signAsInspector,
} from '../../src/duty/inspection.ts';
import { byItem, INSPECTION_ITEMS, type ItemCode } from '../../src/duty/inspection-items.ts';
import { lookBack, openMendings, toLookBackAt } from '../../src/duty/inspection-mending.ts';
import type { InspectionFault } from '../../src/duty/inspection-refusal.ts';

const NOON = Date.UTC(2026, 10, 27, 4);
const DAY = 86_400_000;
const signed = { name: '王某', at: NOON };

function anInspection(id = 'i-1', given: Partial<Inspection> = {}): Inspection {
  return {
    ...{ id, unit: 'county', rooms: ['r-1'], from: NOON - 30 * DAY, to: NOON, inspectedAt: NOON },
    ...{ inspectors: '王某', answers: byItem(() => NOTHING_SAID), inspector: null, inspected: null },
    ...given,
  };
}

function ok(result: Inspection | InspectionFault): Inspection {
  if ('zh' in result) throw new Error(result.zh);
  return result;
}
const code = (result: object): string => ('code' in result ? String(result.code) : 'done');

/** All required items 符合, but for those that are given. */
function filled(
  inspection: Inspection,
  given: Partial<Record<ItemCode, Partial<Parameters<typeof answerItem>[2]>>> = {},
): Inspection {
  return INSPECTION_ITEMS.reduce((table, item) => {
    const said = given[item.code];
    if (said === undefined && !item.isRequired) return table;
    return ok(
      answerItem(table, item.code, { base: 0, situation: '', verdict: 'meets', mendBy: null, ...said }),
    );
  }, inspection);
}
const WRONG = { situation: '响铃 19 秒才接', verdict: 'to-mend', mendBy: '2026-12-01' } as const;
const signedTable = (id: string, given: Parameters<typeof filled>[1] = {}, more: Partial<Inspection> = {}) =>
  ok(signAsInspector(filled(anInspection(id, more), given), { name: '王某', at: NOON }));

describe('检查记录表', () => {
  it('is not signed before every required item is judged; items after an emergency may stay open', () => {
    expect(missingIn(anInspection()).map((one) => one.code)).toEqual([
      ...['A1', 'A2', 'A3', 'A4', 'B1', 'B2', 'B3', 'B4'],
    ]);
    expect(code(signAsInspector(anInspection(), signed))).toBe('inspection-incomplete');
    expect(ok(signAsInspector(filled(anInspection()), signed)).inspector).toEqual(signed);
  });

  it('wants words for what is wrong and a day for what is to be mended', () => {
    const silent = filled(anInspection(), { B1: { verdict: 'fails' } });
    expect(missingIn(silent)).toEqual([{ code: 'B1', what: 'situation' }]);
    const endless = filled(anInspection(), { B1: { ...WRONG, mendBy: null } });
    expect(missingIn(endless)).toEqual([{ code: 'B1', what: 'mend-by' }]);
    expect(missingIn(filled(anInspection(), { B1: WRONG }))).toEqual([]);
  });

  it('keeps what a colleague wrote meanwhile, and a 整改期限 only where something is wrong', () => {
    const table = filled(anInspection(), { B1: WRONG });
    expect(code(answerItem(table, 'B1', { ...WRONG, base: 0 }))).toBe('inspection-changed-meanwhile');
    const better = ok(answerItem(table, 'B1', { ...WRONG, verdict: 'meets', base: 1 }));
    expect(better.answers.B1).toMatchObject({ mendBy: null, revision: 2, verdict: 'meets' });
    expect(code(answerItem(table, 'A1', { ...WRONG, mendBy: '2026-02-30', base: 1 }))).toBe('inspection-day');
    const long = { ...WRONG, situation: '字'.repeat(1_001), base: 1 };
    expect(code(answerItem(table, 'A1', long))).toBe('inspection-too-long');
    const astral = { ...WRONG, situation: '𠮷'.repeat(1_000), base: 1 };
    expect(code(answerItem(table, 'A1', astral))).toBe('done');
  });

  it('is frozen once the inspector has signed, and only then confirmed by the office, once', () => {
    expect(code(confirmAsInspected(filled(anInspection()), signed))).toBe('inspection-not-signed');
    const table = signedTable('i-1');
    expect(code(answerItem(table, 'A1', { ...WRONG, base: 1 }))).toBe('inspection-signed');
    expect(code(signAsInspector(table, signed))).toBe('inspection-signed');
    const both = ok(confirmAsInspected(table, { name: '李某', at: NOON + 1 }));
    expect(both.inspected).toEqual({ name: '李某', at: NOON + 1 });
    expect(code(confirmAsInspected(both, signed))).toBe('inspection-signed');
  });

  it.each([
    ['inspection-inspector', { inspectors: ' \u200b ' }],
    ['inspection-inspector', { inspectors: '王'.repeat(61) }],
    ['inspection-rooms', { rooms: [] }],
    ['inspection-stretch', { from: NOON, to: NOON }],
    ['inspection-stretch', { from: NOON - 400 * DAY }],
    ['inspection-future', { inspectedAt: NOON + DAY }],
  ] as const)('refuses a head: %s', (wanted, given) => {
    expect(code(readInspectionHead({ ...anInspection(), ...given }, NOON))).toBe(wanted);
  });

  it('keeps the names of the inspectors on one line, and each room once', () => {
    const head = { ...anInspection(), inspectors: ' 王某、\n李某\u202e ', rooms: ['r-2', 'r-1', 'r-2'] };
    const kept = readInspectionHead(head, NOON);
    expect(kept).toMatchObject({ inspectors: '王某、 李某', rooms: ['r-1', 'r-2'] });
  });
});

describe('回头看', () => {
  const first = signedTable('i-1', { B1: WRONG, A1: { ...WRONG, verdict: 'fails', mendBy: null } });

  it('lists what is open, what is due first at the top', () => {
    expect(openMendings([first]).map((one) => one.code)).toEqual(['B1', 'A1']);
    expect(openMendings([filled(anInspection(), { B1: WRONG })])).toEqual([]);
  });

  it('keeps a thing open when the office says that it is mended, and closes it when an inspector has seen it', () => {
    const said = { text: '已增设一部话机', name: '李某', at: NOON + DAY };
    expect(code(mendItem(first, 'B1', 'reported', { ...said, text: ' ' }))).toBe('inspection-mending-text');
    expect(code(mendItem(first, 'B2', 'reported', said))).toBe('inspection-nothing-open');
    const reported = ok(mendItem(first, 'B1', 'reported', said));
    expect(openMendings([reported]).map((one) => [one.code, one.answer.mending.state])).toEqual([
      ['B1', 'reported'],
      ['A1', 'open'],
    ]);
    const seen = ok(mendItem(reported, 'B1', 'mended', said));
    expect(openMendings([seen]).map((one) => one.code)).toEqual(['A1']);
    expect(code(mendItem(seen, 'B1', 'reported', said))).toBe('inspection-nothing-open');
  });

  it('comes back in the next inspection of the same room, and is judged there', () => {
    const next = signedTable('i-2', { A1: WRONG }, { from: NOON, to: NOON + DAY });
    expect(toLookBackAt(next, [first, next]).map((one) => one.code)).toEqual(['B1', 'A1']);
    const [changed, ...more] = lookBack(next, [first]);
    expect(more).toEqual([]);
    expect(changed?.answers.B1.mending).toMatchObject({ state: 'mended', seenIn: 'i-2' });
    expect(changed?.answers.A1.mending).toMatchObject({ state: 'found-again', seenIn: 'i-2' });
    expect(openMendings([changed ?? first, next]).map((one) => [one.inspection, one.code])).toEqual([
      ['i-2', 'A1'],
    ]);
  });

  it('keeps what the office said of it, whoever closes it', () => {
    const said = { text: '已增设一部话机', name: '李某', at: NOON + DAY };
    const told = { text: '已增设一部话机', by: '李某', at: NOON + DAY };
    const reported = ok(mendItem(ok(mendItem(first, 'B1', 'reported', said)), 'A1', 'reported', said));
    const next = signedTable('i-2', { A1: WRONG }, { from: NOON, to: NOON + DAY });
    const [after] = lookBack(next, [reported]);
    expect(after?.answers.B1.mending).toMatchObject({ state: 'mended', seenIn: 'i-2', told });
    expect(after?.answers.A1.mending).toMatchObject({ state: 'found-again', seenIn: 'i-2', told });
    const seen = ok(mendItem(reported, 'B1', 'mended', { text: '看过', name: '王某', at: NOON + 2 * DAY }));
    expect(seen.answers.B1.mending).toMatchObject({ state: 'mended', text: '看过', by: '王某', told });
    expect(lookBack(next, [first])[0]?.answers.B1.mending?.told).toBeUndefined();
  });

  it('is not closed by an inspection that was held before it and signed after it', () => {
    const before = signedTable('i-0', {}, { inspectedAt: first.inspectedAt - DAY });
    expect(toLookBackAt(before, [first])).toEqual([]);
    expect(lookBack(before, [first])).toEqual([]);
  });

  it('stays open where the next inspection did not look: another room, another unit, 不适用, not signed', () => {
    const of = (given: Partial<Inspection>) => toLookBackAt(anInspection('i-2', given), [first]).length;
    expect([of({ rooms: ['r-2'] }), of({ unit: 'city' }), of({ rooms: ['r-1', 'r-2'] })]).toEqual([0, 0, 2]);
    const skipped = signedTable('i-2', {
      B1: { verdict: 'not-applicable' },
      A1: { verdict: 'not-applicable' },
    });
    expect(lookBack(skipped, [first])).toEqual([]);
    expect(lookBack(filled(anInspection('i-2')), [first])).toEqual([]);
  });
});
