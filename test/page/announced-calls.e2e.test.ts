/** What somebody hears who does not see the strip: each ringing call once, whatever else happens meanwhile. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { ringForEver } from '../bed/sip-behaviour.ts';
import { type Console, sitDown } from './console.ts';

let office: Office;
let service: ServiceProcess;
let browser: Browser;
let desk: Console;
beforeAll(async () => {
  office = await startOffice({ sound: false });
  service = await startService({ office });
  await service.watching();
  browser = await openChromium();
  desk = await sitDown(browser, service.url);
  office.phones['1001'].behave(ringForEver);
});
afterAll(async () => {
  await browser?.close();
  await service?.dispose();
  await office?.stop();
});

/**
 * Notes what a screen reader would read out: in a region that is read as a whole every change says it all again, in one
 * where only additions count each new element.
 */
async function listen(): Promise<void> {
  await desk.page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const LIVE = '[aria-live=assertive], [aria-live=polite], [role=alert], [role=status], [role=log]';
    new MutationObserver((changes) => {
      for (const { target, addedNodes, type } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest(LIVE);
        if (region == null) continue;
        const isWhole =
          region.getAttribute('aria-atomic') === 'true' ||
          (!region.hasAttribute('aria-atomic') && region.matches('[role=status], [role=alert]'));
        const relevant = region.getAttribute('aria-relevant') ?? 'additions text';
        if (isWhole) said.push(region.textContent ?? '');
        else if (type === 'characterData' && relevant.includes('text')) said.push(element?.textContent ?? '');
        else if (type === 'childList')
          for (const node of addedNodes)
            if (node instanceof Element || relevant.includes('text')) said.push(node.textContent ?? '');
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

/** How often the number was read out. */
function timesSaid(number: string): Promise<number> {
  return desk.page.evaluate(
    (wanted) =>
      (window as unknown as { readonly said: readonly string[] }).said.filter((text) => text.includes(wanted))
        .length,
    number,
  );
}

it('says who calls when it begins to ring, not again as another rings, is answered or ends', async () => {
  await listen();
  const first = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await desk.inStrip('0954-8887777');
  await expect.poll(() => timesSaid('0954-8887777')).toBe(1);
  // The seconds go on counting in the strip meanwhile.
  await desk.strip
    .getByText(/已响 [3-9] 秒/)
    .first()
    .waitFor();
  const second = await office.telco.call(DID.direct, { number: OUTSIDE.secondCaller });
  await expect.poll(() => timesSaid('0954-8886666')).toBe(1);
  await desk.strip
    .getByText(/已响 [2-4] 秒/)
    .first()
    .waitFor();
  second.hangUp();
  await second.reached('ended');
  await expect.poll(() => desk.strip.locator('.strip-call').count()).toBe(1);
  expect(await timesSaid('0954-8887777')).toBe(1);
  first.hangUp();
  await first.reached('ended');
  await desk.inStrip('线路空闲');
  expect([await timesSaid('0954-8887777'), await timesSaid('0954-8886666')]).toEqual([1, 1]);
  expect(await desk.page.locator('[aria-live=assertive]').textContent()).toBe('');
});
