import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { describeProblems } from '../../src/config/problem.ts';
import type { Office } from '../../src/duty/office.ts';
import { createSetupOffice } from '../../src/service/setup-office.ts';
import { createTrialWatch, type TrialWatch } from '../../src/service/trial-watch.ts';
import type { CheckView, ProofView, SetupView, TrialView } from '../../src/web/protocol/setup-view.ts';
import { eventsOf } from '../calls/captured.ts';
import { type Browser, createBrowser, keptLogins } from './browser.ts';
import { callArrives, soundOf, startWebBed, type WebBed } from './web-bed.ts';

const NOT_OURS = join(import.meta.dirname, '../golden/22-inbound-not-ours.ami');
const folder = mkdtempSync(join(tmpdir(), 'dutyline-setup-'));

let bed: WebBed;
let trial: TrialWatch;
let clock = Date.now();
let linesChanged = 0;
const base = () => `http://127.0.0.1:${bed.web.port}`;
const at = keptLogins(base);

beforeAll(async () => {
  const config = configOf();
  bed = await startWebBed({}, ({ store, intake }) => {
    const setups = config.pbxs.map(({ id, trunks }) => ({ pbx: id, trunks, lines: [] as Office['lines'] }));
    trial = createTrialWatch(setups, () => clock);
    return {
      setupOffice: createSetupOffice({
        ...{ config, store, trial },
        pbxs: config.pbxs,
        work: (work) => intake.work(work),
        officeChanged: async () => {
          linesChanged += 1;
        },
        now: () => clock,
      }),
    };
  });
});
afterAll(async () => {
  await bed.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A PBX at a port where nobody listens. */
function configOf(): Config {
  writeFileSync(
    join(folder, 'dutyline.yaml'),
    `storage: { recordings: sound, state: state }
pbxs:
  - id: main
    name: 办公楼交换机
    host: 127.0.0.1
    port: 1
    listen: { username: dutyline, secretEnv: LISTEN }
    recorder: { username: dutyline-recorder, secretEnv: RECORDER }
    trunks: [PJSIP/telco]
    recordings: { base: /var/spool/asterisk/monitor, local: ${folder} }
`,
  );
  const loaded = loadConfig({
    dir: folder,
    env: { LISTEN: 'the-listen-secret', RECORDER: 'the-recorder-secret' },
  });
  if (!loaded.ok) throw new Error(describeProblems(loaded.problems));
  return loaded.config;
}

function post(browser: Browser, path: string, body: unknown, origin = base()): Promise<Response> {
  return browser.fetch(`/api/setup${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(body),
  });
}

async function read<T>(browser: Browser, path: string): Promise<T> {
  const answer = await browser.fetch(`/api/setup${path}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as T;
}

const LINE = {
  id: 'l-new',
  room: 'r-county',
  pbx: 'main',
  number: '0954-2039999',
  dids: ['09542039999'],
  trunks: ['PJSIP/telco'],
  phones: ['PJSIP/1004'],
  recording: 'ami',
};

const TOWN = { id: 'u-town', name: '三营镇人民政府', parent: 'county' };
const HALL = { id: 'r-town', unit: 'u-town', name: '镇值班室', formTitle: '三营镇值班室电话记录单' };

describe('系统', () => {
  it.each([
    ['admin', 200],
    ['zhang', 404],
    ['leader', 404],
    ['supervisor', 404],
    ['auditor', 404],
  ])('is for who administers: %s gets %i everywhere', async (login, status) => {
    const browser = await at(login);
    for (const path of ['', '/trial', '/proof'])
      expect((await browser.fetch(`/api/setup${path}`)).status).toBe(status);
    expect((await post(browser, '/trial', { watch: false })).status).toBe(status);
    if (status === 200) return;
    const account = { login: 'thief', name: '某', role: 'administrator', unit: 'city', person: null };
    for (const [path, body] of [
      ['/check', {}],
      ['/trial', { watch: true }],
      ['/parts', { kind: 'line', put: LINE, was: null }],
      ['/parts', { kind: 'unit', put: TOWN, was: null }],
      ['/parts/remove', { kind: 'unit', was: { id: 'city', name: '固原市人民政府', parent: null } }],
      ['/accounts', account],
    ] as const)
      expect((await post(browser, path, body)).status).toBe(404);
    expect(trial.view().until).toBeNull();
    expect(await bed.store.accountByLogin('thief')).toBeUndefined();
    expect((await bed.store.office()).units.map(({ id }) => id).sort()).toEqual(['city', 'county']);
  });

  it('is for nobody who is not logged in, nor from another site', async () => {
    const stranger = createBrowser(base());
    expect((await stranger.fetch('/api/setup')).status).toBe(401);
    expect((await post(await at('admin'), '/parts', {}, 'http://elsewhere.example')).status).toBe(403);
  });

  it("shows the office and how each PBX may record, and no secret of anybody's", async () => {
    const admin = await at('admin');
    const text = await (await admin.fetch('/api/setup')).text();
    const view = JSON.parse(text) as SetupView;
    expect(view.pbxs).toEqual([
      {
        id: 'main',
        name: '办公楼交换机',
        trunks: ['PJSIP/telco'],
        recordings: ['ami', 'pbx', 'snippet', 'none'],
      },
    ]);
    expect(view.lines.map(({ id }) => id)).toContain('l-county');
    expect(view.accounts.map(({ login }) => login)).toContain('zhang');
    for (const hidden of ['argon2', 'the-listen-secret', 'totp', 'pin']) expect(text).not.toContain(hidden);
  });

  it('says what doctor says, with what to do, and one round of log-ins for two who ask at once', async () => {
    const admin = await at('admin');
    const [one, other] = await Promise.all([post(admin, '/check', {}), post(admin, '/check', {})]);
    const [checked, again] = [(await one.json()) as CheckView, (await other.json()) as CheckView];
    expect(again.at).toBe(checked.at);
    const pbx = checked.groups.find((group) => group.pbx === 'main')?.findings ?? [];
    expect(pbx.filter(({ kind }) => kind === 'bad')).toMatchObject([
      {
        what: expect.stringContaining(
          '监听账号 dutyline（127.0.0.1:1）：连不上电话交换机的管理端口',
        ) as string,
      },
      { what: expect.stringContaining('录音账号 dutyline-recorder') as string },
    ]);
    expect(pbx.every(({ kind, advice }) => kind === 'good' || advice !== null)).toBe(true);
    const machine = checked.groups.find((group) => group.pbx === null)?.findings ?? [];
    expect(machine.map(({ what }) => what).join('\n')).toContain('录音存储目录');
    expect(JSON.stringify(checked)).not.toContain('secret');
  });
});

describe('试拨', () => {
  const dialIn = () => {
    for (const event of eventsOf(NOT_OURS)) trial.see('main', { type: 'event', receivedAt: clock, event });
  };

  it('shows nothing before somebody watches, then what arrives with its caller masked, and forgets it', async () => {
    const admin = await at('admin');
    dialIn();
    expect((await read<TrialView>(admin, '/trial')).calls).toEqual([]);
    await post(admin, '/trial', { watch: true });
    dialIn();
    const { calls } = await read<TrialView>(admin, '/trial');
    expect(calls).toMatchObject([
      {
        did: '09542039999',
        trunk: 'PJSIP/telco',
        knownTrunk: true,
        caller: '095****7777',
        rang: ['PJSIP/1004'],
        line: null,
      },
    ]);
    expect(JSON.stringify(calls)).not.toContain('9548887777');
    clock += 10 * 60_000;
    expect(await read<TrialView>(admin, '/trial')).toMatchObject({ until: null, calls: [] });
    expect((await bed.store.verifyAudit()).ok).toBe(true);
  });
});

describe('设为值班电话', () => {
  it('is kept at once, told to the trackers, and refused with a sentence when it cannot stand', async () => {
    const admin = await at('admin');
    const before = linesChanged;
    expect((await post(admin, '/parts', { kind: 'line', put: LINE, was: null })).status).toBe(204);
    expect(linesChanged).toBe(before + 1);
    expect((await read<SetupView>(admin, '')).lines).toContainEqual(LINE);
    expect(await bed.store.auditOf('l-new')).toMatchObject([{ kind: 'line-added', account: 'a-admin' }]);
    const twin = await post(admin, '/parts', { kind: 'line', put: { ...LINE, id: 'l-twin' }, was: null });
    expect(twin.status).toBe(409);
    expect(((await twin.json()) as { zh: string }).zh).toContain('已属于另一部值班电话');
    expect(linesChanged).toBe(before + 1);
  });

  it.each([
    [{}],
    [{ kind: 'line', put: LINE }],
    [{ kind: 'line', put: { ...LINE, extra: 1 }, was: null }],
    [{ kind: 'line', put: LINE, was: { ...LINE, id: 'l-county' } }],
    [{ kind: 'unit', put: { id: 'x' }, was: null }],
    [{ kind: 'line', put: { ...LINE, dids: Array.from({ length: 51 }, () => '1') }, was: null }],
    [null],
  ])('refuses the malformed %j', async (body) => {
    expect((await post(await at('admin'), '/parts', body)).status).toBe(400);
  });
});

describe('units and rooms', () => {
  const sentence = async (answer: Response): Promise<string> => {
    const body = answer.status === 204 ? null : ((await answer.json()) as { code: string; zh: string });
    return body === null ? 'kept' : `${answer.status} ${body.code} ${body.zh}`;
  };
  const put = async (body: unknown): Promise<string> =>
    sentence(await post(await at('admin'), '/parts', body));
  const remove = async (body: unknown): Promise<string> =>
    sentence(await post(await at('admin'), '/parts/remove', body));

  it('are made, renamed and moved, and hold at once for lines and for how long sound is kept', async () => {
    const before = linesChanged;
    expect(await put({ kind: 'unit', put: TOWN, was: null })).toBe('kept');
    expect(await put({ kind: 'room', put: HALL, was: null })).toBe('kept');
    expect(linesChanged).toBe(before + 2);
    const { units, rooms } = await read<SetupView>(await at('admin'), '');
    expect(units).toContainEqual(TOWN);
    expect(rooms).toContainEqual(HALL);
    expect(await bed.store.auditOf('u-town')).toMatchObject([{ kind: 'unit-added', account: 'a-admin' }]);
  });

  it.each([
    [{ kind: 'unit', put: { ...TOWN, name: ' ' }, was: TOWN }, '409 office-part-wrong 单位名称为'],
    [{ kind: 'unit', put: { ...TOWN, name: '甲\n乙' }, was: TOWN }, '409 office-part-wrong 单位名称为'],
    [{ kind: 'unit', put: { ...TOWN, parent: 'u-town' }, was: TOWN }, '409 office-part-wrong 单位不能归到'],
    [{ kind: 'unit', put: { ...TOWN, parent: 'nowhere' }, was: TOWN }, '409 office-part-wrong'],
    [{ kind: 'room', put: { ...HALL, name: 'x'.repeat(61) }, was: HALL }, '409 office-part-wrong 值班室名称'],
    [{ kind: 'room', put: { ...HALL, formTitle: '' }, was: HALL }, '409 office-part-wrong 记录单标题'],
    [{ kind: 'room', put: { ...HALL, unit: 'city' }, was: HALL }, '409 room-keeps-unit 值班室不能换单位'],
    [{ kind: 'unit', put: { ...TOWN, name: 'x'.repeat(201) }, was: TOWN }, '400 bad-request'],
    [{ kind: 'unit', put: { ...TOWN, id: '../x' }, was: null }, '409 office-part-wrong'],
  ])('refuse %j', async (body, begin) => {
    expect(await put(body)).toContain(begin);
    expect((await bed.store.office()).units).toContainEqual(TOWN);
  });

  it('stand eight deep at most', async () => {
    // city, county, town are three.
    let parent = TOWN.id;
    for (let level = 4; level <= 9; level += 1) {
      const unit = { id: `u-${level}`, name: `第${level}级`, parent };
      const said = await put({ kind: 'unit', put: unit, was: null });
      if (level <= 8) expect([level, said]).toEqual([level, 'kept']);
      else expect(said).toContain('最多 8 级');
      parent = unit.id;
    }
    // Nor by moving a branch down.
    const county = { id: 'county', name: '原州区人民政府', parent: 'city' };
    await put({ kind: 'unit', put: { id: 'u-top', name: '自治区', parent: null }, was: null });
    const city = { id: 'city', name: '固原市人民政府', parent: null };
    expect(await put({ kind: 'unit', put: { ...city, parent: 'u-top' }, was: city })).toContain('最多 8 级');
    expect((await bed.store.office()).units).toContainEqual(county);
  });

  it('are taken away when nothing hangs on them, with the sentence when something does', async () => {
    expect(await remove({ kind: 'unit', was: TOWN })).toContain(
      '409 unit-has-units 不能删除：它还有下级单位',
    );
    for (let level = 8; level >= 4; level -= 1) {
      const parent = level === 4 ? TOWN.id : `u-${level - 1}`;
      expect(await remove({ kind: 'unit', was: { id: `u-${level}`, name: `第${level}级`, parent } })).toBe(
        'kept',
      );
    }
    expect(await remove({ kind: 'unit', was: TOWN })).toContain('409 unit-has-rooms 不能删除：它还有值班室');
    expect(await remove({ kind: 'room', was: HALL })).toBe('kept');
    expect(await remove({ kind: 'unit', was: TOWN })).toBe('kept');
    const [city] = (await bed.store.office()).rooms.filter(({ id }) => id === 'r-city');
    expect(await remove({ kind: 'room', was: city })).toContain(
      '409 room-has-lines 不能删除：它还有值班电话',
    );
    expect(await bed.store.auditOf('r-town')).toMatchObject([
      { kind: 'room-added' },
      { kind: 'room-removed' },
    ]);
    for (const body of [null, {}, { kind: 'line', was: LINE }, { kind: 'unit', was: null }])
      expect(await remove(body)).toContain('400 bad-request');
  });

  it('are told to open pages; who may see a room no longer is led out of it', async () => {
    const zhang = await (await at('zhang')).open();
    await zhang.next('snapshot');
    const supervisor = await (await at('supervisor')).open({ room: 'r-county' });
    expect((await supervisor.next('snapshot')).room.id).toBe('r-county');
    const county = { id: 'county', name: '原州区人民政府', parent: 'city' };
    const renamed = { ...county, name: '原州区委区政府' };
    expect(await put({ kind: 'unit', put: renamed, was: county })).toBe('kept');
    for (const page of [zhang, supervisor]) {
      const told = await page.next('delta', ({ changes }) => changes.some(({ entity }) => entity === 'room'));
      expect(JSON.stringify(told.changes)).toContain('原州区委区政府');
    }
    expect(await put({ kind: 'unit', put: { ...renamed, parent: null }, was: renamed })).toBe('kept');
    expect(await supervisor.closed).toBe(4005);
    const again = await (await at('supervisor')).open({ room: 'r-county' });
    expect((await again.next('snapshot')).room.id).toBe('r-city');
    zhang.send({ type: 'ping', at: 1 });
    await zhang.next('pong');
    for (const page of [zhang, again]) page.close();
    expect(await put({ kind: 'unit', put: county, was: { ...renamed, parent: null } })).toBe('kept');
  });

  it('a line goes to another room by its own form, and the new room has it at once', async () => {
    const line = (await bed.store.office()).lines.find(({ id }) => id === 'l-new');
    const moved = { ...line, room: 'r-county-2' };
    expect(await put({ kind: 'line', put: moved, was: line })).toBe('kept');
    expect((await bed.store.roomView('r-county-2', clock))?.lines.map(({ id }) => id)).toContain('l-new');
    expect(await put({ kind: 'line', put: line, was: moved })).toBe('kept');
    const county = (await bed.store.office()).lines.find(({ id }) => id === 'l-county');
    // A seat of the room it leaves has its telephone.
    expect(await put({ kind: 'line', put: { ...county, room: 'r-city' }, was: county })).toContain(
      '409 office-part-wrong 这部值班电话的话机还在原值班室的坐席上',
    );
  });

  it('whoever has just logged in stands in the room of his person, and else in one with a line', async () => {
    const early = { id: 'a-room', unit: 'county', name: '新值班室', formTitle: '新值班室电话记录单' };
    expect(await put({ kind: 'room', put: early, was: null })).toBe('kept');
    for (const login of ['zhang', 'shared']) {
      const page = await (await at(login)).open();
      expect((await page.next('snapshot')).room.id).toBe('r-county');
      page.close();
    }
    expect(await remove({ kind: 'room', was: early })).toBe('kept');
  });
});

describe('录音试听 without sound', () => {
  it('proves what was recorded, and says when somebody who may hear it did', async () => {
    const linkedid = await callArrives(bed);
    const recording = await soundOf(bed, linkedid);
    const admin = await at('admin');
    const line = async () =>
      (await read<ProofView>(admin, '/proof')).lines.find((one) => one.line === 'l-county');
    clock = Date.now();
    expect(await line()).toMatchObject({
      call: { ended: false },
      sound: {
        state: 'attached',
        bytes: 1_000,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        heardAt: null,
      },
    });
    for (const path of ['', '/original', '/peaks'])
      expect((await admin.fetch(`/api/recordings/${recording}${path}`)).status).toBe(404);
    expect((await line())?.sound?.heardAt).toBeNull();
    const zhang = await at('zhang');
    const heard = await zhang.fetch(`/api/recordings/${recording}`);
    expect(heard.status).toBe(200);
    await heard.arrayBuffer();
    expect((await line())?.sound?.heardAt).not.toBeNull();
  });
});

describe('an account', () => {
  const account = { login: 'chen', name: '陈某', role: 'officer', unit: 'county', person: 'p-zhang' };

  it('comes with a first password that is shown once and logs in', async () => {
    const admin = await at('admin');
    const made = (await (await post(admin, '/accounts', account)).json()) as { password: string };
    expect(made.password).toMatch(/^(?:[a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    const chen = createBrowser(base());
    expect((await chen.logIn('chen', made.password)).status).toBe(200);
    expect(await (await admin.fetch('/api/setup')).text()).not.toContain(made.password);
    const row = await bed.store.accountByLogin('chen');
    const trail = await bed.store.auditOf(row?.id ?? '');
    expect(trail).toMatchObject([{ kind: 'account-added', account: 'a-admin' }, { kind: 'logged-in' }]);
    expect(JSON.stringify(trail)).not.toContain(made.password);
  });

  it.each([
    ['a taken name', { ...account, login: 'ZHANG' }, 409, 'login-taken'],
    ['a name with a blank', { ...account, login: 'a b' }, 409, 'login-form'],
    [
      'a unit that is not there',
      { ...account, login: 'x1', unit: 'nowhere', person: null },
      409,
      'unit-unknown',
    ],
    ['a person of another unit', { ...account, login: 'x2', unit: 'city' }, 409, 'person-of-other-unit'],
    ['an unknown role', { ...account, login: 'x3', role: 'root' }, 400, 'bad-request'],
    ['a password of its own', { ...account, login: 'x4', password: 'x' }, 400, 'bad-request'],
  ])('is refused for %s', async (_what, body, status, code) => {
    const answer = await post(await at('admin'), '/accounts', body);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
  });
});
