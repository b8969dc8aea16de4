/**
 * An administrator's first day through 接入向导, by keyboard alone, with real calls behind it. One story: what a test leaves is
 * where the next begins.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RecordingRow } from '../../src/storage/store/recordings.ts';
import { hashPassword } from '../../src/web/password.ts';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type OfficeService, startOfficeService } from '../web/office-service.ts';
import { PASSWORD } from '../web/web-bed.ts';
import { chooseIn, pressOn, tabTo, writeIn } from './by-keyboard.ts';

const BUILT = fileURLToPath(new URL('../../build/page', import.meta.url));
/** Pictures for a reviewer go here; usually none are taken. */
const SHOTS = process.env.DUTYLINE_SHOTS;
/** Another zone than the office's turns night into day for pictures. */
const ZONE = process.env.DUTYLINE_SHOTS_ZONE ?? 'Asia/Shanghai';
const SIZES = [
  { width: 1092, height: 500 },
  { width: 1920, height: 937 },
  { width: 1366, height: 625 },
] as const;

/** As an office begins: a unit, a room and one line, and nobody to sit there. */
const FIRST_OFFICE = `
units: [{ id: unit, name: 市政府办公室 }]
rooms: [{ id: room, unit: unit, name: 值班室, formTitle: 市人民政府值班室电话记录单 }]
lines:
  - id: line-1
    room: room
    pbx: office
    number: 0954-2030001
    dids: ["${DID.direct}"]
    trunks: [PJSIP/telco]
    phones: [PJSIP/1001]
    recording: ami
`;
const BOOK = '单位,姓名,电话\n市应急管理局,王某,0954-8887777\n';

let office: Office;
let bed: OfficeService;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  office = await startOffice();
  bed = await startOfficeService(office, { builtPage: BUILT, officeYaml: FIRST_OFFICE });
  await bed.service.intake.work({
    type: 'account-add',
    id: 'a-admin',
    login: 'admin',
    name: '系统管理员',
    role: 'administrator',
    unit: 'unit',
    person: null,
    passwordHash: await hashPassword(PASSWORD),
    at: Date.now(),
  });
  await bed.watching();
  browser = await openChromium();
  page = await logIn('admin', PASSWORD);
});
afterAll(async () => {
  await browser?.close();
  await bed?.stop();
  await office?.stop();
});

async function logIn(login: string, password: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 625 },
    locale: 'zh-CN',
    timezoneId: ZONE,
  });
  const opened = await context.newPage();
  opened.setDefaultTimeout(30_000);
  await opened.goto(bed.base);
  await writeIn(opened, opened.getByLabel('账号'), login);
  await writeIn(opened, opened.getByLabel('密码'), password);
  await opened.keyboard.press('Enter');
  await opened.locator('.seat, .desk').first().waitFor();
  return opened;
}

async function look(name: string, of: Page = page): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  for (const size of SIZES) {
    await of.setViewportSize(size);
    await of.screenshot({ path: join(SHOTS, `${name}-${size.width}x${size.height}.png`) });
  }
}

const step = (words: string): Locator => page.locator('.setup-step').filter({ hasText: words });
const panel = (): Locator => page.locator('.setup-panel');

/** Rings in, is answered by the phone, both talk for four seconds. */
async function realCall(did: string): Promise<void> {
  const call = await office.telco.call(did, { number: OUTSIDE.mobile });
  await call.reached('answered');
  call.after(4_000, () => call.hangUp());
  await call.reached('ended');
}

it('① 连接: doctor finds PBX and machine in order, and says so account by account', {
  timeout: 120_000,
}, async () => {
  await pressOn(page, page.locator('.rail').getByRole('button', { name: '系统' }));
  await step('连接').getByText('通过', { exact: true }).waitFor();
  for (const account of ['监听账号 listen', '查询账号 control', '录音账号 recorder'])
    expect(
      await panel()
        .getByText(new RegExp(`${account}.*：已登录`))
        .count(),
    ).toBe(1);
  expect(await panel().locator('.soft-red').count()).toBe(0);
  await step('人员、坐席').getByText('不通过').waitFor();
  await step('通讯录').getByText('不通过').waitFor();
  await look('setup-1-connection');
});

it('② 拨打: what arrives is shown as it comes, and becomes a duty line', { timeout: 120_000 }, async () => {
  await page.keyboard.press('Alt+2');
  await pressOn(page, page.getByRole('button', { name: '开始等候来电' }));
  await page.getByText(/正在等候来电，剩余/).waitFor();
  await look('setup-2-waiting');
  await realCall(DID.notOurs);
  const card = page.locator('.setup-call').first();
  await card.getByText('已挂断').waitFor();
  const facts = await card.locator('.setup-facts').textContent();
  for (const said of ['被叫号码09542039999', '外线PJSIP/telco', '主叫139****1111', '响铃的话机PJSIP/1004'])
    expect(facts).toContain(said);
  await card.getByText('这个号码还不是值班电话').waitFor();
  await look('setup-2-arrived');
  await pressOn(page, card.getByRole('button', { name: '设为值班电话' }));
  const form = page.getByRole('form', { name: '设为值班电话' });
  await form.waitFor();
  expect(await form.getByLabel('值班电话号码').inputValue()).toBe('0954-2039999');
  await look('setup-2-form');
  // The caret stands in the number: nothing has to be changed.
  await page.keyboard.press('Enter');
  await page.getByText('已设为值班电话 0954-2039999，立即生效。').waitFor();
  await card.getByText('已到达值班电话 0954-2039999').waitFor();
  const { lines } = await bed.service.store.office();
  expect(lines.find(({ number }) => number === '0954-2039999')).toMatchObject({
    dids: ['09542039999'],
    trunks: ['PJSIP/telco'],
    phones: ['PJSIP/1004'],
    recording: 'ami',
  });
});

/** What the page proves of a line's latest call, once it is another than before. */
async function proofAfter(number: string, before: string): Promise<{ digest: string; defects: string }> {
  const line = page.getByRole('region', { name: `值班电话 ${number}` });
  const digest = line.locator('.setup-digest');
  const whole = line.locator('dt:text-is("完整度") + dd');
  await expect
    .poll(async () => (await whole.count()) === 1 && (await digest.textContent()) !== before, {
      timeout: 30_000,
    })
    .toBe(true);
  return { digest: (await digest.textContent()) ?? '', defects: (await whole.textContent()) ?? '' };
}

/**
 * Dials until the proof says 完整, as an administrator would: where others load the machine, a tenth of a second of sound may
 * really be missing, and then the page has to say so.
 */
async function dialUntilWhole(did: string, number: string): Promise<string> {
  let digest = '';
  for (let call = 0; call < 4; call += 1) {
    await realCall(did);
    const proof = await proofAfter(number, digest);
    digest = proof.digest;
    const [row] = (await recordings()).filter(({ sha256 }) => sha256 === digest);
    expect(proof.defects === '完整').toBe(row?.judgement?.defects.length === 0);
    if (proof.defects === '完整') return digest;
  }
  throw new Error(`four calls to ${number} lack sound`);
}

async function recordings(): Promise<readonly RecordingRow[]> {
  const { store } = bed.service;
  const rows = await store.keptSounds(null, 100);
  return (await Promise.all(rows.map(({ id }) => store.recording(id)))).filter((row) => row !== undefined);
}

it('③ 录音: the next call is recorded, and proved without its sound', { timeout: 240_000 }, async () => {
  await page.keyboard.press('Alt+3');
  await page.getByText('一天内没有接听过的来电').first().waitFor();
  await dialUntilWhole(DID.direct, '0954-2030001');
  const digest = await dialUntilWhole(DID.notOurs, '0954-2039999');
  await step('录音试听').getByText('通过', { exact: true }).waitFor();
  const [kept] = (await recordings()).filter(({ sha256 }) => sha256 === digest);
  const said = (await page.getByRole('region', { name: '值班电话 0954-2039999' }).textContent()) ?? '';
  const [, seconds = '0'] = /录音时长([\d.]+) 秒/.exec(said) ?? [];
  expect(Number(seconds)).toBeCloseTo(kept?.seconds ?? 0, 1);
  expect(Number(seconds)).toBeGreaterThan(3);
  expect(said).toMatch(/对方音量 -\d+(\.\d)? dBFS/);
  expect(said).toMatch(/本室音量 -\d+(\.\d)? dBFS/);
  expect(said).toContain('尚无值班人员试听');
  // Why an administrator hears nothing stands there, and nothing there can be played.
  await page.getByText('系统管理员管账号和线路，按规定不能收听通话内容').waitFor();
  expect(await page.locator('audio').count()).toBe(0);
  await look('setup-3-proof');
});

let password = '';
it('④ 人员、坐席: a person, a seat and an account with its first password', {
  timeout: 120_000,
}, async () => {
  await page.keyboard.press('Alt+4');
  await page.getByText('值班室还没有人员。请在下面添加。').waitFor();
  await look('setup-4-lacking');
  const person = page.getByRole('form', { name: '添加人员' });
  await writeIn(page, person.getByLabel('姓名'), '陈某');
  await writeIn(page, person.getByLabel('职务'), '值班员');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: '人员', exact: true }).getByText('陈某').waitFor();
  const seat = page.getByRole('form', { name: '添加坐席' });
  await writeIn(page, seat.getByLabel('坐席名称'), '一号坐席');
  await chooseIn(page, seat.getByLabel('话机'), 'PJSIP/1004');
  await pressOn(page, seat.getByRole('button', { name: '保存' }));
  await page.getByRole('region', { name: '坐席', exact: true }).getByText('一号坐席').waitFor();
  const account = page.getByRole('form', { name: '添加账号' });
  await chooseIn(page, account.getByLabel('对应人员'), '陈某');
  await writeIn(page, account.getByLabel('登录名'), 'chen');
  await page.keyboard.press('Enter');
  await page.getByText('chen 的首次密码，只显示这一次').waitFor();
  password = (await page.locator('.setup-password code').textContent()) ?? '';
  await step('人员、坐席').getByText('通过', { exact: true }).waitFor();
  const [added] = (await bed.service.store.office()).people;
  expect(await bed.service.store.accountByLogin('chen')).toMatchObject({
    role: 'officer',
    unit: 'unit',
    person: added?.id,
  });
  await look('setup-4-people');
});

it('④ 单位、值班室: a unit below, its room, and a line that goes there and back', {
  timeout: 120_000,
}, async () => {
  const saved = async () => (await bed.service.store.office()).lines.find(({ id }) => id === 'line-1')?.room;
  const unit = page.getByRole('form', { name: '添加单位' });
  await writeIn(page, unit.getByLabel('单位名称'), '三营镇人民政府');
  await chooseIn(page, unit.getByLabel('上级单位'), '市政府办公室');
  await pressOn(page, unit.getByRole('button', { name: '保存' }));
  await page.getByRole('region', { name: '单位', exact: true }).getByText('三营镇人民政府').first().waitFor();
  const room = page.getByRole('form', { name: '添加值班室' });
  await writeIn(page, room.getByLabel('值班室名称'), '镇值班室');
  await chooseIn(page, room.getByLabel('单位'), '　三营镇人民政府');
  await pressOn(page, room.getByRole('button', { name: '保存' }));
  const rooms = page.getByRole('region', { name: '值班室', exact: true });
  await pressOn(page, rooms.getByRole('button', { name: /^镇值班室/ }));
  // The caret goes on into the form.
  const change = page.getByRole('form', { name: '修改值班室' });
  await expect
    .poll(() => change.getByLabel('值班室名称').evaluate((field) => field === document.activeElement))
    .toBe(true);
  await writeIn(page, change.getByLabel('值班室名称'), '三营镇值班室');
  await page.keyboard.press('Enter');
  await rooms.getByRole('button', { name: /^三营镇值班室/ }).waitFor();
  const { units, rooms: kept } = await bed.service.store.office();
  const made = kept.find(({ name }) => name === '三营镇值班室');
  expect(made).toMatchObject({ formTitle: '镇值班室电话记录单' });
  expect(units.find(({ id }) => id === made?.unit)).toMatchObject({ name: '三营镇人民政府', parent: 'unit' });
  await look('setup-4-units');

  const top = page.getByRole('region', { name: '单位', exact: true });
  await pressOn(page, top.getByRole('button', { name: '市政府办公室', exact: true }));
  const remove = page.getByRole('form', { name: '修改单位' });
  await pressOn(page, remove.getByRole('button', { name: '删除' }));
  await page.keyboard.press('Enter');
  await remove.getByText('不能删除：它还有下级单位。请先把下级单位移走或删除。').waitFor();
  await look('setup-4-in-use');

  await page.keyboard.press('Alt+2');
  const line = page.getByRole('form', { name: '修改值班电话' });
  // A seat has the telephone of this one.
  await pressOn(page, page.getByRole('button', { name: '修改 0954-2039999' }));
  await chooseIn(page, line.getByLabel('值班室'), '三营镇值班室');
  await pressOn(page, line.getByRole('button', { name: '保存' }));
  await line.getByText('这部值班电话的话机还在原值班室的坐席上。').waitFor();
  await pressOn(page, line.getByRole('button', { name: '取消' }));
  for (const [name, id] of [
    ['三营镇值班室', made?.id],
    ['值班室', 'room'],
  ] as const) {
    await pressOn(page, page.getByRole('button', { name: '修改 0954-2030001' }));
    await chooseIn(page, line.getByLabel('值班室'), name);
    await pressOn(page, line.getByRole('button', { name: '保存' }));
    const row = page.getByRole('listitem').filter({ hasText: '0954-2030001' });
    await row.getByText(name, { exact: true }).waitFor();
    expect(await saved()).toBe(id);
  }
});

it('⑤ 通讯录: comes in by a file, and everything has passed', { timeout: 120_000 }, async () => {
  await page.keyboard.press('Alt+5');
  await page.getByText('通讯录还是空的，来电只显示号码。').waitFor();
  await pressOn(page, page.getByRole('button', { name: '打开通讯录导入' }));
  await pressOn(page, page.getByRole('button', { name: '导入', exact: true }));
  const choosing = page.waitForEvent('filechooser');
  await pressOn(page, page.locator('#directory-file'));
  await (await choosing).setFiles({ name: '通讯录.csv', mimeType: 'text/csv', buffer: Buffer.from(BOOK) });
  await pressOn(page, page.getByRole('button', { name: '写入 1 条' }));
  await page.getByText('已写入 1 条。').waitFor();
  await pressOn(page, page.locator('.rail').getByRole('button', { name: '系统' }));
  await page.getByText('五步均已通过').waitFor();
  const verdicts = await page.locator('.setup-step .badge').allTextContents();
  expect(verdicts).toEqual(['通过', '通过', '通过', '通过', '通过']);
  await look('setup-5-passed');
});

it('the officer logs in by the first password, sits down and hears the call; the proof says so', {
  timeout: 120_000,
}, async () => {
  const officer = await logIn('chen', password);
  await pressOn(officer, officer.getByRole('button', { name: /一号坐席/ }));
  await officer.locator('.strip').waitFor();
  // The newest: of several calls that were tried, the proof is about the last.
  await officer.keyboard.press('F2');
  await officer.getByRole('button', { name: /^播放/ }).waitFor();
  await officer.keyboard.press('F9');
  await expect
    .poll(() => officer.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime > 0))
    .toBe(true);
  await page.keyboard.press('Alt+3');
  await page
    .getByText(/值班人员已试听/)
    .first()
    .waitFor();
  await officer.context().close();
});

it('自检: the same page finds a PBX that is gone, with the sentence and what to do', {
  timeout: 120_000,
}, async () => {
  await office.pbx.stopCleanly();
  await page.keyboard.press('Alt+1');
  await pressOn(page, page.getByRole('button', { name: '重新检查' }));
  await step('连接').getByText('不通过').waitFor();
  await page
    .getByText(/监听账号 listen.*连不上电话交换机的管理端口，请检查网络、地址、端口和防火墙/)
    .waitFor();
  await page.getByText('1 步不通过').waitFor();
  expect(await panel().getByText('处理：改好后点“重新检查”。').count()).toBeGreaterThan(0);
  await tabTo(page, page.getByRole('button', { name: '重新检查' }));
  await look('setup-1-gone');
});
