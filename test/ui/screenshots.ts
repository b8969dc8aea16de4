/**
 * Takes the pictures of docs/images and those a reviewer looks at, from a running demonstration. Not a test.
 * `node test/ui/screenshots.ts FOLDER [URL]`; log-in from DUTYLINE_LOGIN and DUTYLINE_PASSWORD, else the demonstration's.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const SIZES = [
  { name: '1366x625', width: 1366, height: 625 },
  { name: '1092x500', width: 1092, height: 500 },
  { name: '1920x937', width: 1920, height: 937 },
] as const;
const A4 = { width: 794, height: 1123 };
const ANSWERED = '来电，接听';
const MISSED = '来电，无人接听';

const [folder = 'build/screenshots', url = 'http://127.0.0.1:8080'] = process.argv.slice(2);
const login = process.env.DUTYLINE_LOGIN ?? 'demo';
const password = process.env.DUTYLINE_PASSWORD ?? 'zhiban-demo';

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const page = await pageBy(browser, 'day');
  await shoot(page, 'login');
  await enter(page);
  await shoot(page, 'idle');
  await simulate(page, ANSWERED);
  // The demonstration places calls of its own beside ours: follow this one by its number.
  const caller = await page.locator('.strip-call.solid-amber .strip-number').first().textContent();
  await shoot(page, 'ringing');
  await page.waitForSelector(`.strip-call.solid-green >> text=${caller}`);
  await page.click(`.strip-call >> text=${caller}`);
  for (const [field, said] of [
    ['#field-callerUnit', '某镇人民政府值班室'],
    ['#field-callerName', '李某'],
  ] as const)
    if ((await page.inputValue(field)) === '') await page.fill(field, said);
  await page.selectOption('#field-category', 'incident');
  await page.focus('#field-content');
  await page.keyboard.insertText(
    '报告某镇发生山体滑坡，阻断道路约三十米。\n时间：今日两时四十分左右。\n地点：某镇北三公里处。\n',
  );
  await page.waitForFunction(() => /已保存/.test(document.querySelector('.saved')?.textContent ?? ''));
  await page.waitForSelector('.strip-call.solid-green .soft-green');
  await shoot(page, 'talking');
  await simulate(page, MISSED);
  await page.waitForSelector('.strip-call + .strip-call');
  await shoot(page, 'two-calls');
  await page.context().setOffline(true);
  await page.focus('#field-content');
  await page.keyboard.press('Control+End');
  await page.keyboard.insertText('现状：无人被困。');
  await page.waitForFunction(() => /未上传/.test(document.querySelector('.saved')?.textContent ?? ''));
  await shoot(page, 'network-down');
  await page.context().setOffline(false);
  await page.waitForFunction(() => /已保存/.test(document.querySelector('.saved')?.textContent ?? ''));
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.check');
  await shoot(page, 'check');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.form.state-registered');
  await page.click('.row >> text=已登记');
  await page.waitForSelector('.transport', { timeout: 90_000 });
  await page.click('.row >> text=已登记');
  await shoot(page, 'registered');
  await shootPanels(page);
  await page.click('.row >> text=已登记');
  await page.setViewportSize(A4);
  await page.emulateMedia({ media: 'print' });
  await page.screenshot({ path: path.join(folder, 'printed-form.png') });
  const night = await pageBy(browser, 'night');
  await enter(night);
  await night.keyboard.press('F2');
  await shoot(night, 'night');
} finally {
  await browser.close();
}

async function pageBy(from: Browser, appearance: 'day' | 'night'): Promise<Page> {
  const context = await from.newContext({ viewport: SIZES[0], timezoneId: 'Asia/Shanghai', locale: 'zh-CN' });
  await context.addInitScript((choice) => localStorage.setItem('dutyline.appearance', choice), appearance);
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForSelector('#account');
  return page;
}

async function enter(page: Page): Promise<void> {
  await page.fill('#account', login);
  await page.fill('#password', password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.seat, .desk');
  const seat = page.locator('.seat').first();
  if (await seat.isVisible()) {
    await shoot(page, 'seat');
    await seat.click();
  }
  await page.waitForSelector('.desk');
}

/** What opens over the desk, and the page of recordings. */
async function shootPanels(page: Page): Promise<void> {
  await page.setViewportSize(SIZES[1]);
  await page.getByRole('tab', { name: '经过与录音' }).click();
  await page.screenshot({ path: path.join(folder, 'facts-tab.png') });
  await page.getByRole('tab', { name: '电话记录单' }).first().click();
  await page.setViewportSize(SIZES[0]);
  for (const [name, open] of [
    ['notes', () => page.keyboard.press('F1')],
    ['change-person', () => page.keyboard.press('Alt+U')],
    ['correct', () => page.click('.actions button:has-text("更正")')],
    ['void', () => page.click('.actions button:has-text("作废")')],
  ] as const) {
    // Meanwhile the seat's own telephone may have been picked up, which opens that call.
    await page.click('.row >> text=已登记');
    await open();
    await page.waitForTimeout(200);
    await shoot(page, name);
    await page.keyboard.press('Escape');
  }
  await page.click('.rail-item:has-text("录音")');
  await page.waitForTimeout(500);
  await shoot(page, 'recordings');
  await page.click('.rail-item:has-text("值班")');
}

async function simulate(page: Page, story: string): Promise<void> {
  await page.selectOption('.demo select', { label: story });
  await page.click('.demo button');
}

async function shoot(page: Page, name: string): Promise<void> {
  for (const { name: size, ...viewport } of SIZES) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: path.join(folder, `${name}-${size}.png`) });
  }
  await page.setViewportSize(SIZES[0]);
}
