/**
 * Load for the blows. Calls end, and each brings a chain of three jobs over the real store: its sound is attached, processed,
 * copied. Meanwhile Redis or PostgreSQL is struck.
 *
 * Visible effect is what anybody can find afterwards in the store: the facts and rows a job has written. Jobs are done at
 * least once, and each is harmless when done twice: what it says of a recording that has been said already adds no fact.
 * Redis decides nothing about that: whatever becomes of it, every job is done exactly once. When PostgreSQL goes away, a job
 * whose end could not be written is done again, and nothing is said twice.
 */
import type { JobHandlers, JobOutcome } from '../../src/jobs/job-queue.ts';
import { recordingIdOf } from '../../src/recordings/recording-id.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import type { EffectCounts } from '../../src/storage/store/effects.ts';
import { done } from '../storage/back-ends.ts';
import { OFFICE, PBX } from '../storage/office.ts';
import { endCall, type JobPlace, type Jobs, openJobs, until } from './job-bed.ts';

/** One call has ended about every so often. */
const EVERY_MS = 25;
const DONE: JobOutcome = { kind: 'done' };

export interface Left {
  /** How often a job of each kind was begun. */
  readonly runs: Readonly<Record<string, number>>;
  /** By kind. */
  readonly facts: Readonly<Record<string, Found>>;
  readonly jobs: EffectCounts;
}

export interface Found {
  readonly facts: number;
  readonly recordings: number;
}

/** What a recording is said to be once: never twice, whatever was struck. */
export const SOUND_FACTS = ['recording-known', 'recording-attached', 'recording-processed'] as const;

/** Lets so many calls end, strikes meanwhile, and answers what is left when everything is over. */
export async function struck(place: JobPlace, calls: number, blow: () => Promise<void>): Promise<Left> {
  const jobs = await openJobs(place, {
    leaseMs: 3_000,
    attempts: 12,
    firstBackOffMs: 50,
    longestBackOffMs: 400,
  });
  try {
    await done(jobs.store, { type: 'office-import', office: OFFICE, at: 0 });
    const runs: Record<string, number> = {};
    jobs.carrier.start(chain(jobs, runs), { concurrency: 6 });
    const load = callsEnd(jobs, calls);
    await until(() => (runs['copy-recording'] ?? 0) > 3);
    await blow();
    await load;
    await jobs.done();
    return { runs, facts: await factsOf(place.database), jobs: (await jobs.carrier.state()).counts };
  } finally {
    await jobs.close();
  }
}

async function callsEnd(jobs: Jobs, calls: number): Promise<void> {
  const ending: Promise<void>[] = [];
  for (let n = 0; n < calls; n += 1) {
    ending.push(endCall(jobs, `1795452315.${n}`));
    await passing(EVERY_MS);
  }
  await Promise.all(ending);
}

/** As the service does them, but that no sound is touched. */
function chain({ work, store }: Jobs, runs: Record<string, number>): JobHandlers {
  const begin = async (kind: string) => {
    runs[kind] = (runs[kind] ?? 0) + 1;
    await passing(10);
  };
  return {
    async 'attach-recordings'({ kind, linkedid }) {
      await begin(kind);
      const pbxPath = `/m/${linkedid}.wav`;
      const recording = recordingIdOf(PBX, pbxPath, linkedid, 0);
      const known = {
        recording,
        pbx: PBX,
        linkedid,
        uniqueid: linkedid,
        part: 'talk',
        mode: 'ami',
        pbxPath,
      } as const;
      const sound = {
        recording,
        file: `${linkedid}.wav`,
        bytes: 1,
        seconds: 1,
        sha256: linkedid,
        repaired: false,
      };
      await work({ type: 'recording-report', report: { type: 'recording-known', ...known, at: Date.now() } });
      await work({
        type: 'recording-report',
        report: { type: 'recording-attached', ...sound, at: Date.now() },
      });
      return DONE;
    },
    async 'process-recording'({ kind, recording }) {
      await begin(kind);
      // Also read, as the real one does.
      if ((await store.recording(recording))?.judgement !== null) return DONE;
      const judgement = { measure: null, defects: [], playable: null, peaks: null };
      await work({
        type: 'recording-report',
        report: { type: 'recording-processed', recording, judgement, at: Date.now() },
      });
      return DONE;
    },
    async 'copy-recording'({ kind, recording }) {
      await begin(kind);
      // Also said once, as by the real one.
      if ((await store.recording(recording))?.copyState === 'verified') return DONE;
      await work({
        type: 'recording-report',
        report: { type: 'recording-copied', recording, state: 'verified', at: Date.now() },
      });
      return DONE;
    },
  };
}

async function factsOf(database: string): Promise<Readonly<Record<string, Found>>> {
  const db = openPostgres(database, () => {});
  const rows = await db
    .selectFrom('facts')
    .select((of) => [
      'kind',
      of.fn.countAll<number>().as('facts'),
      of.fn.count<number>('stream_id').distinct().as('recordings'),
    ])
    .where('stream', '=', 'recording')
    .groupBy('kind')
    .execute();
  await db.destroy();
  return Object.fromEntries(rows.map(({ kind, facts, recordings }) => [kind, { facts, recordings }]));
}

export function passing(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
