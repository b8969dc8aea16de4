/** A call that came while the service was stopped, as the officer finds it afterwards: a draft, and in its facts 系统补采. */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { type Console, sitDown } from './console.ts';

const PATIENTLY = { timeout: 30_000 };

let office: Office;
let service: ServiceProcess;
let browser: Browser;
let desk: Console;
beforeAll(async () => {
  office = await startOffice({ sound: false });
  const csv = { cel: join(office.pbx.folders.log, 'cel-custom/Master.csv') };
  service = await startService({ office, history: { csv } });
  await service.watching();
  await callOf(OUTSIDE.caller);
  await service.stop();
  await callOf(OUTSIDE.secondCaller);
  await service.start();
  await service.watching();
  browser = await openChromium();
  desk = await sitDown(browser, service.url);
});
afterAll(async () => {
  await browser?.close();
  await service?.dispose();
  await office?.stop();
});

async function callOf(number: string): Promise<void> {
  const call = await office.telco.call(DID.direct, { number });
  await call.reached('answered');
  call.after(500, () => call.hangUp());
  await call.reached('ended');
}

/** The badges of the one call in the list that shows these digits. */
async function badgesOf(number: string): Promise<readonly string[]> {
  const digits = number.slice(-7);
  await desk.list.getByText(digits).first().click(PATIENTLY);
  await desk.facts.getByText(digits).first().waitFor();
  return desk.facts.locator('.marks').allTextContents();
}

it('is marked 系统补采 in its facts; one that was seen is not', async () => {
  const recovered = await badgesOf(OUTSIDE.secondCaller);
  await desk.picture('recovered-call');
  expect(recovered.join(' ')).toContain('系统补采');
  expect((await badgesOf(OUTSIDE.caller)).join(' ')).not.toContain('系统补采');
});
