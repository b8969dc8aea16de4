/** A shift at the desk in Debian's Chromium: sound, facts, the seed's form, 更正 with its trace, 换人, the paper. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { OFFICER, RELIEF } from '../bed/service-config.ts';
import { type Console, sitDown } from './console.ts';

/** 附件2, its labels as they stand in the seed, from top to bottom and left to right. */
const SEED_LABELS = [
  '来电时间',
  '来电单位',
  '来 电 人',
  '来电号码',
  '记 录 人',
  '联系电话',
  '拟办意见',
  '电话内容',
];
/** On the screen three signs are not spread over the width of four. */
const SCREEN_LABELS = SEED_LABELS.map((label) => label.replaceAll(' ', ''));

let office: Office;
let service: ServiceProcess;
let browser: Browser;
let desk: Console;
beforeAll(async () => {
  office = await startOffice({ sound: false });
  service = await startService({ office });
  await service.watching();
  browser = await openChromium();
  desk = await sitDown(browser, service.url);
});
afterAll(async () => {
  await browser?.close();
  await service?.dispose();
  await office?.stop();
});

/** The labels of the form or the sheet in the order in which they are read, those of `known` only. */
async function labels(page: Page, selector: string, known: readonly string[]): Promise<readonly string[]> {
  const all = await page.locator(selector).evaluateAll((elements) =>
    elements
      .map((element) => {
        const { top, left } = element.getBoundingClientRect();
        return { text: element.textContent ?? '', top: Math.round(top / 10), left };
      })
      .toSorted((one, other) => one.top - other.top || one.left - other.left)
      .map(({ text }) => text),
  );
  return all.map((label) => label.replace(/：$/, '')).filter((label) => known.includes(label));
}

/**
 * A call of the municipal bureau, answered at seat one. It rings and talks half a second past a whole one: the page shows
 * whole seconds, rounded down, and a loaded Asterisk sees the ringing late.
 */
async function oneCall(): Promise<void> {
  office.phones['1001'].behave((call) => {
    // As a telephone does: what rings at once may do so before Asterisk says DialBegin (22.10).
    call.after(200, () => call.ring());
    call.after(1_500, () => call.answer());
  });
  const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await desk.inStrip('0954-8887777');
  await call.reached('answered');
  call.after(1_500, () => call.hangUp());
  await call.reached('ended');
  await desk.inStrip('线路空闲');
}

it('a page reloaded at night says in red that it cannot sound, until any key', async () => {
  await desk.page.reload();
  const bar = desk.bars.locator('.bar-red').getByText('提示音未启用，按任意键启用');
  await bar.waitFor();
  await desk.picture('sound-locked');
  await desk.page.keyboard.press('ArrowDown');
  await bar.waitFor({ state: 'detached' });
  expect(await desk.bars.locator('.bar').count()).toBe(0);
});

it('shows the facts of a call beside the form of 附件2, and the same form on paper', async () => {
  const { page, facts, list } = desk;
  await oneCall();
  await list.getByText('市应急管理局').first().click();
  await facts.getByText(/^响铃 [1-9] 秒 · 通话 [1-9] 秒 · 一号坐席接听 · 对方挂断$/).waitFor();
  const course = await facts.locator('.course li').allTextContents();
  expect(course.map((step) => step.replace(/^\d\d:\d\d:\d\d/, ''))).toEqual([
    '到达电话交换机 telco 09548887777',
    '呼叫 一号坐席 1001',
    '振铃 一号坐席',
    '接听 一号坐席',
    '通话结束',
  ]);
  expect(await facts.locator('dl').textContent()).toBe('原始号码09548887777值班电话0954-2030001');
  await facts.getByText('这通电话没有录音。').waitFor();

  expect(await labels(page, '.form label, .form .label', SCREEN_LABELS)).toEqual(SCREEN_LABELS);
  await desk.beginToWrite();
  await desk.type('北街停水，请通知水务局。');
  await desk.saved();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.sheet h1').textContent()).toBe('原州区人民政府值班室电话记录单');
  expect(await labels(page, '.sheet .paper-label', SEED_LABELS)).toEqual(SEED_LABELS);
  const { year, month, day } = partsOf(new Date());
  expect(await page.locator('.sheet .paper-head').textContent()).toBe(
    `区政府值班室${year}年${month}月${day}日`,
  );
  const sheet = await page.locator('.sheet .paper-value, .sheet .paper-text').allTextContents();
  expect(sheet[0]).toMatch(new RegExp(`^${year}年${month}月${day}日 \\d\\d时\\d\\d分$`));
  expect(sheet.slice(1)).toEqual([
    '市应急管理局',
    '张某',
    '0954-8887777',
    OFFICER.name,
    '0954-2030001',
    '北街停水，请通知水务局。',
  ]);
  await page.emulateMedia({ media: 'screen' });
});

it('打印 asks the service for the paper, and without a network prints what stands on the screen', async () => {
  const { page, context, form } = desk;
  const asked: string[] = [];
  // Headless Chromium has no printer: who is asked to print is what is looked at.
  await context.exposeFunction('printAsked', (path: string) => asked.push(path));
  const listen = 'window.print = () => window.printAsked(location.pathname + location.search)';
  await context.addInitScript(listen);
  await page.evaluate(listen);
  const print = async () => {
    await form.getByRole('button', { name: '打印' }).click();
    await form.getByRole('button', { name: '电话记录单（Ctrl+P）' }).click();
  };
  const opened = context.waitForEvent('page');
  await print();
  const view = await opened;
  await expect
    .poll(() => asked)
    .toEqual([expect.stringMatching(/^\/api\/papers\/records\?ids=[^&]+&form=seed$/)]);
  expect(await view.locator('.paper').textContent()).toContain('北街停水，请通知水务局。');
  await view.close();

  await context.setOffline(true);
  await desk.beginToWrite();
  await page.keyboard.press('Control+End');
  await desk.type('已答复。');
  await desk.waiting(1);
  await print();
  await expect.poll(() => asked.length).toBe(2);
  expect(asked[1]).not.toContain('/api/');
  expect(await page.locator('.sheet').textContent()).toContain('北街停水，请通知水务局。已答复。');
  await context.setOffline(false);
  await desk.saved();
});

it('changes what is registered by 更正 only, with the old text struck and who, when and why beside it', async () => {
  const { page, form } = desk;
  await desk.register();
  expect(await page.getByLabel('来电单位', { exact: true }).count()).toBe(0);
  await form.locator('.field-callerUnit').getByRole('button', { name: '更正' }).click();
  await page.getByLabel('更正后的来电单位').fill('市水务局');
  await page.getByLabel('更正原因').fill('对方口误');
  await desk.picture('correcting');
  await page.getByRole('button', { name: '确认更正' }).click();
  const unit = form.locator('.field-callerUnit');
  await unit.locator('s').getByText('市应急管理局').waitFor();
  expect(await unit.locator('.text-line').first().textContent()).toContain('市水务局');
  expect(await unit.locator('.corrections .trace').textContent()).toMatch(
    new RegExp(`^\\d\\d:\\d\\d ${OFFICER.name}更正，原因：\u2068?对方口误\u2069?$`),
  );
  // What is decided later stays writable.
  await page.getByLabel('拟办意见').fill('转水务局。');
  await desk.saved();
  await desk.picture('corrected');
});

it('hands the seat over by PIN, and what is written then is the new officer’s', async () => {
  const { page, facts } = desk;
  await page.keyboard.press('Alt+U');
  const who = page.getByLabel('换人', { exact: true });
  await expect.poll(() => who.evaluate((field) => field === document.activeElement)).toBe(true);
  await who.selectOption({ label: `${RELIEF.name}　值班员` });
  await page.getByLabel('接手人 PIN').fill('0000');
  await page.keyboard.press('Enter');
  await page.locator('.change .wrong').getByText('PIN 不对，换人未成功。').waitFor();
  expect(await page.getByLabel('接手人 PIN').inputValue()).toBe('');
  await desk.picture('wrong-pin');
  await page.getByLabel('接手人 PIN').fill(RELIEF.pin);
  await page.keyboard.press('Enter');
  await page.locator('.top').getByText(`${RELIEF.name} · 换人`).waitFor();
  await page.locator('.change').waitFor({ state: 'detached' });
  await oneCall();
  await desk.beginToWrite();
  await desk.type('第二通。');
  await desk.saved();
  await page.locator('.field-recorder').getByText(RELIEF.name).waitFor();
  // The first call of the same number is at hand.
  await expect
    .poll(() => facts.locator('.before').first().textContent())
    .toMatch(/^\d\d:\d\d市水务局（张某）北街停水/);
  await desk.picture('taken-over');
});

it('keeps every place of the rail in sight, and no panel over the strip, in the lowest window of an office', async () => {
  const { page } = desk;
  await oneCall();
  // A bar takes its height from the panes.
  await page.context().setOffline(true);
  await desk.bars.getByText('网络已断开').waitFor();
  // 1366 × 625, of which the 演示 band and another bar have taken their share.
  await page.setViewportSize({ width: 1366, height: 569 });
  const beyond = await page.locator('.rail').evaluate((rail) => {
    const [last] = [...rail.querySelectorAll('.rail-item')].slice(-1);
    return (last?.getBoundingClientRect().bottom ?? 9_999) - rail.getBoundingClientRect().bottom;
  });
  expect(beyond).toBeLessThanOrEqual(0.5);
  await page.setViewportSize({ width: 1092, height: 500 });
  const rail = await page.locator('.rail').evaluate((element) => {
    const { bottom } = element.getBoundingClientRect();
    return [...element.querySelectorAll('.rail-item')].map(
      (item) => item.getBoundingClientRect().bottom <= bottom + 0.5 && item.scrollHeight <= item.clientHeight,
    );
  });
  expect(rail.length).toBeGreaterThan(8);
  expect(rail.filter((isWhole) => !isWhole)).toEqual([]);
  await page.context().setOffline(false);
  await desk.bars.getByText('网络已断开').waitFor({ state: 'detached' });
  await desk.beginToWrite();
  await desk.type(Array.from({ length: 30 }, (_, index) => `\n第 ${index} 行`).join(''));
  await desk.saved();
  await page.keyboard.press('Alt+h');
  await page
    .locator('.panel')
    .getByRole('button', { name: /修改记录/ })
    .click();
  const panel = page.getByRole('region', { name: '修改记录' });
  await panel.getByText('第 29 行').waitFor();
  const tops = await Promise.all(
    [panel, page.locator('.panes')].map((part) => part.evaluate((box) => box.getBoundingClientRect().top)),
  );
  expect(tops[0]).toBeGreaterThanOrEqual(tops[1] ?? 0);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1366, height: 625 });
});

/** Of the office's clock, as the browser's. */
function partsOf(at: Date): { readonly year: string; readonly month: string; readonly day: string } {
  const [year = '', month = '', day = ''] = at
    .toLocaleDateString('zh-CN', { timeZone: 'Asia/Shanghai' })
    .split('/');
  return { year, month, day };
}
