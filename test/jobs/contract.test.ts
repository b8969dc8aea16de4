import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { JobHandlers, JobLimits, JobOutcome } from '../../src/jobs/job-queue.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { type PostgresServer, startPostgres } from '../bed/postgres.ts';
import { type RedisServer, startRedis } from '../bed/redis.ts';
import { done } from '../storage/back-ends.ts';
import { OFFICE, RULES } from '../storage/office.ts';
import { attaching, endCall, type JobPlace, type Jobs, openJobs, QUICK, until } from './job-bed.ts';

const DONE: JobOutcome = { kind: 'done' };
const VICTIM = join(import.meta.dirname, 'job-victim.ts');
/** No pause of a loaded machine is as long: what is in hand is nobody else's before it is done. */
const NEVER_RUNS_OUT = { leaseMs: 120_000 } satisfies Partial<JobLimits>;

const folder = mkdtempSync(join(tmpdir(), 'dutyline-jobs-'));
const OFFICE_FILE = join(folder, 'office.db');
let postgres: PostgresServer;
let redis: RedisServer;

beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres({ fsync: false }), startRedis()]);
  for (const database of [OFFICE_FILE, postgres.createDatabase('office')]) {
    const store = await openStore({ database, rules: RULES });
    await done(store, { type: 'office-import', office: OFFICE, at: 0 });
    await store.close();
  }
});
afterAll(async () => {
  await Promise.all([postgres.stop(), redis.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Each answers a place of its own, with the office in it. */
const onSqlite = () => {
  const file = join(folder, `${randomUUID()}.db`);
  copyFileSync(OFFICE_FILE, file);
  return file;
};
const onPostgres = () => postgres.createDatabase(`jobs_${randomUUID().slice(0, 8)}`, 'office');
const BACK_ENDS: readonly (readonly [name: string, place: () => JobPlace, isAlone: boolean])[] = [
  ['the own table on SQLite', () => ({ database: onSqlite(), redis: null }), true],
  ['the own table on PostgreSQL', () => ({ database: onPostgres(), redis: null }), false],
  [
    'BullMQ on Redis',
    () => ({ database: onPostgres(), redis: { url: redis.url, prefix: randomUUID() } }),
    false,
  ],
];

// They wait for clocks more than they work: side by side.
describe.concurrent.each(BACK_ENDS)('%s', (_name, place, isAlone) => {
  /** The jobs of one more process there, which ends with the test. */
  async function open(
    { onTestFinished }: TestContext,
    where: JobPlace,
    limits: Partial<JobLimits> = {},
  ): Promise<Jobs> {
    const jobs = await openJobs(where, limits);
    onTestFinished(() => jobs.close());
    return jobs;
  }

  async function begin(
    test: TestContext,
    handlers: JobHandlers,
    { limits = {}, concurrency = 4 }: { limits?: Partial<JobLimits>; concurrency?: number } = {},
  ): Promise<Jobs> {
    const jobs = await open(test, place(), { ...NEVER_RUNS_OUT, ...limits });
    jobs.carrier.start(handlers, { concurrency });
    return jobs;
  }

  it('does each job once, however many processes look for work', async (test) => {
    const where = place();
    const runs: string[] = [];
    const handlers = attaching(async (linkedid) => {
      runs.push(linkedid);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return DONE;
    });
    const processes = await Promise.all(
      (isAlone ? [1] : [1, 2, 3]).map(() => open(test, where, NEVER_RUNS_OUT)),
    );
    for (const { carrier } of processes) carrier.start(handlers, { concurrency: 4 });
    const [first] = processes;
    if (first === undefined) throw new Error('no process');
    const calls = Array.from({ length: 60 }, (_, n) => `1.${n}`);
    await Promise.all(calls.map((linkedid) => endCall(first, linkedid)));
    await first.done();
    expect([...runs].sort()).toEqual([...calls].sort());
  });

  it('does the oldest first', async (test) => {
    const jobs = await open(test, place());
    const calls = Array.from({ length: 12 }, (_, n) => `1.${n}`);
    for (const linkedid of calls) await endCall(jobs, linkedid);
    const runs: string[] = [];
    jobs.carrier.start(
      attaching((linkedid) => {
        runs.push(linkedid);
        return Promise.resolve(DONE);
      }),
      { concurrency: 1 },
    );
    await jobs.done();
    expect(runs).toEqual(calls);
  });

  it('puts off what says “again”, for as long as it says, and counts no attempt', async (test) => {
    const runs: { readonly at: number; readonly attempt: number }[] = [];
    const jobs = await begin(
      test,
      attaching((_linkedid, { attempt }) => {
        runs.push({ at: Date.now(), attempt });
        return Promise.resolve(runs.length < 3 ? { kind: 'again', afterMs: 400 } : DONE);
      }),
    );
    await endCall(jobs, '1.1');
    await jobs.done();
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
    for (const pause of pausesOf(runs)) {
      expect(pause).toBeGreaterThanOrEqual(400);
      expect(pause).toBeLessThan(5_000);
    }
  });

  it('tries what fails again with growing pauses, then gives it to a person, who has it tried again', async (test) => {
    const runs: { readonly at: number; readonly attempt: number }[] = [];
    let healed = false;
    const jobs = await begin(
      test,
      attaching((_linkedid, { attempt }) => {
        runs.push({ at: Date.now(), attempt });
        if (!healed) throw new Error('磁盘\0已坏');
        return Promise.resolve(DONE);
      }),
      { limits: { firstBackOffMs: 200 } },
    );
    await endCall(jobs, '1.1');
    await jobs.done();
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    const [first = 0, second = 0] = pausesOf(runs);
    // A quarter may be taken off by chance.
    expect(first).toBeGreaterThanOrEqual(150);
    expect(second).toBeGreaterThanOrEqual(450);
    const [given] = await jobs.carrier.failed();
    expect(given).toMatchObject({
      attempts: 3,
      reason: 'Error: 磁盘\ufffd已坏',
      effect: { linkedid: '1.1' },
    });
    expect((await jobs.carrier.state()).counts).toEqual({ waiting: 0, running: 0, failed: 1 });

    healed = true;
    const effect = given?.effect.id ?? '';
    expect(await jobs.carrier.retry(effect)).toMatchObject({ ok: true });
    await until(() => runs.length === 4);
    await jobs.done();
    expect(runs.at(-1)?.attempt).toBe(1);
    expect(await jobs.carrier.failed()).toEqual([]);
    expect(await jobs.carrier.retry(effect)).toMatchObject({
      ok: false,
      refusal: { code: 'effect-not-given-up' },
    });
  });

  it('gives what is of no use at once to a person, with its reason', async (test) => {
    let runs = 0;
    const jobs = await begin(
      test,
      attaching(() => {
        runs += 1;
        return Promise.resolve({ kind: 'failed', reason: '未找到录音文件' });
      }),
    );
    await endCall(jobs, '1.1');
    await jobs.done();
    expect(runs).toBe(1);
    expect(await jobs.carrier.failed()).toMatchObject([{ attempts: 1, reason: '未找到录音文件' }]);
  });

  it('takes over from a worker that was killed with a job in hand, when its lease has run out', async (test) => {
    const where = place();
    const jobs = await open(test, where);
    await endCall(jobs, '1.1');
    const [effect] = await jobs.store.dueEffects(Date.now(), 1);
    await killedWith(where, '1.1');
    const [killedAt, runs] = [Date.now(), [] as number[]];
    const leaseUntil = (await jobs.store.effectStanding(effect?.id ?? ''))?.leaseUntil ?? Number.NaN;
    jobs.carrier.start(
      attaching(() => {
        runs.push(Date.now());
        return Promise.resolve(DONE);
      }),
      { concurrency: 1 },
    );
    await jobs.done();
    expect(runs).toHaveLength(1);
    if (!isAlone) expect(runs[0]).toBeGreaterThanOrEqual(leaseUntil);
    expect((runs[0] ?? 0) - killedAt).toBeLessThan(QUICK.leaseMs + 10_000);
  });

  it('gives a job that kills its workers to a person', async (test) => {
    const where = place();
    const jobs = await open(test, where, { interruptions: 1 });
    await endCall(jobs, '1.1');
    await killedWith(where, '1.1');
    await killedWith(where, '1.1');
    let runs = 0;
    jobs.carrier.start(
      attaching(() => {
        runs += 1;
        return Promise.resolve(DONE);
      }),
      { concurrency: 1 },
    );
    await jobs.done();
    expect(runs).toBe(0);
    const [given] = await jobs.carrier.failed();
    expect(given?.reason).toContain('2 次在执行中意外终止');
  });

  it('never has more in hand than it was told', async (test) => {
    let [atOnce, most, runs] = [0, 0, 0];
    const full = Promise.withResolvers<void>();
    const jobs = await begin(
      test,
      attaching(async () => {
        atOnce += 1;
        runs += 1;
        most = Math.max(most, atOnce);
        // On a loaded machine one would be over before the next begins.
        if (atOnce === 3) full.resolve();
        await full.promise;
        await new Promise((resolve) => setTimeout(resolve, 40));
        atOnce -= 1;
        return DONE;
      }),
      { concurrency: 3 },
    );
    await Promise.all(Array.from({ length: 24 }, (_, n) => endCall(jobs, `1.${n}`)));
    await until(() => runs === 24);
    await jobs.done();
    expect(most).toBe(3);
  });

  it('waits at its close for what ends soon', async () => {
    const where = place();
    const jobs = await openJobs(where);
    const begun = Promise.withResolvers<void>();
    let aborted = false;
    jobs.carrier.start(
      attaching(async (_linkedid, { signal }) => {
        begun.resolve();
        await new Promise((resolve) => setTimeout(resolve, QUICK.graceMs / 2));
        aborted = signal.aborted;
        return DONE;
      }),
      { concurrency: 1 },
    );
    await endCall(jobs, '1.1');
    await begun.promise;
    await jobs.close();
    expect(aborted).toBe(false);
    expect(await standing(where)).toEqual([]);
  });

  it('tells at its close what does not end to stop, and gives it back', async (test) => {
    const where = place();
    const jobs = await openJobs(where);
    const begun = Promise.withResolvers<void>();
    jobs.carrier.start(
      attaching(async (_linkedid, { signal }) => {
        begun.resolve();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw new Error('stopped half-way');
      }),
      { concurrency: 1 },
    );
    await endCall(jobs, '1.1');
    await begun.promise;
    await jobs.close();
    expect(await standing(where)).toMatchObject([{ linkedid: '1.1' }]);

    // Nothing is held against it: not an attempt, not a killed worker.
    const attempts: number[] = [];
    const next = await open(test, where, { interruptions: 0 });
    next.carrier.start(
      attaching((_linkedid, { attempt }) => {
        attempts.push(attempt);
        return Promise.resolve(DONE);
      }),
      { concurrency: 1 },
    );
    await next.done();
    expect(attempts).toEqual([1]);
  });

  it('tells a job that is no longer ours, and counts nothing of what it says then', async (test) => {
    const stopped = Promise.withResolvers<void>();
    let runs = 0;
    const jobs = await begin(
      test,
      attaching(async (_linkedid, { signal }) => {
        runs += 1;
        if (runs > 1) return DONE;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        stopped.resolve();
        return { kind: 'failed', reason: 'said too late' };
      }),
      { limits: { leaseMs: QUICK.leaseMs } },
    );
    await endCall(jobs, '1.1');
    await until(() => runs === 1);
    const at = Date.now();
    // Together: between the two its own worker could take it back.
    const [, taken] = await Promise.all([
      jobs.work({ type: 'effects-release', at }),
      jobs.work({
        type: 'effects-claim',
        lease: randomUUID(),
        leaseUntil: at + 800,
        kinds: ['attach-recordings'],
        only: null,
        limit: 1,
        at,
      }),
    ]);
    expect(taken).toMatchObject({ ok: true, claimed: [{ effect: { linkedid: '1.1' } }] });
    await stopped.promise;
    await jobs.done();
    expect(runs).toBe(2);
    expect(await jobs.carrier.failed()).toEqual([]);
  });
});

function pausesOf(runs: readonly { readonly at: number }[]): readonly number[] {
  return runs.slice(1).map(({ at }, before) => at - (runs[before]?.at ?? at));
}

/** What somebody who comes next could take at once. */
async function standing({ database }: JobPlace) {
  const store = await openStore({ database, rules: RULES });
  const due = await store.dueEffects(Date.now(), 100);
  await store.close();
  return due;
}

/** A process that takes jobs is killed as soon as it has said that it began this one. */
async function killedWith(where: JobPlace, linkedid: string): Promise<void> {
  const victim = spawn(process.execPath, [VICTIM, JSON.stringify(where)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise((resolve) => victim.once('exit', (_code, signal) => resolve(signal)));
  const begun = await new Promise((resolve) => {
    victim.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8').trim()));
    victim.once('exit', () => resolve('it ended by itself'));
  });
  victim.kill('SIGKILL');
  expect(begun).toBe(linkedid);
  expect(await gone).toBe('SIGKILL');
}
