/**
 * `npm run bench -- jobs [jobs] [rounds]`: how many empty jobs a second each back end does, beside BullMQ without anything of
 * ours in the same run. Ours stand in the database when the clock starts and are gone from it when it stops, so each costs a
 * claim and an end that are durable; BullMQ's stand in Redis, with the same append-only file. A round does them one after
 * another, so that what loads the machine loads all; the median of the rounds is printed.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { JOB_LIMITS } from '../../src/jobs/job-queue.ts';
import { newId } from '../../src/storage/new-id.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { startPostgres } from '../bed/postgres.ts';
import { startRedis } from '../bed/redis.ts';
import { type JobPlace, openJobs, until } from '../jobs/job-bed.ts';

/** As the service works, and as a machine would with many workers. */
const HANDS = [3, 32];
const PIECE = 500;

/** Prints a line for each back end and number of hands. */
export async function run([jobs = '2000', rounds = '3']: readonly string[]): Promise<void> {
  const count = Number(jobs);
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-bench-jobs-'));
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const onSqlite = () => join(folder, `${randomUUID()}.db`);
  const onPostgres = () => postgres.createDatabase(`bench_${randomUUID().slice(0, 8)}`);
  const onRedis = () => ({ url: redis.url, prefix: randomUUID() });
  const ways: readonly (readonly [string, (hands: number) => Promise<number>])[] = [
    ['plain BullMQ', (hands) => plain(redis.url, count, hands)],
    ['our BullMQ queue on SQLite', (hands) => ours({ database: onSqlite(), redis: onRedis() }, count, hands)],
    [
      'our BullMQ queue on PostgreSQL',
      (hands) => ours({ database: onPostgres(), redis: onRedis() }, count, hands),
    ],
    ['own table on SQLite', (hands) => ours({ database: onSqlite(), redis: null }, count, hands)],
    ['own table on PostgreSQL', (hands) => ours({ database: onPostgres(), redis: null }, count, hands)],
  ];
  try {
    for (const hands of HANDS) {
      const rates = new Map<string, number[]>(ways.map(([name]) => [name, []]));
      for (let round = 0; round < Number(rounds); round += 1) {
        for (const [name, way] of ways) rates.get(name)?.push((count * 1_000) / (await way(hands)));
      }
      const base = median(rates.get('plain BullMQ') ?? []);
      process.stdout.write(`${count} empty jobs, ${hands} at once, load ${loadavg()[0]?.toFixed(1)}\n`);
      for (const [name, all] of rates) {
        const rate = median(all);
        process.stdout.write(`  ${name}: ${Math.round(rate)} jobs/s, ${(rate / base).toFixed(2)} ×\n`);
      }
    }
  } finally {
    await Promise.all([postgres.stop(), redis.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from the start of the worker until the last job is struck out of the database. */
async function ours(place: JobPlace, count: number, hands: number): Promise<number> {
  const jobs = await openJobs(place, JOB_LIMITS, 30_000);
  await fill(place.database, count);
  let done = 0;
  const handler = () => {
    done += 1;
    return Promise.resolve({ kind: 'done' } as const);
  };
  const from = performance.now();
  jobs.carrier.start({ 'copy-recording': handler }, { concurrency: hands });
  await until(() => done >= count);
  await jobs.done();
  const took = performance.now() - from;
  await jobs.close();
  return took;
}

/** Effects as the writer leaves them; which facts they came with is another bench's question. */
async function fill(database: string, count: number): Promise<void> {
  const effect_json = JSON.stringify({ kind: 'copy-recording', recording: newId() });
  const row = () => ({ id: newId(), effect_json, kind: 'copy-recording', attempts: 0, interrupted: 0 });
  const db = database.startsWith('postgres:')
    ? openPostgres(database, () => {})
    : openSqlite(database, 'write');
  for (let from = 0; from < count; from += PIECE) {
    const rows = Array.from({ length: Math.min(PIECE, count - from) }, row);
    await db.insertInto('pending_effects').values(rows).execute();
  }
  await db.destroy();
}

/** Milliseconds from the start of the worker until the last job is done, the adding included as it is in ours. */
async function plain(url: string, count: number, hands: number): Promise<number> {
  const prefix = randomUUID();
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  const queue = new Queue('bench', { connection, prefix });
  await queue.waitUntilReady();
  const over = Promise.withResolvers<void>();
  let done = 0;
  const from = performance.now();
  const worker = new Worker('bench', () => Promise.resolve(), {
    connection,
    prefix,
    concurrency: hands,
    removeOnComplete: { count: 0 },
  });
  worker.on('completed', () => {
    done += 1;
    if (done === count) over.resolve();
  });
  for (let first = 0; first < count; first += PIECE) {
    const piece = Array.from({ length: Math.min(PIECE, count - first) }, (_, n) => ({
      name: 'empty',
      data: { effect: `${first + n}` },
    }));
    await queue.addBulk(piece);
  }
  await over.promise;
  const took = performance.now() - from;
  await worker.close();
  await queue.close();
  connection.disconnect();
  return took;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
