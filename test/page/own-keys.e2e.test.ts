/** 快捷键 in Debian's Chromium, keyboard only: one's own keys hold at once, after a reload and at 换人; what cannot be is refused. */
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { OFFICER, RELIEF } from '../bed/service-config.ts';
import { pressOn, tabTo } from './by-keyboard.ts';
import { type Console, sitDown } from './console.ts';

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
  office.phones['1001'].behave((call) => {
    call.ring();
    call.after(500, () => call.answer());
  });
  const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await call.reached('answered');
  call.hangUp();
  await call.reached('ended');
  await desk.list.getByText('0954-8887777').first().waitFor();
});
afterAll(async () => {
  await browser?.close();
  await service?.dispose();
  await office?.stop();
});

const rail = (word: string): Locator => desk.page.locator('.rail').getByRole('button', { name: word });
const card = (): Locator => desk.page.locator('.keys-card');
const keyOf = (what: string): Locator => card().getByRole('button', { name: new RegExp(`^${what}：`) });
const newest = (): Locator => keyOf('打开最新来电的记录单').first();
const said = (words: string): Promise<void> => card().getByText(words).waitFor();
const inBar = (words: string): Promise<void> =>
  desk.page.locator('.keys').getByRole('button', { name: words, exact: true }).waitFor();

async function openSettings(): Promise<void> {
  await pressOn(desk.page, rail('设置'));
  await newest().waitFor();
}

/** To the row, by Tab into the list and ↓ down it. */
async function goTo(target: Locator): Promise<void> {
  await tabTo(desk.page, card().locator('.keys-key[tabindex="0"]'));
  await desk.page.keyboard.press('Home');
  const rows = await card().locator('.keys-key').count();
  for (let row = 0; row < rows; row += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await desk.page.keyboard.press('ArrowDown');
  }
  throw new Error(`↓ does not lead to ${String(target)}`);
}

/** Enter on the key, then these. */
async function press(target: Locator, ...keys: readonly string[]): Promise<void> {
  await goTo(target);
  await desk.page.keyboard.press('Enter');
  for (const key of keys) {
    await card().getByText('请按新的键').waitFor();
    await desk.page.keyboard.press(key);
  }
}

/** The caret stands in 电话内容 of the call. */
async function isWriting(): Promise<boolean> {
  return desk.page.evaluate(() => document.activeElement?.id === 'field-content');
}

it('F2 becomes F4: at once, in the key bar, and not F2 any more', async () => {
  const { page } = desk;
  await inBar('F2 记录');
  await openSettings();
  await desk.picture('keys');
  await press(newest(), 'F4');
  await said('“打开最新来电的记录单”已改为 F4，立即生效。');
  await inBar('F4 记录');
  // The focus has stayed where it was.
  expect(await newest().evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('F2');
  expect(await newest().isVisible()).toBe(true);
  await page.keyboard.press('F4');
  await expect.poll(isWriting).toBe(true);
});

it('the same after a reload; the sentences say the new key', async () => {
  const { page } = desk;
  await page.reload();
  await inBar('F4 记录');
  await page.getByText('来电时按 F4 记录').waitFor();
  await page.keyboard.press('F2');
  // Whatever F2 did is done before this opens.
  await page.keyboard.press('F1');
  await page.locator('.duty-keys').getByText('F4 / Alt+J').waitFor();
  await desk.picture('keys-in-notes');
  expect(await page.locator('.form-none').count()).toBe(1);
  await page.keyboard.press('Escape');
  await page.locator('.duty-notes').waitFor({ state: 'detached' });
  await page.keyboard.press('F4');
  await expect.poll(isWriting).toBe(true);
});

it('refuses keys of the browser and the input method, and those of another action by its name', async () => {
  const { page } = desk;
  await openSettings();
  await press(newest(), 'F5');
  await said('F5 由浏览器或系统使用，不能设为快捷键。');
  // It still waits: the next key may be a better one.
  for (const [key, sentence] of [
    ['Control+Space', 'Ctrl+空格 归输入法使用'],
    ['Shift', 'Shift、Ctrl、Alt 不能单独用'],
    ['Alt+ArrowLeft', 'Alt+← 由浏览器或系统使用'],
    ['Enter', 'Enter 用于写字、选择和移动'],
    ['F6', 'F6 由浏览器或系统使用'],
    ['F1', 'F1 已用于“本班须知”。请换一个键。'],
    ['Alt+n', 'Alt+N 已用于“记一笔”。请换一个键。'],
    ['Alt+3', 'Alt+3 已用于“勾选要素”。请换一个键。'],
  ] as const) {
    await page.keyboard.press(key);
    await said(sentence);
  }
  await desk.picture('keys-refused');
  // None of them did what it does elsewhere.
  expect(await page.locator('.duty-notes').count()).toBe(0);
  await said('未收到按键：浏览器可能占用了此键。');
  await desk.picture('keys-nothing');
  await page.keyboard.press('Escape');
  await card().getByText('请按新的键').waitFor({ state: 'detached' });
  await inBar('F4 记录');
});

it('a single letter is a key only while nobody writes', async () => {
  const { page } = desk;
  await press(keyOf('换人'), 'g');
  await said('“换人”已改为 G，立即生效。');
  await inBar('G 换人');
  await page.keyboard.press('F4');
  await expect.poll(isWriting).toBe(true);
  // The load of before may still hold the field.
  await page.locator('#field-content:not([readonly])').waitFor();
  await page.keyboard.press('g');
  await expect.poll(() => desk.content.inputValue()).toBe('g');
  expect(await page.locator('.change').count()).toBe(0);
  await page.keyboard.press('Backspace');
  await pressOn(page, rail('值班'));
  await page.keyboard.press('g');
  await page.locator('.change').waitFor();
});

it('换人: who takes over has his own keys, and the other one gets his back', async () => {
  const { page } = desk;
  const who = page.getByLabel('换人', { exact: true });
  await who.selectOption({ label: `${RELIEF.name}　值班员` });
  await page.getByLabel('接手人 PIN').fill(RELIEF.pin);
  await page.keyboard.press('Enter');
  await page.locator('.top').getByText(`${RELIEF.name} · 换人`).waitFor();
  await inBar('F2 记录');
  await inBar('Alt+U 换人');
  // Another seat, another browser: the first one's keys are with him.
  const there = await sitDown(browser, service.url, OFFICER, '二号坐席');
  await there.page.locator('.keys').getByRole('button', { name: 'F4 记录', exact: true }).waitFor();
  await pressOn(there.page, there.page.locator('.rail').getByRole('button', { name: '设置' }));
  const keys = there.page.locator('.keys-card');
  await pressOn(there.page, keys.getByRole('button', { name: '“换人”恢复默认' }));
  await keys.getByText('“换人”已恢复默认。').waitFor();
  await there.page.locator('.keys').getByRole('button', { name: 'Alt+U 换人', exact: true }).waitFor();
  await pressOn(there.page, keys.getByRole('button', { name: '全部恢复默认' }));
  await keys.getByText('全部快捷键已恢复默认。').waitFor();
  await there.page.locator('.keys').getByRole('button', { name: 'F2 记录', exact: true }).waitFor();
  // Nothing is left that could be restored.
  expect(await keys.getByRole('button', { name: /”恢复默认$/ }).count()).toBe(0);
  await there.beginToWrite();
  await there.context.close();
});
