/** 公示屏 in Debian's Chromium at 1920 × 1080: by its link alone, through a lost connection, until it is revoked. */
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MadeWallLink } from '../../src/web/protocol/wall-links-view.ts';
import { openChromium } from '../bed/chromium.ts';
import { loggedIn } from '../web/browser.ts';
import { startWebBed, type WebBed } from '../web/web-bed.ts';

const BUILT = fileURLToPath(new URL('../../build/page', import.meta.url));
const HOUR = 3_600_000;

let bed: WebBed;
let browser: Browser;
let page: Page;
let made: MadeWallLink;
const revoke = async () => post('/api/walls/revoke', { id: made.id });

async function post(path: string, body: unknown): Promise<Response> {
  const base = `http://127.0.0.1:${bed.web.port}`;
  const administrator = await loggedIn(base, 'admin');
  return administrator.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify(body),
  });
}

beforeAll(async () => {
  bed = await startWebBed({ pageFolder: BUILT });
  const at = Date.now();
  const office = await bed.store.office();
  const shift = {
    id: 's-1',
    room: 'r-county',
    from: at - HOUR,
    to: at + HOUR,
    leaders: ['p-li'],
    officers: ['p-zhang'],
  };
  await bed.intake.work({ type: 'office-import', office: { ...office, shifts: [shift] }, at });
  made = (await (await post('/api/walls', { room: 'r-county', name: '大厅' })).json()) as MadeWallLink;
  browser = await openChromium();
  page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' });
  page.setDefaultTimeout(30_000);
  await page.clock.install();
  await page.goto(`http://127.0.0.1:${bed.web.port}${made.path}`);
});
afterAll(async () => {
  await browser?.close();
  await bed?.close();
});

it('shows who is on duty, without a cookie and without scrolling', async () => {
  await page.getByText('区政府值班室').waitFor();
  const rows = await page.locator('.wall-row').allTextContents();
  expect(rows).toEqual(['带班领导李四值班员', '值班员张三值班员']);
  expect(await page.getByText('0954-2035671').count()).toBe(1);
  expect(await page.context().cookies()).toEqual([]);
  const sizes = await page.evaluate(() => ({
    scrolls: document.documentElement.scrollHeight > window.innerHeight,
    names: Math.round(
      Number.parseFloat(getComputedStyle(document.querySelector('.wall-person') as Element).fontSize),
    ),
    menus: document.querySelectorAll('a, button, input, nav').length,
  }));
  expect(sizes).toEqual({ scrolls: false, names: 112, menus: 0 });
});

it('keeps what it has without the service, says how old it is, and clears the names when the shift ends', async () => {
  await page.route('**/api/wall', (route) => route.abort());
  await page.clock.fastForward(60_000);
  await page.getByText(/^连接中断，数据截至 \d\d:\d\d$/).waitFor();
  expect(await page.getByText('李四').count()).toBe(1);
  await page.clock.fastForward(HOUR);
  await page.getByText('本班人员待确认').waitFor();
  expect(await page.getByText('李四').count()).toBe(0);
  await page.unroute('**/api/wall');
  await page.clock.fastForward(20_000);
  await page.getByText('李四').waitFor();
  expect(await page.getByText('连接中断').count()).toBe(0);
});

it('is empty once its link was revoked', async () => {
  expect((await revoke()).status).toBe(204);
  await page.clock.fastForward(20_000);
  await page.getByText('此公示屏链接无效或已停用').waitFor();
  expect(await page.getByText(/李四|区政府值班室/).count()).toBe(0);
});
