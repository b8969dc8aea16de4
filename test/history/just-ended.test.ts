/** Calls at the edges of a gap: one ends a second before somebody listens again, one lives in the very second in which it began. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { backfill } from '../../src/history/backfill.ts';
import { createCsvReader } from '../../src/history/csv.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { OFFICE, PBX, RULES } from '../storage/office.ts';
import { NOON } from '../storage/telling.ts';

const A_MINUTE = 60_000;
const begun = NOON / 1_000;
const [CALL, PHONE] = [`${begun}.1`, `${begun}.2`];
type Row = readonly [event: string, after: number, id: string, channel: string, exten?: string];
const WHOLE: readonly Row[] = [
  ['CHAN_START', 0, CALL, 'PJSIP/telco-1', '2030000'],
  ['CHAN_START', 1, PHONE, 'PJSIP/1001-2'],
  ['ANSWER', 4, PHONE, 'PJSIP/1001-2'],
  ['HANGUP', 60, PHONE, 'PJSIP/1001-2'],
  ['CHAN_END', 60, PHONE, 'PJSIP/1001-2'],
  ['HANGUP', 60, CALL, 'PJSIP/telco-1'],
  ['CHAN_END', 60, CALL, 'PJSIP/telco-1'],
  ['LINKEDID_END', 60, CALL, 'PJSIP/telco-1'],
];
const folder = mkdtempSync(join(tmpdir(), 'dutyline-just-ended-'));
let stores = 0;
afterAll(() => rmSync(folder, { recursive: true }));

function row([event, after, id, channel, exten = 's']: Row): string {
  const texts = [event, `${begun + after}.0`, '', '09548887777', '', '', exten, 'in', channel, '', ''];
  return `${[...texts, id, CALL, '', ''].map((text) => `"${text}"`).join(',')}\n`;
}

async function lookedAt(
  kept: readonly Row[],
  gap: { readonly from: number; readonly to: number; readonly offsetMs: number },
) {
  stores += 1;
  const cel = join(folder, `cel-${stores}.csv`);
  writeFileSync(cel, kept.map(row).join(''));
  const store = await openStore({ database: join(folder, `calls-${stores}.db`), rules: RULES });
  await store.write([{ type: 'office-import', office: OFFICE, at: 0 }]);
  const [line] = OFFICE.lines;
  if (line === undefined) throw new Error('no line');
  const result = await backfill({
    store,
    async write(work) {
      const [written] = await store.write([work]);
      if (written === undefined) throw new Error('no answer');
      return written;
    },
    setup: { pbx: PBX, trunks: ['PJSIP/telco'], lines: [line] },
    reader: createCsvReader({ cel, cdr: null, timeZone: 'UTC' }),
    pbx: PBX,
    ...gap,
    now: gap.to + 200,
    progress: () => undefined,
  });
  await store.close();
  return result;
}

it.each([0, -3_000])(
  'is recovered at the first look, measured clock %i ms, on a machine so busy that the PBX seems late',
  async (offsetMs) => {
    const gap = { from: NOON - A_MINUTE, to: NOON + A_MINUTE + 1_000, offsetMs };
    expect(await lookedAt(WHOLE, gap)).toMatchObject({
      ok: true,
      report: { recovered: 1, notRecoverable: [] },
    });
  },
);

it('is recovered where the PBX keeps whole seconds, and it came and went in the one in which the gap began', async () => {
  const short = WHOLE.map(([event, , ...rest]): Row => [event, 0, ...rest]);
  for (const from of [NOON + 300, NOON + 999])
    expect(await lookedAt(short, { from, to: NOON + A_MINUTE, offsetMs: 0 })).toMatchObject({
      ok: true,
      report: { recovered: 1, notRecoverable: [] },
    });
  expect(await lookedAt(short, { from: NOON + 1_000, to: NOON + A_MINUTE, offsetMs: 0 })).toMatchObject({
    ok: true,
    report: { recovered: 0 },
  });
});
