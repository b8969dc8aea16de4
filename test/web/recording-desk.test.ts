import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Carrier, createCarrier } from '../../src/jobs/carrier.ts';
import { createTableQueue } from '../../src/jobs/table-queue.ts';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { findFfmpeg } from '../../src/recordings/transcode.ts';
import { NO_KEYS } from '../../src/recordings/vault/sealing-key.ts';
import { soundFileOf } from '../../src/recordings/vault/sound-name.ts';
import { createReconciler, type Reconciler } from '../../src/service/reconciler.ts';
import { createRecordingOffice } from '../../src/service/recording-office.ts';
import { soundJobs } from '../../src/service/sound-jobs.ts';
import { soundUse } from '../../src/service/sound-use.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { StraySuggestion } from '../../src/storage/stray-work.ts';
import type { RecordingDeskView } from '../../src/web/protocol/recording-desk-view.ts';
import { sha256Of } from '../recordings/vault/sounds.ts';
import { telling } from '../storage/telling.ts';
import { type Browser, createBrowser, loggedIn } from './browser.ts';
import { sweep, wavOf } from './kept-talk.ts';
import { startWebBed, type WebBed } from './web-bed.ts';

const AN_HOUR = 3_600_000;
const FILE_NAME = 'external-1001-09542031234-20261123-120001-1795406400.0.wav';

let bed: WebBed;
let base: string;
let carrier: Carrier;
let reconciler: Reconciler;
let runs = 0;
const browsers = new Map<string, Browser>();

beforeAll(async () => {
  const now = Date.now;
  bed = await startWebBed({}, ({ store, intake, recordings }) => {
    const library = createRecordingLibrary(recordings, NO_KEYS);
    const jobs = {
      work: intake.work,
      store,
      now,
      log: () => {},
      limits: { leaseMs: 2_000, pollMs: 20, attempts: 1 },
    };
    carrier = createCarrier({ ...jobs, queue: createTableQueue({ ...jobs, alone: true }), everyMs: 50 });
    const report = (one: Parameters<Parameters<typeof soundJobs>[0]['report']>[0]) =>
      intake.work({ type: 'recording-report', report: one });
    const handlers = soundJobs({
      store,
      work: intake.work,
      library,
      copy: null,
      now,
      report,
      ffmpeg: () => findFfmpeg(process.env),
    });
    carrier.start(
      { ...handlers, 'attach-recordings': () => Promise.resolve({ kind: 'done' }) },
      { concurrency: 1 },
    );
    reconciler = createReconciler({
      run: async (from, to) => {
        runs += 1;
        return { from, to, startedAt: now(), endedAt: now(), pbxs: [] };
      },
      night: () => Promise.resolve(),
      now,
      log: () => {},
      at: '02:30',
      timeZone: 'Asia/Shanghai',
    });
    return {
      library,
      recordingOffice: createRecordingOffice({
        store,
        sounds: { library, copy: null },
        encrypted: false,
        carrier,
        reconciler,
        places: { troubles: () => [], askAgain: () => {} },
        use: () => soundUse(library, now(), { reserveBytes: 0, warnDays: 60 }),
        now,
      }),
    };
  });
  base = `http://127.0.0.1:${bed.web.port}`;
  for (const login of ['zhang', 'shared', 'leader', 'city', 'supervisor', 'admin', 'auditor'])
    browsers.set(login, await loggedIn(base, login));
});
afterAll(async () => {
  await carrier.close();
  await reconciler.stop();
  await bed.close();
});

function as(login: string): Browser {
  return browsers.get(login) ?? createBrowser(base);
}

async function view(login: string): Promise<RecordingDeskView> {
  const answer = await as(login).fetch('/api/recording-desk');
  if (answer.status !== 200) throw new Error(`${login}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as RecordingDeskView;
}

/** `204`, or `409 stray-decided`. */
async function post(login: string, path: string, body: unknown = {}, origin = base): Promise<string> {
  const answer = await as(login).fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return text === ''
    ? String(answer.status)
    : `${answer.status} ${(JSON.parse(text) as { code: string }).code}`;
}

/** A call that was answered an hour ago and has no recording. */
async function silentCall(unit: 'city' | 'county'): Promise<string> {
  const linkedid = `${Math.floor(Date.now() / 1_000)}.${newId().slice(-6)}`;
  const call = telling(linkedid, Date.now() - AN_HOUR, 'main');
  const arrival = call.say({
    kind: 'call-arrived',
    direction: 'inbound',
    line: `l-${unit}`,
    lineNumber: '0954-2035670',
    callerNumber: '09542031234',
    dialled: '2035670',
    channel: `PJSIP/telco-${linkedid}`,
    endpoint: 'PJSIP/telco',
    role: 'trunk',
    seen: 'live',
  });
  const steps = [arrival, call.dials(), call.rings(), call.isAnswered(), ...call.closes(), call.ends()];
  for (const step of steps) {
    const written = await bed.intake.work(step);
    if (!written.ok) throw new Error(written.refusal.en);
  }
  const found = (await bed.store.callsWithoutSound(0, Date.now())).find((one) => one.linkedid === linkedid);
  if (found === undefined) throw new Error('the call is not missed');
  return found.call;
}

async function stray(calls: readonly string[], pbx = 'main'): Promise<string> {
  const id = newId();
  const suggestions = calls.map((call): StraySuggestion => ({ call, why: 'time', number: null, apartMs: 0 }));
  await bed.intake.work({
    type: 'strays-seen',
    pbx,
    seen: [
      {
        id,
        path: `/monitor/${id}/${FILE_NAME}`,
        bytes: 16_044,
        modifiedAt: Date.now() - AN_HOUR,
        suggestions,
      },
    ],
    gone: [],
    at: Date.now(),
  });
  return id;
}

/** A recording whose file has vanished before it was processed: its job is given up. */
async function deadJob(): Promise<{
  readonly job: string;
  readonly file: string;
  readonly recording: string;
}> {
  const recording = newId();
  const file = soundFileOf(recording, 'wav');
  const bytes = wavOf(sweep(1, 400));
  // A folder without any sound passes for a disk that is not mounted, and the job would wait for it.
  const other = join(bed.recordings, soundFileOf(newId(), 'wav'));
  mkdirSync(dirname(other), { recursive: true });
  writeFileSync(other, bytes);
  const about = { recording, at: Date.now() };
  const linkedid = `${Math.floor(Date.now() / 1_000)}.${newId().slice(-6)}`;
  const kept = { file, bytes: bytes.length, seconds: 1, sha256: sha256Of(bytes), repaired: false };
  for (const report of [
    {
      ...about,
      type: 'recording-known',
      pbx: 'main',
      linkedid,
      uniqueid: linkedid,
      part: 'talk',
      mode: 'ami',
      pbxPath: '/m/1.wav',
    },
    { ...about, type: 'recording-attached', ...kept },
  ] as const)
    await bed.intake.work({ type: 'recording-report', report });
  const failed = async () => (await view('zhang')).jobs.failed.find(({ reason }) => reason.includes(file));
  await expect.poll(failed, { timeout: 10_000 }).toBeDefined();
  return { job: (await failed())?.id ?? '', file, recording };
}

async function auditOf(subject: string): Promise<readonly string[]> {
  return (await bed.store.auditOf(subject)).map(
    ({ kind, account, person }) => `${kind} ${account} ${person}`,
  );
}

async function auditEntries(): Promise<number> {
  const verdict = await bed.store.verifyAudit();
  if (!verdict.ok) throw new Error('the audit chain is broken');
  return verdict.entries;
}

describe('the page 录音', () => {
  it('is for who works with recordings or keeps the machine, and nobody else', async () => {
    const statuses = new Map<string, number>();
    for (const login of ['nobody', ...browsers.keys()])
      statuses.set(login, (await as(login).fetch('/api/recording-desk')).status);
    expect(Object.fromEntries(statuses)).toEqual({
      nobody: 401,
      zhang: 200,
      shared: 200,
      leader: 200,
      city: 200,
      supervisor: 200,
      admin: 200,
      auditor: 403,
    });
  });

  it('shows calls without sound of the rooms that one reaches', async () => {
    const [county, city] = [await silentCall('county'), await silentCall('city')];
    const seen = async (login: string) => {
      const { silent } = await view(login);
      return [county, city].map((call) => silent.some((one) => one.call === call && one.why === 'no-file'));
    };
    expect(await seen('zhang')).toEqual([true, false]);
    expect(await seen('city')).toEqual([false, true]);
    expect(await seen('supervisor')).toEqual([true, true]);
  });

  it('names files and calls to who may hear them, and hides every number from the administrator', async () => {
    const [county, city] = [await silentCall('county'), await silentCall('city')];
    const id = await stray([county, city]);
    const elsewhere = await stray([], 'elsewhere');
    const { job, recording } = await deadJob();
    const seen = async (login: string) => (await view(login)).strays.find((one) => one.id === id);
    expect(await seen('zhang')).toMatchObject({
      name: FILE_NAME,
      suggestions: [{ call: county, number: '0954-2031234', why: 'time' }],
    });
    expect((await seen('supervisor'))?.suggestions.map(({ call }) => call)).toEqual([county, city]);
    const shown = await view('admin');
    expect(await seen('admin')).toMatchObject({ name: 'external-….0.wav', bytes: 16_044, suggestions: [] });
    expect(JSON.stringify(shown)).not.toContain('2031234');
    // What a technician needs stays: which file of ours it is.
    expect(shown.jobs.failed.find((one) => one.id === job)?.reason).toContain(recording);
    for (const login of ['zhang', 'supervisor', 'admin'])
      expect((await view(login)).strays.some((one) => one.id === elsewhere)).toBe(false);
  });

  it('says what is stored and that nothing is backed up', async () => {
    mkdirSync(bed.recordings, { recursive: true });
    const { storage } = await view('leader');
    expect(storage).toMatchObject({ encrypted: false, copy: null });
    expect(storage.freeBytes).toBeGreaterThan(0);
    expect(storage.forecast.zh).not.toBe('');
  });
});

describe('what a person does there', () => {
  it('is refused when another site asks for it, or nobody', async () => {
    const id = await stray([await silentCall('county')]);
    const paths = [
      '/api/recording-desk/reconcile',
      `/api/jobs/${newId()}/retry`,
      `/api/strays/${id}/attach`,
      `/api/strays/${id}/ignore`,
    ];
    for (const path of paths) {
      expect(await post('zhang', path, {}, 'http://evil.example')).toBe('403 foreign-origin');
      expect(await post('nobody', path)).toBe('401 not-logged-in');
      expect(await post('auditor', path)).toBe('403 not-allowed');
    }
    expect((await bed.store.stray(id))?.state).toBe('open');
  });

  it('立即核对 runs once and leaves a fact', async () => {
    const [ranBefore, toldBefore] = [runs, await auditEntries()];
    expect(await post('zhang', '/api/recording-desk/reconcile')).toBe('202');
    await expect.poll(async () => (await view('zhang')).reconcile.lastEndedAt).not.toBeNull();
    expect([runs - ranBefore, (await auditEntries()) - toldBefore]).toEqual([1, 1]);
  });

  it('重试 runs a dead job again and leaves a fact saying who; of nothing it is refused without one', async () => {
    const { job, file, recording } = await deadJob();
    const path = join(bed.recordings, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, wavOf(sweep(1, 400)));
    expect(await post('admin', `/api/jobs/${job}/retry`)).toBe('204');
    await expect
      .poll(async () => (await bed.store.recording(recording))?.judgement ?? null, { timeout: 10_000 })
      .not.toBeNull();
    await expect.poll(async () => (await view('zhang')).jobs.failed.map(({ id }) => id)).not.toContain(job);
    expect(await auditOf(job)).toEqual(['job-retried a-admin null']);
    expect(await post('zhang', `/api/jobs/${job}/retry`)).toBe('409 effect-not-given-up');
    expect(await auditOf(job)).toHaveLength(1);
    expect(await post('zhang', '/api/jobs/..%2f/retry')).toBe('409 effect-not-given-up');
    expect(readFileSync(path)).toEqual(wavOf(sweep(1, 400)));
  });

  it('关联 makes the file a recording of the call, and a fact says who', async () => {
    const call = await silentCall('county');
    const id = await stray([call]);
    expect(await post('zhang', `/api/strays/${id}/attach`, { call })).toBe('204');
    expect(await bed.store.stray(id)).toMatchObject({ state: 'attached', recording: id, person: 'p-zhang' });
    expect((await bed.store.recordingsOfCall(call))[0]).toMatchObject({ id, foundBy: 'by-hand:p-zhang' });
    expect(await auditOf(id)).toEqual(['recording-attached-by-hand a-zhang p-zhang']);
    expect((await view('zhang')).strays.map((one) => one.id)).not.toContain(id);
    // The same again is done; anything else comes too late.
    expect(await post('zhang', `/api/strays/${id}/attach`, { call })).toBe('204');
    const other = await silentCall('county');
    expect(await post('leader', `/api/strays/${id}/attach`, { call: other })).toBe('409 stray-decided');
    expect(await post('leader', `/api/strays/${id}/ignore`, { reason: '空文件' })).toBe('409 stray-decided');
    expect(await auditOf(id)).toHaveLength(1);
  });

  it('关联 is for who may hear both the file and the call, in his own name', async () => {
    const [county, city] = [await silentCall('county'), await silentCall('city')];
    const id = await stray([county, city]);
    const path = `/api/strays/${id}/attach`;
    expect(await post('admin', path, { call: county })).toBe('403 not-allowed');
    expect(await post('shared', path, { call: county })).toBe('403 no-person');
    expect(await post('zhang', path, { call: city })).toBe('404 not-found');
    expect(await post('zhang', path, { call: newId() })).toBe('404 not-found');
    for (const body of [{}, { call: 1 }, { call: '../x' }, { call: county, path: '/etc/passwd' }])
      expect(await post('zhang', path, body)).toBe('400 bad-request');
    const elsewhere = await stray([], 'elsewhere');
    for (const other of [elsewhere, newId(), '..%2f..%2fetc', "' or 1=1"])
      expect(await post('zhang', `/api/strays/${other}/attach`, { call: county })).toBe('404 not-found');
    expect((await bed.store.stray(id))?.state).toBe('open');
    expect(await post('supervisor', path, { call: city })).toBe('204');
    expect(await auditOf(id)).toEqual(['recording-attached-by-hand a-supervisor a-supervisor']);
  });

  it('标为无关 needs a reason, and a fact says who', async () => {
    const id = await stray([]);
    const path = `/api/strays/${id}/ignore`;
    for (const reason of ['', ' ', 'x', ' \u200b\u0007 '])
      expect(await post('zhang', path, { reason })).toBe('400 bad-request');
    expect(await post('zhang', path, { reason: '交换机自检录音' })).toBe('204');
    expect(await bed.store.stray(id)).toMatchObject({
      state: 'ignored',
      reason: '交换机自检录音',
      person: 'p-zhang',
    });
    expect(await auditOf(id)).toEqual(['stray-ignored a-zhang p-zhang']);
    expect((await view('zhang')).strays.map((one) => one.id)).not.toContain(id);
  });
});
