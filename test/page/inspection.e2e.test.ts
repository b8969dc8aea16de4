/** 检查 in Debian's Chromium, by the keyboard alone: opened, ten items judged, one to be mended, confirmed, in the list. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { WebBed } from '../web/web-bed.ts';
import { openScreen, type Screen, startPageBed } from './open-screen.ts';

let bed: WebBed;
let screen: Screen;
let page: Page;
beforeAll(async () => {
  bed = await startPageBed();
  screen = await openScreen(bed, '/inspection', 'supervisor');
  page = screen.page;
  await page.getByRole('button', { name: '新检查' }).waitFor();
});
afterAll(async () => {
  await screen?.close();
  await bed?.close();
});

it('is written without a mouse, and what is to be mended stands in the list', async () => {
  const focused = page.locator(':focus');
  await page.getByRole('button', { name: '新检查' }).press('Enter');
  await expect.poll(() => focused.evaluate((element) => element.tagName)).toBe('SELECT');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('button', { name: '开始检查' }).press('Enter');
  // The first item has the focus; a digit is its verdict, an arrow goes on.
  await expect.poll(() => focused.getAttribute('data-item')).toBe('A1');
  const missing = page.locator('.inspection-tools .note');
  for (const code of ['A1', 'A2', 'A3', 'A4', 'B1', 'B2', 'B3', 'B4']) {
    await expect.poll(() => focused.getAttribute('data-item')).toBe(code);
    await page.keyboard.press(code === 'B1' ? '3' : '1');
    await page.keyboard.press('ArrowDown');
  }
  // 待整改 lacks its words and its day.
  await expect.poll(() => missing.textContent()).toBe('还有 2 项没有填完');
  await page.locator('[data-item="B1"]').focus();
  await page.locator('.inspection-known').getByText('区政府值班室：本时段没有来电。').waitFor();
  await page.getByLabel('整改期限').fill('2026-12-01');
  await page.getByRole('textbox', { name: '检查情况' }).fill('抽查一次，响铃 19 秒才接');
  await page.keyboard.press('Escape');
  await expect.poll(() => focused.getAttribute('data-item')).toBe('B1');
  const sign = page.getByRole('button', { name: '检查人确认' });
  await expect.poll(() => sign.isEnabled()).toBe(true);
  await sign.press('Enter');
  await page.getByRole('button', { name: '再按一次确认' }).press('Enter');
  await page.getByText('检查人 账号 supervisor 已于').waitFor();
  const [kept] = await bed.store.inspectionsOf(['county']);
  expect(kept?.answers.B1).toMatchObject({
    ...{ verdict: 'to-mend', mendBy: '2026-12-01', situation: '抽查一次，响铃 19 秒才接' },
    mending: { state: 'open' },
  });
  await page.getByRole('button', { name: '检查记录', exact: true }).press('Enter');
  await page.getByText('待整改 1 项').waitFor();
  await page.locator('.inspection-side-pane').getByText('抽查一次，响铃 19 秒才接').waitFor();
});
