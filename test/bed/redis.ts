import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { reserveLoopback } from './loopback.ts';
import { handOver, serverUser } from './unprivileged.ts';

export interface RedisOptions {
  /** False: it forgets everything when it ends. */
  readonly appendOnly?: boolean;
  readonly policy?: 'noeviction' | 'allkeys-lru';
  readonly password?: string;
}

export interface RedisServer {
  /** With the password, when there is one. */
  readonly url: string;
  /** Starts it on the folder it had before; resolves when it takes connections. */
  start(): Promise<void>;
  /** In order: what it was told last is on disk. */
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGSTOP: connected and silent. */
  freeze(): void;
  thaw(): void;
  /** One command, as an administrator would type it. */
  run(...command: readonly [string, ...string[]]): Promise<unknown>;
  /** Ends it and removes its folder. */
  close(): Promise<void>;
}

const PORT = 6379;

/**
 * Starts a real redis-server on a loopback address of its own (no port to collide on), in a folder of its own, as an
 * unprivileged user. As shipped it keeps an append-only file and throws nothing away.
 */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const loopback = await reserveLoopback();
  const host = loopback.address(1);
  const home = mkdtempSync(join(tmpdir(), 'dutyline-redis-'));
  handOver(home);
  const settings = settingsOf(host, home, options);
  const url = `redis://${options.password === undefined ? '' : `:${options.password}@`}${host}:${PORT}`;
  let server: ChildProcess | null = null;

  async function start(): Promise<void> {
    server = spawn('redis-server', settings, {
      ...serverUser(),
      cwd: home,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await ready(server);
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const ending = server;
    server = null;
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await gone;
  }

  await start();
  return {
    url,
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    freeze: () => server?.kill('SIGSTOP'),
    thaw: () => server?.kill('SIGCONT'),
    async run(...[command, ...args]) {
      const client = new Redis(url);
      try {
        return await client.call(command, ...args);
      } finally {
        client.disconnect();
      }
    },
    async close() {
      await end('SIGKILL');
      await loopback.release();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function settingsOf(host: string, home: string, options: RedisOptions): readonly string[] {
  const { appendOnly = true, policy = 'noeviction', password } = options;
  return [
    ...['--bind', host, '--port', String(PORT), '--dir', home, '--save', ''],
    ...['--appendonly', appendOnly ? 'yes' : 'no', '--maxmemory-policy', policy],
    ...(password === undefined ? [] : ['--requirepass', password]),
  ];
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      if (said.includes('Ready to accept connections')) resolve();
    });
    server.once('error', () => reject(new Error('Redis is not installed: apt-get install redis-server')));
    server.once('exit', () => reject(new Error(`Redis did not start: ${said}`)));
  });
}
