/** The whole service on a database and folders of its own. Its PBX answers nobody: calls are told to its intake instead. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load-config.ts';
import { describeProblems } from '../../src/config/problem.ts';
import { type Service, start } from '../../src/service/start.ts';
import type { Store } from '../../src/storage/store.ts';
import { createLog } from '../../src/web/log.ts';
import { hashPassword } from '../../src/web/password.ts';
import { dutyline, type Ran } from '../cli/run-dutyline.ts';
import { PBX, ROOM } from '../storage/office.ts';
import { PASSWORD } from '../web/web-bed.ts';

export interface RunningService {
  readonly service: Service;
  readonly base: string;
  readonly recordings: string;
  readonly copy: string;
  /** As if the store was written to, but by the service itself: what follows is done at once. */
  readonly told: Pick<Store, 'write'>;
  /** The service's clock goes ahead by so much from now on. */
  ahead(ms: number): void;
  /** Runs the command on the service's configuration, beside it; `database` instead of its own. */
  command(args: readonly string[], database?: string): Promise<Ran>;
  stop(): Promise<void>;
  /** Deletes its folders; the service has to be stopped. */
  dispose(): void;
}

/** Accounts `leader` and `supervisor` may decide together; the second copy's folder is there and empty. */
export async function startRunningService(databaseAt: string): Promise<RunningService> {
  const database = withHost(databaseAt);
  const folder = mkdtempSync(join(tmpdir(), 'dutyline-running-'));
  const [recordings, copy, pageFolder] = ['recordings', 'copy', 'page'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const made of [copy, pageFolder]) mkdirSync(made);
  writeFileSync(join(pageFolder, 'index.html'), '<!doctype html><title>值班台</title>');
  writeFileSync(join(folder, 'dutyline.yaml'), SERVICE_YAML);
  writeFileSync(join(folder, 'office.yaml'), OFFICE_YAML);
  const env = { LISTEN: 'secret', PORT: '0', DUTYLINE_DATABASE_URL: database };
  const loaded = loadConfig({ dir: folder, env });
  if (!loaded.ok) throw new Error(describeProblems(loaded.problems));
  let shift = 0;
  const service = await start(loaded.config, {
    log: createLog('silent'),
    pageFolder,
    now: () => Date.now() + shift,
  });
  const passwordHash = await hashPassword(PASSWORD);
  for (const role of ['leader', 'supervisor'] as const) {
    await service.intake.work({
      type: 'account-add',
      id: `a-${role}`,
      login: role,
      name: role,
      role,
      unit: 'unit',
      person: null,
      passwordHash,
      at: Date.now(),
    });
  }
  return {
    service,
    base: `http://127.0.0.1:${service.port}`,
    recordings,
    copy,
    told: { write: (works) => Promise.all(works.map((work) => service.intake.work(work))) },
    ahead: (ms) => {
      shift += ms;
    },
    command: (args, other = database) =>
      dutyline([...args, '--config', folder], { env: { ...env, DUTYLINE_DATABASE_URL: withHost(other) } }),
    stop: () => service.stop(),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The test's PostgreSQL is reached by its socket; a configuration wants a URL with a host, which the socket then overrides. */
function withHost(database: string): string {
  return database.replace('@/', '@localhost/');
}

const SERVICE_YAML = `
http: { host: 127.0.0.1 }
storage:
  recordings: recordings
  state: state
  secondCopy: { folder: copy }
pbxs:
  - id: ${PBX}
    host: 127.0.0.1
    port: 1
    listen: { username: listen, secretEnv: LISTEN }
    trunks: [PJSIP/telco]
`;

const OFFICE_YAML = `
units: [{ id: unit, name: 市政府办公室 }]
rooms: [{ id: ${ROOM}, unit: unit, name: 值班室 }]
lines:
  - id: line-1
    room: ${ROOM}
    pbx: ${PBX}
    number: 0954-2030000
    dids: ["2030000"]
    phones: [PJSIP/1001]
`;
