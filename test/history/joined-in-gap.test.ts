/** A known call goes on through a gap, and in it a call that nobody saw becomes part of it: that one is recovered, once. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { backfill } from '../../src/history/backfill.ts';
import { createCsvReader } from '../../src/history/csv.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import { OFFICE, PBX, RULES } from '../storage/office.ts';
import { NOON, telling } from '../storage/telling.ts';

const begun = NOON / 1_000;
/** Seen live until the gap; and a second call of the same phone, which is transferred into the first. */
const [SEEN, UNSEEN] = [`${begun}.1`, `${begun + 60}.7`];
const folder = mkdtempSync(join(tmpdir(), 'dutyline-joined-gap-'));
let store: Store;
beforeAll(async () => {
  store = await openStore({ database: join(folder, 'calls.db'), rules: RULES });
  const call = telling(SEEN);
  await store.write([
    { type: 'office-import', office: OFFICE, at: 0 },
    call.arrives(),
    call.dials(),
    call.rings(),
    call.isAnswered(),
  ]);
  writeFileSync(join(folder, 'cel.csv'), kept());
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function row(
  event: string,
  after: number,
  id: string,
  linkedid: string,
  channel: string,
  exten = 's',
): string {
  const texts = [event, `${begun + after}.0`, '', '09548887777', '', '', exten, 'in', channel, '', ''];
  return `${[...texts, id, linkedid, '', ''].map((text) => `"${text}"`).join(',')}\n`;
}

function kept(): string {
  const [trunk, phone, second] = ['PJSIP/telco-1', 'PJSIP/1001-2', 'PJSIP/telco-7'];
  return [
    row('CHAN_START', 1, SEEN, SEEN, trunk, '2030000'),
    row('CHAN_START', 2, `${SEEN}-1001`, SEEN, phone),
    row('CHAN_START', 60, UNSEEN, UNSEEN, second, '2030000'),
    // Brought together: from here on its channel has the older Linkedid.
    row('BRIDGE_ENTER', 70, UNSEEN, SEEN, second),
    row('HANGUP', 80, UNSEEN, SEEN, second),
    row('CHAN_END', 80, UNSEEN, SEEN, second),
    row('HANGUP', 81, `${SEEN}-1001`, SEEN, phone),
    row('CHAN_END', 81, `${SEEN}-1001`, SEEN, phone),
    row('HANGUP', 82, SEEN, SEEN, trunk),
    row('CHAN_END', 82, SEEN, SEEN, trunk),
    row('LINKEDID_END', 82, SEEN, SEEN, trunk),
  ].join('');
}

async function factsOf(linkedid: string) {
  const { facts } = await store.keptForRestore(PBX, NOON + 100_000);
  return facts.filter((fact) => fact.linkedid === linkedid);
}

function recover() {
  const [line] = OFFICE.lines;
  if (line === undefined) throw new Error('no line');
  return backfill({
    store,
    async write(work) {
      const [result] = await store.write([work]);
      if (result === undefined) throw new Error('no answer');
      return result;
    },
    setup: { pbx: PBX, trunks: ['PJSIP/telco'], lines: [line] },
    reader: createCsvReader({ cel: join(folder, 'cel.csv'), cdr: null, timeZone: 'UTC' }),
    pbx: PBX,
    from: NOON + 30_000,
    to: NOON + 120_000,
    now: NOON + 3_600_000,
    offsetMs: 0,
    progress: () => undefined,
  });
}

it('the call that joined a known one in the gap is there, marked, and the known one is not written again', async () => {
  const before = await factsOf(SEEN);
  expect(before).toHaveLength(4);
  const first = await recover();
  expect(first).toMatchObject({ ok: true, report: { recovered: 1, alreadyKnown: 0, notRecoverable: [] } });
  expect(await store.recoveredCalls(PBX, [SEEN, UNSEEN])).toEqual(new Set([UNSEEN]));
  expect(await factsOf(SEEN)).toEqual(before);
  const again = await recover();
  expect(again).toMatchObject({ ok: true, report: { recovered: 0, recoveredBefore: 1, notRecoverable: [] } });
});
