import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { newId } from '../../src/storage/new-id.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { hashPassword } from '../../src/web/password.ts';
import { accountSecret } from './manager-conf.ts';
import { DID } from './numbers.ts';
import type { Office } from './office.ts';

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

export interface ServiceSettings {
  readonly office: Office;
  /** Where the service finds the PBX, when something stands between. */
  readonly ami?: { readonly host: string; readonly port: number };
  readonly recording?: 'pbx' | 'ami' | 'none';
  /** Of the PBX: where it keeps its calls. */
  readonly history?: unknown;
  /** How the PBX's sound is reached; it lies on our own disk unless told. */
  readonly reach?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** More of `http` in `dutyline.yaml`. */
  readonly http?: Readonly<Record<string, unknown>>;
}

export const OFFICER = { login: 'officer', password: 'duty-room-7', pin: '7294' } as const;
const RULES = { areaCode: '0954', numberPattern: '值电〔{year}〕{n}号', timeZone: 'Asia/Shanghai' };
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
        DUTYLINE_LISTEN_SECRET: settings.office.ami.secret('listen'),
        DUTYLINE_CONTROL_SECRET: accountSecret('control'),
        DUTYLINE_RECORDER_SECRET: accountSecret('recorder'),
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
      20_000,
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

function serviceConfig(settings: ServiceSettings, port: number, folder: string): unknown {
  const { office } = settings;
  const ami = settings.ami ?? { host: office.ami.host, port: office.ami.port };
  return {
    http: { host: '127.0.0.1', port, ...settings.http },
    storage: {
      database: join(folder, 'dutyline.sqlite'),
      recordings: join(folder, 'recordings'),
      state: folder,
    },
    rules: RULES,
    pbxs: [
      {
        id: 'main',
        name: '办公楼交换机',
        host: ami.host,
        port: ami.port,
        listen: { username: 'listen', secretEnv: 'DUTYLINE_LISTEN_SECRET' },
        control: { username: 'control', secretEnv: 'DUTYLINE_CONTROL_SECRET' },
        recorder: { username: 'recorder', secretEnv: 'DUTYLINE_RECORDER_SECRET' },
        trunks: ['PJSIP/telco', 'PJSIP/telco2', 'PJSIP/carrier'],
        recordings: { base: office.recordings, ...(settings.reach ?? { local: office.recordings }) },
        ...(settings.history === undefined ? {} : { history: settings.history }),
        timeouts: { connect: 2, answer: 2, ping: 5 },
      },
    ],
  };
}

function officeConfig(settings: ServiceSettings): unknown {
  const { notOurs: _notOurs, unallocated: _unallocated, ...ours } = DID;
  return {
    units: [{ id: 'county', name: '原州区人民政府' }],
    rooms: [
      { id: 'room', unit: 'county', name: '区政府值班室', formTitle: '原州区人民政府值班室电话记录单' },
    ],
    lines: [
      {
        id: 'line',
        room: 'room',
        pbx: 'main',
        number: '0954-2030001',
        dids: Object.values(ours),
        trunks: ['PJSIP/telco', 'PJSIP/carrier'],
        phones: ['PJSIP/1001', 'PJSIP/1002', 'PJSIP/1003'],
        recording: settings.recording ?? 'none',
      },
    ],
    seats: [
      { id: 'seat-1', room: 'room', name: '一号坐席', phone: 'PJSIP/1001' },
      { id: 'seat-2', room: 'room', name: '二号坐席', phone: 'PJSIP/1002' },
    ],
    people: [{ id: 'p-zhang', room: 'room', name: '张三', title: '值班员', phone: '0954-2030001' }],
    directory: [{ number: '09548887777', unit: '市应急管理局', person: '张某', class: 'superior' }],
    roster: [{ room: 'room', leaders: [], officers: ['p-zhang'] }],
  };
}

async function addOfficer(database: string): Promise<void> {
  const store = await openStore({ database, rules: RULES });
  await store.write([
    {
      type: 'account-add',
      id: newId(),
      login: OFFICER.login,
      name: '张三',
      role: 'officer',
      unit: 'county',
      person: 'p-zhang',
      passwordHash: await hashPassword(OFFICER.password),
      at: Date.now(),
    },
  ]);
  await store.close();
}

/** A port of 127.0.0.1 that nobody listens on. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
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
