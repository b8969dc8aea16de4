/** 附件 at the desk in Debian's Chromium, over plain HTTP from another machine as offices open it: no crypto.subtle there. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { docx, pdf, png } from '../documents/attachment-files.ts';
import { callArrives, PASSWORD, startWebBed, type WebBed } from '../web/web-bed.ts';
import { type Console, consoleOf } from './console.ts';

const BUILT = fileURLToPath(new URL('../../build/page', import.meta.url));
const HOST = 'duty.example';
const MOST_BYTES = 2_000_000;

let bed: WebBed;
let browser: Browser;
let desk: Console;
let page: Page;
let panel: Locator;
beforeAll(async () => {
  bed = await startWebBed({ pageFolder: BUILT, attachments: { mostBytes: MOST_BYTES, mostOfRecord: 20 } });
  await callArrives(bed);
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
  await page.goto(`http://${HOST}:${bed.web.port}`);
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
  await bed?.close();
});

/** As a person lets files go over the form. */
async function drop(name: string, type: string, content: Buffer): Promise<void> {
  const files = await page.evaluateHandle(
    ([fileName, mime, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], fileName, { type: mime }));
      return transfer;
    },
    [name, type, content.toString('base64')] as const,
  );
  for (const event of ['dragenter', 'dragover'])
    await desk.form.dispatchEvent(event, { dataTransfer: files });
  await page.getByText('松开鼠标，附到这张记录单').waitFor();
  await desk.form.dispatchEvent('drop', { dataTransfer: files });
}

it('takes a file by keyboard alone, shows it, and gives it back as it was', async () => {
  await desk.beginToWrite();
  expect(await page.evaluate(() => [globalThis.isSecureContext, typeof crypto.subtle])).toEqual([
    false,
    'undefined',
  ]);
  await page.keyboard.press('Alt+k');
  await panel.getByText('还没有附件。').waitFor();
  const chooser = page.waitForEvent('filechooser');
  const choose = panel.getByRole('button', { name: '选择文件' });
  await expect.poll(() => choose.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await (await chooser).setFiles([
    { name: '现场情况.pdf', mimeType: 'application/pdf', buffer: pdf('滑坡') },
    { name: '照片.png', mimeType: 'image/png', buffer: png() },
  ]);
  const link = panel.getByRole('link', { name: '现场情况.pdf' });
  await link.waitFor();
  await panel.getByRole('link', { name: '照片.png' }).waitFor();
  await desk.form.getByRole('button', { name: '附件 2' }).waitFor();
  await desk.picture('attachments');
  const download = page.waitForEvent('download');
  await link.click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('现场情况.pdf');
  expect(readFileSync(await saved.path()).equals(pdf('滑坡'))).toBe(true);
});

it('takes what is dragged onto the form, and leaves the caret its text', async () => {
  await page.keyboard.press('Escape');
  await desk.content.focus();
  await desk.type('来电称滑坡。');
  await drop('通知.docx', 'application/octet-stream', docx());
  await panel.getByRole('link', { name: '通知.docx' }).waitFor();
  await desk.saved();
  expect(await desk.content.inputValue()).toContain('来电称滑坡。');
});

it('says why a file is not taken, and keeps saying it until it was read', async () => {
  await drop('工具.pdf', 'application/pdf', Buffer.from('MZ\u0090\0\u0003'));
  const refused = panel.getByRole('alert').getByText(/该文件内容不是其中之一，没有上传/);
  await refused.waitFor();
  await drop('太大.txt', 'text/plain', Buffer.alloc(MOST_BYTES + 1, 'a'));
  await panel.getByRole('alert').getByText('超过 2.0 MB，没有上传').waitFor();
  await drop('空.txt', 'text/plain', Buffer.alloc(0));
  await panel.getByRole('alert').getByText('文件是空的，没有上传').waitFor();
  await desk.picture('attachments-refused');
  for (let left = 3; left > 0; left -= 1) await panel.getByRole('button', { name: '知道了' }).first().click();
  await expect.poll(() => panel.getByRole('alert').count()).toBe(0);
});

it('removes with a reason, which stays, by keyboard', async () => {
  await panel.getByRole('button', { name: '删除附件照片.png' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('传错了');
  await page.keyboard.press('Enter');
  await panel.getByText(/张三 .* 删除：传错了/).waitFor();
  expect(await panel.getByRole('link', { name: '照片.png' }).count()).toBe(0);
  await desk.form.getByRole('button', { name: '附件 2' }).waitFor();
});

it('a hostile name is a name and nothing else', async () => {
  await drop('<img src=x onerror="document.title=1">.pdf', 'application/pdf', pdf());
  await panel.getByRole('link', { name: '_img src=x onerror=_document.title=1__.pdf' }).waitFor();
  expect(await panel.locator('img').count()).toBe(0);
  expect(await page.title()).not.toBe('1');
});
