import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RecordingReport } from '../../src/calls/recording-report.ts';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { findFfmpeg } from '../../src/recordings/transcode.ts';
import { NO_KEYS } from '../../src/recordings/vault/sealing-key.ts';
import { createSecondCopy } from '../../src/recordings/vault/second-copy.ts';
import { verifySounds } from '../../src/service/sound-care.ts';
import { type SoundJobDeps, soundJobs } from '../../src/service/sound-jobs.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import { wavHeader } from '../recordings/wav-file.ts';
import { OFFICE, RULES } from '../storage/office.ts';
import { keptCall, write } from './sound-bed.ts';

const folder = mkdtempSync(join(tmpdir(), 'dutyline-sound-jobs-'));
const recordings = join(folder, 'recordings');
let store: Store;
beforeAll(async () => {
  store = await openStore({ database: join(folder, 'db.sqlite'), rules: RULES });
  await write(store, [{ type: 'office-import', office: OFFICE, at: 0 }]);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function jobsOf(more: Partial<SoundJobDeps>) {
  return soundJobs({
    store,
    work: async (work) => {
      const [result] = await store.write([work]);
      if (result === undefined) throw new Error('no answer');
      return result;
    },
    library: createRecordingLibrary(recordings),
    copy: null,
    ffmpeg: () => findFfmpeg(globalThis.process.env),
    now: Date.now,
    report: async (report) => {
      await write(store, [{ type: 'recording-report', report }]);
      return { ok: true };
    },
    ...more,
  });
}

function process(recording: string, more: Partial<SoundJobDeps> = {}) {
  const jobs = jobsOf(more);
  const effect = { id: 'e', kind: 'process-recording', recording } as const;
  return jobs['process-recording']?.(effect, { attempt: 1, signal: new AbortController().signal });
}

/** A recording that only ffmpeg can read (wav49), kept under the name it had. */
async function keptGsm(linkedid: string): Promise<string> {
  const recording = await keptCall(store, recordings, linkedid);
  const { file } = (await store.recording(recording)) ?? { file: null };
  const frames = Buffer.alloc(65 * 50, 0);
  const head = wavHeader({
    tag: 0x31,
    bits: 0,
    block: 65,
    rateBytes: 1_625,
    fmtSize: 20,
    length: 48 + frames.length,
  });
  writeFileSync(join(recordings, file ?? ''), Buffer.concat([head, frames]));
  return recording;
}

it('waits ten minutes for an ffmpeg that somebody has to install, and is done when it is there', async () => {
  const recording = await keptGsm('1.1');
  const missing = { kind: 'again', afterMs: 600_000 };
  expect(await process(recording, { ffmpeg: () => null })).toEqual(missing);
  expect(await process(recording, { ffmpeg: () => '/nowhere/ffmpeg' })).toEqual(missing);
  expect((await store.recording(recording))?.judgement).toBeNull();
  expect(await process(recording)).toEqual({ kind: 'done' });
  expect((await store.recording(recording))?.judgement).not.toBeNull();
});

it('counts what is no trouble of disk or mount as an attempt that failed', async () => {
  const recording = await keptCall(store, recordings, '1.2');
  const failing = () => Promise.reject(new Error('the store fails'));
  await expect(process(recording, { report: failing })).rejects.toThrow('the store fails');
});

it('tries again, at no cost, while the original cannot be opened', async () => {
  const recording = await keptCall(store, recordings, '1.3');
  // A file where its folder should be, as a broken mount shows it: that stops root too.
  const broken = join(folder, 'broken');
  const day = dirname((await store.recording(recording))?.file ?? '');
  mkdirSync(dirname(join(broken, day)), { recursive: true });
  writeFileSync(join(broken, day), '');
  const later = { kind: 'again', afterMs: 60_000 };
  expect(await process(recording, { library: createRecordingLibrary(broken) })).toEqual(later);
  expect(await process(recording)).toEqual({ kind: 'done' });
});

it('reads on at night behind a file that the disk cannot give', async () => {
  const names = ['2.1', '2.2', '2.3'];
  const ids: string[] = [];
  for (const name of names) ids.push(await keptCall(store, recordings, name));
  const [, bad = ''] = ids.toSorted();
  const library = createRecordingLibrary(recordings);
  const elsewhere = createRecordingLibrary(join(folder, 'n'.repeat(300)));
  const found = await verifySounds(
    {
      store,
      copy: null,
      now: Date.now,
      library: {
        ...library,
        digest: (file) => (file.includes(bad) ? elsewhere : library).digest(file),
      },
      report: async (report) => {
        await write(store, [{ type: 'recording-report', report }]);
        return { ok: true };
      },
    },
    { withinDays: null, restore: false, withCopy: false },
  );
  expect(found).toMatchObject({ unreadable: [bad], missing: [] });
  for (const id of ids) {
    expect((await store.recording(id))?.checkState ?? null).toBe(id === bad ? null : 'verified');
  }
});

it('tells once that the second copy is there, however often the job is done', async () => {
  const recording = await keptCall(store, recordings, '3.1');
  const library = createRecordingLibrary(recordings);
  const copyFolder = join(folder, 'copy');
  mkdirSync(copyFolder);
  const copy = createSecondCopy({ library, folder: copyFolder, keys: NO_KEYS, now: Date.now });
  const told: RecordingReport[] = [];
  const report = async (one: RecordingReport) => {
    told.push(one);
    await write(store, [{ type: 'recording-report', report: one }]);
    return { ok: true };
  };
  const effect = { id: 'c', kind: 'copy-recording', recording } as const;
  const job = { attempt: 1, signal: new AbortController().signal };
  const jobs = jobsOf({ library, copy, report });
  for (let times = 0; times < 2; times += 1)
    expect(await jobs['copy-recording']?.(effect, job)).toEqual({ kind: 'done' });
  expect(told).toMatchObject([{ type: 'recording-copied', state: 'verified' }]);
});
