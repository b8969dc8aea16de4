/** Calls with sound that is taken over, and the jobs that look after it, on a real store and real folders. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ProbeOrder } from '../../src/diagnosis/probe.ts';
import { createCarrier } from '../../src/jobs/carrier.ts';
import { createTableQueue } from '../../src/jobs/table-queue.ts';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { findFfmpeg } from '../../src/recordings/transcode.ts';
import { NO_KEYS } from '../../src/recordings/vault/sealing-key.ts';
import { createSecondCopy } from '../../src/recordings/vault/second-copy.ts';
import { soundFileOf } from '../../src/recordings/vault/sound-name.ts';
import { probeSoundJobs } from '../../src/service/probe-sound-jobs.ts';
import { soundJobs } from '../../src/service/sound-jobs.ts';
import type { MadeFile } from '../../src/sound/judgement.ts';
import { newId } from '../../src/storage/new-id.ts';
import type { Store } from '../../src/storage/store.ts';
import type { Work } from '../../src/storage/work.ts';
import { wavHeader } from '../recordings/wav-file.ts';
import { PBX } from '../storage/office.ts';
import { answeredCall, NOON } from '../storage/telling.ts';

/** One second of talk in `answeredCall`, so this holds it whole. */
const SECONDS = 4;

/** A call with a recording of a tone that is taken over already. Returns the recording's id. */
export async function keptCall(
  store: Pick<Store, 'write'>,
  recordings: string,
  linkedid: string,
  part: 'talk' | 'before-answer' = 'talk',
  withSides = false,
): Promise<string> {
  const recording = newId();
  const { file, ...sound } = put(recordings, recording, 'wav', 700);
  const sides = withSides
    ? [put(recordings, recording, 'caller.wav', 500), put(recordings, recording, 'room.wav', 900)]
    : [];
  const about = { recording, at: NOON };
  await write(store, [
    ...answeredCall(linkedid),
    {
      type: 'recording-report',
      report: {
        ...about,
        type: 'recording-known',
        pbx: PBX,
        linkedid,
        uniqueid: linkedid,
        part,
        mode: 'ami',
        pbxPath: `/m/${linkedid}.wav`,
      },
    },
    {
      type: 'recording-report',
      report: {
        ...about,
        type: 'recording-attached',
        file,
        ...sound,
        seconds: SECONDS,
        repaired: false,
        sides,
      },
    },
  ]);
  return recording;
}

/** A probe of `line-1` whose sound is kept; `suspect`: it found something. Returns the probe's id. */
export async function keptProbe(
  store: Pick<Store, 'write'>,
  recordings: string,
  suspect: boolean,
): Promise<string> {
  const probe = newId();
  const { file, ...sound } = put(recordings, probe, 'wav', 450);
  const order: ProbeOrder = {
    ...{ id: probe, line: 'line-1', number: '0954-2030000', round: null, scope: 'always', pbx: PBX },
    ...{ trunk: 'PJSIP/telco2', ringMs: 14_000, occupier: null },
  };
  const evidence = { by: 'probe', probe, heard: 'music', arrived: null, stretch: null } as const;
  const found = suspect ? ([{ kind: 'heard-music', scope: 'always', evidence }] as const) : [];
  const conclusion = {
    ...({ forwarding: 'clean', ringback: suspect ? 'suspect' : 'clean', why: null, arrived: true } as const),
    ...{ suspicions: found, checks: [] },
  };
  await write(store, [
    { type: 'probe-facts', probe, facts: [{ kind: 'probe-asked', at: NOON, order, askedBy: null }] },
    { type: 'probe-sound', probe, file, ...sound, seconds: SECONDS, peaks: [], at: NOON },
    { type: 'probe-facts', probe, facts: [{ kind: 'probe-concluded', at: NOON, conclusion }] },
  ]);
  return probe;
}

/** A tone where a file of this recording lies. */
function put(recordings: string, recording: string, ending: string, hertz: number): MadeFile {
  const bytes = toneWav(SECONDS, hertz);
  const file = soundFileOf(recording, ending);
  mkdirSync(dirname(join(recordings, file)), { recursive: true });
  writeFileSync(join(recordings, file), bytes);
  return { file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function toneWav(seconds: number, hertz: number): Buffer {
  const samples = Int16Array.from({ length: seconds * 8_000 }, (_, n) =>
    Math.round(9_000 * Math.sin((2 * Math.PI * hertz * n) / 8_000)),
  );
  const body = Buffer.from(samples.buffer);
  return Buffer.concat([wavHeader({ length: 44 + body.length }), body]);
}

/** Names of the files that a folder of sound has of a recording, in order. */
export function filesOf(folder: string, recording: string): readonly string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => basename(String(name)))
    .filter((name) => name.startsWith(recording))
    .sort();
}

/** Writes and insists. */
export async function write(store: Pick<Store, 'write'>, works: readonly Work[]): Promise<void> {
  for (const result of await store.write(works)) {
    if (!result.ok) throw new Error(`not written: ${result.refusal.en}`);
  }
}

export interface JobBed {
  /** Resolves when nothing is left to be done. */
  done(): Promise<void>;
  close(): Promise<void>;
}

/** Runs the jobs of sound as the service does. `copy` null: no second copy. */
export function runJobs(
  store: Store,
  folders: { readonly recordings: string; readonly copy: string | null },
  now: () => number = Date.now,
): JobBed {
  const library = createRecordingLibrary(folders.recordings, NO_KEYS, () => store.hasKeptSound());
  const copy =
    folders.copy === null ? null : createSecondCopy({ library, folder: folders.copy, keys: NO_KEYS, now });
  const work = async (one: Work) => {
    const [result] = await store.write([one]);
    if (result === undefined) throw new Error('no answer');
    for (const effect of result.ok ? result.effects : []) carrier.take(effect);
    return result;
  };
  const jobs = { work, store, now, log: () => {}, limits: { pollMs: 50 } };
  const carrier = createCarrier({ ...jobs, queue: createTableQueue({ ...jobs, alone: true }) });
  carrier.start(
    {
      ...soundJobs({
        store,
        work,
        library,
        copy,
        now,
        ffmpeg: () => findFfmpeg(process.env),
        report: (report) => work({ type: 'recording-report', report }),
      }),
      ...probeSoundJobs({ store, library, copy }),
      'attach-recordings': () => Promise.resolve({ kind: 'done' }),
    },
    { concurrency: 2 },
  );
  return {
    async done() {
      for (;;) {
        const { counts } = await carrier.state();
        if (counts.waiting + counts.running === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    close: () => carrier.close(),
  };
}

/**
 * Until nothing is due any more and nothing runs. Both are asked twice: between two questions a job may be taken, or end and leave
 * another one.
 */
export async function untilNothingIsDue(store: Store, now: () => number): Promise<void> {
  const isDue = async () => (await store.dueEffects(now(), 1)).length > 0;
  const isRunning = async () => (await store.effectCounts(now())).running > 0;
  while ((await isDue()) || (await isRunning()) || (await isDue()) || (await isRunning()))
    await new Promise((resolve) => setTimeout(resolve, 10));
}
