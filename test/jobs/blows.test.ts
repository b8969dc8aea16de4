/** Blows under load (Must show 3); what load and visible effect are is said in `struck.ts`. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../bed/postgres.ts';
import { type RedisServer, startRedis } from '../bed/redis.ts';
import type { JobPlace } from './job-bed.ts';
import { type Found, passing, SOUND_FACTS, struck } from './struck.ts';

const CALLS = 60;

let postgres: PostgresServer;
let redis: RedisServer;
beforeAll(async () => {
  [postgres, redis] = await Promise.all([startPostgres({ fsync: false }), startRedis()]);
});
afterAll(async () => {
  await Promise.all([postgres.stop(), redis.close()]);
});

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
    const { runs, facts, jobs } = await struck(onRedis(), CALLS, blow);
    expect(jobs).toEqual({ waiting: 0, running: 0, failed: 0 });
    expect(facts).toEqual(once([...SOUND_FACTS, 'recording-copied']));
    expect(runs).toEqual({ 'attach-recordings': CALLS, 'process-recording': CALLS, 'copy-recording': CALLS });
  });

  it.each<[how: 'fast' | 'immediate', from: string, place: () => JobPlace]>([
    ['immediate', 'the own table', onTable],
    ['fast', 'the own table', onTable],
    ['immediate', 'Redis', onRedis],
  ])(
    'PostgreSQL restarted twice (%s) with jobs from %s loses none, and none has its effect twice',
    async (how, _from, place) => {
      const { facts, jobs } = await struck(place(), CALLS, async () => {
        await postgres.restart(how);
        await passing(500);
        await postgres.restart(how);
      });
      expect(jobs).toEqual({ waiting: 0, running: 0, failed: 0 });
      expect(facts).toEqual(once([...SOUND_FACTS, 'recording-copied']));
    },
  );
});

/** One fact of each of these kinds for each call. */
function once(kinds: readonly string[]): Readonly<Record<string, Found>> {
  return Object.fromEntries(kinds.map((kind) => [kind, { facts: CALLS, recordings: CALLS }]));
}
