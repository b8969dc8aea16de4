import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { freePort } from './free-port.ts';
import {
  addOfficer,
  amiSecrets,
  officeConfig,
  type ServiceSettings,
  serviceConfig,
  setPin,
} from './service-config.ts';

/** The whole service as a process of its own, as an office runs it, beside a real PBX. */
export interface ServiceProcess {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  readonly database: string;
  readonly recordings: string;
  start(): Promise<void>;
  kill9(): Promise<void>;
  stop(): Promise<void>;
  /** Waits until the listen session with the PBX stands. */
  watching(timeoutMs?: number): Promise<void>;
  /** Waits until the service says that the PBX is not watched. */
  unwatched(timeoutMs?: number): Promise<void>;
  output(): string;
  dispose(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Writes configuration and one officer's account into a folder of its own and starts the service. */
export async function startService(settings: ServiceSettings): Promise<ServiceProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-service-'));
  const configFolder = join(folder, 'config');
  const database = join(folder, 'dutyline.sqlite');
  const recordings = join(folder, 'recordings');
  const port = await freePort();
  mkdirSync(configFolder);
  writeFileSync(join(configFolder, 'dutyline.yaml'), stringify(serviceConfig(settings, port, folder)));
  writeFileSync(join(configFolder, 'office.yaml'), stringify(officeConfig(settings)));
  await addOfficer(database);
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  let said = '';

  async function start(): Promise<void> {
    const { VITEST: _, ...rest } = process.env;
    child = spawn(process.execPath, [MAIN], {
      env: {
        ...rest,
        DUTYLINE_CONFIG: configFolder,
        ...amiSecrets(),
        ...settings.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (bytes: Buffer) => {
      said = (said + String(bytes)).slice(-200_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    await until(
      () => answers(url),
      60_000,
      () => `the service does not answer:\n${said}`,
    );
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const ending = child;
    child = null;
    if (ending === null || ending.exitCode !== null) return;
    const gone = once(ending, 'exit');
    ending.kill(signal);
    await gone;
  }

  await start();
  await setPin(database);
  return {
    url,
    port,
    folder,
    database,
    recordings,
    start,
    kill9: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    watching: (timeoutMs = 30_000) =>
      until(
        async () => (await isWatching(url)) === true,
        timeoutMs,
        () => `the PBX is not watched:\n${said}`,
      ),
    unwatched: (timeoutMs = 60_000) =>
      until(
        async () => (await isWatching(url)) === false,
        timeoutMs,
        () => 'the service did not notice the cut',
      ),
    output: () => said,
    async dispose() {
      await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answers(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Null when the service does not answer, which says nothing about the PBX. */
async function isWatching(url: string): Promise<boolean | null> {
  const response = await fetch(new URL('/health', url)).catch(() => null);
  // 429: the service guards itself against those who ask too often.
  if (response === null || response.status === 429) return null;
  const health = (await response.json()) as { links: readonly { state: string }[] };
  return health.links.every(({ state }) => state === 'up');
}

/** Asks again every 250 ms: neither a port nor a link announces itself to another process. */
async function until(holds: () => Promise<boolean>, timeoutMs: number, why: () => string): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(why());
    await delay(250);
  }
}
