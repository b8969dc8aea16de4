/** The duty officer at the page in Debian's Chromium: what every page test does, in the words of who does it. */
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { OFFICER } from '../bed/service-config.ts';

export interface Console {
  readonly context: BrowserContext;
  readonly page: Page;
  /** The strip of the calls that live now. */
  readonly strip: Locator;
  readonly list: Locator;
  readonly form: Locator;
  readonly facts: Locator;
  /** The bars that warn. */
  readonly bars: Locator;
  readonly content: Locator;
  /** Waits until the strip says so. */
  inStrip(words: string): Promise<void>;
  /** F2: the caret stands in 电话内容 of the newest call. */
  beginToWrite(): Promise<void>;
  /** As an input method hands it over: at once, at the caret. */
  type(text: string): Promise<void>;
  /** All that was typed is kept by the server. */
  saved(): Promise<void>;
  /** So many fields wait for the network. */
  waiting(fields: number): Promise<void>;
  /** Ctrl+Enter and Enter; resolves with the number. */
  register(): Promise<string>;
  /** For a reviewer: with `PICTURES=folder` in the environment the screen as it stands, in each of the office's sizes. */
  picture(name: string): Promise<void>;
}

/** The page area of office screens: 1366 × 768, the same at Windows 125 %, 1920 × 1080. */
const SIZES = [
  { width: 1366, height: 625 },
  { width: 1092, height: 500 },
  { width: 1920, height: 937 },
] as const;

/** Opens the page at `base` and logs somebody in, as far as the choice of a seat. */
async function logIn(
  browser: Browser,
  base: string,
  who: { readonly login: string; readonly password: string },
): Promise<Console> {
  const context = await browser.newContext({
    viewport: SIZES[0],
    ignoreHTTPSErrors: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  await page.goto(base);
  await page.getByLabel('账号').fill(who.login);
  await page.getByLabel('密码').fill(who.password);
  await page.keyboard.press('Enter');
  return consoleOf(context, page);
}

/** Logs in and sits down at the first seat; the desk is open. */
export async function sitDown(
  browser: Browser,
  base: string,
  who: { readonly login: string; readonly password: string } = OFFICER,
  seat = '一号坐席',
): Promise<Console> {
  const console = await logIn(browser, base, who);
  await console.page.getByText(seat).first().click();
  await console.strip.waitFor();
  return console;
}

/** A page of a context that is logged in, as it stands. */
export function consoleOf(context: BrowserContext, page: Page): Console {
  const content = page.getByLabel('电话内容', { exact: true });
  const keys = page.locator('.keys');
  return {
    context,
    page,
    strip: page.locator('.strip'),
    list: page.locator('.list-pane'),
    form: page.locator('.form'),
    facts: page.locator('.facts'),
    bars: page.locator('.notices'),
    content,
    inStrip: (words) => page.locator('.strip').getByText(words).first().waitFor(),
    async beginToWrite() {
      await page.keyboard.press('F2');
      await expect
        .poll(() => content.evaluate((field) => field === document.activeElement), { timeout: 10_000 })
        .toBe(true);
    },
    type: (text) => page.keyboard.insertText(text),
    saved: () => keys.getByText('已保存').waitFor(),
    waiting: (fields) => keys.getByText(`未上传 ${fields} 处`).waitFor(),
    async register() {
      await page.keyboard.press('Control+Enter');
      await page.getByLabel('登记前核对').waitFor();
      await page.keyboard.press('Enter');
      const said = page.locator('.actions').getByText(/值电〔\d{4}〕[1-9]\d*号/);
      await said.waitFor();
      return /值电〔\d{4}〕\d+号/.exec((await said.textContent()) ?? '')?.[0] ?? '';
    },
    async picture(name) {
      const folder = process.env.PICTURES;
      if (folder === undefined) return;
      const before = page.viewportSize() ?? SIZES[0];
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await page.screenshot({ path: join(folder, `${name}-${size.width}x${size.height}.png`) });
      }
      await page.setViewportSize(before);
    },
  };
}
