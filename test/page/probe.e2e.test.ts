/** 立即拨测 as an officer presses it: a real carrier that plays music, four steps, what was heard to be seen and to be heard. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { musicLike } from '../bed/g711.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { sitDown } from './console.ts';

let office: Office;
let service: ServiceProcess;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  office = await startOffice({ carrier: true });
  const trunks = [
    { trunk: 'PJSIP/out1', shows: ['0954-2039001'] },
    { trunk: 'PJSIP/out2', shows: ['0954-2039002'] },
  ];
  const often = { mostADay: 50, quiet: 'none', beforeShift: 'never', offPeak: [] };
  const probe = { trunks, ring: 8, noAnswer: 19, ...often };
  service = await startService({ office, recording: 'ami', sections: { watch: { probe } } });
  await service.watching();
  browser = await openChromium();
  page = (await sitDown(browser, service.url)).page;
  page.setDefaultTimeout(30_000);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await service?.dispose();
  await office?.stop();
});

it('S calls the line; the steps run, and what was heard stands as evidence with its waveform and plays', async () => {
  office.carrier?.subscriber.behave((call) => call.earlySound(musicLike(8)));
  const forward = { Action: 'DBPut', Family: 'ALWAYS', Key: DID.direct, Val: OUTSIDE.mobile };
  await office.carrier?.pbx.manage(forward);
  await page.locator('.rail').getByRole('button', { name: '检测' }).click();
  await page.getByRole('button', { name: /^0954-2030001\s*彩铃/ }).click();
  await page.getByRole('button', { name: /立即拨测/ }).waitFor();
  await page.keyboard.press('s');
  const steps = page.locator('.watch-running .watch-steps li');
  await expect.poll(() => steps.count(), { timeout: 20_000 }).toBe(4);
  await page.locator('.watch-running').waitFor({ state: 'detached', timeout: 60_000 });
  const card = page.locator('.watch-finding', { hasText: '拨测听到音乐' });
  await card.locator('.watch-wave').waitFor();
  const outline = () => card.locator('.watch-wave polygon').getAttribute('points');
  await expect.poll(outline, { timeout: 10_000 }).toMatch(/^0\.00,\S+ 0\.\d/);
  expect(await page.locator('.watch-probes').textContent()).toContain('到达核对：未到达本机。');
  await card.getByRole('button', { name: /播放标出的一段/ }).click();
  const at = () => card.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime);
  await expect.poll(at, { timeout: 10_000 }).toBeGreaterThan(0.5);
}, 120_000);

it('无应答 asks for the consent of the duty room, and a probe that runs can be stopped', async () => {
  await page.locator('.watch-probes select').selectOption('no-answer');
  await page.getByRole('button', { name: /立即拨测/ }).click();
  await page.locator('.watch-probes [role=alert]').getByText('请先确认值班室同意').waitFor();
  await page.getByLabel('值班室已同意').check();
  await page.getByRole('button', { name: /立即拨测/ }).click();
  await page.locator('.watch-running').getByRole('button', { name: '停止' }).click();
  await page.locator('.watch-running').waitFor({ state: 'detached', timeout: 60_000 });
  expect(await page.locator('.watch-probes [role=alert]').count()).toBe(0);
  // It was given for that one.
  expect(await page.getByLabel('值班室已同意').isChecked()).toBe(false);
}, 120_000);
