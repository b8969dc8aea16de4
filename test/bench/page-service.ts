/**
 * `page-service.ts FOLDER CALLS`: the service of the bench `page`, in a process of its own: the shipped office with the
 * demonstration PBX, which tells a call only when it is asked to, and so many of today's calls. Says its port.
 */
import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load-config.ts';
import { describeProblems } from '../../src/config/problem.ts';
import { type Service, start } from '../../src/service/start.ts';
import { newId } from '../../src/storage/new-id.ts';
import { createLog } from '../../src/web/log.ts';
import { telling } from '../storage/telling.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const ROOM = 'duty-room';
const ASKER = { account: 'demonstration', person: 'officer-1', seat: null };
/** Between two of the day's calls. */
const APART_MS = 20_000;
/** How many of the day's drafts are still to be done: the last ones. */
const LEFT = 40;

const [folder = '', calls = '300'] = process.argv.slice(2);
await writeFile(
  join(folder, 'dutyline.yaml'),
  'http: { host: 127.0.0.1 }\nstorage: { recordings: sound, state: state }\n',
);
await copyFile(join(REPOSITORY, 'config/office.yaml'), join(folder, 'office.yaml'));
const loaded = loadConfig({ dir: folder, env: { PORT: '0' } });
if (!loaded.ok) throw new Error(describeProblems(loaded.problems));
const service = await start(loaded.config, {
  log: createLog('warn'),
  pageFolder: join(REPOSITORY, 'build/page'),
  demoCallsByItself: false,
});
await fillDay(service, Number(calls));
process.send?.({ port: service.port });
process.once('message', () => {
  void service.stop().then(() => process.disconnect());
});

async function fillDay({ intake, store }: Service, count: number): Promise<void> {
  const from = Date.now() - count * APART_MS;
  for (let call = 0; call < count; call += 1) {
    const at = from + call * APART_MS;
    const linkedid = `${Math.floor(at / 1_000)}.${call}`;
    const told = telling(linkedid, at, 'demo');
    const steps = [told.arrives(`0954${3_000_000 + call}`), told.dials(), told.rings(), told.isAnswered()];
    for (const step of [...steps, ...told.closes(), told.ends()]) await intake.work(step);
  }
  const { calls } = await store.snapshot(ROOM, Date.now());
  for (const { record } of calls.slice(LEFT)) {
    if (record === null) continue;
    const command = { type: 'mark-no-record', opId: newId(), record, reason: 'misdial' } as const;
    await intake.work({ type: 'record-command', command, asker: ASKER, at: Date.now() });
  }
}
