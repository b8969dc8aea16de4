/** 突发事件 in Debian's Chromium, by the keyboard alone: from the form of a 突发信息 to the 电话报告 that the telephone proves. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/storage/new-id.ts';
import { calledOut } from '../storage/telling.ts';
import { callArrives, type WebBed } from '../web/web-bed.ts';
import { openScreen, type Screen, startPageBed } from './open-screen.ts';

const MINUTE = 60_000;
/** Ten past midnight of the office, whatever the hour is: the call came the day before. */
const AHEAD = 10 * MINUTE - ((Date.now() + 8 * 3_600_000) % 86_400_000);
const now = () => Date.now() + AHEAD;

let bed: WebBed;
let screen: Screen;
let page: Page;
beforeAll(async () => {
  bed = await startPageBed(now);
  const at = now();
  const by = { account: null, person: 'p-zhang', at };
  const unit = '固原市政府总值班室';
  const superior = { id: newId(), number: '0954-2088888', unit, person: null, title: null };
  await bed.intake.work({
    ...{ type: 'directory-change', how: 'contact-added', removes: [], seesSuperior: true, ...by },
    puts: [{ contact: { ...superior, class: 'superior' }, was: null }],
  });
  await callArrives(bed, 'county', at - 21 * MINUTE);
  const record = (await bed.store.snapshot('r-county', at)).records[0]?.id ?? '';
  const words = { category: 'incident', callerUnit: '三营镇政府', content: '水库坝体渗漏，正在转移群众。' };
  for (const [field, value] of Object.entries(words))
    await bed.intake.work({
      ...{ type: 'record-command', asker: { account: 'a-zhang', person: 'p-zhang', seat: null }, at },
      command: {
        ...{ type: 'patch-field', opId: newId(), record, base: 0, value, client: 'c' },
        field: field as keyof typeof words,
      },
    });
  screen = await openScreen(bed, '/', 'zhang');
  page = screen.page;
  // Whose own phone calls out is led to that call's form; this one looks on from the other seat.
  await page.getByText('2 号坐席').first().click();
  await page.locator('.strip').waitFor();
});
afterAll(async () => {
  await screen?.close();
  await bed?.close();
});

/** For a reviewer: with `PICTURES=folder` in the environment the screen as it stands, by day and by night, in each of the office's sizes. */
async function picture(name: string): Promise<void> {
  const folder = process.env.PICTURES;
  if (folder === undefined) return;
  for (const light of ['night', 'day']) {
    await page.evaluate((chosen) => {
      localStorage.setItem('dutyline.appearance', chosen);
      window.dispatchEvent(new StorageEvent('storage', { key: 'dutyline.appearance' }));
    }, light);
    for (const [width, height] of [
      [1092, 500],
      [1920, 937],
      [1366, 625],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(folder, `${name}-${light}-${width}.png`) });
    }
  }
}
const press = (name: string | RegExp) => page.getByRole('button', { name }).first().press('Enter');

it('goes from a 突发信息 to a 电话报告 with its proof', async () => {
  await page.keyboard.press('F2');
  await page.locator('.emergency').getByText('交班前须转突发事件').waitFor();
  await picture('record');
  await press('转突发事件');
  const form = page.locator('.incident-form');
  await form.getByLabel('事件名称').waitFor();
  expect(await form.getByLabel('事件名称').inputValue()).toBe('水库坝体渗漏，正在转移群众');
  await picture('new');
  await form.getByLabel('事件名称').press('Enter');
  const clocks = page.locator('.incident-clocks');
  await clocks.getByText('电话报告 剩 9 分').waitFor();
  await picture('near');

  await page.keyboard.press('Escape');
  await press('值班');
  await page.locator('.watch-open-row').getByText('电话报告剩 9 分').waitFor();
  await page.locator('.emergency').getByText('已转突发事件').waitFor();
  await picture('desk');
  await page.locator('.watch-open-row').press('Enter');

  const steps = calledOut('9.1', '2088888', now() - MINUTE, {}, { pbx: 'main', line: 'l-county' });
  for (const step of steps) await bed.intake.work(step);
  await page.locator('.incident-offer').getByText('在时限内').waitFor();
  await picture('offer');
  await press('确认为电话报告');
  expect(await form.getByLabel('报送单位').inputValue()).toBe('固原市政府总值班室');
  expect(await form.getByLabel('报告内容').inputValue()).toContain('我室接三营镇政府报告');
  await picture('report');
  await form.getByLabel('接收人').fill('赵某');
  await form.getByLabel('接收人').press('Enter');
  await clocks.getByText('电话报告 按时').waitFor();
  await page.locator('.incident-report').getByText('初报').waitFor();
  await picture('reported');

  // A paper whose receipt a colleague confirms by his own telephone: no superior office, so it is asked about once more.
  const [shown] = await bed.store.incidents('r-county', now());
  const paper = {
    kind: 'first',
    channel: 'written',
    sentAt: now(),
    to: '市应急局',
    receiver: '',
    signer: '王某',
  } as const;
  await bed.intake.work({
    ...{ type: 'incident-step', opId: newId(), incident: shown?.id ?? '', room: 'r-county' },
    ...{ account: null, person: 'p-zhang', at: now() },
    ask: { ...paper, type: 'report', report: newId(), text: '坝体渗漏', call: null, furtherDueAt: null },
  });
  const confirmed = calledOut('9.2', '13900001111', now() - MINUTE, {}, { pbx: 'main', line: 'l-county' });
  for (const step of confirmed) await bed.intake.work(step);
  await press('关联确认电话');
  const talk = page.locator('.incident-talk-list :focus');
  await talk.getByText('打给 139 0000 1111').waitFor();
  await talk.getByText('非上级单位').waitFor();
  await picture('talks');
  await page.keyboard.press('Enter');
  await page.getByText('对方不是通讯录中的上级单位').waitFor();
  await expect.poll(() => page.locator(':focus').textContent()).toBe('另选');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('对方不是通讯录中的上级单位').waitFor({ state: 'detached' });
  await expect.poll(() => page.getByRole('button', { name: '回听通话' }).count()).toBe(2);

  // Alt+4: 办结, with a reason.
  await page.keyboard.press('Alt+4');
  await page.getByLabel('办结原因').last().fill('已排除险情');
  await page.keyboard.press('Enter');
  await page.getByText('已办结').first().waitFor();
  await expect.poll(() => bed.store.runningClocks(now())).toEqual([]);
});

it('lets an alarm be heard that begins while one looks on', async () => {
  const incident = newId();
  const at = now();
  const said = { record: null, occurredAt: null, level: 'unrated', title: '山火', text: '' } as const;
  await bed.intake.work({
    ...{ type: 'incident-step', opId: newId(), incident, room: 'r-county', account: null, person: 'p-zhang' },
    // 书面报告 warns in two seconds.
    ...{ at, ask: { ...said, type: 'open', room: 'r-county', receivedAt: at - 50 * MINUTE + 2_000 } },
  });
  await page.keyboard.press('Escape');
  await press(/山火/);
  await page
    .locator('.incident-clocks')
    .getByText(/书面报告 剩 1[01] 分/)
    .waitFor();
  await page.getByRole('button', { name: '书面报告时限提醒，知道了' }).press('Enter');
  await expect.poll(async () => (await bed.store.incident(incident, now()))?.clocks[1]?.alarming).toBe(false);
});
