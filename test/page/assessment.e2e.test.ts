/** 考核 in Debian's Chromium: from 记录 by the keyboard to a figure, to its list, to the call. */
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { callArrives, PASSWORD, startWebBed, type WebBed } from '../web/web-bed.ts';

const BUILT = fileURLToPath(new URL('../../build/page', import.meta.url));

let bed: WebBed;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  bed = await startWebBed({ pageFolder: BUILT });
  const at = Date.now() - 60_000;
  const linkedid = await callArrives(bed, 'county', at);
  const stamp = { pbx: 'main', uniqueid: linkedid, linkedid, generation: 1, pbxAt: at, at, receivedAt: at };
  await bed.intake.work({
    ...{ type: 'call-step', pbx: 'main', pbxFacts: [], texts: [], drafts: [], offsetMs: 0 },
    facts: [{ ...stamp, kind: 'call-ended', factKey: `${linkedid} ended` }],
  });
  browser = await openChromium();
  const context = await browser.newContext({ viewport: { width: 1366, height: 625 }, locale: 'zh-CN' });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`http://127.0.0.1:${bed.web.port}/records`);
  await page.getByLabel('账号').fill('supervisor');
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '考核' }).press('Enter');
  await page.locator('.assessment-scroll').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await bed?.close();
});

it('leads from a figure to the calls it counts, and is printed without the list', async () => {
  const figure = page.getByRole('button', { name: '区政府值班室 未接 1', exact: true });
  await figure.press('Enter');
  await page.getByText('共 1 条').waitFor();
  await page.getByRole('button', { name: '按值班电话' }).press('Enter');
  await page.getByRole('button', { name: '0954-2035671 未接 1', exact: true }).press('Enter');
  await expect.poll(() => page.locator(':focus').textContent()).toBe('0954-2035671　未接');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.assessment-list').isVisible()).toBe(false);
  expect(await page.locator('.assessment-sheet').isVisible()).toBe(true);
  expect(await page.locator('.assessment-sheet').textContent()).toContain('值班工作考核（按值班电话）');
  await page.emulateMedia({ media: 'screen' });
  await page.locator('.assessment-list li button').press('Enter');
  await page.waitForURL(/\/replay\//);
});
