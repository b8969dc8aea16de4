/**
 * The night as the service runs it, its clock set just before 02:30: a file that turned up late, a call that nobody saw, an
 * original and a second copy that somebody altered. Nothing here asks for any of it.
 */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { describeProblems } from '../../src/config/problem.ts';
import { type Service, start } from '../../src/service/start.ts';
import { createLog } from '../../src/web/log.ts';
import { wavFile } from '../recordings/wav-file.ts';
import { onBothBackEnds } from '../storage/back-ends.ts';
import { OFFICE, PBX } from '../storage/office.ts';
import { answeredCall, NOON } from '../storage/telling.ts';
import { keptCall, runJobs, write } from './sound-bed.ts';

const PATIENCE = { timeout: 50_000, interval: 50 };
/** Half past two in Shanghai, the night after `NOON`. */
const NIGHT = Date.UTC(2026, 10, 23, 18, 30);
/** The service begins to wait so long before. */
const BEFORE = 2_000;
const LATE = '1795406400.9';
const LATE_NAME = `2026/11/23/external-1001-09542035678-20261123-120001-${LATE}.wav`;
/** Three in the afternoon: a call that rang out while the service was stopped. */
const UNSEEN = NOON / 1_000 + 10_800;

onBothBackEnds((backEnd) => {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-night-'));
  const [monitor, recordings, copy, page] = ['monitor', 'recordings', 'copy', 'page'].map((name) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  }) as [string, string, string, string];
  let service: Service;
  let altered: string;
  let alteredCopy: string;

  beforeAll(async () => {
    const database = await backEnd.freshDatabase();
    const store = await backEnd.open(database);
    const lines = OFFICE.lines.map((line) => ({ ...line, recording: 'pbx' as const }));
    await write(store, [{ type: 'office-import', office: { ...OFFICE, lines }, at: 0 }]);
    altered = await keptCall(store, recordings, '1.1');
    alteredCopy = await keptCall(store, recordings, '1.2');
    const jobs = runJobs(store, { recordings, copy });
    await jobs.done();
    await jobs.close();
    await write(store, answeredCall(LATE));
    const fileOf = async (id: string) => (await store.recording(id))?.file ?? '';
    appendFileSync(join(recordings, await fileOf(altered)), 'x');
    appendFileSync(join(copy, await fileOf(alteredCopy)), 'x');
    const ended = runJobs(store, { recordings, copy: null });
    await ended.done();
    await ended.close();
    await store.close();

    put(LATE_NAME, NOON + 10_000);
    writeFileSync(join(folder, 'cel.csv'), unseenCall());
    writeFileSync(join(page, 'index.html'), '<!doctype html><title>值班台</title>');
    writeFileSync(join(folder, 'dutyline.yaml'), YAML);
    const env = { LISTEN: 'secret', PORT: '0', DUTYLINE_DATABASE_URL: database.replace('@/', '@localhost/') };
    const loaded = loadConfig({ dir: folder, env });
    if (!loaded.ok) throw new Error(describeProblems(loaded.problems));
    // Stands still until the service is there, however long a loaded machine takes: it would else miss this night.
    let begun: number | null = null;
    const now = () => (begun === null ? NIGHT - BEFORE : NIGHT + (Date.now() - begun));
    service = await start(loaded.config, { log: createLog('silent'), pageFolder: page, now });
    begun = Date.now();
  }, 120_000);
  afterAll(async () => {
    await service?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function put(name: string, at: number): void {
    const path = join(monitor, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, wavFile(32_000));
    utimesSync(path, at / 1_000, at / 1_000);
  }

  it('gives a call the file that turned up late, recovers what nobody saw, and reads the kept sound again', async () => {
    const { store } = service;
    const kept = async () => await store.keptSounds(null, 100);
    const late = async () => (await kept()).find((row) => row.linkedid === LATE);
    await expect.poll(late, PATIENCE).toMatchObject({ state: 'attached', foundBy: 'name-uniqueid' });
    await expect
      .poll(() => store.gapReports(5), PATIENCE)
      .toMatchObject([{ pbx: PBX, recovered: 1, notRecoverable: [] }]);
    const [report] = await store.gapReports(5);
    expect(report?.id).toMatch(new RegExp(`^night ${PBX} `));
    expect(await store.knownChannels(PBX, [`${UNSEEN}.1`])).toEqual(new Set([`${UNSEEN}.1`]));

    // `verifyDays: 1`: this one night reads all that there is.
    await expect.poll(async () => (await store.recording(altered))?.checkState, PATIENCE).toBe('altered');
    await expect.poll(async () => (await store.recording(alteredCopy))?.copyState, PATIENCE).toBe('altered');
    expect(await store.recording(alteredCopy)).toMatchObject({ checkState: 'verified' });
    expect(await store.recording(altered)).toMatchObject({ copyState: 'verified' });
  }, 120_000);
});

function unseenCall(): string {
  return ['CHAN_START', 'HANGUP', 'CHAN_END', 'LINKEDID_END']
    .map((event, after) => {
      const texts = [
        event,
        `${UNSEEN + after}.0`,
        '',
        '09548887777',
        '',
        '',
        '2030000',
        'in',
        'PJSIP/telco-9',
      ];
      const row = [...texts, '', '', `${UNSEEN}.1`, `${UNSEEN}.1`, '', ''];
      return `${row.map((text) => `"${text}"`).join(',')}\n`;
    })
    .join('');
}

const YAML = `
http: { host: 127.0.0.1 }
storage:
  recordings: recordings
  state: state
  secondCopy: { folder: copy, verifyDays: 1 }
pbxs:
  - id: ${PBX}
    host: 127.0.0.1
    port: 1
    listen: { username: listen, secretEnv: LISTEN }
    trunks: [PJSIP/telco]
    recordings: { base: /var/spool/asterisk/monitor, local: monitor }
    history: { csv: { cel: cel.csv } }
`;
