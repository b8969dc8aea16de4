/** A real call on a real Asterisk, seen, written down, registered and heard in Debian's Chromium. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { answerAfter } from '../bed/sip-behaviour.ts';
import { type Console, consoleOf, sitDown } from './console.ts';

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
  await browser?.close();
  await service?.dispose();
  await office?.stop();
});

/** Two ways in, each with and without a name the browser trusts: the whole story where the browser trusts the address. */
const WHOLE = [
  ['http', '127.0.0.1'],
  ['https', HOST],
] as const;
const BEGINNING = [
  ['https', '127.0.0.1'],
  ['http', HOST],
] as const;

describe.each(BEGINNING)('the page over %s by %s', (scheme, host) => {
  it('says whether it is open to all, shows the call and keeps what is typed', async () => {
    const desk = await sitDown(browser, `${scheme}://${host}:${service.port}`);
    await isOpenToAll(desk, scheme === 'http');
    office.phones['1001'].behave(answerAfter(1_000));
    const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
    await desk.inStrip('通话中');
    await desk.beginToWrite();
    await desk.type(CONTENT);
    await desk.saved();
    call.hangUp();
    await desk.inStrip('线路空闲');
    expect(await desk.content.inputValue()).toBe(CONTENT);
    await desk.context.close();
  });
});

async function isOpenToAll({ bars }: Console, is: boolean): Promise<void> {
  expect(await bars.locator('.bar-red').getByText('当前为明文 HTTP 连接').count()).toBe(is ? 1 : 0);
}

describe.each(WHOLE)('the page over %s by %s', (scheme, host) => {
  it('shows the call, keeps what is typed while it runs, registers it and plays it', async () => {
    const desk = await sitDown(browser, `${scheme}://${host}:${service.port}`);
    const { page, strip } = desk;
    await desk.inStrip('线路空闲');
    await isOpenToAll(desk, false);
    office.phones['1001'].behave((call) => {
      call.ring();
      call.after(1_500, () => call.answer());
    });
    const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
    await desk.inStrip('0954-8887777');
    await desk.inStrip('振铃');
    await desk.inStrip('市应急管理局');
    await desk.inStrip('通话中');

    await desk.beginToWrite();
    await desk.type(CONTENT);
    expect(await page.getByLabel('来电单位').inputValue()).toBe('市应急管理局');
    expect(await page.getByLabel('来电人').inputValue()).toBe('张某');
    call.after(2_500, () => call.hangUp());
    await call.reached('ended');
    await desk.inStrip('线路空闲');
    await strip.getByRole('button', { name: '上次来电' }).click();
    await expect.poll(() => desk.content.inputValue()).toBe(CONTENT);
    await desk.saved();
    await desk.register();

    const audio = page.locator('audio').first();
    await audio.waitFor({ state: 'attached', timeout: 20_000 });
    const heard = await audio.evaluate(async (element: HTMLAudioElement) => {
      await element.play();
      return { seconds: element.duration, error: element.error?.message ?? null };
    });
    expect(heard.error).toBeNull();
    expect(heard.seconds).toBeGreaterThan(2);
    expect(heard.seconds).toBeLessThan(7);
    await desk.context.close();
  });
});

it('loses nothing typed when network, server and tab die in mid-sentence', { timeout: 120_000 }, async () => {
  const base = `http://127.0.0.1:${service.port}`;
  const desk = await sitDown(browser, base);
  const { context, bars } = desk;
  office.phones['1001'].behave((call) => call.ring());
  await office.telco.call(DID.givesUp, { number: OUTSIDE.secondCaller });
  await desk.inStrip('0954-8886666');
  await desk.beginToWrite();
  await desk.type('第一句，');
  await desk.saved();

  await context.setOffline(true);
  await desk.type('断网时写的，');
  await desk.waiting(1);
  await bars.getByText('网络已断开，所填内容已存在本机').waitFor();
  await desk.type('仍在断网，');
  await context.setOffline(false);
  await bars.getByText('网络已恢复，已上传 1 处修改。').waitFor();
  await desk.saved();
  expect(await desk.content.inputValue()).toBe('第一句，断网时写的，仍在断网，');

  await service.kill9();
  await desk.type('服务停止时写的，');
  await desk.waiting(1);
  // The tab dies without a word; another one is opened in the same browser.
  await desk.page.close({ runBeforeUnload: false });
  await service.start();
  const again = consoleOf(context, await context.newPage());
  await again.page.goto(base);
  await again.list.getByText('0954-8886666').click();
  await expect
    .poll(() => again.content.inputValue(), { timeout: 20_000 })
    .toBe('第一句，断网时写的，仍在断网，服务停止时写的，');
  await again.saved();
  await context.close();
});
