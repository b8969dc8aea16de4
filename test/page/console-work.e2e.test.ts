/** What an officer does with calls and forms after they came: 待回拨, notes, 办理经过, 无需记录 of several. Keyboard first. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../bed/chromium.ts';
import { DID, OUTSIDE } from '../bed/numbers.ts';
import { type Office, startOffice } from '../bed/office.ts';
import { type ServiceProcess, startService } from '../bed/service.ts';
import { addLeader, LEADER, OFFICER } from '../bed/service-config.ts';
import { type Console, sitDown } from './console.ts';

let office: Office;
let service: ServiceProcess;
let browser: Browser;
let desk: Console;
beforeAll(async () => {
  office = await startOffice({ sound: false });
  const rules = { areaCode: '0954', timeZone: 'Asia/Shanghai', practiceFields: true };
  service = await startService({ office, sections: { rules } });
  await service.watching();
  browser = await openChromium();
  desk = await sitDown(browser, service.url);
});
afterAll(async () => {
  await browser?.close();
  await service?.dispose();
  await office?.stop();
});

/** Rings at seat one and gives up. */
async function missedCall(): Promise<void> {
  office.phones['1001'].behave((call) => call.ring());
  const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await desk.inStrip('振铃');
  call.hangUp();
  await call.reached('ended');
  await desk.inStrip('线路空闲');
}

it('a missed call is taken on, given up with a reason, and says how it ended', async () => {
  const { page, list, facts } = desk;
  await missedCall();
  await list.getByText('待回拨', { exact: true }).first().waitFor();
  await list.locator('.row').first().click();
  const card = facts.locator('.callback');
  await card.getByText(/\d\d:\d\d 起未回拨，已 \d+ 秒。/).waitFor();
  await card.getByRole('button', { name: '我来回拨' }).click();
  await card.getByText(`${OFFICER.name}来回拨。`).waitFor();
  await desk.picture('callback');
  await card.getByRole('button', { name: '无法回拨' }).click();
  await page.keyboard.press('Tab');
  await card.getByLabel('为什么无法回拨').fill('对方停机');
  await page.keyboard.press('Enter');
  await card.getByText(/待回拨：\d\d:\d\d 无法回拨：/).waitFor();
  expect(await card.textContent()).toMatch(new RegExp(`：\\u2068?对方停机\\u2069?（${OFFICER.name}）$`));
  await list.getByText('待回拨', { exact: true }).waitFor({ state: 'detached' });
});

it('Alt+N notes this moment of the open call while the caret stays; Esc keeps the text; notes are struck', async () => {
  const { page, facts } = desk;
  office.phones['1001'].behave((call) => {
    call.ring();
    call.after(300, () => call.answer());
  });
  const call = await office.telco.call(DID.direct, { number: OUTSIDE.caller });
  await desk.inStrip('通话中');
  await desk.beginToWrite();
  await desk.type('北街停水');
  await page.keyboard.press('Alt+N');
  const box = page.getByLabel('记一笔').getByRole('textbox');
  await desk.type('对方说三百户');
  await desk.picture('note');
  await page.keyboard.press('Escape');
  await box.waitFor({ state: 'detached' });
  await desk.type('，请处理');
  expect(await desk.content.inputValue()).toBe('北街停水，请处理');
  expect(await desk.form.locator('.form-head').getByText('上级', { exact: true }).count()).toBe(1);
  await page.keyboard.press('Alt+N');
  await expect.poll(() => box.inputValue()).toBe('对方说三百户');
  await page.keyboard.press('Enter');
  const note = facts.locator('.call-notes li').first();
  await note.getByText('对方说三百户').waitFor();
  expect(await note.textContent()).toMatch(
    new RegExp(`^0:\\d\\d\\u2068?对方说三百户\\u2069? ${OFFICER.name}划去$`),
  );
  call.hangUp();
  await desk.inStrip('线路空闲');
  await note.getByRole('button', { name: /^划去/ }).click();
  await note.locator('s').getByText('对方说三百户').waitFor();
  await desk.saved();
});

it('办理经过 by keyboard: 代录批示, 交办, 办结; a struck entry stays; 归档, 修改记录, 并入', async () => {
  const { page, form } = desk;
  await desk.register();
  const timeline = form.locator('.timeline');
  await page.keyboard.press('Alt+H');
  await page.getByLabel('办理', { exact: true }).waitFor();
  await desk.picture('handle');
  await page.keyboard.press('3');
  await page.getByLabel('批示人').fill('王县长');
  await page.getByLabel('内容', { exact: true }).focus();
  await page.keyboard.press('Control+Enter');
  await form.getByText('请填写内容。').waitFor();
  await desk.type('请水务局立即抢修，一小时内报情况。');
  await desk.picture('entry');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+H');
  await page.keyboard.press('3');
  await expect
    .poll(() => page.getByLabel('内容', { exact: true }).inputValue())
    .toBe('请水务局立即抢修，一小时内报情况。');
  await page.getByLabel('内容', { exact: true }).focus();
  await page.keyboard.press('Control+Enter');
  await timeline.getByText('待本人确认').waitFor();
  await timeline.getByText(`${OFFICER.name}转录`).waitFor();
  await form.getByText('办理中').waitFor();
  expect(await timeline.locator('.entry').first().textContent()).toMatch(/批示 \u2068?王县长\u2069?（电话）/);

  await page.keyboard.press('Alt+H');
  await page.keyboard.press('4');
  await page.getByLabel('承办单位或承办人').fill('市水务局');
  await page.getByLabel('办理时限').fill('23:59');
  await page.getByLabel('内容', { exact: true }).fill('抢修北街供水管。');
  await page.getByRole('button', { name: '记入交办' }).click();
  await timeline.getByText(/^时限 .*23:59$/).waitFor();
  await timeline.getByRole('button', { name: '划去这条交办' }).click();
  await page.getByLabel('划去的原因').fill('记错单位');
  await page.keyboard.press('Enter');
  await timeline.locator('s').getByText('抢修北街供水管。').waitFor();

  await page.keyboard.press('Alt+H');
  await page.keyboard.press('6');
  await page.getByLabel('内容', { exact: true }).waitFor();
  await desk.type('已恢复供水。');
  await page.keyboard.press('Control+Enter');
  await form.locator('.form-head').getByText('已办结').waitFor();
  await page.keyboard.press('Alt+H');
  await page.keyboard.press('8');
  await form.locator('.form-head').getByText('已归档').waitFor();
  await desk.picture('timeline');
  await page.keyboard.press('Alt+H');
  await page.keyboard.press('9');
  const history = page.getByLabel('修改记录');
  await history.getByText('北街停水，请处理').waitFor();
  await desk.picture('history');
  await page.keyboard.press('Escape');
  await history.waitFor({ state: 'detached' });

  // The missed call before it was about the same.
  await desk.list.getByText('草稿').click();
  await page.keyboard.press('Alt+H');
  await page.keyboard.press('4');
  await page.getByLabel('并入', { exact: true }).getByRole('button').first().waitFor();
  await desk.picture('merge');
  await page.keyboard.press('1');
  await form
    .locator('.form-head')
    .getByText(/^已并入 值电〔\d{4}〕1号$/)
    .click();
  await form.locator('.form-head').getByText('已办结').waitFor();
});

it('无需记录 of several drafts at once by Shift+↓ and D, and all of them back by 撤销', async () => {
  const { page, list, form } = desk;
  await missedCall();
  await missedCall();
  await page.keyboard.press('F1');
  await page.keyboard.press('Escape');
  await list.getByRole('listbox').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await list.getByText('已选 2 条').waitFor();
  await page.keyboard.press('d');
  await page.getByText('这 2 条为什么无需记录').waitFor();
  await desk.picture('several');
  await page.keyboard.press('1');
  await list.getByText('已标为无需记录 2 条').waitFor();
  await desk.picture('several-done');
  expect(await list.locator('.row-void').count()).toBe(2);
  await list.getByRole('button', { name: '撤销' }).click();
  await expect.poll(() => list.locator('.row-void').count()).toBe(0);
  expect(await form.count()).toBe(1);
});

it('更多项目 unfolds where the office wants it, and is kept', async () => {
  const { page, list, form } = desk;
  await list.locator('.row').first().click();
  await form.getByRole('button', { name: '更多项目' }).click();
  await page.getByLabel('紧急程度').selectOption({ label: '特急' });
  await page.getByLabel('复述核对').selectOption({ label: '已核对' });
  await page.getByLabel('来电人职务').fill('科长');
  await desk.picture('practice');
  await desk.saved();
  await page.reload();
  await desk.strip.waitFor();
  await list.locator('.row').first().click();
  await form.getByRole('button', { name: '更多项目' }).click();
  await expect.poll(() => page.getByLabel('紧急程度').inputValue()).toBe('most-urgent');
  expect(await page.getByLabel('来电人职务').inputValue()).toBe('科长');
});

it('the leader reads what was written down in his name and confirms it by Y', async () => {
  await addLeader(service.database);
  const leader = await sitDown(browser, service.url, LEADER, '二号坐席');
  await leader.page.getByRole('navigation').getByText('批示').click();
  const card = leader.page.locator('.confirm-card');
  await card.getByText('请水务局立即抢修，一小时内报情况。').waitFor();
  await leader.picture('confirm');
  await leader.page.keyboard.press('y');
  await leader.page.getByText('没有待确认的批示。').waitFor();
  await desk.list.getByText('已办结').first().click();
  await desk.form.locator('.timeline').getByText(`${LEADER.name} `).getByText('已确认').waitFor();
  expect(await leader.page.locator('.confirm-card').count()).toBe(0);
  await leader.context.close();
});
