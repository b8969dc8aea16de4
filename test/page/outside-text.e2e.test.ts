/** What callers send, on the screen: names that turn the direction of writing, and calls that forge the PBX's own words. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encoded } from '../asterisk/forged-call.ts';
import { attacksOn } from '../asterisk/forger.ts';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { answerAfter } from '../bed/sip-behaviour.ts';
import { type Console, sitDown } from './console.ts';

const NAME = 'abc\u{202e}gpj.exe';
const UNIT = 'مكتب الطوارئ';
const PERSON = '𠮷\u{202e}某张';
/** Its 40th character is the last a list shows, and is two units long. */
const CONTENT = `${'停水'.repeat(19)}一𠮷\u{202e}后面`;

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
});
afterAll(async () => {
  await browser?.close();
  await service?.dispose();
  await office?.stop();
});

/** Texts that may turn their neighbours round and stand in no box of their own, in the page and in titles. */
function unboxed(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const turns = (text: string) =>
      /[\u0590-\u08ff\u202a-\u202e]/.test(text.replace(/\u2068[^\u2068\u2069]*\u2069/g, ''));
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const parent = node.parentElement;
      if (!turns(node.nodeValue ?? '') || parent === null || parent instanceof HTMLTextAreaElement) continue;
      if (getComputedStyle(parent).unicodeBidi !== 'isolate') found.push(node.nodeValue ?? '');
    }
    for (const { title } of document.querySelectorAll<HTMLElement>('[title]'))
      if (turns(title)) found.push(title);
    if (turns(document.title)) found.push(document.title);
    return found;
  });
}

/** How many different pieces of text on the page, form fields aside, hold this one. */
function timesShown(page: Page, text: string): Promise<number> {
  return page.locator('bdi').filter({ hasText: text }).count();
}

/** Left and right edge of each text of an element in the order of the source. */
function edges(element: Locator): Promise<readonly { text: string; left: number; right: number }[]> {
  return element.evaluate((root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const all: { text: string; left: number; right: number }[] = [];
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const range = document.createRange();
      range.selectNode(node);
      const { left, right } = range.getBoundingClientRect();
      all.push({ text: node.nodeValue ?? '', left, right });
    }
    return all;
  });
}

describe('a caller whose name and number turn the writing round', () => {
  it('is shown as he sent it, and moves no word beside him, in strip, list, facts, form and print', async () => {
    office.phones['1001'].behave((call) => call.ring());
    const call = await office.telco.call(DID.direct, {
      rawFrom: `"${NAME}" <sip:0954%E2%80%AE7654321@outside.test>`,
    });
    await desk.inStrip(NAME);
    // Its digits in the order in which they were sent, whatever stands between them.
    await desk.inStrip('0954-7654321');
    expect(await desk.page.getByLabel('来电号码').inputValue()).toBe('0954-7654321');
    await desk.facts.locator('dl').getByText('0954\u{fffd}7654321', { exact: true }).waitFor();
    expect(await unboxed(desk.page)).toEqual([]);

    await desk.beginToWrite();
    await desk.type(CONTENT);
    await desk.page.getByLabel('来电单位').fill(UNIT);
    await desk.page.getByLabel('来电人').fill(PERSON);
    await desk.saved();
    const line = desk.strip.locator('.strip-line').first();
    await line.getByText(UNIT).waitFor();
    const [, unit, open, person, close] = await edges(line);
    expect([unit?.text, open?.text, person?.text, close?.text]).toEqual([UNIT, '（', PERSON, '）']);
    const places = [unit, open, person, close].flatMap((piece) => [piece?.left ?? 0, piece?.right ?? 0]);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    await desk.picture('right-to-left');
    call.hangUp();
    await call.reached('ended');

    const { page, list, facts } = desk;
    await desk.inStrip('线路空闲');
    await list.getByText(UNIT).waitFor();
    await facts.getByText(NAME).waitFor();
    expect(await list.locator('.row-matter').first().textContent()).toBe(`${'停水'.repeat(19)}一𠮷`);
    await desk.register();
    // Registered, the form's fields are texts too.
    expect(await timesShown(page, UNIT)).toBeGreaterThanOrEqual(4);
    await page.emulateMedia({ media: 'print' });
    const sheet = page.locator('.sheet');
    // On paper nobody can look behind a sign that only turns the others round: it stands there as one that is seen.
    expect((await sheet.locator('.paper-value').allTextContents()).slice(1, 3)).toEqual([
      UNIT,
      PERSON.replace('\u202e', '\ufffd'),
    ]);
    expect(await unboxed(page)).toEqual([]);
    await page.emulateMedia({ media: 'screen' });
    expect(await unboxed(page)).toEqual([]);
  });
});

describe('a caller who forges the PBX’s own words', () => {
  it('is marked in strip, list, form and facts; the call he would end goes on; the bar counts what was put aside', async () => {
    const { page, strip, list, form, facts, bars } = desk;
    const tap = await office.tap('listen');
    const victim = await office.telco.call(DID.phone1003, { number: OUTSIDE.secondCaller });
    await victim.reached('answered');
    const {
      Channel = '',
      Uniqueid = '',
      Linkedid = '',
    } = await tap.waitFor(
      'the call that stands',
      (packet) => packet.Event === 'BridgeEnter' && packet.Uniqueid === packet.Linkedid,
    );
    await tap.close();
    await desk.inStrip('0954-8886666');
    await desk.inStrip('通话中');

    const known = { channel: Channel, uniqueid: Uniqueid, linkedid: Linkedid };
    const attack = attacksOn(known, `${Uniqueid.slice(0, 10)}.999999`).find(
      ({ name }) => name === 'number: a Hangup by channel',
    );
    const forged = `<sip:${encoded(attack?.number ?? '')}@outside.test>`;
    office.phones['1001'].behave((call) => call.ring());
    const liar = await office.telco.call(DID.direct, { rawFrom: forged });
    await desk.inStrip('号码不可读');
    await strip.locator('.badge').getByText('主叫被篡改').waitFor();
    await bars
      .locator('.bar-amber')
      .getByText(/有来电夹带伪造的电话交换机消息，已隔离 [1-9]\d* 条/)
      .waitFor();
    await desk.beginToWrite();
    for (const place of [form, facts])
      await place.locator('.soft-red').getByText('主叫信息被篡改，号码不可读').waitFor();
    await list.locator('.row-shown').getByText('主叫被篡改').waitFor();
    await desk.picture('forged');
    await strip.locator('.solid-green').getByText('0954-8886666').waitFor();
    expect(victim.phase()).toBe('answered');
    liar.hangUp();
    await liar.reached('ended');

    office.phones['1001'].behave(answerAfter(300));
    const diverted = await office.telco.call(DID.direct, {
      number: OUTSIDE.caller,
      headers: [['Diversion', `${forged};reason=unconditional;counter=1`]],
    });
    await desk.inStrip('0954-8887777');
    await strip.locator('.badge').getByText('主叫被篡改').waitFor();
    await desk.beginToWrite();
    await form.locator('.soft-red').getByText('来电夹带伪造内容，请核对号码').waitFor();
    await desk.picture('forged-diversion');
    diverted.hangUp();
    victim.hangUp();
    await desk.inStrip('线路空闲');
    expect(
      await list.locator('.row').filter({ hasText: '0954-8886666' }).getByText('主叫被篡改').count(),
    ).toBe(0);
    expect(await page.locator('.row-tampered').count()).toBe(2);
  });
});
