/** An officer's first hour as one story, by keyboard alone: real calls on Asterisk, two people at two seats, paper at the end. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { addLeader, LEADER, OFFICER } from '../bed/service-config.ts';
import type { SipCall } from '../bed/sip-call.ts';
import { arrival } from '../recordings/spoken-call.ts';
import { pressOn, tabTo } from './by-keyboard.ts';
import { type Console, consoleOf, sitDown } from './console.ts';

let office: Office;
let service: ServiceProcess;
let browser: Browser;
let context: BrowserContext;
let desk: Console;
let page: Page;
beforeAll(async () => {
  office = await startOffice();
  service = await startService({ office, recording: 'ami' });
  await addLeader(service.database);
  await service.watching();
  browser = await openChromium();
  context = await browser.newContext({
    viewport: { width: 1366, height: 625 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  page = await context.newPage();
  desk = consoleOf(context, page);
  // Whoever takes the mouse fails: nothing on this page may be clicked.
  await page.addInitScript(() => {
    window.addEventListener('pointerdown', () => {
      document.title = '用了鼠标';
    });
  });
});
afterAll(async () => {
  await browser?.close();
  await service?.dispose();
  await office?.stop();
});

async function callIn(
  number: string,
  answerAfter = 400,
): Promise<{ readonly caller: SipCall; readonly phone: SipCall }> {
  office.phones[1001].behave((call) => {
    call.ring();
    call.after(answerAfter, () => call.answer());
  });
  const earlier = new Set(office.phones[1001].calls());
  const caller = await office.telco.call(DID.direct, { number });
  const phone = await arrival(office.phones[1001], (call) => !earlier.has(call));
  return { caller, phone };
}

async function ends(call: SipCall): Promise<void> {
  call.hangUp();
  await call.reached('ended');
}

/** The unit that stands in the open form. */
const unitOf = () => page.getByLabel('来电单位', { exact: true }).inputValue();

it('logs in and takes the seat', async () => {
  await page.goto(service.url);
  await page.getByLabel('账号').waitFor();
  await desk.type(OFFICER.login);
  await page.keyboard.press('Tab');
  await desk.type(OFFICER.password);
  await page.keyboard.press('Enter');
  await page.getByText('一号坐席').waitFor();
  await page.keyboard.press('Enter');
  await desk.inStrip('线路空闲');
  expect(await page.locator('.top').textContent()).toContain(OFFICER.name);
});

it('the first call: the form is there while it rings, a colleague writes in the same one, it is registered', async () => {
  const { caller } = await callIn(OUTSIDE.caller, 1_500);
  await desk.inStrip('振铃');
  await desk.inStrip('通话中');
  await desk.beginToWrite();
  await desk.type('北街发生管道爆裂，三百户停水，请求支援。');
  expect(await unitOf()).toBe('市应急管理局');
  const colleague = await sitDown(browser, service.url, LEADER, '二号坐席');
  await colleague.list.getByText('市应急管理局').first().click();
  await colleague.page.getByLabel('拟办意见').focus();
  await colleague.type('请水务局');
  await desk.form.getByText(`${LEADER.name}正在填写`).first().waitFor();
  await desk.picture('first-hour-colleague');
  await colleague.type('立即抢修。');
  await colleague.saved();
  await expect.poll(() => page.getByLabel('拟办意见').inputValue()).toBe('请水务局立即抢修。');
  await colleague.context.close();
  await ends(caller);
  await desk.saved();
  expect(await desk.register()).toMatch(/^值电〔\d{4}〕1号$/);
});

it('the second is missed and called back: the call itself closes what waited', async () => {
  office.phones[1001].behave((call) => call.ring());
  const caller = await office.telco.call(DID.direct, { number: OUTSIDE.secondCaller });
  await desk.inStrip('振铃');
  await ends(caller);
  await desk.inStrip('线路空闲');
  await desk.list.getByText('待回拨', { exact: true }).first().waitFor();
  const back = await office.phones[1001].call(`9${OUTSIDE.secondCaller}`);
  await back.reached('answered');
  await expect.poll(() => desk.list.getByText('待回拨', { exact: true }).count()).toBe(0);
  await desk.beginToWrite();
  await desk.type('回拨：对方询问值班电话，已答复。');
  await desk.saved();
  await ends(back);
  await desk.inStrip('线路空闲');
});

it('the third is transferred to a colleague, and the facts say so', async () => {
  const { caller, phone } = await callIn(OUTSIDE.mobile);
  await caller.reached('answered');
  await desk.beginToWrite();
  await desk.type('咨询补贴，转二号坐席。');
  await phone.transferTo('1002');
  const target = await office.phones[1002].nextCall();
  await target.reached('answered');
  await expect.poll(() => desk.facts.locator('.course').textContent()).toMatch(/转/);
  await ends(caller);
  await desk.inStrip('线路空闲');
  await desk.saved();
});

it('two at once: both stand in the strip, F2 goes to the newest, and what was typed stays with its call', async () => {
  const first = await callIn(OUTSIDE.caller);
  await first.caller.reached('answered');
  await desk.beginToWrite();
  await desk.type('第一路：通知明日会议。');
  office.phones[1003].behave((call) => {
    call.ring();
    call.after(600, () => call.answer());
  });
  const second = await office.telco.call(DID.phone1003, { number: OUTSIDE.otherMobile });
  await desk.inStrip('138 0000 2222');
  expect(await desk.content.inputValue()).toBe('第一路：通知明日会议。');
  await desk.picture('first-hour-two-calls');
  await expect
    .poll(async () => {
      await page.keyboard.press('F2');
      return desk.content.inputValue();
    })
    .toBe('');
  await desk.type('第二路：误拨。');
  await ends(second);
  await ends(first.caller);
  await desk.inStrip('线路空闲');
  await desk.saved();
  await desk.list.getByText('138 0000 2222').first().waitFor();
});

it('a call that comes while the screen is locked is written down first; after the password it is in its form', async () => {
  await page.keyboard.press('Alt+L');
  await page.locator('.lock').waitFor();
  const { caller } = await callIn(OUTSIDE.secondCaller, 1_000);
  await page.locator('.lock .strip-call').getByText('0954-8886666').waitFor();
  await page.keyboard.press('F2');
  await desk.type('三营镇山体滑坡，道路阻断三十米。');
  await page.locator('.lock-foot').getByText('已保存').waitFor();
  await caller.reached('answered');
  await ends(caller);
  await tabTo(page, page.getByLabel('解锁人'));
  await page.keyboard.press('End');
  await tabTo(page, page.locator('#lock-secret'));
  await desk.type(OFFICER.password);
  await page.keyboard.press('Enter');
  await page.locator('.lock').waitFor({ state: 'detached' });
  await pressOn(page, desk.bars.getByRole('button', { name: '去看' }));
  await expect.poll(() => desk.content.inputValue()).toBe('三营镇山体滑坡，道路阻断三十米。');
});

it('代录批示, 交办 and 办结 by keyboard, then the paper', async () => {
  await page.keyboard.press('Escape');
  await tabTo(page, desk.list.getByRole('listbox'));
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await desk.form.locator('.form-head').getByText('已登记').waitFor();
  await page.keyboard.press('Alt+H');
  await page.keyboard.press('3');
  await page.getByLabel('批示人').waitFor();
  await desk.type('王县长');
  await tabTo(page, page.getByLabel('内容', { exact: true }));
  await page.keyboard.press('End');
  await desk.type('立即抢修，一小时内报告。');
  await page.keyboard.press('Control+Enter');
  await desk.form.locator('.timeline').getByText('待本人确认').waitFor();
  await page.keyboard.press('Alt+H');
  await page.keyboard.press('6');
  await page.getByLabel('内容', { exact: true }).waitFor();
  await desk.type('已恢复供水。');
  await page.keyboard.press('Control+Enter');
  await desk.form.locator('.form-head').getByText('已办结').waitFor();
  const opened = context.waitForEvent('page');
  await pressOn(page, desk.form.getByRole('button', { name: '打印' }));
  await pressOn(page, desk.form.getByRole('button', { name: '电话记录单（Ctrl+P）' }));
  const paper = await opened;
  await paper.locator('.paper').waitFor();
  expect(await paper.locator('.paper').textContent()).toContain('北街发生管道爆裂，三百户停水，请求支援。');
  await paper.close();
  expect(await page.title()).not.toBe('用了鼠标');
});
