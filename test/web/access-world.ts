/**
 * A county with a town below it and a neighbour that is none of its business, and in the county an account of each role. Every
 * question is asked with a log-in of its own, so that none sees what another has done.
 */

import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { WebSocket } from 'ws';
import { ROLES, type Role } from '../../src/accounts/access.ts';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { describeProblems } from '../../src/config/problem.ts';
import type { ProbeFact, ProbeOrder } from '../../src/diagnosis/probe.ts';
import type { Office } from '../../src/duty/office.ts';
import { createCarrier } from '../../src/jobs/carrier.ts';
import { createTableQueue } from '../../src/jobs/table-queue.ts';
import { createRecordingLibrary } from '../../src/recordings/library.ts';
import { NO_KEYS } from '../../src/recordings/vault/sealing-key.ts';
import { createProbes } from '../../src/service/probes.ts';
import { createReconciler } from '../../src/service/reconciler.ts';
import { createRecordingOffice } from '../../src/service/recording-office.ts';
import { createSetupOffice } from '../../src/service/setup-office.ts';
import { soundUse } from '../../src/service/sound-use.ts';
import { createTrialWatch } from '../../src/service/trial-watch.ts';
import type { IncidentStepWork } from '../../src/storage/incident-work.ts';
import { newId } from '../../src/storage/new-id.ts';
import { hashPassword } from '../../src/web/password.ts';
import { PROTOCOL } from '../../src/web/protocol/client-message.ts';
import { createSimulation } from '../../src/web/simulation.ts';
import { newOpId, openPage, type Page } from './browser.ts';
import { callArrives, PASSWORD, PIN, soundOf, startWebBed, type WebBed } from './web-bed.ts';

/** Where the thing that is asked for stands, seen from the one who asks. */
export const REACHES = ['own', 'lower', 'foreign'] as const;
export type Reach = (typeof REACHES)[number];
const UNITS: Readonly<Record<Reach, string>> = { own: 'county', lower: 'town', foreign: 'other' };

/** Roles of the county; somebody without a log-in; an officer whose screen is locked. */
export const ACTORS = [...ROLES, 'nobody', 'locked'] as const;
export type Actor = Role | 'nobody' | 'locked';

const each = <T>(make: (unit: string, reach: Reach) => T): T[] =>
  REACHES.map((reach) => make(UNITS[reach], reach));

const OFFICE: Office = {
  units: [
    { id: 'county', name: '原州区人民政府', parent: null },
    { id: 'town', name: '三营镇人民政府', parent: 'county' },
    { id: 'other', name: '西吉县人民政府', parent: null },
  ],
  rooms: each((unit) => ({ id: `r-${unit}`, unit, name: `${unit}值班室`, formTitle: `${unit}电话记录单` })),
  lines: each((unit) => ({
    id: `l-${unit}`,
    room: `r-${unit}`,
    pbx: unit === 'county' ? 'main' : `pbx-${unit}`,
    number: '0954-2035670',
    dids: ['2035670'],
    trunks: ['PJSIP/telco'],
    phones: ['PJSIP/1001'],
    recording: 'ami' as const,
  })),
  seats: each((unit) => ({ id: `s-${unit}`, room: `r-${unit}`, name: '1 号坐席', phone: 'PJSIP/1001' })),
  people: each((unit) => [
    { id: `p-${unit}`, room: `r-${unit}`, name: `${unit}甲`, title: '值班员', phone: null },
    { id: `p-${unit}-2`, room: `r-${unit}`, name: `${unit}乙`, title: '值班员', phone: null },
  ]).flat(),
  directory: [],
  shifts: [],
};

/** What goes with a question. */
export interface Init {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface World {
  readonly bed: WebBed;
  readonly base: string;
  /** A question in the name of somebody, as from an address of its own. */
  ask(who: Actor, path: string, init?: Init): Promise<Response>;
  /** Questions of one log-in. */
  session(who: Actor): Promise<(path: string, init?: Init) => Promise<Response>>;
  target(reach: Reach): Target;
  /** A page in the room of that unit; the status in words when there is none. */
  page(who: Actor, reach?: Reach): Promise<Page | string>;
  /** A colleague in that room, who sees what happens there. */
  observer(reach: Reach): Promise<Page>;
  close(): Promise<void>;
}

/** Things of one unit, made when they are asked for: no question meets what another has changed. */
export interface Target {
  readonly reach: Reach;
  readonly unit: string;
  readonly room: string;
  readonly seat: string;
  readonly person: string;
  call(): Promise<{ readonly call: string; readonly record: string; readonly linkedid: string }>;
  recording(): Promise<string>;
  stray(): Promise<string>;
  /** An attachment whose file is away. */
  attachment(): Promise<string>;
  readonly line: string;
  /** 拨测 of that unit's line, which nobody can place. */
  probe(): Promise<string>;
  /** 抽查 of it that this account began; null: nobody did. */
  round(account: string | null): Promise<string>;
  /** 疑似 of that unit's line. */
  finding(): Promise<string>;
  /** 突发事件 with a 初报. */
  reported(): Promise<{ readonly incident: string; readonly report: string }>;
  dutyNotesVersion(): Promise<number>;
  /** 检查记录表 of that unit, in which nothing was said yet. */
  inspection(): Promise<string>;
}

export async function startWorld(): Promise<World> {
  const endings: (() => Promise<unknown>)[] = [];
  const bed = await startWebBed({ trustProxy: ['127.0.0.1'] }, ({ store, intake, recordings }) => {
    const library = createRecordingLibrary(recordings, NO_KEYS);
    const jobs = { work: intake.work, store, now: Date.now, log: () => {} };
    const carrier = createCarrier({
      ...jobs,
      queue: createTableQueue({ ...jobs, alone: true }),
    });
    const reconciler = createReconciler({
      run: (from, to) => Promise.resolve({ from, to, startedAt: from, endedAt: to, pbxs: [] }),
      night: () => Promise.resolve(),
      now: Date.now,
      log: () => {},
      at: '02:30',
      timeZone: 'Asia/Shanghai',
    });
    endings.push(
      () => carrier.close(),
      () => reconciler.stop(),
    );
    const config = configOf(recordings);
    return {
      library,
      probeOffice: createProbes({
        ...{ config, store, office: OFFICE, now: Date.now },
        work: (work) => intake.work(work),
        receive: () => {},
        inSight: () => false,
        sessionOf: () => null,
        listen: () => Promise.resolve({ hearing: null, soundSeconds: null }),
        passedOn: () => Promise.resolve(null),
        log: () => {},
      }),
      setupOffice: createSetupOffice({
        ...{ config, store, pbxs: config.pbxs, now: Date.now },
        trial: createTrialWatch([], Date.now),
        work: (work) => intake.work(work),
        officeChanged: () => Promise.resolve(),
      }),
      simulation: createSimulation([{ id: 'answered', title: '来电' }], () => Promise.resolve(null)),
      recordingOffice: createRecordingOffice({
        store,
        sounds: { library, copy: null },
        encrypted: false,
        carrier,
        reconciler,
        places: { troubles: () => [], askAgain: () => {} },
        use: () => soundUse(library, Date.now(), { reserveBytes: 0, warnDays: 60 }),
        now: Date.now,
      }),
    };
  });
  const base = `http://127.0.0.1:${bed.web.port}`;
  await fill(bed);
  let addresses = 0;
  const from = () => {
    addresses += 1;
    return { 'x-forwarded-for': `10.9.${addresses >> 8}.${addresses & 255}` };
  };

  async function cookieOf(who: Actor): Promise<string> {
    if (who === 'nobody') return '';
    const role = who === 'locked' ? 'officer' : who;
    const sits = role === 'officer' || role === 'leader';
    return openSession(bed, `w-${role}`, sits ? 's-county' : null, who === 'locked');
  }

  async function session(who: Actor) {
    const cookie = await cookieOf(who);
    return (path: string, init: Init = {}) =>
      fetch(new URL(path, base), {
        redirect: 'manual',
        ...init,
        headers: { ...from(), ...(cookie === '' ? {} : { cookie }), ...init.headers },
      });
  }

  async function pageOf(cookie: string, room: string): Promise<Page | string> {
    try {
      const client = newOpId();
      const page = await openPage(base, cookie, base, '/live', from());
      page.send({ type: 'hello', protocol: PROTOCOL, client, position: null, room });
      return { ...page, client };
    } catch (error) {
      return String(error).replace(/^.*status (\d+).*$/, '$1');
    }
  }

  return {
    bed,
    base,
    session,
    ask: async (who, path, init) => (await session(who))(path, init),
    target: (reach) => targetOf(bed, reach),
    page: async (who, reach = 'own') => pageOf(await cookieOf(who), `r-${UNITS[reach]}`),
    observer: async (reach) => {
      const unit = UNITS[reach];
      const page = await pageOf(await openSession(bed, `w-watch-${unit}`, null, false), `r-${unit}`);
      if (typeof page === 'string') throw new Error(page);
      await page.next('snapshot');
      return page;
    },
    close: async () => {
      await bed.close();
      for (const end of endings) await end();
    },
  };
}

/** A PBX at a port where nobody listens: for the pages of 系统. */
function configOf(recordings: string): Config {
  const folder = dirname(recordings);
  writeFileSync(
    join(folder, 'dutyline.yaml'),
    `storage: { recordings: sound, state: state }
pbxs: [{ id: main, host: 127.0.0.1, port: 1, listen: { username: a, secretEnv: LISTEN }, trunks: [PJSIP/telco] }]
`,
  );
  const loaded = loadConfig({ dir: folder, env: { LISTEN: 'secret' } });
  if (!loaded.ok) throw new Error(describeProblems(loaded.problems));
  return loaded.config;
}

async function fill(bed: WebBed): Promise<void> {
  const at = Date.now();
  const [passwordHash, pinHash] = await Promise.all([hashPassword(PASSWORD), hashPassword(PIN)]);
  await done(bed, { type: 'office-import', office: OFFICE, at });
  const accounts: readonly (readonly [login: string, role: Role, unit: string, person: string | null])[] = [
    ['officer', 'officer', 'county', 'p-county'],
    ['leader', 'leader', 'county', null],
    ['supervisor', 'supervisor', 'county', null],
    ['administrator', 'administrator', 'county', null],
    ['auditor', 'auditor', 'county', null],
    ['second', 'supervisor', 'county', null],
    ...each((unit) => [`watch-${unit}`, 'officer', unit, null] as const),
  ];
  for (const [login, role, unit, person] of accounts)
    await done(bed, {
      type: 'account-add',
      // Beside the accounts that every bed has.
      id: `w-${login}`,
      login: `w-${login}`,
      name: login,
      role,
      unit,
      person,
      passwordHash,
      at,
    });
  for (const unit of Object.values(UNITS))
    for (const person of [`p-${unit}`, `p-${unit}-2`])
      await done(bed, { type: 'person-pin', person, pinHash, at });
  await done(bed, { type: 'seat-person', seat: 's-county', person: 'p-county', at });
}

async function done(bed: WebBed, work: Parameters<WebBed['intake']['work']>[0]): Promise<void> {
  const written = await bed.intake.work(work);
  if (!written.ok) throw new Error(written.refusal.en);
}

async function openSession(
  bed: WebBed,
  account: string,
  seat: string | null,
  locked: boolean,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const id = createHash('sha256').update(token).digest('hex');
  const at = Date.now();
  await done(bed, { type: 'session-open', id, account, at, expiresAt: at + 3_600_000 });
  if (seat !== null) await done(bed, { type: 'session-seat', id, seat });
  if (locked) await done(bed, { type: 'session-lock', id, at });
  return `dutyline=${token}`;
}

/** No two calls of a test arrive in one millisecond: the newest is the one that was made. */
let lastArrival = 0;

function targetOf(bed: WebBed, reach: Reach): Target {
  const unit = UNITS[reach];
  const room = `r-${unit}`;
  const call = async () => {
    lastArrival = Math.max(lastArrival + 1, Date.now());
    const linkedid = await callArrives(bed, unit, lastArrival);
    const { calls } = await bed.store.snapshot(room, Date.now());
    const [newest] = calls.filter((one) => one.record !== null);
    if (newest?.record == null) throw new Error(`no call stands in ${room}`);
    return { call: newest.id, record: newest.record, linkedid };
  };
  const probeAsked = async (round: string | null, askedBy: string | null) => {
    const id = newId();
    const order: ProbeOrder = {
      ...{ id, line: `l-${unit}`, number: '0954-2030001', round, scope: 'always', pbx: 'main' },
      ...{ trunk: 'PJSIP/telco2', ringMs: 14_000, occupier: null },
    };
    const fact: ProbeFact = { kind: 'probe-asked', at: Date.now(), order, askedBy };
    await done(bed, { type: 'probe-facts', probe: id, facts: [fact] });
    return id;
  };
  return {
    reach,
    unit,
    room,
    seat: `s-${unit}`,
    person: `p-${unit}`,
    call,
    recording: async () => soundOf(bed, (await call()).linkedid),
    stray: async () => {
      const id = newId();
      const path = `/monitor/${id}.wav`;
      const seen = [{ id, path, bytes: 16_044, modifiedAt: Date.now(), suggestions: [] }];
      await done(bed, {
        type: 'strays-seen',
        pbx: unit === 'county' ? 'main' : `pbx-${unit}`,
        seen,
        gone: [],
        at: Date.now(),
      });
      return id;
    },
    attachment: async () => {
      const [id, at] = [newId(), Date.now()];
      const by = { account: null, person: null, name: '张三' };
      const { record } = await call();
      const file = {
        name: '情况.txt',
        kind: 'txt',
        bytes: 12,
        sha256: '0'.repeat(64),
        file: `2026/${id}.txt`,
      } as const;
      const limits = { mostBytes: 1_000, mostOfRecord: 9 };
      await done(bed, { type: 'attachment-begin', id, opId: newId(), record, ...file, by, limits, at });
      await done(bed, { type: 'attachment-kept', id, at });
      return id;
    },
    line: `l-${unit}`,
    probe: () => probeAsked(null, null),
    async round(account) {
      const round = newId();
      await probeAsked(round, account);
      return round;
    },
    async finding() {
      const suspicion = {
        ...({ kind: 'forward-code', scope: 'always' } as const),
        evidence: {
          ...({ by: 'code', dialled: '*57*13900001111#', change: 'set' } as const),
          ...{ target: '13900001111', phone: 'PJSIP/1001' },
        },
      };
      const line = `l-${unit}`;
      const found = async () => (await bed.store.findingsOfLines([line], 1))[0];
      const before = await found();
      const who = { account: null, person: null, name: null, at: Date.now() };
      const decide = {
        ...({ type: 'finding-decide', decision: 'finding-dismissed', reason: '核对过' } as const),
        ...who,
      };
      if (before !== undefined && before.state !== 'dismissed')
        await done(bed, { ...decide, opId: newId(), finding: before.id });
      await done(bed, { type: 'line-looked-at', line, suspicions: [suspicion], checks: [], at: Date.now() });
      const open = await found();
      if (open === undefined) throw new Error('no finding was opened');
      return open.id;
    },
    async reported() {
      const [incident, report] = [newId(), newId()];
      const by = { room, account: null, person: null, at: Date.now() };
      const step = (ask: IncidentStepWork['ask']) =>
        done(bed, { ...by, type: 'incident-step', opId: newId(), incident, ask });
      const times = { occurredAt: null, receivedAt: by.at };
      await step({ type: 'open', room, record: null, level: 'unrated', title: '山火', text: '', ...times });
      await step({
        ...{ type: 'report', report, kind: 'first', channel: 'telephone', sentAt: by.at, call: null },
        ...{ to: '市政府', receiver: '', signer: '', text: '山火', furtherDueAt: null },
      });
      return { incident, report };
    },
    dutyNotesVersion: async () => (await bed.store.dutyNotes(room, 1))[0]?.version ?? 0,
    inspection: async () => {
      const [id, at] = [newId(), Date.now()];
      const head = { unit, rooms: [room], from: at - 1, to: at, inspectedAt: at, inspectors: '督查员' };
      const by = { account: null, person: null, name: '督查员' };
      await done(bed, { type: 'inspection-open', id, ...head, ...by, at });
      return id;
    },
  };
}

/** Closes a page and waits until it is. */
export async function closed(page: Page | string): Promise<void> {
  if (typeof page === 'string' || page.socket.readyState === WebSocket.CLOSED) return;
  page.close();
  await page.closed;
}
