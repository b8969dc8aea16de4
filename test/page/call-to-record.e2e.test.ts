/** A real call on a real Asterisk, seen, written down, registered and heard in Debian's Chromium. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { OFFICER, type ServiceProcess, startService } from '../bed/service.ts';

const HOST = 'duty.county.example';
const CONTENT = '北街供水主管爆裂，约三百户停水，请通知水务局抢修。𠮷';

let office: Office;
let service: ServiceProcess;
let browser: Browser;
beforeAll(async () => {
  office = await startOffice();
  service = await startService({
    office,
    recording: 'ami',
    http: { names: [HOST], allowPlainHttp: true },
  });
  await service.watching();
  browser = await openChromium([HOST]);
});
afterAll(async () => {
  await browser.close();
  await service.dispose();
  await office.stop();
});

async function sitDown(base: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 625 },
    ignoreHTTPSErrors: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  await page.goto(base);
  await page.getByLabel('账号').fill(OFFICER.login);
  await page.getByLabel('密码').fill(OFFICER.password);
  await page.keyboard.press('Enter');
  await page.getByText('一号坐席').first().click();
  await page.locator('.strip').getByText('线路空闲').waitFor();
  return { context, page };
}

/** F2: the newest call's 电话内容. */
async function beginToWrite(page: Page): Promise<void> {
  await page.keyboard.press('F2');
  const content = page.getByLabel('电话内容');
  await expect.poll(() => content.evaluate((field) => field === document.activeElement)).toBe(true);
}

/** Two ways in, each with and without a name the browser trusts. */
const WAYS = [
  ['http', '127.0.0.1'],
  ['https', '127.0.0.1'],
  ['http', HOST],
  ['https', HOST],
] as const;

describe.each(WAYS)('the page over %s by %s', (scheme, host) => {
  it('shows the call, keeps what is typed while it runs, registers it and plays it', async () => {
    const { context, page } = await sitDown(`${scheme}://${host}:${service.port}`);
    office.phones['1001'].behave((call) => {
      call.ring();
      call.after(1_500, () => call.answer());
    });
    const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
    const strip = page.locator('.strip');
    await strip.getByText('0954-8887777').first().waitFor();
    await strip.getByText('振铃').first().waitFor();
    await strip.getByText('市应急管理局').first().waitFor();
    const content = page.getByLabel('电话内容');
    await strip.getByText('通话中').first().waitFor();

    await beginToWrite(page);
    await page.keyboard.insertText(CONTENT);
    expect(await page.getByLabel('来电单位').inputValue()).toBe('市应急管理局');
    expect(await page.getByLabel('来电人').inputValue()).toBe('张某');
    call.after(2_500, () => call.hangUp());
    await call.reached('ended');
    await strip.getByText('线路空闲').waitFor();
    await strip.getByRole('button', { name: '上次来电' }).click();
    expect(await content.inputValue()).toBe(CONTENT);
    await page.locator('.keys').getByText('已保存').waitFor();

    await page.keyboard.press('Control+Enter');
    await page.getByLabel('登记前核对').waitFor();
    await page.keyboard.press('Enter');
    const number = /值电〔\d{4}〕[1-9]\d*号/;
    await page.locator('.actions').getByText(number).waitFor();

    const audio = page.locator('audio').first();
    await audio.waitFor({ state: 'attached', timeout: 20_000 });
    const heard = await audio.evaluate(async (element: HTMLAudioElement) => {
      await element.play();
      return { seconds: element.duration, error: element.error?.message ?? null };
    });
    expect(heard.error).toBeNull();
    expect(heard.seconds).toBeGreaterThan(2);
    expect(heard.seconds).toBeLessThan(7);
    await context.close();
  });
});

it('loses nothing typed when network, server and tab die in mid-sentence', { timeout: 120_000 }, async () => {
  const { context, page } = await sitDown(`http://127.0.0.1:${service.port}`);
  office.phones['1001'].behave((call) => call.ring());
  await office.telco.call(DID.givesUp, { number: OUTSIDE.secondCaller });
  await page.locator('.strip').getByText('0954-8886666').first().waitFor();
  await beginToWrite(page);
  await page.keyboard.insertText('第一句，');
  await page.locator('.keys').getByText('已保存').waitFor();

  await context.setOffline(true);
  await page.keyboard.insertText('断网时写的，');
  await context.setOffline(false);
  await service.kill9();
  await page.keyboard.insertText('服务停止时写的，');
  await page.locator('.keys').getByText('未上传').waitFor();
  // The tab dies without a word; another one is opened in the same browser.
  await page.close({ runBeforeUnload: false });
  await service.start();
  const again = await context.newPage();
  await again.goto(`http://127.0.0.1:${service.port}`);
  await again.locator('.list-pane').getByText('0954-8886666').click();
  const kept = again.getByLabel('电话内容');
  await expect
    .poll(() => kept.inputValue(), { timeout: 20_000 })
    .toBe('第一句，断网时写的，服务停止时写的，');
  await again.locator('.keys').getByText('已保存').waitFor();
  await context.close();
});
