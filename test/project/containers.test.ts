/** The very commands of docker-compose.yml and of its guide, run on this machine: only ports, hosts and folders are others. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRedis } from '../../src/jobs/redis.ts';
import { freePort } from '../bed/free-port.ts';
import { type PostgresServer, startPostgres } from '../bed/postgres.ts';
import { readCompose, root, type WrittenService } from './compose-file.ts';

const GRACE_MS = 20_000;
const guide = readFileSync(join(root, 'docs/guides/containers.md'), 'utf8');
const { services: small } = readCompose('small', {});
const { services: grown } = readCompose('grown', { DUTYLINE_DATABASE_PASSWORD: 'secret' });

let ports: { readonly page: number; readonly postgres: number; readonly redis: number };
/** As /opt/dutyline in the container: the program, and beside it the three folders that are mounted. */
let home: string;
let postgres: PostgresServer | undefined;
let redis: ChildProcess | undefined;
const started: ChildProcess[] = [];

beforeAll(async () => {
  ports = { page: await freePort(), postgres: await freePort(), redis: await freePort() };
  home = mkdtempSync(join(tmpdir(), 'dutyline-containers-'));
  for (const part of ['scripts', 'config']) cpSync(join(root, part), join(home, part), { recursive: true });
  for (const part of ['src', 'node_modules', 'package.json']) symlinkSync(join(root, part), join(home, part));
  for (const folder of ['var', 'recordings', 'data']) mkdirSync(join(home, folder));
});
afterAll(async () => {
  for (const child of [...started, redis]) {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) continue;
    const gone = once(child, 'exit');
    // The whole group: Node 20 runs the service in a Node 24 below it.
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    await gone;
  }
  await postgres?.stop();
  rmSync(home, { recursive: true, force: true });
});

describe('redis', () => {
  it('is not healthy before it runs', async () => {
    expect((await check(grown.redis)).code).not.toBe(0);
  });

  it('started by its command line is healthy, and the service finds nothing against it', async () => {
    const [program = '', ...args] = grown.redis?.command ?? [];
    redis = spawn(program, [...args.map(here), '--bind', '127.0.0.1'], { stdio: 'ignore', detached: true });
    await expect.poll(async () => (await check(grown.redis)).output, { timeout: 10_000 }).toBe('PONG\n');
    expect(await warned()).toEqual([]);
    expect(readFileSync(join(home, 'data/appendonlydir/appendonly.aof.manifest'), 'utf8')).toContain('aof');
  });

  it('without these settings it would be told of', async () => {
    const link = openRedis(redisUrl(), { now: Date.now, log: () => undefined });
    await reached(link);
    await link.ask(() => link.client.config('SET', 'appendonly', 'no', 'maxmemory-policy', 'allkeys-lru'));
    expect(await warned()).toEqual(['redis-no-append-only', 'redis-evicts']);
    await link.ask(() => link.client.config('SET', 'appendonly', 'yes', 'maxmemory-policy', 'noeviction'));
    link.close();
  });
});

describe('postgres', () => {
  it('is not healthy before it runs', async () => {
    expect((await check(grown.postgres)).code).not.toBe(0);
  });

  it('made with its settings is healthy', async () => {
    const { POSTGRES_DB = '', POSTGRES_INITDB_ARGS = '' } = grown.postgres?.environment ?? {};
    postgres = await startPostgres({ initdb: POSTGRES_INITDB_ARGS.split(' '), port: ports.postgres });
    postgres.createDatabase(POSTGRES_DB);
    expect(await check(grown.postgres)).toMatchObject({ code: 0 });
  });
});

// One story: a step taken again would find what it did before.
describe('the service', { retry: 0 }, () => {
  let running: ChildProcess;

  it('is not healthy before it runs', async () => {
    expect(await check(small.dutyline)).toMatchObject({ code: 1, output: /^no answer: / });
  });

  it('small: starts, is healthy, and is not while sound cannot be kept', async () => {
    running = await healthy(small.dutyline);
    const recordings = join(home, 'var/demo/recordings');
    rmSync(recordings, { recursive: true });
    writeFileSync(recordings, '');
    expect(await check(small.dutyline)).toEqual({ code: 1, output: 'database ok, recordings failing\n' });
    rmSync(recordings);
    expect(await check(small.dutyline)).toEqual({ code: 0, output: 'database ok, recordings ok\n' });
  });

  it('small: is backed up while it runs, and ends within its time on the signal of docker stop', async () => {
    const nightly = inGuide('exec dutyline node scripts/dutyline.mjs backup');
    expect(await run(small.dutyline, nightly)).toMatchObject({ code: 0 });
    // Until the demonstration's first call is in it.
    await expect
      .poll(async () => rowsOf(await run(small.dutyline, [...nightly, '--json'])), { timeout: 20_000 })
      .toBeGreaterThan(25);
    expect(small.dutyline?.stop_grace_period).toBe(`${GRACE_MS / 1_000}s`);
    await stop(running);
  });

  it('moves from small to grown by the commands of the guide, with every row', async () => {
    const backup = inGuide('run --rm dutyline node scripts/dutyline.mjs backup');
    const restore = inGuide('run --rm dutyline-grown node scripts/dutyline.mjs restore');
    const before = await run(small.dutyline, [...backup, '--json']);
    const after = await run(grown['dutyline-grown'], [...restore, '--json']);
    expect([before.code, after.code]).toEqual([0, 0]);
    expect(rowsOf(before)).toBeGreaterThan(25);
    expect(rowsOf(after)).toBe(rowsOf(before));
  });

  it('grown: starts on both servers, and is not healthy when PostgreSQL is gone', async () => {
    running = await healthy(grown['dutyline-grown']);
    const link = openRedis(redisUrl(), { now: Date.now, log: () => undefined });
    await reached(link);
    await expect.poll(() => link.client.keys('dutyline:effects:*'), { timeout: 10_000 }).not.toEqual([]);
    link.close();
    await postgres?.stop();
    postgres = undefined;
    expect(await check(grown['dutyline-grown'])).toEqual({
      code: 1,
      output: 'database failing, recordings ok\n',
    });
  });
});

/** A health check as Docker runs it: exit code 0 is healthy. */
function check(service: WrittenService | undefined): Promise<Ran> {
  const [kind, ...command] = service?.healthcheck.test ?? [];
  expect(kind).toBe('CMD');
  return run(service, command);
}

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** What `backup --json` and `restore --json` say. */
const rowsOf = ({ output }: Ran) => (JSON.parse(output) as { readonly rows: number }).rows;

/** Runs a command as it runs in the container of `service`. */
async function run(service: WrittenService | undefined, command: readonly string[]): Promise<Ran> {
  const child = inContainer(service, command);
  let output = '';
  child.stdout?.on('data', (bytes: Buffer) => {
    output += String(bytes);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

function inContainer(service: WrittenService | undefined, command: readonly string[]): ChildProcess {
  const [program = '', ...args] = command.map(here);
  const { PATH = '', HOME = '' } = process.env;
  const own = Object.fromEntries(
    Object.entries(service?.environment ?? {}).map(([name, value]) => [name, here(value)]),
  );
  const child = spawn(program, args, {
    cwd: home,
    env: { PATH, HOME, ...own, DUTYLINE_CONFIG: join(home, 'config') },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  started.push(child);
  return child;
}

/** Starts the service's container and waits until its own check says healthy. */
async function healthy(service: WrittenService | undefined): Promise<ChildProcess> {
  const child = inContainer(service, service?.command ?? []);
  await expect
    .poll(async () => (await check(service)).code, { timeout: 30_000, message: 'the service is not healthy' })
    .toBe(0);
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit', { signal: AbortSignal.timeout(GRACE_MS) });
  child.kill('SIGTERM');
  expect(await gone).toEqual([0, null]);
}

/** Ports, hosts and folders of the containers as they are here. */
function here(text: string): string {
  return text
    .replace('@postgres:5432', `@127.0.0.1:${ports.postgres}`)
    .replace('//redis:6379', `//127.0.0.1:${ports.redis}`)
    .replace(/^8080$/, String(ports.page))
    .replace(/^6379$/, String(ports.redis))
    .replace(/^5432$/, String(ports.postgres))
    .replace(/^\/data$/, join(home, 'data'));
}

/** The command that the one line with these words in the guide runs inside a container. */
function inGuide(words: string): readonly string[] {
  const lines = guide
    .split('\n')
    .filter((line) => line.startsWith('docker compose ') && line.includes(words));
  expect(lines, words).toHaveLength(1);
  return (lines[0] ?? '').replace(/^.*? (?=node )/, '').split(' ');
}

const redisUrl = () => here(grown['dutyline-grown']?.environment?.REDIS_URL ?? '');

/** What the service says against the Redis that runs. */
async function warned(): Promise<readonly string[]> {
  const link = openRedis(redisUrl(), { now: Date.now, log: () => undefined });
  await reached(link);
  const codes = link.warnings().map(({ code }) => code);
  link.close();
  return codes;
}

/** Waits until it answered, then once more: its settings are asked first, and answers come in order. */
async function reached(link: ReturnType<typeof openRedis>): Promise<void> {
  await expect.poll(() => link.awaySince(), { timeout: 5_000 }).toBeNull();
  expect(await link.ask(() => link.client.ping())).toEqual({ value: 'PONG' });
}
