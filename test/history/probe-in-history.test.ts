/** What a PBX kept of our own probes is no call of the office, neither after a gap nor in the night. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { ExpectedProbe } from '../../src/calls/probe-arrival.ts';
import type { ProbeFact, ProbeOrder } from '../../src/diagnosis/probe.ts';
import { backfill } from '../../src/history/backfill.ts';
import { createCsvReader } from '../../src/history/csv.ts';
import { probesThatCameIn } from '../../src/service/probe-history.ts';
import { newId } from '../../src/storage/new-id.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import { done } from '../storage/back-ends.ts';
import { OFFICE, PBX, RULES } from '../storage/office.ts';
import { answeredCall, NOON } from '../storage/telling.ts';

const A_MINUTE = 60_000;
const OURS = '09542039001';
const begun = NOON / 1_000;
const folder = mkdtempSync(join(tmpdir(), 'dutyline-probe-in-history-'));
const [line] = OFFICE.lines;
afterAll(() => rmSync(folder, { recursive: true }));

/** A call that rings the phone of the line from `at` on, for `seconds`. */
function rang(serial: number, at: number, seconds: number, caller: string): string {
  const [call, phone] = [`${begun}.${serial}`, `${begun}.${serial + 1}`];
  const row = (event: string, after: number, id: string, channel: string, exten = 's') => {
    const texts = [event, `${begun + after}.0`, '', caller, '', '', exten, 'in', channel, '', ''];
    return `${[...texts, id, call, '', ''].map((text) => `"${text}"`).join(',')}\n`;
  };
  return [
    row('CHAN_START', at, call, `PJSIP/telco-${serial}`, '2030000'),
    row('CHAN_START', at + 1, phone, `PJSIP/1001-${serial}`),
    row('HANGUP', at + seconds, phone, `PJSIP/1001-${serial}`),
    row('CHAN_END', at + seconds, phone, `PJSIP/1001-${serial}`),
    row('HANGUP', at + seconds, call, `PJSIP/telco-${serial}`),
    row('CHAN_END', at + seconds, call, `PJSIP/telco-${serial}`),
    row('LINKEDID_END', at + seconds, call, `PJSIP/telco-${serial}`),
  ].join('');
}

const order: ProbeOrder = {
  ...{ id: newId(), line: line?.id ?? '', number: '2030000', round: null, scope: 'always', pbx: PBX },
  ...{ trunk: 'PJSIP/out1', ringMs: 14_000, occupier: null },
};
const asked: ProbeFact = { kind: 'probe-asked', at: NOON - 1_000, order, askedBy: null };
const placed: ProbeFact = { kind: 'probe-placed', at: NOON };
/** Within a second of which the history keeps the begin alone. */
const placedLate: ProbeFact = { kind: 'probe-placed', at: NOON + 300 };
const askedLate = (more: Partial<ProbeOrder>): ProbeFact => ({ ...asked, order: { ...order, ...more } });
const OCCUPIER = { id: newId(), trunk: 'PJSIP/out2', shows: ['0954-2039002'] };
const WAITED = 15 * A_MINUTE;
const occupied: ProbeFact = { kind: 'probe-occupier-placed', at: NOON };
const ended: ProbeFact = {
  kind: 'probe-ended',
  at: NOON + 15_000,
  ending: 'timed-out',
  cause: 19,
  sip: null,
};

const stretch = { pbx: PBX, from: NOON - A_MINUTE, to: NOON + 2 * A_MINUTE };
const trunks = [{ pbx: PBX, trunk: 'PJSIP/out1', shows: ['0954-2039001'], prefix: '' }];

function backfilled(store: Store, cel: string, offsetMs: number, expected: readonly ExpectedProbe[]) {
  if (line === undefined) throw new Error('no line');
  return backfill({
    ...{ store, ...stretch, offsetMs, expected },
    async write(work) {
      const [written] = await store.write([work]);
      if (written === undefined) throw new Error('no answer');
      return written;
    },
    setup: { pbx: PBX, trunks: ['PJSIP/telco'], lines: [line] },
    reader: createCsvReader({ cel, cdr: null, timeZone: 'UTC' }),
    now: NOON + 10 * A_MINUTE,
    progress: () => undefined,
  });
}

it.each([
  ['a probe that ended', [asked, placed, ended], [rang(1, 1, 14, OURS)], 0],
  ['a probe that a kill interrupted', [asked, placed], [rang(1, 1, 14, OURS)], 0],
  [
    'a real call in its seconds',
    [asked, placed, ended],
    [rang(1, 1, 14, OURS), rang(5, 3, 9, '13900001111')],
    1,
  ],
  [
    'a second call with our own number: one is no probe',
    [asked, placed, ended],
    [rang(1, 1, 14, OURS), rang(5, 2, 9, OURS)],
    1,
  ],
  ['a call with our number that went on', [asked, placed, ended], [rang(1, 1, 40, OURS)], 1],
  ['a call with our number at another time', [asked, placed, ended], [rang(1, 30, 9, OURS)], 1],
  ['a probe that was never placed', [asked], [rang(1, 1, 14, OURS)], 1],
  ['a probe in a history of whole seconds', [asked, placedLate, ended], [rang(1, 0, 14, OURS)], 0],
  [
    'a probe by a trunk that was taken out of the configuration since',
    [askedLate({ trunk: 'PJSIP/old', shows: ['0954-2039001'] }), placed, ended],
    [rang(1, 1, 14, OURS)],
    0,
  ],
  [
    'the call that kept a line busy, after it had waited for its turn, when a kill interrupted it',
    [{ ...askedLate({ occupier: OCCUPIER }), at: NOON - WAITED }, occupied],
    [rang(1, 1, 14, '09542039002')],
    0,
  ],
] as const)('%s', async (name, facts, rows, calls) => {
  const file = join(folder, `${name.replaceAll(/\W/g, '-')}.csv`);
  writeFileSync(file, rows.join(''));
  const store = await openStore({ database: `${file}.db`, rules: RULES });
  await store.write([{ type: 'office-import', office: OFFICE, at: 0 }]);
  await store.write([{ type: 'probe-facts', probe: order.id, facts }]);
  const result = await backfilled(store, file, 0, await probesThatCameIn(store, { trunks }, OFFICE, stretch));
  await store.close();
  expect(result).toMatchObject({ ok: true, report: { recovered: calls, notRecoverable: [] } });
});

it.each([7_000, -7_000])(
  'a probe on a PBX whose clock is wrong by %i ms, as the last live call knew',
  async (offsetMs) => {
    const file = join(folder, `clock${offsetMs}.csv`);
    const at = 1 + offsetMs / 1_000;
    writeFileSync(file, [rang(1, at, 14, OURS), rang(5, at + 40, 9, '13900001111')].join(''));
    const store = await openStore({ database: `${file}.db`, rules: RULES });
    await done(store, { type: 'office-import', office: OFFICE, at: 0 });
    await done(store, { type: 'probe-facts', probe: order.id, facts: [asked, placed, ended] });
    expect(await store.clockOffset(PBX, stretch.to)).toBeNull();
    for (const step of answeredCall('1.1', NOON - 3_600_000)) await done(store, { ...step, offsetMs });
    const known = await store.clockOffset(PBX, stretch.to);
    expect(known).toBe(offsetMs);
    const expected = await probesThatCameIn(store, { trunks }, OFFICE, stretch);
    const result = await backfilled(store, file, known ?? 0, expected);
    expect(result).toMatchObject({ ok: true, report: { recovered: 1, notOurs: 1 } });
    // What was read from history knows no more of the clock than it was told.
    expect(await store.clockOffset(PBX, NOON + A_MINUTE)).toBe(offsetMs);
    expect(await store.clockOffset('other', stretch.to)).toBeNull();
    await store.close();
  },
);
