/** The two files an office writes for the service under test, and its accounts. */
import { join } from 'node:path';
import { newId } from '../../src/storage/new-id.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { hashPassword } from '../../src/web/password.ts';
import { RULES as OFFICE_RULES } from '../storage/office.ts';
import { ACCOUNT_NAMES, type AccountName, accountSecret } from './manager-conf.ts';
import { DID } from './numbers.ts';
import type { Office } from './office.ts';

export interface ServiceSettings {
  readonly office: Office;
  /** Where the service finds the PBX, when something stands between. */
  readonly ami?: { readonly host: string; readonly port: number };
  readonly recording?: 'pbx' | 'ami' | 'snippet' | 'none';
  /** Numbers of its line; all of the bed's, what is planted behind some of them too, unless told. */
  readonly dids?: readonly string[];
  /** Of the PBX: where it keeps its calls. */
  readonly history?: unknown;
  /** How the PBX's sound is reached; it lies on our own disk unless told. */
  readonly reach?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Lines beside the first, of its room, PBX and phones, each with a number of its own. */
  readonly moreLines?: readonly {
    readonly id: string;
    readonly did: string;
    readonly phones?: readonly string[];
  }[];
  /** More of `http` in `dutyline.yaml`. */
  readonly http?: Readonly<Record<string, unknown>>;
  /** More sections of `dutyline.yaml`. */
  readonly sections?: Readonly<Record<string, unknown>>;
  /** PBXs beside the first: what differs from it, `id` at least. Each gets a line of its own in the room. */
  readonly morePbxs?: readonly ({ readonly id: string } & Readonly<Record<string, unknown>>)[];
}

export const OFFICER = { login: 'officer', password: 'duty-room-7', name: '张三' } as const;
export const LEADER = { login: 'leader', password: 'duty-room-8', name: '王县长' } as const;
/** Who takes over by PIN. */
export const RELIEF = { person: 'p-li', name: '李四', pin: '7294' } as const;
const RULES = { areaCode: '0954', numberPattern: '值电〔{year}〕{n}号', timeZone: 'Asia/Shanghai' };
const STORE_RULES = { ...RULES, watch: OFFICE_RULES.watch };
/** `dutyline.yaml`. */
export function serviceConfig(settings: ServiceSettings, port: number, folder: string): unknown {
  const { office } = settings;
  const ami = settings.ami ?? { host: office.ami.host, port: office.ami.port };
  const first = {
    id: 'main',
    name: '办公楼交换机',
    host: ami.host,
    port: ami.port,
    listen: amiAccount('listen'),
    control: amiAccount('control'),
    recorder: amiAccount('recorder'),
    probe: amiAccount('probe'),
    trunks: ['PJSIP/telco', 'PJSIP/telco2', 'PJSIP/carrier'],
    recordings: { base: office.recordings, ...(settings.reach ?? { local: office.recordings }) },
    ...(settings.history === undefined ? {} : { history: settings.history }),
    timeouts: { connect: 2, answer: 2, ping: 5 },
  };
  return {
    http: { host: '127.0.0.1', port, ...settings.http },
    storage: {
      database: join(folder, 'dutyline.sqlite'),
      recordings: join(folder, 'recordings'),
      state: folder,
    },
    rules: RULES,
    pbxs: [first, ...(settings.morePbxs ?? []).map((more) => ({ ...first, ...more }))],
    ...settings.sections,
  };
}

/** How an account of `manager-conf.ts` stands in the configuration; with another's secret it is refused. */
export function amiAccount(username: AccountName, secretOf: AccountName = username) {
  return { username, secretEnv: secretName(secretOf) };
}

/** The secrets of all accounts as the environment has them. */
export function amiSecrets(): Readonly<Record<string, string>> {
  return Object.fromEntries(ACCOUNT_NAMES.map((name) => [secretName(name), accountSecret(name)]));
}

function secretName(account: AccountName): string {
  return `DUTYLINE_${account.replaceAll('-', '_').toUpperCase()}_SECRET`;
}

/** `office.yaml`. */
export function officeConfig(settings: ServiceSettings): unknown {
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
        dids: settings.dids ?? Object.values(ours),
        trunks: ['PJSIP/telco', 'PJSIP/carrier'],
        phones: ['PJSIP/1001', 'PJSIP/1002', 'PJSIP/1003'],
        recording: settings.recording ?? 'none',
      },
      ...(settings.moreLines ?? []).map(({ id, did, phones }) => ({
        ...{ id, room: 'room', pbx: 'main', number: did, dids: [did] },
        trunks: ['PJSIP/telco', 'PJSIP/carrier'],
        phones: phones ?? ['PJSIP/1001', 'PJSIP/1002', 'PJSIP/1003'],
        recording: settings.recording ?? 'none',
      })),
      ...(settings.morePbxs ?? []).map(({ id }, index) => ({
        id: `line-${id}`,
        room: 'room',
        pbx: id,
        number: `0954-203010${index}`,
        dids: Object.values(ours),
        trunks: ['PJSIP/telco'],
        phones: ['PJSIP/1001'],
        recording: 'none',
      })),
    ],
    seats: [
      { id: 'seat-1', room: 'room', name: '一号坐席', phone: 'PJSIP/1001' },
      { id: 'seat-2', room: 'room', name: '二号坐席', phone: 'PJSIP/1002' },
    ],
    people: [
      { id: 'p-zhang', room: 'room', name: OFFICER.name, title: '值班员', phone: '0954-2030001' },
      { id: RELIEF.person, room: 'room', name: RELIEF.name, title: '值班员', phone: '0954-2030001' },
    ],
    directory: [{ number: '09548887777', unit: '市应急管理局', person: '张某', class: 'superior' }],
    roster: [{ room: 'room', leaders: [], officers: ['p-zhang'] }],
  };
}

/** The account of the officer, before the first start. */
export async function addOfficer(database: string): Promise<void> {
  await addAccount(database, OFFICER, 'officer', 'p-zhang');
}

/** 带班领导, beside the officer. */
export async function addLeader(database: string): Promise<void> {
  await addAccount(database, LEADER, 'leader', null);
}

async function addAccount(
  database: string,
  who: { readonly login: string; readonly name: string; readonly password: string },
  role: 'officer' | 'leader',
  person: string | null,
): Promise<void> {
  const store = await openStore({ database, rules: STORE_RULES });
  const passwordHash = await hashPassword(who.password);
  const { login, name } = who;
  await store.write([
    {
      type: 'account-add',
      id: newId(),
      login,
      name,
      role,
      unit: 'county',
      person,
      passwordHash,
      at: Date.now(),
    },
  ]);
  await store.close();
}

/** The PIN of who relieves the officer, once the service has read who works here. */
export async function setPin(database: string): Promise<void> {
  const store = await openStore({ database, rules: STORE_RULES });
  const pinHash = await hashPassword(RELIEF.pin);
  const [written] = await store.write([
    { type: 'person-pin', person: RELIEF.person, pinHash, at: Date.now() },
  ]);
  await store.close();
  if (written?.ok !== true) throw new Error(`no PIN: ${written?.refusal.en ?? ''}`);
}
