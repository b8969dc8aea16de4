/**
 * 值班电话检测 as people meet it, in Debian's Chromium over real calls on a real Asterisk: a line that is forwarded shows on
 * the desk and on the screen by itself, and is confirmed, closed and dismissed by the keyboard alone. One story: what a
 * test leaves is where the next begins, so none is repeated alone.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/accounts/access.ts';
import { hashPassword } from '../../src/web/password.ts';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { answerAfter, redirectTo } from '../bed/sip-behaviour.ts';
import { type OfficeService, startOfficeService } from '../web/office-service.ts';
import { PASSWORD } from '../web/web-bed.ts';
import { pressOn, tabTo } from './by-keyboard.ts';
import { sitDown } from './console.ts';

const BUILT = fileURLToPath(new URL('../../build/page', import.meta.url));
/** Pictures for a reviewer go here; usually none are taken. */
const SHOTS = process.env.DUTYLINE_SHOTS;
const SIZES = [
  { width: 1092, height: 500 },
  { width: 1920, height: 937 },
  { width: 1366, height: 625 },
] as const;
const SOON = { timeout: 15_000 };

/**
 * A town with its line, whose phone no seat has beside it; and the county above it, whose line plays music to who waits: the
 * settings of the PBX say so by themselves.
 */
const OFFICE_YAML = `
units: [{ id: county, name: 原州区政府办公室 }, { id: unit, name: 三营镇政府, parent: county }]
rooms:
  - { id: room, unit: unit, name: 镇值班室, formTitle: 三营镇值班电话记录单 }
  - { id: room-county, unit: county, name: 区值班室, formTitle: 原州区值班电话记录单 }
lines:
  - { id: line-1, room: room, pbx: office, number: 0954-2030001, dids: ["${DID.phone1003}"], trunks: [PJSIP/telco, PJSIP/telco2], phones: [PJSIP/1003, PJSIP/1004], recording: none }
  - { id: line-2, room: room-county, pbx: office, number: 0954-2030002, dids: ["${DID.dialMusic}"], trunks: [PJSIP/telco, PJSIP/telco2], phones: [PJSIP/1002], recording: none }
seats:
  - { id: s-1, room: room, name: 一号坐席, phone: PJSIP/1004 }
  - { id: s-2, room: room-county, name: 区坐席, phone: PJSIP/1002 }
people: [{ id: p-zhang, room: room, name: 张三, title: 值班员 }, { id: p-li, room: room, name: 李四, title: 值班员 }]
directory: [{ number: 0954-8887777, unit: 市应急管理局, person: 王某, class: superior }]
roster: [{ room: room, leaders: [], officers: [p-zhang] }]
`;

let office: Office;
let bed: OfficeService;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  office = await startOffice({ sound: false });
  bed = await startOfficeService(office, { builtPage: BUILT, officeYaml: OFFICE_YAML });
  await addAccount('du', '杜督查', 'supervisor', 'county');
  await addAccount('other', '王五', 'officer', 'county');
  await addAccount('auditor', '审计', 'auditor', 'county');
  await bed.watching();
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await bed?.stop();
  await office?.stop();
});

async function addAccount(login: string, name: string, role: Role, unit: string): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD);
  await bed.service.intake.work({
    type: 'account-add',
    ...{ id: `a-${login}`, login, name, role, unit, person: null, passwordHash, at: Date.now() },
  });
}

/** A call that the phone takes up. */
async function cleanCall(): Promise<void> {
  office.phones['1003'].behave(answerAfter(300));
  await callOf(300);
}

/** A call that the phone itself sends on to a mobile. */
async function forwardedCall(): Promise<void> {
  office.phones['1003'].behave(redirectTo(OUTSIDE.mobile));
  await callOf(300);
}

async function callOf(talkMs: number): Promise<void> {
  const call = await office.telco.call(DID.phone1003, { number: OUTSIDE.caller });
  await call.reached('answered');
  call.after(talkMs, () => call.hangUp());
  await call.reached('ended');
}

async function look(name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  for (const theme of ['night', 'day']) {
    await page.evaluate((chosen) => localStorage.setItem('dutyline.appearance', chosen), theme);
    await page.reload();
    await chip().waitFor();
    await page.waitForTimeout(1_000);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await page.waitForTimeout(200);
      await page.screenshot({ path: join(SHOTS, `${name}-${theme}-${size.width}x${size.height}.png`) });
    }
  }
}

const chip = () => page.getByRole('button', { name: /^检测 / });
const rows = () => page.getByRole('region', { name: '值班电话检测待处理' });
const cell = (topic: string, number = '0954-2030001') =>
  page.getByRole('button', { name: new RegExp(`^${number}\\s*${topic}\\s*(未发现|疑似|已确认|无法判定)`) });
const panel = () => page.locator('.watch-panel');
const card = () => panel().locator('.watch-finding').first();
const focused = (selector: string) =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);

describe('值班电话检测', { timeout: 120_000, retry: 0 }, () => {
  it('is not green by its settings, nor by a call that arrived: 彩铃 is still unknown', async () => {
    const desk = await sitDown(browser, bed.base, { login: 'zhang', password: PASSWORD });
    page = desk.page;
    page.setDefaultTimeout(20_000);
    // Settings were looked at, and prove nothing of what the carrier does.
    await expect.poll(() => chip().textContent(), SOON).toBe('检测 无法判定');
    await cleanCall();
    const verdict = async () => (await bed.service.store.lineWatch(['line-1'], Date.now()))[0];
    await expect.poll(async () => (await verdict())?.forwarding.state, SOON).toBe('none');
    expect((await verdict())?.ringback).toMatchObject({ state: 'unknown', why: 'settings-only' });
    expect(await chip().textContent()).toBe('检测 无法判定');
    expect(await rows().getByRole('button').count()).toBe(0);
  });

  it('a forwarded call shows as a quiet line on the desk, and takes the caret from nobody', async () => {
    await page.locator('#search').focus();
    await page.keyboard.insertText('应急');
    await forwardedCall();
    await rows()
      .getByRole('button', { name: /疑似呼转.*0954-2030001/ })
      .waitFor();
    expect(await focused('#search')).toBe(true);
    expect(await page.locator('#search').inputValue()).toBe('应急');
    await expect.poll(() => chip().textContent(), SOON).toBe('检测 疑似呼转');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await look('desk');
  });

  it('opens with its evidence in sentences, the number it went to, and the call', async () => {
    await pressOn(page, rows().getByRole('button').first());
    await card().waitFor();
    expect(await card().textContent()).toMatch(/疑似来电转到了外线/);
    expect(await card().textContent()).toMatch(/139 0000 1111.*（手机）：话机自行转出/s);
    await card().getByRole('button', { name: '回放' }).waitFor();
    // There is no trunk to call ourselves by: it stands there before anybody asks, and S says so.
    await panel().locator('.note').getByText('没有第二条外线，无法自查。').waitFor();
    await page.keyboard.press('s');
    await panel().getByRole('alert').getByText('无法自查').waitFor();
    expect(await cell('呼转').textContent()).toContain('疑似');
    expect(await cell('彩铃').textContent()).toContain('无法判定');
    // Nothing technical stands open.
    expect(await card().getByText('PJSIP/telco').isVisible()).toBe(false);
    await look('suspect');
  });

  it('Y confirms it as a 问题 in the name of who sits here; Esc leaves a reason that was begun', async () => {
    await page.keyboard.press('y');
    await page.getByRole('form', { name: '确认为问题' }).waitFor();
    expect(await focused('.watch-decision input')).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('form', { name: '确认为问题' }).waitFor({ state: 'detached' });
    await page.keyboard.press('y');
    await expect.poll(() => focused('.watch-decision input')).toBe(true);
    await page.keyboard.insertText('话机上确实设了呼转');
    // It is kept, and the answer lost, with all news: the second Enter is the same decision, not somebody else's.
    await page.route('**/api/watch', (route) => route.abort());
    await page.route('**/decisions', (route) => route.fetch().then(() => route.abort()), { times: 1 });
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('没有保存').waitFor();
    await page.unroute('**/api/watch');
    await page.locator('.watch-decision input').press('Enter');
    await page.locator('.watch-decision').waitFor({ state: 'detached' });
    await card().getByText('已确认').waitFor();
    expect(await card().getByRole('list', { name: '处理经过' }).textContent()).toContain(
      '张三 确认：话机上确实设了呼转',
    );
    await expect.poll(() => cell('呼转').textContent(), SOON).toContain('已确认');
    await expect.poll(() => chip().textContent(), SOON).toBe('检测 呼转问题');
    await look('confirmed');
  });

  it('C closes it only with what was done; then the line is unknown until somebody has looked again', async () => {
    await page.keyboard.press('c');
    await page.getByRole('form', { name: '登记整改完成' }).waitFor();
    await page.keyboard.press('Enter');
    expect(await page.getByRole('form', { name: '登记整改完成' }).count()).toBe(1);
    await page.keyboard.insertText('已在话机上取消呼转');
    await page.keyboard.press('Enter');
    await panel().getByText('已处理 1').waitFor();
    await expect.poll(() => cell('呼转').textContent(), SOON).toContain('处理之后还没有复查');
    expect(await cell('呼转').textContent()).not.toContain('未发现');
    await cleanCall();
    await expect.poll(() => cell('呼转').textContent(), SOON).toContain('未发现');
    expect(await cell('呼转').textContent()).toContain('范围：无条件；未检测：无应答、遇忙');
  });

  it('another call that leaves the house appears on the open screen and is said aloud', async () => {
    await page.keyboard.press('Escape');
    await expect.poll(() => focused('.watch-row button'), SOON).toBe(true);
    await forwardedCall();
    await expect.poll(() => cell('呼转').textContent(), SOON).toContain('疑似');
    await page
      .getByRole('status')
      .getByText('新的疑似：0954-2030001 来电转到了外线')
      .waitFor({ state: 'attached' });
    expect(await focused('.watch-row button')).toBe(true);
  });

  it('N dismisses it with a reason, from the grid to the reason without a mouse', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await card().waitFor();
    await page.keyboard.press('n');
    await page.getByRole('form', { name: '排除' }).waitFor();
    await page.keyboard.insertText('技术人员试线');
    await page.keyboard.press('Enter');
    await panel().getByText('已处理 2').waitFor();
    await tabTo(page, panel().getByText('已处理 2'));
    await page.keyboard.press('Enter');
    await expect.poll(() => panel().textContent(), SOON).toContain('张三 排除：技术人员试线');
    await expect.poll(() => chip().textContent(), SOON).toBe('检测 无法判定');
  });

  it('检测记录 lists all by state, with who decided and why, and says that it was printed before it is', async () => {
    await page.getByRole('button', { name: '检测记录', exact: true }).click();
    await page.getByRole('heading', { name: '检测记录' }).waitFor();
    const body = page.locator('.watch-table tbody tr');
    await expect.poll(() => body.count(), SOON).toBe(2);
    await page.getByLabel('状态').selectOption('dismissed');
    await expect.poll(() => body.count(), SOON).toBe(1);
    expect(await body.first().textContent()).toMatch(/0954-2030001.*已排除.*张三 排除：技术人员试线/s);
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', 'yes');
    });
    await page.route('**/api/watch/printed', (route) => route.abort(), { times: 1 });
    await page.getByRole('button', { name: '打印' }).click();
    await page.getByRole('alert').getByText('没有打印').waitFor();
    expect(await page.locator('body[data-printed]').count()).toBe(0);
    await page.getByRole('button', { name: '打印' }).click();
    await page.locator('body[data-printed]').waitFor({ state: 'attached' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.watch-sheet').isVisible()).toBe(true);
    expect(await page.locator('.desk').isVisible()).toBe(false);
    expect(await page.locator('.watch-sheet').textContent()).toContain('技术人员试线');
    await page.emulateMedia({ media: 'screen' });
    expect(await bed.service.store.auditOf('unit')).toMatchObject([
      { kind: 'findings-printed', account: 'a-zhang', payloadJson: expect.stringContaining('dismissed') },
    ]);
    await look('list');
  });

  it('a supervisor above sees both lines and filters them; an officer beside sees his own only', async () => {
    const seen = async (login: string) => {
      const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
      const other = await context.newPage();
      await other.goto(bed.base);
      await other.getByLabel('账号').fill(login);
      await other.getByLabel('密码').fill(PASSWORD);
      await other.keyboard.press('Enter');
      return { context, other };
    };
    const du = await seen('du');
    await du.other.locator('.rail').getByRole('button', { name: '检测' }).click();
    await expect.poll(() => du.other.locator('.watch-row').count(), SOON).toBe(2);
    await du.other.getByLabel('只看').selectOption('suspect');
    await expect.poll(() => du.other.locator('.watch-row').count(), SOON).toBe(1);
    const county = await du.other.locator('.watch-row').textContent();
    expect(county).toContain('0954-2030002');
    expect(county).toMatch(/彩铃疑似.*交换机设置/);
    expect(await du.other.getByRole('button', { name: '抽查' }).count()).toBe(1);
    await du.context.close();

    const wang = await seen('other');
    await wang.other.getByText('区坐席').first().click();
    await wang.other.locator('.rail').getByRole('button', { name: '检测' }).click();
    await expect.poll(() => wang.other.locator('.watch-row').count(), SOON).toBe(1);
    expect(await wang.other.locator('.watch-screen').textContent()).toContain('0954-2030002');
    expect(await wang.other.locator('.watch-screen').textContent()).not.toContain('0954-2030001');
    await wang.context.close();

    const auditor = await seen('auditor');
    await auditor.other.locator('.rail').waitFor();
    expect(await auditor.other.locator('.rail').getByRole('button', { name: '检测' }).count()).toBe(0);
    await auditor.context.close();
  });
});
