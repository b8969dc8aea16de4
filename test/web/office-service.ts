/** The whole service, started from configuration files as an office writes them, beside a real Asterisk. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load-config.ts';
import { describeProblems } from '../../src/config/problem.ts';
import type { Service } from '../../src/service/start.ts';
import { start } from '../../src/service/start.ts';
import { createLog } from '../../src/web/log.ts';
import { hashPassword } from '../../src/web/password.ts';
import { freePort } from '../bed/free-port.ts';
import type { AccountName } from '../bed/manager-conf.ts';
import { DID } from '../bed/numbers.ts';
import type { Office } from '../bed/office.ts';
import { PASSWORD, PIN } from './web-bed.ts';

export interface OfficeService {
  readonly service: Service;
  readonly base: string;
  /** The folder of the two YAML files, and below it everything the service keeps. */
  readonly folder: string;
  /** Resolves when the PBX is listened to. */
  watching(): Promise<void>;
  /** Ends the service and starts it again on the same port and folder. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface OfficeServiceOptions {
  /** `office.yaml` in place of the usual one. */
  readonly officeYaml?: string;
  /** `none`: no account that records. */
  readonly hands?: 'recorder' | 'none';
  /** The AMI account that listens. */
  readonly listen?: AccountName;
  /** PostgreSQL URL; a SQLite file in the state folder when absent. */
  readonly database?: string;
  /** The built page where a browser is to see it. */
  readonly builtPage?: string;
  /** Name of the folder of the second copy, beside the YAML files; none is kept when absent. */
  readonly secondCopy?: string;
}

/**
 * One room with one line that has all the DIDs of the dialplan, recorded by AMI, unless `officeYaml` says otherwise; account
 * `zhang` is 张三, `li` is 李四 with a PIN.
 */
export async function startOfficeService(
  office: Office,
  options: OfficeServiceOptions = {},
): Promise<OfficeService> {
  const folder = await mkdtemp(join(tmpdir(), 'dutyline-service-'));
  await writeFile(join(folder, 'dutyline.yaml'), serviceYaml(office, options));
  await writeFile(join(folder, 'office.yaml'), options.officeYaml ?? OFFICE_YAML);
  if (options.secondCopy !== undefined) await mkdir(join(folder, options.secondCopy));
  const pageFolder = options.builtPage ?? join(folder, 'page');
  if (options.builtPage === undefined) {
    await mkdir(pageFolder);
    await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>值班台</title>');
  }
  const env: Record<string, string> = {};
  env.LISTEN = office.ami.secret(options.listen ?? 'listen');
  for (const account of ['control', 'recorder'] as const) {
    env[account.toUpperCase()] = office.ami.secret(account);
  }
  const startOn = async (port: number): Promise<Service> => {
    const loaded = loadConfig({ dir: folder, env: { ...env, PORT: String(port) } });
    if (!loaded.ok) throw new Error(describeProblems(loaded.problems));
    return start(loaded.config, { log: createLog('silent'), pageFolder });
  };
  const port = await freePort();
  let service = await startOn(port);
  const [passwordHash, pinHash] = await Promise.all([hashPassword(PASSWORD), hashPassword(PIN)]);
  for (const login of ['zhang', 'li']) {
    await service.intake.work({
      type: 'account-add',
      id: `a-${login}`,
      login,
      name: login,
      role: 'officer',
      unit: 'unit',
      person: `p-${login}`,
      passwordHash,
      at: Date.now(),
    });
  }
  await service.intake.work({ type: 'person-pin', person: 'p-li', pinHash, at: Date.now() });
  return {
    folder,
    base: `http://127.0.0.1:${port}`,
    get service() {
      return service;
    },
    watching: () => isWatching(service),
    restart: async () => {
      await service.stop();
      service = await startOn(port);
    },
    stop: async () => {
      await service.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function isWatching({ links }: Service): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (links.all().some((link) => link.state !== 'up')) return;
      stop();
      resolve();
    };
    const stop = links.subscribe(look);
    look();
  });
}

function serviceYaml(office: Office, options: OfficeServiceOptions): string {
  const { hands, listen, database, secondCopy } = options;
  const account = (name: string, secret = name): string =>
    `{ username: ${name}, secretEnv: ${secret.toUpperCase()} }`;
  return `
http: { host: 127.0.0.1 }
storage:
  recordings: sound
  state: state
${database === undefined ? '' : `  database: "${database}"\n`}${secondCopy === undefined ? '' : `  secondCopy: { folder: ${secondCopy} }\n`}
pbxs:
  - id: office
    host: ${office.ami.host}
    port: ${office.ami.port}
    listen: ${account(listen ?? 'listen', 'listen')}
    control: ${account('control')}
${hands === 'none' ? '' : `    recorder: ${account('recorder')}\n`}    trunks: [PJSIP/telco, PJSIP/telco2, PJSIP/carrier]
    recordings: { base: ${office.recordings}, local: ${office.recordings} }
`;
}

const OFFICE_YAML = `
units: [{ id: unit, name: 市政府办公室 }]
rooms: [{ id: room, unit: unit, name: 值班室, formTitle: 市人民政府值班室电话记录单 }]
lines:
  - id: line-1
    room: room
    pbx: office
    number: 0954-2030001
    dids: [${Object.values(DID)
      .filter((did) => did !== DID.notOurs)
      .map((did) => `"${did}"`)
      .join(', ')}]
    trunks: [PJSIP/telco, PJSIP/telco2]
    phones: [PJSIP/1001, PJSIP/1002]
    recording: ami
seats:
  - { id: s-1, room: room, name: 1 号坐席, phone: PJSIP/1001 }
people:
  - { id: p-zhang, room: room, name: 张三, title: 值班员, phone: 0954-2030001 }
  - { id: p-li, room: room, name: 李四, title: 值班员 }
directory:
  - { number: 0954-8887777, unit: 市应急管理局, person: 王某, class: superior }
roster:
  - { room: room, leaders: [], officers: [p-zhang, p-li] }
`;
