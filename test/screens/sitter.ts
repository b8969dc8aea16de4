/** Somebody in front of a page of the pictured office. */
import type { Browser, Page } from 'playwright-core';
import { SIZES, type Size } from './camera.ts';

export interface Who {
  readonly login: string;
  readonly password: string;
}

/** A page of a browser of its own, at the log-in. */
export async function openPage(
  browser: Browser,
  url: string,
  size: Size | undefined = SIZES[0],
  scale = 1,
): Promise<Page> {
  const context = await browser.newContext({
    ...(size === undefined ? {} : { viewport: size }),
    deviceScaleFactor: scale,
    timezoneId: 'Asia/Shanghai',
    locale: 'zh-CN',
  });
  // What a picture shows is chosen by the camera, not by the hour.
  await context.addInitScript(() => {
    if (localStorage.getItem('dutyline.appearance') === null)
      localStorage.setItem('dutyline.appearance', 'day');
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => process.stderr.write(`the page threw: ${error.message}\n`));
  await page.goto(url);
  await page.locator('#account').waitFor();
  return page;
}

/** Logs in, as far as the choice of a seat where there is one. */
export async function enter(page: Page, { login, password }: Who): Promise<void> {
  await page.fill('#account', login);
  await page.fill('#password', password);
  await page.keyboard.press('Enter');
  await page.locator('.seat, .desk').first().waitFor();
}

export async function sitDown(page: Page, seat: string): Promise<void> {
  const choice = page.locator('.seat', { hasText: seat });
  if (await choice.isVisible()) await choice.click();
  await page.locator('.desk').waitFor();
}

/** To another screen by the rail. */
export async function go(page: Page, word: string): Promise<void> {
  await page.locator('.rail-item', { hasText: new RegExp(`^${word}$`) }).click();
  await page.waitForTimeout(400);
}

/** Opens the row of the list that has these words. */
export async function openRow(page: Page, words: string): Promise<void> {
  const row = page.locator('.list-pane .row', { hasText: words }).first();
  // A long list draws only what is near; the others are found.
  const isFar = !(await row.isVisible());
  if (isFar) await page.fill('#search', words);
  await page.locator('.list-pane .row', { hasText: words }).first().click();
  if (isFar) await page.fill('#search', '');
  await page.locator('.form-head').waitFor();
  await page.waitForTimeout(200);
}

/** No call stands in the strip any more. */
export async function lineIdle(page: Page): Promise<void> {
  await page.locator('.strip-idle').waitFor({ timeout: 90_000 });
}

export async function simulate(page: Page, story: string): Promise<void> {
  await page.selectOption('.demo select', { label: story });
  await page.locator('.demo button').click();
}
