import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { withStore } from '../../src/cli/office-store.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import type { JobOutcome } from '../../src/jobs/job-queue.ts';
import { checkMachine } from '../../src/service/checks/check-machine.ts';
import { DEMO_LOGIN } from '../../src/service/demonstration.ts';
import { start } from '../../src/service/start.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { createLog } from '../../src/web/log.ts';
import type { RecordingDeskView } from '../../src/web/protocol/recording-desk-view.ts';
import { type RedisOptions, type RedisServer, startRedis } from '../bed/redis.ts';
import { done } from '../storage/back-ends.ts';
import { OFFICE, RULES } from '../storage/office.ts';
import { createBrowser } from '../web/browser.ts';
import { attaching, endCall, type Jobs, openJobs, until } from './job-bed.ts';

const folder = mkdtempSync(join(tmpdir(), 'dutyline-redis-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function redisFor({ onTestFinished }: TestContext, options: RedisOptions = {}): Promise<RedisServer> {
  const redis = await startRedis(options);
  onTestFinished(() => redis.close());
  return redis;
}

/** Jobs that only note what they did, on this server or on what will be there. */
async function jobsOn(
  { onTestFinished }: TestContext,
  url: string,
  everyMs?: number,
): Promise<Jobs & { readonly ran: string[] }> {
  const database = join(folder, `${randomUUID()}.db`);
  const jobs = await openJobs({ database, redis: { url, prefix: 'test' } }, {}, everyMs);
  onTestFinished(() => jobs.close());
  await done(jobs.store, { type: 'office-import', office: OFFICE, at: 0 });
  const ran: string[] = [];
  jobs.carrier.start(
    attaching((linkedid) => {
      ran.push(linkedid);
      return Promise.resolve<JobOutcome>({ kind: 'done' });
    }),
    { concurrency: 2 },
  );
  return { ...jobs, ran };
}

const warningsOf = async ({ carrier }: Jobs) => (await carrier.state()).warnings.map(({ code }) => code);
const awaySince = async ({ carrier }: Jobs) => (await carrier.state()).awaySince;
const saidOf = ({ said }: Jobs, code: string) => said.filter((one) => one.code === code);

describe.concurrent('the settings of Redis', () => {
  it('are found fault with at the start when it keeps no file and throws data away', async (test) => {
    const redis = await redisFor(test, { appendOnly: false, policy: 'allkeys-lru' });
    const jobs = await jobsOn(test, redis.url);
    await until(async () => (await warningsOf(jobs)).length > 0);
    expect(await warningsOf(jobs)).toEqual(['redis-no-append-only', 'redis-evicts']);
    expect(saidOf(jobs, 'redis-no-append-only')).toMatchObject([
      { level: 'warn', about: { en: expect.stringContaining('appendonly yes') as string } },
    ]);
    expect(saidOf(jobs, 'redis-evicts')).toHaveLength(1);
  });

  it('are passed over in silence when they are good', async (test) => {
    const redis = await redisFor(test);
    const jobs = await jobsOn(test, redis.url);
    await endCall(jobs, '1.1');
    await jobs.done();
    expect(await warningsOf(jobs)).toEqual([]);
    expect(jobs.said.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  it('are on the page 录音 of a service that was started with them', async (test) => {
    const redis = await redisFor(test, { appendOnly: false, policy: 'allkeys-lru' });
    const desk = await deskOfService(test, redis.url, (seen) => seen.jobs.warnings.length > 0);
    expect(desk.jobs).toMatchObject({ backEnd: 'redis', awaySince: null });
    expect(desk.jobs.warnings.map(({ zh }) => zh)).toEqual([
      expect.stringContaining('appendonly yes') as string,
      expect.stringContaining('noeviction') as string,
    ]);
  });
});

describe.concurrent('a Redis that is not there', () => {
  it('keeps no service from starting: its page says since when it is away', async (test) => {
    const redis = await redisFor(test);
    await redis.kill();
    const desk = await deskOfService(test, redis.url, (seen) => seen.jobs.awaySince !== null);
    expect(desk.jobs.backEnd).toBe('redis');
  });

  it('is told of once, and gets what waited when it comes', async (test) => {
    const redis = await redisFor(test);
    await redis.kill();
    const jobs = await jobsOn(test, redis.url);
    await endCall(jobs, '1.1');
    await until(() => saidOf(jobs, 'redis-trouble').length > 0 && saidOf(jobs, 'queue-trouble').length > 0);
    // Some more attempts.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(jobs.ran).toEqual([]);
    expect(await awaySince(jobs)).not.toBeNull();
    expect(saidOf(jobs, 'redis-trouble')).toMatchObject([
      { about: { error: expect.stringContaining('ECONNREFUSED') as string } },
    ]);
    expect(saidOf(jobs, 'queue-trouble')).toHaveLength(1);
    await redis.start();
    await jobs.done();
    expect(jobs.ran).toEqual(['1.1']);
    expect(await awaySince(jobs)).toBeNull();
  });

  it('holds nobody up who closes meanwhile', async (test) => {
    const redis = await redisFor(test);
    const jobs = await openJobs({
      database: join(folder, `${randomUUID()}.db`),
      redis: { url: redis.url, prefix: 'test' },
    });
    jobs.carrier.start(
      attaching(() => Promise.resolve({ kind: 'done' })),
      { concurrency: 2 },
    );
    await until(async () => (await awaySince(jobs)) === null);
    await redis.kill();
    const from = Date.now();
    await jobs.close();
    expect(Date.now() - from).toBeLessThan(6_000);
    // Nothing of it tries to connect any more.
    await redis.start();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const clients = String(await redis.run('CLIENT', 'LIST'))
      .trim()
      .split('\n');
    expect(clients).toHaveLength(1);
  });
});

describe.concurrent('a Redis that refuses', () => {
  it.for([
    ['a wrong password', 'redis://:wrong@'],
    ['no password', 'redis://'],
  ] as const)('to %s is named once in the log, and on the page; jobs wait', async ([, spoilt], test) => {
    const redis = await redisFor(test, { password: 'right' });
    const jobs = await jobsOn(test, redis.url.replace('redis://:right@', spoilt));
    await endCall(jobs, '1.1');
    await until(async () => (await warningsOf(jobs)).length > 0);
    // Some more attempts.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await warningsOf(jobs)).toEqual(['redis-refuses-login']);
    expect(await awaySince(jobs)).not.toBeNull();
    expect([...saidOf(jobs, 'redis-trouble'), ...saidOf(jobs, 'redis-refused')]).toHaveLength(1);
    expect(JSON.stringify(jobs.said)).not.toContain('wrong@');
    expect(jobs.ran).toEqual([]);
    // Somebody mends it on the server's side.
    await redis.run('CONFIG', 'SET', 'requirepass', '');
    await jobs.done();
    expect(jobs.ran).toEqual(['1.1']);
    expect(await warningsOf(jobs)).toEqual([]);
  });

  it('because its memory is full: jobs wait, the page says why, and they go on when there is room', async (test) => {
    const redis = await redisFor(test);
    const jobs = await jobsOn(test, redis.url);
    await until(async () => (await awaySince(jobs)) === null);
    await redis.run('CONFIG', 'SET', 'maxmemory', '1mb');
    for (let n = 0; n < 5; n += 1) await endCall(jobs, `1.${n}`);
    await until(async () => (await warningsOf(jobs)).length > 0);
    expect(await warningsOf(jobs)).toEqual(['redis-takes-nothing']);
    expect(await awaySince(jobs)).not.toBeNull();
    expect(saidOf(jobs, 'redis-refused')).toHaveLength(1);
    await redis.run('CONFIG', 'SET', 'maxmemory', '0');
    await jobs.done();
    expect([...jobs.ran].sort()).toEqual(['1.0', '1.1', '1.2', '1.3', '1.4']);
    expect(await warningsOf(jobs)).toEqual([]);
    expect(await awaySince(jobs)).toBeNull();
  });
});

describe.concurrent('a Redis that is full', () => {
  it('is noticed, and stays so, in rounds that have nothing to bring', async (test) => {
    const redis = await redisFor(test);
    const jobs = await jobsOn(test, redis.url, 5);
    await until(async () => (await awaySince(jobs)) === null);
    await redis.run('CONFIG', 'SET', 'maxmemory', '1mb');
    await until(async () => (await warningsOf(jobs)).includes('redis-takes-nothing'));
    await endCall(jobs, '1.1');
    await redis.run('CONFIG', 'SET', 'maxmemory', '0');
    await jobs.done();
    expect(saidOf(jobs, 'redis-refused')).toHaveLength(1);
    expect(saidOf(jobs, 'redis-away')).toHaveLength(1);
  });
});

describe.concurrent('dutyline doctor', () => {
  it.for<[what: string, options: RedisOptions, spoil: (url: string) => string, found: readonly string[]]>([
    ['a good Redis', {}, (url) => url, ['good Redis keeps an append-only file and throws nothing away']],
    [
      'a badly configured one',
      { appendOnly: false, policy: 'allkeys-lru' },
      (url) => url,
      [
        'note Redis keeps no append-only file (appendonly yes): jobs are late after its restart, though none is lost.',
        'note Redis throws data away when memory runs short: set maxmemory-policy noeviction.',
      ],
    ],
    [
      'one that refuses the log-in',
      { password: 'right' },
      (url) => url.replace('right', 'wrong'),
      [
        'bad Redis cannot be used: Redis refuses the log-in: check user and password in REDIS_URL. Jobs are kept meanwhile.',
      ],
    ],
    [
      'one that is not there',
      {},
      (url) => url.replace('6379', '6380'),
      ['bad Redis cannot be used: Error: connect ECONNREFUSED'],
    ],
  ])('names %s', async ([, options, spoil, expected], test) => {
    const redis = await redisFor(test, options);
    const config = await serviceConfig(spoil(redis.url));
    const found = (await checkMachine(config, (use) => withStore(config, use))).filter(({ what }) =>
      what.includes('Redis'),
    );
    const lines = found.map(({ kind, what }) => `${kind} ${what}`.replace(/ 127\.\S+$/, ''));
    expect(lines).toEqual(expected);
  });
});

/** What somebody who is logged in to a whole service with this `REDIS_URL` is shown, as soon as it is what we wait for. */
async function deskOfService(
  { onTestFinished }: TestContext,
  url: string,
  isIt: (desk: RecordingDeskView) => boolean,
): Promise<RecordingDeskView> {
  const config = await serviceConfig(url);
  const service = await start(config, {
    log: createLog('silent'),
    pageFolder: join(config.storage.state, 'page'),
    demoCallsByItself: false,
  });
  onTestFinished(() => service.stop());
  const browser = createBrowser(`http://127.0.0.1:${service.port}`);
  const answer = await browser.logIn(DEMO_LOGIN.login, DEMO_LOGIN.password);
  if (answer.status !== 200) throw new Error(`log-in: ${answer.status} ${await answer.text()}`);
  for (;;) {
    const response = await browser.fetch('/api/recording-desk');
    if (response.status !== 200) throw new Error(`the page: ${response.status} ${await response.text()}`);
    const desk = (await response.json()) as RecordingDeskView;
    if (isIt(desk)) return desk;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A service without a PBX, on a database with an office in it. */
async function serviceConfig(url: string): Promise<Config> {
  const place = mkdtempSync(join(folder, 'service-'));
  writeFileSync(
    join(place, 'dutyline.yaml'),
    'http: { host: 127.0.0.1 }\nstorage: { recordings: sound, state: state }\n',
  );
  const loaded = loadConfig({ dir: place, env: { PORT: '0', REDIS_URL: url } });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const { config } = loaded;
  const { database, state } = config.storage;
  if (database.kind !== 'sqlite') throw new Error('no file');
  mkdirSync(join(state, 'page'), { recursive: true });
  writeFileSync(join(state, 'page', 'index.html'), '<!doctype html>');
  mkdirSync(dirname(database.file), { recursive: true });
  // With an office, the demonstration makes its account at the start.
  const store = await openStore({ database: database.file, rules: RULES });
  await done(store, { type: 'office-import', office: OFFICE, at: 0 });
  await store.close();
  return config;
}
