/** A call ends, a second later somebody listens again, on a machine so busy that the PBX's clock seems to be seconds late. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { backfill } from '../../src/history/backfill.ts';
import { createCsvReader } from '../../src/history/csv.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { OFFICE, PBX, RULES } from '../storage/office.ts';
import { NOON } from '../storage/telling.ts';

const A_MINUTE = 60_000;
const begun = NOON / 1_000;
const [CALL, PHONE] = [`${begun}.1`, `${begun}.2`];
const folder = mkdtempSync(join(tmpdir(), 'dutyline-just-ended-'));
beforeAll(() => {
  writeFileSync(
    join(folder, 'cel.csv'),
    [
      row('CHAN_START', 0, CALL, 'PJSIP/telco-1', '2030000'),
      row('CHAN_START', 1, PHONE, 'PJSIP/1001-2'),
      row('ANSWER', 4, PHONE, 'PJSIP/1001-2'),
      row('HANGUP', 60, PHONE, 'PJSIP/1001-2'),
      row('CHAN_END', 60, PHONE, 'PJSIP/1001-2'),
      row('HANGUP', 60, CALL, 'PJSIP/telco-1'),
      row('CHAN_END', 60, CALL, 'PJSIP/telco-1'),
      row('LINKEDID_END', 60, CALL, 'PJSIP/telco-1'),
    ].join(''),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

function row(event: string, after: number, id: string, channel: string, exten = 's'): string {
  const texts = [event, `${begun + after}.0`, '', '09548887777', '', '', exten, 'in', channel, '', ''];
  return `${[...texts, id, CALL, '', ''].map((text) => `"${text}"`).join(',')}\n`;
}

it.each([0, -3_000])('is recovered at the first look, measured clock %i ms', async (offsetMs) => {
  const store = await openStore({ database: join(folder, `calls${offsetMs}.db`), rules: RULES });
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
    reader: createCsvReader({ cel: join(folder, 'cel.csv'), cdr: null, timeZone: 'UTC' }),
    pbx: PBX,
    from: NOON - A_MINUTE,
    to: NOON + A_MINUTE + 1_000,
    now: NOON + A_MINUTE + 1_200,
    offsetMs,
    progress: () => undefined,
  });
  await store.close();
  expect(result).toMatchObject({ ok: true, report: { recovered: 1, notRecoverable: [] } });
});
