/** 电话记录单 in every state, and what opens over its foot. */
import type { Page } from 'playwright-core';
import type { FieldName } from '../../../src/records/field.ts';
import { loggedIn, newOpId } from '../../web/browser.ts';
import { consoleOf } from '../console.ts';
import { quiet, talk } from './ringing.ts';
import { clear, LEADER, type Stop, type Tour, write } from './tour.ts';

/** The record of the newest call. */
async function newestRecord(tour: Tour): Promise<string> {
  const { calls } = await tour.bed.service.store.snapshot('room', Date.now());
  const [newest] = calls.filter(({ record }) => record !== null);
  if (newest?.record == null) throw new Error('no call has a record');
  return newest.record;
}

/** A colleague's words, at once in the store. */
async function writtenByLi(tour: Tour, field: FieldName, value: string): Promise<void> {
  const record = await newestRecord(tour);
  const base = (await tour.bed.service.store.recordView(record))?.fields[field].version ?? 0;
  await tour.bed.service.intake.command(
    { type: 'patch-field', opId: newOpId(), record, field, base, value, client: 'li' },
    { account: 'a-li', person: 'p-li', seat: 's-2' },
  );
}

function saved(page: Page): Promise<void> {
  return page.locator('.keys').getByText('已保存').waitFor();
}

export const FORM_STOPS: readonly Stop[] = [
  {
    name: '填写，突发信息的要素',
    who: 'zhang',
    async reach(page, tour) {
      await clear(page);
      await talk(tour);
      await page.locator('.strip').getByText('通话中').waitFor();
      await write(page);
      await page.keyboard.insertText('北街发生管道爆裂，三百户停水，请求支援。');
      await page.getByLabel('类别', { exact: true }).selectOption({ label: '突发信息' });
      await page.locator('.elements').waitFor();
      await saved(page);
    },
  },
  {
    name: '填写，放大到 200 %',
    who: 'zhang',
    async reach(page) {
      await page.setViewportSize({ width: 683, height: 312 });
      await page.locator('.rail button').last().focus();
      await write(page);
      // Three lines of 电话内容 and the way to 登记 are in sight.
      const seen = await page.locator('#field-content').evaluate((area) => {
        const own = area.getBoundingClientRect();
        const box = (area.closest('.form-grid') ?? area).getBoundingClientRect();
        return Math.min(own.bottom, box.bottom) - Math.max(own.top, box.top);
      });
      if (seen < 80) throw new Error(`of 电话内容 only ${Math.round(seen)} px are in sight`);
      await page.getByRole('button', { name: '登记', exact: true }).click({ trial: true });
    },
  },
  {
    name: '别人正在写',
    who: 'zhang',
    async reach(page, tour) {
      const li = await loggedIn(tour.bed.base, 'li');
      const other = await li.open();
      await other.next('snapshot');
      other.send({ type: 'take-seat', opId: newOpId(), seat: 's-2' });
      const record = await newestRecord(tour);
      const writes = () => other.send({ type: 'hold', record, field: 'proposal', text: '请水务局' });
      // A hold lets go after ten seconds; the stop takes longer.
      const holding = setInterval(writes, 3_000);
      writes();
      await page.locator('.held-note').waitFor();
      page.once('close', () => clearInterval(holding));
      heldBy = () => {
        clearInterval(holding);
        other.send({ type: 'release', record, field: 'proposal' });
        other.close();
      };
    },
  },
  {
    name: '两人所写不同',
    who: 'zhang',
    async reach(page, tour) {
      heldBy();
      await page.locator('.held-note').waitFor({ state: 'detached' });
      await page.context().setOffline(true);
      await page.getByLabel('来电人', { exact: true }).fill('王主任');
      await page.locator('.keys').getByText('未上传').waitFor();
      await writtenByLi(tour, 'callerName', '王副局长');
      await page.context().setOffline(false);
      await page.locator('.conflict').waitFor();
    },
  },
  {
    name: '网络断开',
    who: 'zhang',
    async reach(page) {
      await page.locator('.conflict').getByRole('button').first().click();
      await page.locator('.conflict').waitFor({ state: 'detached' });
      await saved(page);
      await page.context().setOffline(true);
      await write(page);
      await page.keyboard.press('Control+End');
      await page.keyboard.insertText('已答复。');
      await page.locator('.notices').getByText('网络已断开').waitFor();
    },
  },
  {
    name: '登记前核对',
    who: 'zhang',
    async reach(page) {
      await page.context().setOffline(false);
      await saved(page);
      await quiet();
      await write(page);
      await page.keyboard.press('Control+Enter');
      await page.getByLabel('登记前核对').waitFor();
    },
  },
  {
    name: '已登记',
    who: 'zhang',
    async reach(page) {
      await clear(page);
      await write(page);
      await consoleOf(page.context(), page).register();
    },
  },
  {
    name: '办理',
    who: 'zhang',
    async reach(page) {
      await page.keyboard.press('Alt+H');
      await page.getByLabel('办理', { exact: true }).waitFor();
    },
  },
  {
    name: '代录批示，内容未填',
    who: 'zhang',
    async reach(page) {
      await page.keyboard.press('3');
      await page.getByLabel('批示人').fill(LEADER);
      await page.getByLabel('内容', { exact: true }).focus();
      await page.keyboard.press('Control+Enter');
      await page.locator('.form').getByText('请填写内容。').waitFor();
    },
  },
  {
    name: '办理经过',
    who: 'zhang',
    async reach(page) {
      await page.getByLabel('内容', { exact: true }).fill('请水务局立即抢修，一小时内报情况。');
      await page.keyboard.press('Control+Enter');
      await page.locator('.timeline').getByText('待本人确认').waitFor();
    },
  },
  {
    name: '附件',
    who: 'zhang',
    async reach(page) {
      await page.keyboard.press('Alt+K');
      const choosing = page.waitForEvent('filechooser');
      await page.locator('.panel').getByRole('button', { name: '选择文件' }).click();
      await (await choosing).setFiles([
        { name: '现场情况说明.txt', mimeType: 'text/plain', buffer: Buffer.from('三百户停水。') },
        { name: '程序.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ\0\x01\x02\xff') },
      ]);
      await page.locator('.panel').getByRole('alert').first().waitFor();
      await page.locator('.panel').getByText('现场情况说明.txt').waitFor();
    },
  },
  {
    name: '更正',
    who: 'zhang',
    async reach(page) {
      await clear(page);
      await page.locator('.actions').getByRole('button', { name: '更正' }).click();
      await page.getByLabel('更正原因').waitFor();
    },
  },
  {
    name: '作废',
    who: 'zhang',
    async reach(page) {
      await clear(page);
      await page.locator('.actions').getByRole('button', { name: '作废' }).click();
      await page.locator('.panel').waitFor();
    },
  },
  {
    name: '修改记录',
    who: 'zhang',
    async reach(page) {
      await clear(page);
      await page.keyboard.press('Alt+H');
      await page
        .locator('.panel')
        .getByRole('button', { name: /修改记录/ })
        .click();
      await page.locator('.panel').getByText('王副局长').first().waitFor();
    },
  },
  {
    name: '打印菜单',
    who: 'zhang',
    async reach(page) {
      await clear(page);
      await page.locator('.form-head .paper-menu-button').click();
      await page.locator('.form-head .paper-menu-list').waitFor();
    },
  },
];

/** Ends the hold of the colleague. */
let heldBy: () => void = () => undefined;
