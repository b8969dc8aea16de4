/** `npm start` as a newcomer meets it: the shipped configuration, no PBX, a page marked 演示, a call of it by one press. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DEMO_LOGIN } from '../../src/service/demonstration.ts';
import { openChromium } from '../bed/chromium.ts';
import { freePort } from '../bed/free-port.ts';
import { shippedConfig } from '../cli/run-dutyline.ts';
import { sitDown } from './console.ts';

const config = shippedConfig();
let service: ChildProcess;
let browser: Browser;
let url: string;

beforeAll(async () => {
  const port = await freePort();
  const file = join(config.folder, 'dutyline.yaml');
  const shipped = readFileSync(file, 'utf8');
  if (!shipped.includes('port: 8080')) throw new Error('the shipped configuration has another port');
  writeFileSync(file, shipped.replace('port: 8080', `port: ${port}`));
  const { VITEST: _, ...env } = process.env;
  service = spawn(process.execPath, [join(import.meta.dirname, '../../src/main.ts')], {
    env: { ...env, DUTYLINE_CONFIG: config.folder },
    stdio: 'ignore',
  });
  url = `http://127.0.0.1:${port}`;
  await vi.waitUntil(answers, { timeout: 20_000, interval: 100 });
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  const gone = once(service, 'exit');
  service.kill('SIGTERM');
  await gone;
  config.dispose();
});

async function answers(): Promise<boolean> {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}

it('is marked 演示; 模拟来电 rings, opens a draft and leaves a sound that plays', async () => {
  const desk = await sitDown(browser, url, DEMO_LOGIN);
  await desk.page.getByText('演示：以下来电由演示交换机产生，不是真实电话').waitFor();
  const before = await desk.list.locator('.row').count();
  // The shortest of those that leave a sound.
  await desk.page.getByLabel('模拟什么来电').selectOption({ label: '来电，先放彩铃，接听' });
  await desk.page.getByRole('button', { name: '模拟来电' }).click();
  await desk.inStrip('振铃');
  await expect.poll(() => desk.list.locator('.row').count()).toBeGreaterThan(before);
  await desk.beginToWrite();
  await desk.type('演示来电');
  await desk.saved();
  const sound = desk.facts.locator('audio').first();
  await sound.waitFor({ state: 'attached', timeout: 90_000 });
  await desk.page.keyboard.press('F9');
  await expect
    .poll(() => sound.evaluate((element: HTMLAudioElement) => element.currentTime), { timeout: 10_000 })
    .toBeGreaterThan(0);
  await desk.context.close();
}, 150_000);
