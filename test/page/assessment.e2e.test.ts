/** 考核 in Debian's Chromium: from 记录 by the keyboard to a figure, to its list, to the call. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pagesOf } from '../papers/printed-text.ts';
import { callArrives, type WebBed } from '../web/web-bed.ts';
import { openScreen, type Screen, startPageBed } from './open-screen.ts';

let bed: WebBed;
let screen: Screen;
let page: Page;
beforeAll(async () => {
  bed = await startPageBed();
  await missedCall(Date.now() - 60_000);
  screen = await openScreen(bed, '/records', 'supervisor');
  page = screen.page;
  await page.getByRole('button', { name: '考核' }).press('Enter');
  await page.locator('.assessment-scroll').waitFor();
});
afterAll(async () => {
  await screen?.close();
  await bed?.close();
});

async function missedCall(at: number): Promise<void> {
  const linkedid = await callArrives(bed, 'county', at);
  const stamp = { pbx: 'main', uniqueid: linkedid, linkedid, generation: 1, pbxAt: at, at, receivedAt: at };
  await bed.intake.work({
    ...{ type: 'call-step', pbx: 'main', pbxFacts: [], texts: [], drafts: [], offsetMs: 0 },
    facts: [{ ...stamp, kind: 'call-ended', factKey: `${linkedid} ended` }],
  });
}

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

it('stands on one sheet with its chart, a fortnight by days', async () => {
  for (let days = 1; days <= 14; days += 1) await missedCall(Date.now() - days * 86_400_000);
  const from = new Date(Date.now() - 15 * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`http://127.0.0.1:${bed.web.port}/assessment/period`);
  await page.getByLabel('起', { exact: true }).fill(from);
  await expect.poll(() => page.locator('.assessment-sheet tbody tr').count()).toBe(15);
  // Else it prints as the screen that the test before asked for.
  await page.emulateMedia({ media: null });
  const pages = pagesOf(await page.pdf({ preferCSSPageSize: true, printBackground: false }));
  expect(pages).toHaveLength(1);
  expect(pages[0]).toContain('三声内接听占来电的比例');
});
