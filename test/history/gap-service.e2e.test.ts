/** The whole service is stopped, people go on telephoning, it is started again: their calls are there, marked, with sound. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Call } from '../../src/calls/call.ts';
import { summaryOf } from '../../src/calls/summary.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { storiesFor } from '../bed/scenarios/all-stories.ts';
import { playStory } from '../bed/scenarios/play-story.ts';
import type { CallTruth } from '../bed/scenarios/story.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';

const STORIES = [
  'inbound-recorded-by-dialplan',
  'inbound-abandoned',
  'transfer-blind',
  'forward-302',
  'queue-answered',
];

let office: Office;
let service: ServiceProcess;
const truth: CallTruth[] = [];

beforeAll(async () => {
  office = await startOffice();
  service = await startService({
    office,
    recording: 'pbx',
    history: { csv: { cel: join(office.pbx.folders.log, 'cel-custom/Master.csv') } },
  });
  await service.watching();
  const seen = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await seen.reached('answered');
  seen.hangUp();
  await eventually(() => rows('select id from calls where ended_at is not null'), 1);
  await service.stop();
  for (const story of storiesFor(22, 'plain').filter(({ name }) => STORIES.includes(name))) {
    truth.push(...(await playStory(office, story)).truth.calls);
  }
  await service.start();
  await service.watching();
}, 120_000);

afterAll(async () => {
  await service.dispose();
  await office.stop();
});

it('recovers every call of the gap once, with a draft each and the sound that the PBX kept', async () => {
  const [report] = await eventually(() => rows('select * from gap_reports where recovered > 0'), 1);
  expect(report).toMatchObject({ pbx: 'main', recovered: truth.length, not_recoverable: 0 });
  const calls = rows('select * from calls where joined_to is null order by started_at');
  const recovered = calls.filter((call) => JSON.parse(String(call.call_json)).begin === 'history');
  expect(calls.length).toBe(truth.length + 1);
  expect(recovered.map((call) => summaryOf(JSON.parse(String(call.call_json)) as Call).outcome)).toEqual(
    truth.map((call) => call.expect.outcome),
  );
  const drafts = rows('select call_id from records').map((record) => record.call_id);
  expect(recovered.filter((call) => drafts.includes(call.id)).length).toBe(truth.length);
  const sounds = await eventually(
    () =>
      rows("select call_id from recordings where state = 'attached' and call_id is not null").filter(
        ({ call_id }) => recovered.some(({ id }) => id === call_id),
      ),
    1,
  );
  expect(sounds.length).toBeGreaterThan(0);
}, 60_000);

function rows(sql: string): readonly Record<string, unknown>[] {
  const database = new Database(service.database, { readonly: true });
  try {
    return database.prepare(sql).all() as Record<string, unknown>[];
  } finally {
    database.close();
  }
}

/** At least so many rows, looked for until they are there. */
async function eventually(
  look: () => readonly Record<string, unknown>[],
  least: number,
): Promise<readonly Record<string, unknown>[]> {
  const deadline = performance.now() + 40_000;
  for (;;) {
    const found = look();
    if (found.length >= least) return found;
    if (performance.now() > deadline)
      throw new Error(`not there within 40 s:\n${service.output().slice(-3_000)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
