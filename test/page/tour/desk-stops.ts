/** 值班台 from the log-in to several calls at once, and what opens over it. */

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { OUTSIDE } from '../../bed/numbers.ts';
import { quiet, ring, talk } from './ringing.ts';
import { clear, type Stop, write } from './tour.ts';

export const DESK_STOPS: readonly Stop[] = [
  { name: '登录', who: 'nobody', reach: (page) => page.getByLabel('账号').waitFor() },
  {
    name: '登录被拒',
    who: 'nobody',
    async reach(page) {
      await page.getByLabel('账号').fill('zhang');
      await page.getByLabel('密码').fill('wrong');
      await page.keyboard.press('Enter');
      await page.locator('.login-wrong').getByText(/./).waitFor();
    },
  },
  { name: '选坐席', who: 'zhang', reach: (page) => page.locator('.seat').first().waitFor() },
  {
    name: '值班台，线路空闲',
    who: 'zhang',
    async reach(page) {
      await page.getByText('1 号坐席').first().click();
      await page.locator('.strip').getByText('线路空闲').waitFor();
    },
  },
  {
    name: '本班须知',
    who: 'zhang',
    async reach(page) {
      await page.keyboard.press('F1');
      await page.locator('.duty-keys').waitFor();
    },
  },
  {
    name: '本班须知，修改',
    who: 'zhang',
    async reach(page) {
      await page.locator('.duty-notes').getByRole('button', { name: '修改', exact: true }).click();
      await page.locator('.duty-notes form').waitFor();
    },
  },
  {
    name: '换人',
    who: 'zhang',
    async reach(page) {
      await clear(page);
      await page.keyboard.press('Alt+U');
      await page.locator('.change').waitFor();
    },
  },
  {
    name: '一路振铃',
    who: 'zhang',
    async reach(page, tour) {
      await clear(page);
      await ring(tour);
      await page.locator('.strip').getByText('振铃').first().waitFor();
    },
  },
  {
    name: '四路振铃',
    who: 'zhang',
    async reach(page, tour) {
      await quiet();
      await ring(tour, 4);
      await page.locator('.strip').getByText('另有 1 路').waitFor();
      expect(await coveredByTime(page)).toEqual([]);
    },
  },
  {
    name: '通话中，又一路振铃',
    who: 'zhang',
    async reach(page, tour) {
      await quiet();
      await talk(tour);
      await ring(tour, 1, 1);
      await page.locator('.strip').getByText('通话中').first().waitFor();
      await page.locator('.strip').getByText('振铃').first().waitFor();
    },
  },
  {
    name: '待回拨',
    who: 'zhang',
    async reach(page) {
      await quiet();
      await page.locator('.strip').getByText('线路空闲').waitFor();
      await page.locator('.list-pane').getByText('待回拨', { exact: true }).first().click();
      await page.locator('.callback').waitFor();
    },
  },
  {
    name: '待回拨，无法回拨',
    who: 'zhang',
    async reach(page) {
      await page.locator('.callback').getByRole('button', { name: '无法回拨' }).click();
      await page.locator('.callback').getByLabel('为什么无法回拨').waitFor();
    },
  },
  {
    name: '来电单位的候选',
    who: 'zhang',
    async reach(page, tour) {
      await clear(page);
      await talk(tour, OUTSIDE.mobile);
      await page.locator('.strip').getByText('通话中').waitFor();
      await write(page);
      await page.getByLabel('来电单位', { exact: true }).focus();
      await page.locator('.suggestions').waitFor();
    },
  },
  {
    name: '记一笔',
    who: 'zhang',
    async reach(page) {
      await write(page);
      await page.keyboard.press('Alt+N');
      await page.getByLabel('记一笔').getByRole('textbox').waitFor();
    },
  },
  {
    name: '列表中几份草稿',
    who: 'zhang',
    async reach(page) {
      await quiet();
      await page.locator('.strip').getByText('线路空闲').waitFor();
      await clear(page);
      await page.locator('.rows').focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('Shift+ArrowDown');
      await page.locator('.list-pane').getByText('已选 2 条').waitFor();
      await page.keyboard.press('d');
      await page.getByText('这 2 条为什么无需记录').waitFor();
    },
  },
  {
    name: '一览菜单',
    who: 'zhang',
    async reach(page) {
      await clear(page);
      await page.locator('.work-head .paper-menu-button').click();
      await page.locator('.work-head .paper-menu-list').waitFor();
    },
  },
];

/** What of a call in the strip a long ring lies over, in three calls at 125 %: words, as they are. */
async function coveredByTime(page: Page): Promise<readonly string[]> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 1092, height: 500 });
  const covered = await page.evaluate(() =>
    [...document.querySelectorAll('.strip-call')].flatMap((call) => {
      const time = call.querySelector('.elapsed');
      const said = time?.textContent ?? '';
      if (time === null) return ['no time'];
      time.textContent = '已响 1 小时 59 分';
      const { right } = time.getBoundingClientRect();
      const others = [...call.querySelectorAll('.strip-number, .class')];
      const under = others.filter((other) => other.getBoundingClientRect().left < right);
      time.textContent = said;
      return under.map((other) => other.textContent ?? '');
    }),
  );
  if (before !== null) await page.setViewportSize(before);
  return covered;
}
