/**
 * Blows under load (Must show 3). Calls end, and each brings a chain of three jobs over the real store: its sound is
 * attached, processed, copied. Meanwhile Redis or PostgreSQL is struck.
 *
 * Visible effect is what anybody can find afterwards in the store: the facts and rows a job has written. Jobs are done at
 * least once, and each is harmless when done twice: what it says of a recording that has been said already adds no fact.
 * Only `recording-copied` would add one each time (a check is a fact of its own), so it tells how often that job came to
 * its end. Redis decides nothing about that: whatever becomes of it, every job is done exactly once. When PostgreSQL goes
 * away, a job whose end could not be written is done again; then what it wrote may be said twice in copies, never in the
 * sound.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobHandlers, JobOutcome } from '../../src/jobs/job-queue.ts';
import { recordingIdOf } from '../../src/recordings/recording-id.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { type PostgresServer, startPostgres } from '../bed/postgres.ts';
import { type RedisServer, startRedis } from '../bed/redis.ts';
import { done } from '../storage/back-ends.ts';
import { OFFICE, PBX } from '../storage/office.ts';
import { endCall, type JobPlace, type Jobs, openJobs, until } from './job-bed.ts';

let postgres: PostgresServer;
let redis: RedisServer;
beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres({ fsync: false }), startRedis()]);
});
afterAll(async () => {
  await Promise.all([postgres.stop(), redis.close()]);
});

const CALLS = 60;
/** One call has ended about every so often. */
const EVERY_MS = 25;
const DONE: JobOutcome = { kind: 'done' };

const onRedis = (): JobPlace => ({ ...onTable(), redis: { url: redis.url, prefix: randomUUID() } });
const onTable = (): JobPlace => ({
  database: postgres.createDatabase(`blows_${randomUUID().slice(0, 8)}`),
  redis: null,
});

describe('under load,', () => {
  it.each<[string, () => Promise<void>]>([
    [
      'killed twice',
      async () => {
        for (const pause of [300, 300]) {
          await redis.kill();
          await passing(pause);
          await redis.start();
          await passing(pause);
        }
      },
    ],
    [
      'emptied again and again',
      async () => {
        for (const pause of [200, 200, 200, 200, 200, 200]) {
          await redis.run('FLUSHALL');
          await passing(pause);
        }
      },
    ],
    [
      'silent for longer than a lease, and than we wait for an answer',
      async () => {
        redis.freeze();
        await passing(4_000);
        redis.thaw();
      },
    ],
    [
      'restarted in order',
      async () => {
        await redis.stop();
        await passing(300);
        await redis.start();
      },
    ],
  ])('Redis %s loses no job and has none done twice', async (_what, blow) => {
    const { runs, facts, jobs } = await struck(onRedis(), blow);
    expect(jobs).toEqual({ waiting: 0, running: 0, failed: 0 });
    expect(facts).toEqual(
      once(['recording-known', 'recording-attached', 'recording-processed', 'recording-copied']),
    );
    expect(runs).toEqual({ 'attach-recordings': CALLS, 'process-recording': CALLS, 'copy-recording': CALLS });
  });

  it.each<[how: 'fast' | 'immediate', from: string, place: () => JobPlace]>([
    ['immediate', 'the own table', onTable],
    ['fast', 'the own table', onTable],
    ['immediate', 'Redis', onRedis],
  ])(
    'PostgreSQL restarted twice (%s) with jobs from %s loses none, and none has its effect twice',
    async (how, _from, place) => {
      const { runs, facts, jobs } = await struck(place(), async () => {
        await postgres.restart(how);
        await passing(500);
        await postgres.restart(how);
      });
      expect(jobs).toEqual({ waiting: 0, running: 0, failed: 0 });
      const { 'recording-copied': copies, ...sound } = facts;
      expect(sound).toEqual(once(['recording-known', 'recording-attached', 'recording-processed']));
      expect(copies?.recordings).toBe(CALLS);
      expect(copies?.facts).toBeLessThanOrEqual(runs['copy-recording'] ?? 0);
    },
  );
});

/** What is left when everything is over: how often each kind was begun, and the facts by kind. */
async function struck(place: JobPlace, blow: () => Promise<void>) {
  const jobs = await openJobs(place, { attempts: 12, firstBackOffMs: 50, longestBackOffMs: 400 });
  try {
    await done(jobs.store, { type: 'office-import', office: OFFICE, at: 0 });
    const runs: Record<string, number> = {};
    jobs.carrier.start(chain(jobs, runs), { concurrency: 6 });
    const load = callsEnd(jobs);
    await until(() => (runs['copy-recording'] ?? 0) > 3);
    await blow();
    await load;
    await jobs.done();
    return { runs, facts: await factsOf(place.database), jobs: (await jobs.carrier.state()).counts };
  } finally {
    await jobs.close();
  }
}

async function callsEnd(jobs: Jobs): Promise<void> {
  const ending: Promise<void>[] = [];
  for (let n = 0; n < CALLS; n += 1) {
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
      await work({
        type: 'recording-report',
        report: { type: 'recording-copied', recording, state: 'verified', at: Date.now() },
      });
      return DONE;
    },
  };
}

interface Found {
  readonly facts: number;
  readonly recordings: number;
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

/** One fact of each of these kinds for each call. */
function once(kinds: readonly string[]): Readonly<Record<string, Found>> {
  return Object.fromEntries(kinds.map((kind) => [kind, { facts: CALLS, recordings: CALLS }]));
}

function passing(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
