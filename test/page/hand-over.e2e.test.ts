/**
 * 交接班 in Debian's Chromium beside a real Asterisk, by the keyboard: two officers, one call that rings in the middle of it, refusals,
 * nobody coming, and a quiet shift that needs no typing but the PINs.
 */
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatLocalTime } from '../../src/config/local-time.ts';
import { hashPassword } from '../../src/web/password.ts';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { ringForEver } from '../bed/sip-behaviour.ts';
import { type OfficeService, startOfficeService } from '../web/office-service.ts';
import { PASSWORD, PIN } from '../web/web-bed.ts';
import { pressOn, tabTo, writeIn } from './by-keyboard.ts';
import { type Console, sitDown } from './console.ts';

/** 张三's; PIN is 李四's. */
const OWN = '3816';
const BUILT = fileURLToPath(new URL('../../build/page', import.meta.url));

/** 张三 until two minutes ago, then 李四; 马文 leads both. */
function officeYaml(): string {
  const turn = Date.now() - 120_000;
  const moment = (at: number) => formatLocalTime(at, 'Asia/Shanghai');
  const shift = (from: number, to: number, officer: string) =>
    `  - { room: room, from: "${moment(from)}", to: "${moment(to)}", leaders: [p-ma], officers: [${officer}] }`;
  return `
units: [{ id: unit, name: 市政府办公室 }]
rooms: [{ id: room, unit: unit, name: 值班室, formTitle: 市人民政府值班室电话记录单 }]
lines:
  - id: line-1
    room: room
    pbx: office
    number: 0954-2030001
    dids: ["${DID.direct}"]
    trunks: [PJSIP/telco, PJSIP/telco2]
    phones: [PJSIP/1001, PJSIP/1002]
    recording: none
seats:
  - { id: s-1, room: room, name: 1 号坐席, phone: PJSIP/1001 }
people:
  - { id: p-zhang, room: room, name: 张三, title: 值班员 }
  - { id: p-li, room: room, name: 李四, title: 值班员 }
  - { id: p-ma, room: room, name: 马文, title: 副市长 }
directory:
  - { number: 0954-8887777, unit: 市应急管理局, person: 王某, class: superior }
roster:
${shift(turn - 43_200_000, turn, 'p-zhang')}
${shift(turn, turn + 43_200_000, 'p-li')}
`;
}

let office: Office;
let bed: OfficeService;
let browser: Browser;
let desk: Console;
beforeAll(async () => {
  office = await startOffice({ sound: false });
  bed = await startOfficeService(office, { officeYaml: officeYaml(), builtPage: BUILT });
  await bed.watching();
  const pinHash = await hashPassword(OWN);
  await bed.service.intake.work({ type: 'person-pin', person: 'p-zhang', pinHash, at: Date.now() });
  browser = await openChromium();
  desk = await sitDown(browser, `${bed.base}/hand-over`, { login: 'zhang', password: PASSWORD }, '1 号坐席');
});
afterAll(async () => {
  await browser?.close();
  await bed?.stop();
  await office?.stop();
});

const past = async () => (await bed.service.store.handOverState('room', Date.now())).past;

it('goes from one officer to the other, and a call that rings in the middle of it takes nothing away', async () => {
  const { page } = desk;
  const focused = page.locator(':focus');
  await expect.poll(() => focused.textContent()).toBe('开始交接班');
  await page.keyboard.press('Enter');
  const giver = page.getByLabel('交班人 PIN');
  await expect.poll(() => focused.getAttribute('aria-label')).toBe('交班人 PIN');

  // Only who is on duty gives the shift, and nobody signs for him.
  expect(await page.getByLabel('交班人是谁').locator('option').allTextContents()).toEqual(['张三（值班员）']);
  await page.keyboard.type(PIN);
  await page.keyboard.press('Enter');
  await page.locator('.hand-over-sign .wrong').getByText('PIN').waitFor();
  await page.keyboard.type(OWN.slice(0, 2));
  // Whoever looks something up in between goes on where he was.
  await page.keyboard.press('F1');
  await page.locator('.duty-notes').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.duty-notes').waitFor({ state: 'detached' });
  await expect.poll(() => focused.getAttribute('aria-label')).toBe('交班人 PIN');

  office.phones['1001'].behave(ringForEver);
  const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await desk.inStrip('市应急管理局');
  // The caret stays, and the draft of the call is one more of what goes over.
  expect(await focused.getAttribute('aria-label')).toBe('交班人 PIN');
  const matter = page.locator('.hand-over-matter');
  await matter.getByText('市应急管理局').waitFor();
  await desk.beginToWrite();
  await desk.type(`三营镇一处农房漏雨，已转移两人。${'雨势未减，镇里正在逐户排查。'.repeat(12)}`);
  await desk.saved();
  call.hangUp();
  await call.reached('ended');
  await desk.inStrip('线路空闲');
  await page.locator('.rail').getByRole('button', { name: '交接', exact: true }).press('Enter');
  await giver.waitFor();
  expect(await giver.inputValue()).toBe(OWN.slice(0, 2));
  await desk.picture('hand-over');
  // A long matter takes three lines until somebody wants all of it.
  const long = matter.filter({ hasText: '三营镇' });
  const lines = () =>
    long
      .locator('.hand-over-words')
      .evaluate((words) =>
        Math.round(words.clientHeight / Number.parseFloat(getComputedStyle(words).lineHeight)),
      );
  expect(await lines()).toBe(3);
  await pressOn(page, long.getByRole('button', { name: '全文' }));
  await expect.poll(lines).toBeGreaterThan(3);
  await pressOn(page, long.getByRole('button', { name: '收起' }));

  await tabTo(page, page.locator('.hand-over-tick input').first());
  await page.keyboard.press('Space');
  await page.getByText('写明后才能签名').waitFor();
  await tabTo(page, giver);
  await page.keyboard.press('End');
  await page.keyboard.type(OWN.slice(2));
  await page.keyboard.press('Enter');
  await page.locator('.hand-over-sign .wrong').getByText('没有写原因').waitFor();
  await writeIn(page, page.getByLabel('不移交的原因'), '本人已答复对方');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByText('写明后才能签名').count()).toBe(0);
  await tabTo(page, giver);
  await page.keyboard.type(OWN);
  await page.keyboard.press('Enter');

  const taker = page.getByLabel('接班人 PIN');
  await taker.waitFor();
  // 交班人 is not among those who may take, and nobody takes over without having read 本班须知.
  expect(await page.getByLabel('接班人是谁').locator('option').allTextContents()).not.toContain(
    '张三（值班员）',
  );
  await tabTo(page, taker);
  await page.keyboard.type(PIN);
  await page.keyboard.press('Enter');
  await page.locator('.hand-over-sign .wrong').getByText('本班须知').waitFor();
  await pressTick(page.locator('.hand-over-read input'));
  await tabTo(page, taker);
  await page.keyboard.type(PIN);
  await page.keyboard.press('Enter');
  await page.getByText(/交接班完成：张三 → 李四。/).waitFor();
  // Who took over sits here now, without 换人.
  await page.locator('.top-button').getByText('李四').waitFor();
  const [done] = await past();
  expect(done?.handOver).toMatchObject({
    ...{ state: 'done', giver: { person: 'p-zhang' }, takers: [{ person: 'p-li', notes: 0 }] },
    evidence: { lines: [{ line: 'line-1', inSight: true, lastCallAt: expect.any(Number) }] },
  });
  expect(done?.handOver.matters.filter(({ handed }) => !handed)).toMatchObject([
    { reason: '本人已答复对方' },
  ]);

  async function pressTick(tick: ReturnType<typeof page.locator>): Promise<void> {
    await tabTo(page, tick);
    await page.keyboard.press('Space');
  }
});

it('goes on under who is there when nobody comes, and tells the leader', async () => {
  const { page } = desk;
  await pressOn(page, page.getByRole('button', { name: '开始交接班' }));
  await pressOn(page, page.getByRole('button', { name: '无人接班，继续值守' }));
  await page.getByText('告警通知带班领导马文').waitFor();
  await pressOn(page, page.getByRole('button', { name: '确认继续值守' }));
  await desk.bars.getByText(/无人接班，本班继续值守，已告警通知带班领导马文/).waitFor();
  const [stayed] = await past();
  expect(stayed?.handOver).toMatchObject({ state: 'stayed', told: ['p-ma'] });
  const [alert] = await bed.service.store.alertLog(['room'], false, 1);
  expect(alert).toMatchObject({ kind: 'hand-over-stayed' });
});

it('takes a quiet shift a few keys and the PINs', async () => {
  const { page } = desk;
  const focused = page.locator(':focus');
  const stands = (label: string) => expect.poll(() => focused.getAttribute('aria-label')).toBe(label);
  await page.getByRole('button', { name: '开始交接班' }).focus();
  await page.keyboard.press('Enter');
  await stands('交班人 PIN');
  await page.keyboard.type(PIN);
  await page.keyboard.press('Enter');
  await expect.poll(() => focused.getAttribute('type')).toBe('checkbox');
  await page.keyboard.press('Space');
  await tabTo(page, page.getByLabel('接班人 PIN'));
  await page.keyboard.type(OWN);
  await page.keyboard.press('Enter');
  await page.getByText(/交接班完成：李四 → 张三。/).waitFor();
  await expect.poll(() => desk.bars.getByText('无人接班').count()).toBe(0);
  await pressOn(page, page.getByRole('button', { name: '历次交接班' }));
  await page.locator('.hand-over-past-one').waitFor();
  expect(await page.locator('.hand-over-past-row').count()).toBe(3);
  await desk.picture('hand-over-past');
  expect(await bed.service.store.handOverChain('room')).toBeNull();
});
