/** 考核 in Debian's Chromium: from 记录 by the keyboard to a figure, to its list, to the call. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callArrives, type WebBed } from '../web/web-bed.ts';
import { openScreen, type Screen, startPageBed } from './open-screen.ts';

let bed: WebBed;
let screen: Screen;
let page: Page;
beforeAll(async () => {
  bed = await startPageBed();
  const at = Date.now() - 60_000;
  const linkedid = await callArrives(bed, 'county', at);
  const stamp = { pbx: 'main', uniqueid: linkedid, linkedid, generation: 1, pbxAt: at, at, receivedAt: at };
  await bed.intake.work({
    ...{ type: 'call-step', pbx: 'main', pbxFacts: [], texts: [], drafts: [], offsetMs: 0 },
    facts: [{ ...stamp, kind: 'call-ended', factKey: `${linkedid} ended` }],
  });
  screen = await openScreen(bed, '/records', 'supervisor');
  page = screen.page;
  await page.getByRole('button', { name: '考核' }).press('Enter');
  await page.locator('.assessment-scroll').waitFor();
});
afterAll(async () => {
  await screen?.close();
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
