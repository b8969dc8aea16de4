import { randomUUID } from 'node:crypto';
import { startPostgres } from '../bed/postgres.ts';
import { startRedis } from '../bed/redis.ts';
import type { JobPlace } from '../jobs/job-bed.ts';
import { type Left, passing, SOUND_FACTS, struck } from '../jobs/struck.ts';
import { seeded } from '../support/seeded.ts';

/** 25 ms for each call: this many are under way while the blows of one round fall. */
const CALLS = 1_000;
const BLOWS = 8;

/**
 * Rounds of 1,000 ended calls with three jobs each, in turn from Redis and from the own table, with eight blows in each at
 * random times: Redis killed, emptied, silent, restarted; PostgreSQL restarted both ways. Prints a line for each round.
 * Answers the exit code: 1 when a job was lost or had its effect twice.
 */
export async function soakJobs(seed: number, rounds: number): Promise<number> {
  const chance = seeded(seed);
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const blows: Readonly<Record<string, () => Promise<void>>> = {
    async 'redis killed'() {
      await redis.kill();
      await passing(chance.between(0, 2_000));
      await redis.start();
    },
    async 'redis emptied'() {
      await redis.run('FLUSHALL');
    },
    async 'redis silent'() {
      redis.freeze();
      await passing(chance.between(500, 6_000));
      redis.thaw();
    },
    async 'redis restarted'() {
      await redis.stop();
      await redis.start();
    },
    'postgres killed': () => postgres.restart('immediate'),
    'postgres restarted': () => postgres.restart('fast'),
  };
  let losses = 0;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const place: JobPlace = {
        database: postgres.createDatabase(`soak_${randomUUID().slice(0, 8)}`),
        redis: round % 2 === 0 ? { url: redis.url, prefix: randomUUID() } : null,
      };
      const names = Array.from({ length: BLOWS }, () => chance.pick(Object.keys(blows)));
      const left = await struck(place, CALLS, async () => {
        for (const name of names) {
          await blows[name]?.();
          await passing(chance.between(100, 3_000));
        }
      });
      const faults = faultsOf(left);
      losses += faults.length;
      process.stdout.write(
        `${JSON.stringify({ round, from: place.redis === null ? 'table' : 'redis', names, runs: left.runs, faults })}\n`,
      );
    }
  } finally {
    await Promise.all([postgres.stop(), redis.close()]);
  }
  return losses === 0 ? 0 : 1;
}

function faultsOf({ facts, jobs }: Left): readonly string[] {
  const of = (kind: string) => facts[kind] ?? { facts: 0, recordings: 0 };
  return [
    ...(jobs.waiting + jobs.running + jobs.failed === 0 ? [] : [`left: ${JSON.stringify(jobs)}`]),
    ...SOUND_FACTS.filter((kind) => of(kind).facts !== CALLS || of(kind).recordings !== CALLS),
    ...(of('recording-copied').recordings === CALLS ? [] : ['recording-copied']),
  ];
}
