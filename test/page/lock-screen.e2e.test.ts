/** 锁屏待接 and 设置 in Debian's Chromium, with a real call behind it. Keyboard only. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { OFFICER, RELIEF } from '../bed/service-config.ts';
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
});
afterAll(async () => {
  await browser?.close();
  await service?.dispose();
  await office?.stop();
});

const secret = () => desk.page.locator('#lock-secret');

/** Alt+L, as far as the locked screen. */
async function lock(): Promise<void> {
  await desk.page.keyboard.press('Alt+L');
  await desk.page.locator('.lock').waitFor();
}

/** Chooses how, types the secret, and is back where he was. */
async function unlock(how: string, word: string): Promise<void> {
  await desk.page.getByLabel('解锁人').selectOption({ label: how });
  await secret().fill(word);
  await desk.page.keyboard.press('Enter');
  await desk.page.locator('.lock').waitFor({ state: 'detached' });
}

it('a locked page shows clock, line and the ringing call, and nothing that was open', async () => {
  const { page } = desk;
  await page.keyboard.press('Alt+N');
  await expect
    .poll(() => desk.content.evaluate((field) => field === document.activeElement).catch(() => false))
    .toBe(true);
  await desk.type('北街停水，请通知水务局。');
  // No waiting until it is saved: what was typed last must come through the lock as well.
  await lock();
  await desk.picture('locked');
  expect(await page.locator('.lock-time').textContent()).toMatch(/^\d\d:\d\d:\d\d$/);
  expect(await page.locator('.lock').textContent()).toContain('线路正常');
  const whole = await page.content();
  expect(whole).not.toContain('北街停水');
  expect(await page.locator('.list-pane, .form, .facts, .rail').count()).toBe(0);
  // The caret stands where the PIN goes: nobody has to reach for the mouse.
  await expect.poll(() => secret().evaluate((field) => field === document.activeElement)).toBe(true);
  await page.reload();
  await page.locator('.lock').waitFor();
  expect(await page.content()).not.toContain('北街停水');
  await unlock(`${OFFICER.name}（账号密码）`.replace(OFFICER.name, await accountName()), OFFICER.password);
  await desk.list.getByText('北街停水').first().waitFor();
});

it('a call that comes is written down without a log-in and lies in its 电话内容 after the PIN', async () => {
  const { page } = desk;
  await lock();
  office.phones['1001'].behave((call) => {
    call.ring();
    call.after(1_500, () => call.answer());
  });
  const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await page.locator('.lock .strip-call').getByText('0954-8887777').waitFor();
  await page.locator('.lock .strip-call').getByText('市应急管理局').waitFor();
  await desk.picture('locked-ringing');
  // No event moves the focus: F2 leads to the box.
  expect(await secret().evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press('F2');
  await desk.type('三营镇山体滑坡，');
  await call.reached('answered');
  await desk.type('道路阻断三十米。');
  await page.locator('.lock-about').getByText('记入：').waitFor();
  await page.locator('.lock-foot').getByText('已保存').waitFor();
  await desk.picture('locked-noted');
  call.hangUp();
  await call.reached('ended');
  await page.locator('.lock').getByText('线路空闲').waitFor();

  await page.getByLabel('解锁人').selectOption({ label: `${RELIEF.name}（PIN）` });
  await secret().fill('0000');
  await page.keyboard.press('Enter');
  await page.locator('.lock-unlock').getByText('PIN 不对').waitFor();
  await desk.picture('unlock-refused');
  await secret().fill(RELIEF.pin);
  await page.keyboard.press('Enter');
  await desk.bars.getByText('锁屏时先记的内容已放入电话内容，请核对。').waitFor();
  await desk.picture('signed');
  await page.locator('.top').getByText(`${RELIEF.name} · 换人`).waitFor();
  await desk.bars.getByRole('button', { name: '去看' }).click();
  await expect.poll(() => desk.content.inputValue()).toBe('三营镇山体滑坡，道路阻断三十米。');
  expect(await desk.bars.getByText('锁屏时先记').count()).toBe(0);
});

it('what was typed while the network was away is kept in the browser and saved when it is back', async () => {
  const { page, context } = desk;
  await lock();
  await page.keyboard.press('F2');
  await context.setOffline(true);
  await desk.type('门口来人反映路灯不亮');
  await page.locator('.lock-foot').getByText('未上传，已存在本机').waitFor({ timeout: 20_000 });
  await desk.picture('locked-offline');
  await context.setOffline(false);
  await page.locator('.lock-foot').getByText('已保存').waitFor({ timeout: 30_000 });
  await unlock(`${RELIEF.name}（PIN）`, RELIEF.pin);
  await desk.bars.getByText('锁屏时先记的内容已存为人工补记的草稿，请核对。').waitFor();
  await desk.bars.getByRole('button', { name: '去看' }).click();
  await expect.poll(() => desk.content.inputValue()).toBe('门口来人反映路灯不亮');
});

it('设置: password, PIN, one-time codes, sounds and night by keyboard', async () => {
  const { page } = desk;
  await page.locator('.rail').getByRole('button', { name: '设置' }).focus();
  await page.keyboard.press('Enter');
  const password = page.getByRole('form', { name: '修改密码' });
  await password.getByLabel('当前密码').waitFor();
  await desk.picture('settings');
  await password.getByLabel('当前密码').fill(OFFICER.password);
  await password.getByLabel('新密码', { exact: true }).fill('duty-room-9');
  await password.getByLabel('再输一次新密码').fill('duty-room-0');
  await page.keyboard.press('Enter');
  await password.getByText('两次输入的新密码不一样。').waitFor();
  await password.getByLabel('再输一次新密码').fill('duty-room-9');
  await page.keyboard.press('Enter');
  await password.getByText('密码已修改').waitFor();

  const pin = page.getByRole('form', { name: '本人 PIN' });
  await pin.getByLabel('当前密码').fill('duty-room-9');
  await pin.getByLabel('新 PIN', { exact: true }).fill('1234');
  await pin.getByLabel('再输一次新 PIN').fill('1234');
  await page.keyboard.press('Enter');
  await pin.getByText('PIN 不能是连号或同一数字。').waitFor();
  for (const field of ['新 PIN', '再输一次新 PIN']) await pin.getByLabel(field, { exact: true }).fill('8153');
  await page.keyboard.press('Enter');
  await pin.getByText('PIN 已保存').waitFor();

  await page.getByRole('button', { name: '启用' }).click();
  await page.getByRole('form', { name: '启用' }).getByLabel('当前密码').fill('duty-room-9');
  await page.keyboard.press('Enter');
  const offered = await page.locator('.totp-secret').textContent();
  expect(offered).toMatch(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  expect(await page.locator('.totp-address').textContent()).toContain(offered?.replaceAll(' ', ''));
  await desk.picture('settings-totp');
  await page.getByRole('form', { name: '确认启用' }).getByRole('button', { name: '取消' }).click();

  await page.getByLabel('音量').press('Home');
  await expect.poll(() => page.locator('output').textContent()).toBe('10%');
  for (const [word, theme] of [
    ['夜间', 'night'],
    ['日间', 'day'],
  ] as const) {
    await page.getByRole('radio', { name: word }).check();
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
    await desk.picture(`settings-${theme}`);
    await lock();
    await desk.picture(`locked-${theme}`);
    await unlock(`${OFFICER.name}（PIN）`, '8153');
  }
  await page.locator('.top').getByText(`${OFFICER.name} · 换人`).waitFor();
});

/** As the service names the account of the officer. */
async function accountName(): Promise<string> {
  const options = await desk.page.getByLabel('解锁人').locator('option').allTextContents();
  return (options.at(-1) ?? '').replace('（账号密码）', '');
}
