/**
 * A web side on port 0 over a real store in a folder of its own: two units, three rooms, an account of each role. What a
 * test writes goes through `intake` as in the service.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../src/accounts/access.ts';
import type { CallFact } from '../../src/calls/fact.ts';
import type { Office } from '../../src/duty/office.ts';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { findFfmpeg } from '../../src/recordings/transcode.ts';
import { newId } from '../../src/storage/new-id.ts';
import { openStore } from '../../src/storage/open-store.ts';
import type { Store } from '../../src/storage/store.ts';
import type { Web } from '../../src/web/http-server.ts';
import { startWeb } from '../../src/web/http-server.ts';
import type { LinkBoard } from '../../src/web/link-board.ts';
import { createLinkBoard } from '../../src/web/link-board.ts';
import { hashPassword } from '../../src/web/password.ts';
import type { LinkView } from '../../src/web/protocol/room-view.ts';
import type { WebDeps, WebOptions } from '../../src/web/web-options.ts';
import { RULES } from '../storage/office.ts';
import { createDirectIntake } from './direct-intake.ts';

export const PASSWORD = 'duty-room-7';
export const PIN = '7294';

const people = [
  { id: 'p-zhang', room: 'r-county', name: '张三', title: '值班员', phone: null },
  { id: 'p-li', room: 'r-county', name: '李四', title: '值班员', phone: null },
  { id: 'p-city', room: 'r-city', name: '王五', title: '值班员', phone: null },
];

const OFFICE: Office = {
  units: [
    { id: 'city', name: '固原市人民政府', parent: null },
    { id: 'county', name: '原州区人民政府', parent: 'city' },
  ],
  rooms: [
    { id: 'r-city', unit: 'city', name: '市政府值班室', formTitle: '固原市人民政府值班室电话记录单' },
    { id: 'r-county', unit: 'county', name: '区政府值班室', formTitle: '原州区人民政府值班室电话记录单' },
    { id: 'r-county-2', unit: 'county', name: '综合值班室', formTitle: '原州区综合值班室电话记录单' },
  ],
  lines: ['city', 'county'].map((unit, index) => ({
    id: `l-${unit}`,
    room: `r-${unit}`,
    pbx: 'main',
    number: `0954-203567${index}`,
    dids: [`203567${index}`],
    trunks: ['PJSIP/telco'],
    phones: [`PJSIP/100${index}`],
    recording: 'ami' as const,
  })),
  seats: [
    { id: 's-1', room: 'r-county', name: '1 号坐席', phone: 'PJSIP/1001' },
    { id: 's-2', room: 'r-county', name: '2 号坐席', phone: 'PJSIP/1002' },
    { id: 's-3', room: 'r-county-2', name: '综合坐席', phone: null },
    { id: 's-city', room: 'r-city', name: '市坐席', phone: null },
  ],
  people,
  directory: [],
  shifts: [],
};

const ACCOUNTS: readonly (readonly [login: string, role: Role, unit: string, person: string | null])[] = [
  ['zhang', 'officer', 'county', 'p-zhang'],
  ['li', 'officer', 'county', 'p-li'],
  ['shared', 'officer', 'county', null],
  ['leader', 'leader', 'county', null],
  ['city', 'officer', 'city', 'p-city'],
  ['supervisor', 'supervisor', 'city', null],
  ['admin', 'administrator', 'city', null],
  ['auditor', 'auditor', 'city', null],
];

export interface WebBed {
  readonly web: Web;
  readonly store: Store;
  readonly intake: WebDeps['intake'];
  readonly links: LinkBoard;
  readonly folder: string;
  readonly recordings: string;
  readonly logged: readonly { readonly code: string; readonly about: unknown }[];
  /** Stops the web side and starts another on the same store and port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** What stands before the web side is made, for parts that need it. */
type MadeBed = Pick<WebBed, 'store' | 'intake' | 'recordings'>;

const UP: LinkView = {
  pbx: 'main',
  name: '办公楼交换机',
  state: 'up',
  since: 0,
  reason: null,
  offsetMs: 3,
  limits: [],
  quarantined: 0,
};

/** One hash for all: a test logs in often, and argon2id is meant to be slow. */
let hashed: Promise<readonly [string, string]> | null = null;

export async function startWebBed(
  options: Partial<WebOptions> = {},
  overrides: Partial<WebDeps> | ((made: MadeBed) => Partial<WebDeps>) = {},
): Promise<WebBed> {
  const folder = await mkdtemp(join(tmpdir(), 'dutyline-web-'));
  const pageFolder = join(folder, 'page');
  await mkdir(join(pageFolder, 'assets'), { recursive: true });
  await writeFile(join(pageFolder, 'index.html'), '<!doctype html><title>值班台</title>');
  await writeFile(join(pageFolder, 'assets', 'main-abc123.js'), 'export {};');
  const store = await openStore({ database: join(folder, 'test.sqlite'), rules: RULES });
  const intake = createDirectIntake(store);
  await fillOffice(intake);
  const links = createLinkBoard();
  links.set(UP);
  const recordings = join(folder, 'recordings');
  const logged: { code: string; about: unknown }[] = [];
  const deps: WebDeps = {
    store,
    intake,
    links,
    library: createRecordingLibrary(recordings),
    ffmpeg: () => findFfmpeg(process.env),
    recordingOffice: null,
    setupOffice: null,
    alerts: { standing: () => Promise.resolve([]) },
    probeOffice: null,
    simulation: null,
    clock: Date.now,
    log: (_level, code, about) => logged.push({ code, about }),
    ...(typeof overrides === 'function' ? overrides({ store, intake, recordings }) : overrides),
  };
  const all: WebOptions = {
    host: '127.0.0.1',
    port: 0,
    pageFolder,
    recordingsFolder: recordings,
    timeZone: RULES.timeZone,
    areaCode: RULES.areaCode,
    certificate: null,
    allowPlainHttp: false,
    trustProxy: [],
    loginsPerMinute: 1_000,
    ...options,
  };
  let web = await startWeb(all, deps);
  return {
    store,
    intake: deps.intake,
    links,
    folder,
    recordings,
    logged,
    get web() {
      return web;
    },
    restart: async () => {
      const { port } = web;
      await web.close();
      web = await startWeb({ ...all, port }, deps);
    },
    close: async () => {
      await web.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function fillOffice(intake: WebDeps['intake']): Promise<void> {
  hashed ??= Promise.all([hashPassword(PASSWORD), hashPassword(PIN)]);
  const [passwordHash, pinHash] = await hashed;
  const at = Date.now();
  await intake.work({ type: 'office-import', office: OFFICE, at });
  for (const [login, role, unit, person] of ACCOUNTS) {
    await intake.work({
      type: 'account-add',
      id: `a-${login}`,
      login,
      name: `账号 ${login}`,
      role,
      unit,
      person,
      passwordHash,
      at,
    });
  }
  await intake.work({ type: 'person-pin', person: 'p-li', pinHash, at });
}

/** A call that arrives on the line of a unit, with its draft. Answers the call's Linkedid. */
export async function callArrives(bed: WebBed, unit = 'county', at = Date.now()): Promise<string> {
  const linkedid = `${Math.floor(at / 1_000)}.${newId().slice(-6)}`;
  const fact: CallFact = {
    kind: 'call-arrived',
    pbx: 'main',
    uniqueid: linkedid,
    linkedid,
    generation: 1,
    pbxAt: at,
    at,
    receivedAt: at,
    factKey: `main ${linkedid} arrived`,
    direction: 'inbound',
    line: `l-${unit}`,
    lineNumber: '0954-2035670',
    callerNumber: '09542031234',
    dialled: '2035670',
    channel: `PJSIP/telco-${linkedid}`,
    endpoint: 'PJSIP/telco',
    role: 'trunk',
    seen: 'live',
  };
  const written = await bed.intake.work({
    type: 'call-step',
    pbx: 'main',
    facts: [fact],
    pbxFacts: [],
    texts: [],
    drafts: [{ linkedid, generation: 1 }],
    offsetMs: 0,
  });
  if (!written.ok) throw new Error(written.refusal.en);
  return linkedid;
}

/** Sound attached to a call: the bytes 0, 1, 2 … in a file of `size` bytes. */
export async function soundOf(bed: WebBed, linkedid: string, size = 1_000): Promise<string> {
  const recording = newId();
  const at = Date.now();
  const bytes = Buffer.from(Array.from({ length: size }, (_, index) => index % 251));
  const { createHash } = await import('node:crypto');
  const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '/');
  const file = `${day}/${recording}.wav`;
  await mkdir(join(bed.recordings, day), { recursive: true });
  await writeFile(join(bed.recordings, file), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const known = {
    type: 'recording-known',
    recording,
    pbx: 'main',
    linkedid,
    uniqueid: linkedid,
    part: 'talk',
    mode: 'ami',
    pbxPath: `/var/spool/${linkedid}.wav`,
    at,
  } as const;
  await bed.intake.work({ type: 'recording-report', report: known });
  const attached = {
    type: 'recording-attached',
    recording,
    file,
    bytes: size,
    seconds: 1,
    sha256,
    repaired: false,
    at,
  } as const;
  await bed.intake.work({ type: 'recording-report', report: attached });
  return recording;
}
