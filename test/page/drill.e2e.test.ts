/** 演练 on a live system: scripted calls in a space of their own, which a real telephone ends at once. One story. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { ringForEver } from '../bed/sip-behaviour.ts';
import { type OfficeService, startOfficeService } from '../web/office-service.ts';
import { PASSWORD } from '../web/web-bed.ts';
import { chooseIn, pressOn } from './by-keyboard.ts';

const BUILT = fileURLToPath(new URL('../../build/page', import.meta.url));
const SHOTS = process.env.DUTYLINE_SHOTS;
/** Another zone than the office's turns night into day for pictures. */
const ZONE = process.env.DUTYLINE_SHOTS_ZONE ?? 'Asia/Shanghai';
const SIZES = [
  { width: 1092, height: 500 },
  { width: 1920, height: 937 },
  { width: 1366, height: 625 },
] as const;
const WRITTEN = '明天9点，市行政中心3号楼第二会议室，安全生产工作调度会';

let office: Office;
let bed: OfficeService;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  office = await startOffice({ sound: false });
  bed = await startOfficeService(office, { builtPage: BUILT });
  await bed.watching();
  browser = await openChromium();
  const context = await browser.newContext({
    viewport: { width: 1366, height: 625 },
    locale: 'zh-CN',
    timezoneId: ZONE,
  });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(bed.base);
  await page.getByLabel('账号').fill('zhang');
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('1 号坐席').first().click();
  await page.locator('.strip').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await bed?.stop();
  await office?.stop();
});

async function look(name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.screenshot({ path: join(SHOTS, `${name}-${size.width}x${size.height}.png`) });
  }
}

/** All that the service has kept of calls and forms. */
async function kept(): Promise<string> {
  const { calls, records } = await bed.service.store.snapshot('room', Date.now());
  return JSON.stringify({ calls, records });
}

const band = () => page.locator('.drill-band');
const hasCaret = () => page.locator('#drill-content').evaluate((field) => field === document.activeElement);

it('is offered by keyboard, marked by its band, and says what was caught and what was missed', {
  timeout: 120_000,
}, async () => {
  // The settings of the line are audited a few seconds after the PBX is connected, and the room hears of it.
  const audited = async () => {
    const [line] = (await bed.service.store.office()).lines;
    const [watch] = await bed.service.store.lineWatch([line?.id ?? ''], Date.now());
    return watch?.forwarding.why;
  };
  await expect.poll(audited, { timeout: 30_000 }).not.toBe('never');
  const before = await bed.service.store.lastPosition();
  await pressOn(page, page.locator('.rail').getByRole('button', { name: '演练' }));
  await page.getByRole('button', { name: '开始：会议通知' }).waitFor();
  await look('drill-choice');
  await pressOn(page, page.getByRole('button', { name: '开始：会议通知' }));
  await band().getByText('以下不是真实电话，不占编号，不进记录、统计和日志。').waitFor();
  await page.locator('.drill-ringing').waitFor();
  await look('drill-ringing');
  // The real strip stands above it, and says the truth.
  expect(await page.locator('.strip').textContent()).toContain('线路空闲');
  await page.keyboard.press('F2');
  await page.getByText('对方：你好，市政府办公室会议通知，请记录。').waitFor();
  await expect.poll(hasCaret).toBe(true);
  await page.keyboard.insertText(WRITTEN);
  await chooseIn(page, page.locator('#drill-category'), '会议通知');
  await look('drill-talking');
  await page.keyboard.press('Control+Enter');
  await page.getByText('要素 6 项，记到 3 项，漏记 3 项').waitFor();
  await band().waitFor({ state: 'detached' });
  const verdicts = await page.locator('.drill-elements li').allTextContents();
  expect(verdicts.map((text) => text.slice(0, 5))).toEqual([
    '记到时间明',
    '记到地点市',
    '记到主题全',
    '漏记召集人',
    '漏记参会人',
    '漏记报名今',
  ]);
  await page.getByText('类别正确').waitFor();
  await look('drill-result');
  // Nothing of it has reached the service.
  expect(await bed.service.store.lastPosition()).toBe(before);
  expect(await kept()).toBe(JSON.stringify({ calls: [], records: [] }));
});

it('ends at once when a real telephone rings, whose call F2 then opens', { timeout: 120_000 }, async () => {
  await pressOn(page, page.getByRole('button', { name: '换一个' }));
  await pressOn(page, page.getByRole('button', { name: '开始：突发信息' }));
  await page.locator('.drill-ringing').waitFor();
  await page.keyboard.press('F2');
  await expect.poll(hasCaret).toBe(true);
  await page.keyboard.insertText('北山村五组滑坡');
  for (const phone of Object.values(office.phones)) phone.behave(ringForEver);
  const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await band().waitFor({ state: 'detached' });
  await page.getByRole('alert').filter({ hasText: '真实来电响起，演练已结束' }).waitFor();
  await expect.poll(() => page.locator('.strip').textContent()).toContain('0954-8887777');
  expect(await page.getByRole('button', { name: '再练一次' }).isDisabled()).toBe(true);
  await look('drill-interrupted');
  await page.keyboard.press('F2');
  const content = page.getByLabel('电话内容', { exact: true });
  await expect.poll(() => content.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await content.inputValue()).toBe('');
  call.hangUp();
  await call.reached('ended');
  await page.locator('.strip').getByText('线路空闲').waitFor();
  // One call and one draft, the real ones; not a word of the drill.
  const { calls, records } = await bed.service.store.snapshot('room', Date.now());
  expect([calls.length, records.length]).toEqual([1, 1]);
  expect(await kept()).not.toContain('北山村');
});

it('begins only where a real call could be seen', { timeout: 120_000 }, async () => {
  await pressOn(page, page.locator('.rail').getByRole('button', { name: '演练' }));
  await page.locator('.drill-past-item').first().getByText('被真实来电中断').waitFor();
  await office.pbx.stopCleanly();
  await page
    .locator('.notices')
    .getByText(/连接中断/)
    .first()
    .waitFor();
  const again = page.getByRole('button', { name: '换一个' });
  if (await again.isVisible()) await pressOn(page, again);
  await page.getByText('现在看不到真实来电').waitFor();
  expect(await page.getByRole('button', { name: '开始：会议通知' }).isDisabled()).toBe(true);
});
