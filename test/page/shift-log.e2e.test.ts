/** 值班日志 in Debian's Chromium, by the keyboard alone: added to, unticked, rewritten, and as it stands once it is sealed. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WebBed } from '../web/web-bed.ts';
import { openScreen, type Screen, startPageBed } from './open-screen.ts';

let bed: WebBed;
let screen: Screen;
let page: Page;
beforeAll(async () => {
  bed = await startPageBed();
  screen = await openScreen(bed, '/shift-log/r-county', 'zhang');
  page = screen.page;
  await page.getByText('1 号坐席').first().click();
  await page.locator('.shift-log-table').waitFor();
});
afterAll(async () => {
  await screen?.close();
  await bed?.close();
});

it('is kept without a mouse, and stands as it was once the shift is handed over', async () => {
  const focused = page.locator(':focus');
  expect(await page.locator('.shift-log-table dt').allTextContents()).toEqual([
    ...['交班', '接班', '接班', '其他需要说明事项'],
  ]);
  const events = page.locator('.shift-log-row').first();
  await events.getByLabel('内容').focus();
  await page.keyboard.type('  ');
  await page.keyboard.press('Enter');
  await events.getByText('请写明内容。').waitFor();
  await page.keyboard.type('巡查走廊');
  await page.keyboard.press('Enter');
  const line = events.locator('.shift-log-line');
  await line.getByText('巡查走廊').waitFor();
  // The form stays for the next one.
  await expect.poll(() => focused.inputValue()).toBe('');
  await line.getByRole('checkbox').focus();
  await page.keyboard.press('Space');
  await expect.poll(() => line.getByRole('checkbox').isChecked()).toBe(false);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused.inputValue()).toBe('巡查走廊');
  await page.keyboard.press('End');
  await page.keyboard.type('和机房');
  await page.keyboard.press('Enter');
  await line.getByText('巡查走廊和机房').waitFor();
  await expect.poll(() => focused.getAttribute('type')).toBe('checkbox');
  await page.keyboard.press('Escape');
  await expect.poll(() => focused.getAttribute('aria-current')).toBe('true');

  const by = { room: 'r-county', id: 'h-1', account: null, person: 'p-zhang', at: Date.now() };
  await bed.intake.work({ ...by, type: 'hand-over-begin' });
  await bed.intake.work({ ...by, type: 'hand-over-end', how: 'stay' });
  await page.locator('.shift-log-shift').getByText('已封存').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('.shift-log-table').getByText('无人接班，本班继续值守。').waitFor();
  await page.locator('.shift-log-line.shift-log-off').getByText('巡查走廊和机房').waitFor();
  expect(await page.locator('.shift-log-table').getByRole('checkbox').count()).toBe(0);
  await page.locator('.shift-log-seals').getByText('交接班签名时封存').waitFor();
});
