/**
 * A large 附件 over a poor line in Debian's Chromium: seen coming, cut, silent, and sent again by keyboard until the service has
 * it byte for byte.
 */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { callArrives, PASSWORD, startWebBed, type WebBed } from '../web/web-bed.ts';
import { type Console, consoleOf } from './console.ts';
import { type SlowWire, startSlowWire } from './slow-wire.ts';

const BUILT = fileURLToPath(new URL('../../build/page', import.meta.url));
const HOST = 'duty.example';
const MOST_BYTES = 32_000_000;
/** More than the buffers of both ends of a loopback connection hold, so that the browser still has most of it when it is cut. */
const LARGE = 28_000_000;
const SLOW = 6_000_000;
/** In place of half a minute: what comes slowly takes longer than any other body may. */
const BODY_MS = 2_000;
/** How long a page may take on a busy machine. */
const SOON = { timeout: 60_000 };

let bed: WebBed;
let wire: SlowWire;
let browser: Browser;
let desk: Console;
let page: Page;
let panel: Locator;
beforeAll(async () => {
  bed = await startWebBed({
    pageFolder: BUILT,
    bodyMs: BODY_MS,
    attachments: { mostBytes: MOST_BYTES, mostOfRecord: 20 },
  });
  await callArrives(bed);
  wire = await startSlowWire(bed.web.port);
  browser = await openChromium([HOST]);
  const context = await browser.newContext({
    viewport: { width: 1366, height: 625 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
  });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  // Asked for at the moment of the key, the browser may open a dialogue of its own before it is told not to.
  page.on('filechooser', () => undefined);
  await page.clock.install();
  await page.goto(`http://${HOST}:${wire.port}`);
  await page.getByLabel('账号').fill('zhang');
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('1 号坐席').first().click();
  desk = consoleOf(context, page);
  await desk.strip.waitFor();
  panel = page.getByRole('region', { name: '附件' });
});
afterAll(async () => {
  await browser?.close();
  await wire?.close();
  await bed?.close();
});

function large(): Buffer {
  return Buffer.concat([Buffer.from('%PDF-1.4\n'), randomBytes(LARGE), Buffer.from('\n%%EOF\n')]);
}

/** Alt+K leads into the panel, Shift+Tab up in it. */
async function reach(target: Locator): Promise<void> {
  await page.keyboard.press('Alt+k');
  await target.waitFor();
  // The panel takes the focus a moment after the key.
  const first = panel.getByRole('button', { name: '选择文件' });
  await expect.poll(() => first.evaluate((element) => element === document.activeElement)).toBe(true);
  for (let stop = 0; stop < 20; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Shift+Tab');
  }
  throw new Error(`Alt+K and Shift+Tab do not lead to ${String(target)}`);
}

async function press(target: Locator): Promise<void> {
  await reach(target);
  await page.keyboard.press('Enter');
}

/** By keyboard as far as the dialogue of the browser, which a test cannot type into. */
async function choose(name: string, content: Buffer): Promise<void> {
  await reach(panel.getByRole('button', { name: '选择文件' }));
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles({ name, mimeType: 'application/pdf', buffer: content });
}

const progress = (name: string) => panel.getByRole('progressbar', { name });
/** Percent that have left, as a reader of the screen hears it; null: none is on its way. */
async function percent(name: string): Promise<number | null> {
  const bar = progress(name);
  return (await bar.count()) === 0 ? null : Number(await bar.getAttribute('value'));
}

/** Waits until it has come further than that, and answers how far. */
async function past(name: string, least: number): Promise<number> {
  await expect.poll(() => percent(name), SOON).toBeGreaterThan(least);
  return (await percent(name)) ?? 0;
}

async function attached() {
  const { records } = await bed.store.snapshot('r-county', Date.now());
  return records.flatMap(({ attachments }) => attachments);
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

it('shows a large file coming, says when the line was cut, and sends it again until it is there', {
  timeout: 180_000,
  retry: 0,
}, async () => {
  await desk.beginToWrite();
  const content = large();
  wire.limit(SLOW);
  await choose('现场录像说明.pdf', content);
  const first = await past('现场录像说明.pdf', 0);
  const second = await past('现场录像说明.pdf', first);
  await panel.getByText(/^正在上传 \d+%$/).waitFor();
  await desk.picture('upload-coming');
  await past('现场录像说明.pdf', second);
  expect(await percent('现场录像说明.pdf')).toBeLessThan(100);
  wire.cut();
  await panel.getByRole('alert').getByText('网络中断，没有传完。原文件请先保留。').waitFor();
  await desk.picture('upload-broken');
  expect(await percent('现场录像说明.pdf')).toBeNull();
  expect(await attached()).toEqual([]);
  // The page comes back by itself; the file waits for a person.
  wire.heal();
  await page.locator('.notices').getByText('网络已断开').waitFor({ state: 'detached' });
  const begun = Date.now();
  await press(panel.getByRole('button', { name: '重新上传' }));
  const again = await past('现场录像说明.pdf', 0);
  await past('现场录像说明.pdf', again);
  const link = panel.getByRole('link', { name: '现场录像说明.pdf' });
  await link.waitFor(SOON);
  // Slower than any other body may be: it was let come.
  expect(Date.now() - begun).toBeGreaterThan(BODY_MS);
  expect(await panel.getByRole('alert').count()).toBe(0);
  expect(await attached()).toMatchObject([{ bytes: content.length, sha256: digest(content), removed: null }]);
  wire.limit(null);
  const download = page.waitForEvent('download');
  await press(link);
  expect(digest(readFileSync(await (await download).path()))).toBe(digest(content));
});

it('says that nothing moved where a line falls silent, and the file is sent again', {
  timeout: 180_000,
  retry: 0,
}, async () => {
  const content = large();
  wire.limit(SLOW);
  await choose('会议通知.pdf', content);
  await past('会议通知.pdf', 0);
  wire.silence();
  // The clock of the page goes on by a minute; nothing else does. What the browser still held when the line fell silent may
  // move into the system's buffers after it: then the minute begins anew.
  const told = panel.getByRole('alert').getByText('一分钟没有动静，没有传完。原文件请先保留。');
  const aMinuteLater = async () => {
    await page.clock.fastForward(61_000);
    return told.count();
  };
  await expect.poll(aMinuteLater, { ...SOON, interval: 1_000 }).toBe(1);
  wire.heal();
  wire.limit(null);
  await press(panel.getByRole('button', { name: '重新上传' }));
  await panel.getByRole('link', { name: '会议通知.pdf' }).waitFor(SOON);
  expect((await attached()).map(({ sha256 }) => sha256)).toContain(digest(content));
  expect(await attached()).toHaveLength(2);
});

it('lets go of a file one does not want to wait for, and nothing of it is kept', {
  timeout: 120_000,
  retry: 0,
}, async () => {
  wire.limit(SLOW);
  await choose('传错了.pdf', large());
  await past('传错了.pdf', 0);
  await press(panel.getByRole('button', { name: '不传了' }));
  await panel.getByText('传错了.pdf').waitFor({ state: 'detached' });
  wire.limit(null);
  expect(await attached()).toHaveLength(2);
});
