/** The service as a process of its own that is killed and started again; its PBX answers nobody, forms are written by hand. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { openStore } from '../../src/storage/open-store.ts';
import { hashPassword } from '../../src/web/password.ts';
import { freePort } from '../bed/free-port.ts';
import { OFFICE, PBX, RULES } from '../storage/office.ts';

export const PASSWORD = 'duty-room-7';
/** Three officers of one room, each with an account of the same name. */
export const OFFICERS = ['zhang', 'li', 'wang'] as const;

export interface FormService {
  readonly base: string;
  /** SQLite file or PostgreSQL URL. */
  readonly database: string;
  start(): Promise<void>;
  kill9(): Promise<void>;
  dispose(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const STARTS_WITHIN_MS = 60_000;

/** On a SQLite file of its own, or on the PostgreSQL database given. */
export async function startFormService(postgres: string | null = null): Promise<FormService> {
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-form-'));
  const database = postgres ?? join(folder, 'dutyline.sqlite');
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const page = join(folder, 'page');
  mkdirSync(page);
  writeFileSync(join(folder, 'dutyline.yaml'), stringify(configuration(port, folder)));
  await furnish(database);
  // The test's PostgreSQL is reached by its socket; a configuration wants a URL with a host, which the socket then overrides.
  const env = {
    LISTEN: 'secret',
    DUTYLINE_CONFIG: folder,
    DUTYLINE_DATABASE_URL: database.replace('@/', '@localhost/'),
  };
  let child: ChildProcess | null = null;
  let said = '';

  async function start(): Promise<void> {
    const { VITEST: _, ...rest } = process.env;
    const started = spawn(process.execPath, [MAIN], {
      env: { ...rest, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    const keep = (bytes: Buffer) => {
      said = (said + String(bytes)).slice(-20_000);
    };
    started.stdout.on('data', keep);
    started.stderr.on('data', keep);
    const deadline = Date.now() + STARTS_WITHIN_MS;
    while (!(await answers(base))) {
      if (Date.now() > deadline || started.exitCode !== null)
        throw new Error(`the service does not answer:\n${said}`);
      await delay(50);
    }
  }
  async function kill9(): Promise<void> {
    const ending = child;
    child = null;
    if (ending === null || ending.exitCode !== null) return;
    const gone = once(ending, 'exit');
    ending.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    base,
    database,
    start,
    kill9,
    dispose: async () => {
      await kill9();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function furnish(database: string): Promise<void> {
  const store = await openStore({ database, rules: RULES });
  const passwordHash = await hashPassword(PASSWORD);
  const at = Date.now();
  const written = await store.write([
    { type: 'office-import', office: OFFICE, at },
    ...OFFICERS.map((login) => ({
      type: 'account-add' as const,
      ...{ id: `a-${login}`, login, name: login, role: 'officer' as const, unit: 'city', person: login },
      ...{ passwordHash, at },
    })),
  ]);
  await store.close();
  if (written.some((result) => !result.ok)) throw new Error(`not furnished: ${JSON.stringify(written)}`);
}

function configuration(port: number, folder: string): unknown {
  // `watch` is a section of its own in the file.
  const { watch: _watch, ...rulesOfFile } = RULES;
  return {
    http: { host: '127.0.0.1', port },
    storage: { recordings: join(folder, 'recordings'), state: folder },
    rules: rulesOfFile,
    pbxs: [
      {
        id: PBX,
        host: '127.0.0.1',
        port: 1,
        listen: { username: 'listen', secretEnv: 'LISTEN' },
        trunks: ['PJSIP/telco'],
      },
    ],
  };
}

async function answers(base: string): Promise<boolean> {
  const response = await fetch(new URL('/api/me', base)).catch(() => null);
  return response !== null;
}
