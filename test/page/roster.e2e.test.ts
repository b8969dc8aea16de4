/** 值班表 in Debian's Chromium, by the keyboard alone: planned, refused in the words of the notice, published, on the top bar. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FIRST_RULES } from '../../src/duty/roster-rules.ts';
import type { WebBed } from '../web/web-bed.ts';
import { openScreen, type Screen, startPageBed } from './open-screen.ts';

/** Ten in the morning of the office, whatever the hour is: 白班 runs. */
const AHEAD = 10 * 3_600_000 - ((Date.now() + 8 * 3_600_000) % 86_400_000);
const now = () => Date.now() + AHEAD;

let bed: WebBed;
let screen: Screen;
let page: Page;
beforeAll(async () => {
  bed = await startPageBed(now);
  for (const [who, standing] of [
    ['p-zhang', 'permanent'],
    ['p-li', 'western-plan'],
  ] as const) {
    const by = { room: 'r-county', account: null, person: null, name: '系统管理员', at: now() };
    await bed.intake.work({ ...by, type: 'roster-standing', who, standing });
  }
  screen = await openScreen(bed, '/roster', 'zhang');
  page = screen.page;
  await page.getByText('1 号坐席').first().click();
  await page.locator('.roster-grid').waitFor();
});
afterAll(async () => {
  await screen?.close();
  await bed?.close();
});

it('is planned without a mouse, refuses who is no permanent staff, and counts once it is published', async () => {
  const focused = page.locator(':focus');
  await page.locator('.roster-grid [tabindex="0"]').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => focused.getAttribute('aria-label')).toBe('带班领导：输入姓名，Enter 加入');
  await page.keyboard.press('Tab');
  await page.keyboard.type('李四');
  await page.keyboard.press('Enter');
  await page.locator('.roster-panel').getByText('李四为西部计划人员，不得安排值班').waitFor();
  for (const _ of '李四') await page.keyboard.press('Backspace');
  await page.keyboard.type('张 三');
  await page.keyboard.press('Enter');
  await page.locator('.roster-person').getByText('张三').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => focused.getAttribute('aria-pressed')).toBe('true');
  // Beyond the edge of the week the focus goes along.
  const week = page.locator('.roster-span');
  const shown = await week.textContent();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => week.textContent()).not.toBe(shown);
  await expect.poll(() => focused.getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => week.textContent()).toBe(shown);

  const onDuty = async () =>
    (await bed.store.roomView('r-county', now()))?.onDuty.officers.map(({ id }) => id);
  expect(await onDuty()).toEqual([]);
  await page.getByRole('button', { name: '发布', exact: true }).press('Enter');
  await page.getByRole('button', { name: '确认发布' }).press('Enter');
  await page.locator('.roster-is-published').waitFor();
  expect(await onDuty()).toEqual(['p-zhang']);

  // Li plans the night of the same day: it is seen here by itself, and so is a holiday whose roster must go up; where nothing else says so, a bar does.
  const today = new Date(now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const night = Date.parse(`${today}T20:00:00+08:00`);
  const leader = { role: '带班领导', kind: 'leader', person: 'p-zhang' } as const;
  const by = { room: 'r-county', account: 'a-li', person: 'p-li', name: '李四', at: now() };
  await bed.intake.work({
    ...{ ...by, type: 'roster-plan', how: 'edited' },
    shifts: [{ from: night, to: night + 12 * 3_600_000, name: '夜班', base: 0, posts: [leader] }],
  });
  await page.locator('.roster-is-unpublished').getByText('张三').waitFor();
  const rules = { ...FIRST_RULES, holidays: [{ name: '某节', from: today, to: today }] };
  await bed.intake.work({ ...by, type: 'roster-rules', base: 0, rules });
  await page.locator('.roster-bands').getByText('某节').waitFor();
  expect(await page.locator('.notices').getByText('某节').count()).toBe(0);

  // The week after is planned as this one by a key, into what is empty, and nothing is said to be done twice.
  await page.getByRole('button', { name: '下一段' }).press('Enter');
  await expect.poll(() => week.textContent()).not.toBe(shown);
  await page.locator('.roster-grid [tabindex="0"]').focus();
  await expect.poll(() => page.getByRole('button', { name: '照排上周（W）' }).isEnabled()).toBe(true);
  await page.keyboard.press('w');
  const said = page.locator('.roster-said');
  await said.getByText('已照上周排 2 个班次，尚未发布。未动：上周无人 12 个。').waitFor();
  await expect.poll(() => page.locator('.roster-is-unpublished').count()).toBe(2);
  await page.keyboard.press('w');
  await said.getByText('没有可照排的班次。未动：已有安排 2 个、上周无人 12 个。').waitFor();
  await page.keyboard.press('F1');
  await page
    .locator('.duty-notes')
    .getByText(/^白班 .*08:00 至 .*20:00$/)
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.rail').getByRole('button', { name: '值班', exact: true }).click();
  await page
    .locator('.notices')
    .getByText(/^某节（\d\d-\d\d）的值班表应于 \d\d-\d\d 报送/)
    .waitFor();
  await page.locator('.notices').getByRole('button', { name: '去值班表' }).click();
  await page.locator('.roster-grid').waitFor();
});
