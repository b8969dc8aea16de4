/** A screen that needs no PBX, in Debian's Chromium over a web bed: somebody has logged in at its address. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openChromium } from '../bed/chromium.ts';
import { PASSWORD, startWebBed, type WebBed } from '../web/web-bed.ts';

const BUILT = fileURLToPath(new URL('../../build/page', import.meta.url));

export interface Screen {
  readonly page: Page;
  close(): Promise<void>;
}

/** Serves the built page; `clock` (ms UTC) is the service's. */
export function startPageBed(clock: () => number = Date.now): Promise<WebBed> {
  return startWebBed({ pageFolder: BUILT }, { clock });
}

/** An officer has his seat still to choose. */
export async function openScreen({ web }: WebBed, path: string, login: string): Promise<Screen> {
  const browser = await openChromium();
  try {
    const context = await browser.newContext({
      ...{ viewport: { width: 1366, height: 625 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' },
    });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(`http://127.0.0.1:${web.port}${path}`);
    await page.getByLabel('账号').fill(login);
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
    return { page, close: () => browser.close() };
  } catch (failure) {
    await browser.close();
    throw failure;
  }
}
