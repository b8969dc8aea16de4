/** What an officer does with calls and forms after they came: 待回拨, notes, 办理经过, 无需记录 of several. Keyboard first. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { OFFICER } from '../bed/service-config.ts';
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

/** Rings at seat one and gives up. */
async function missedCall(): Promise<void> {
  office.phones['1001'].behave((call) => call.ring());
  const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await desk.inStrip('振铃');
  call.hangUp();
  await call.reached('ended');
  await desk.inStrip('线路空闲');
}

it('a missed call is taken on, given up with a reason, and says how it ended', async () => {
  const { page, list, facts } = desk;
  await missedCall();
  await list.getByText('待回拨', { exact: true }).first().waitFor();
  await list.locator('.row').first().click();
  const card = facts.locator('.callback');
  await card.getByText(/\d\d:\d\d 起未回拨，已 \d+ 秒。/).waitFor();
  await card.getByRole('button', { name: '我来回拨' }).click();
  await card.getByText(`${OFFICER.name}来回拨。`).waitFor();
  await desk.picture('callback');
  await card.getByRole('button', { name: '无法回拨' }).click();
  await page.keyboard.press('Tab');
  await card.getByLabel('为什么无法回拨').fill('对方停机');
  await page.keyboard.press('Enter');
  await card.getByText(/待回拨：\d\d:\d\d 无法回拨：/).waitFor();
  expect(await card.textContent()).toMatch(new RegExp(`：\\u2068?对方停机\\u2069?（${OFFICER.name}）$`));
  await list.getByText('待回拨', { exact: true }).waitFor({ state: 'detached' });
});

it('Alt+N notes this moment of the open call while the caret stays; Esc keeps the text; notes are struck', async () => {
  const { page, facts } = desk;
  office.phones['1001'].behave((call) => {
    call.ring();
    call.after(300, () => call.answer());
  });
  const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await desk.inStrip('通话中');
  await desk.beginToWrite();
  await desk.type('北街停水');
  await page.keyboard.press('Alt+N');
  const box = page.getByLabel('记一笔').getByRole('textbox');
  await desk.type('对方说三百户');
  await desk.picture('note');
  await page.keyboard.press('Escape');
  await box.waitFor({ state: 'detached' });
  await desk.type('，请处理');
  expect(await desk.content.inputValue()).toBe('北街停水，请处理');
  await page.keyboard.press('Alt+N');
  expect(await box.inputValue()).toBe('对方说三百户');
  await page.keyboard.press('Enter');
  const note = facts.locator('.call-notes li').first();
  await note.getByText('对方说三百户').waitFor();
  expect(await note.textContent()).toMatch(
    new RegExp(`^0:\\d\\d\\u2068?对方说三百户\\u2069? ${OFFICER.name}划去$`),
  );
  call.hangUp();
  await desk.inStrip('线路空闲');
  await note.getByRole('button', { name: /^划去/ }).click();
  await note.locator('s').getByText('对方说三百户').waitFor();
  await desk.saved();
});
