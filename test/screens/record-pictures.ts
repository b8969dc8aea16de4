/** The log-in, and 值班台 with records in every state and every panel that opens over them. */
import type { Page } from 'playwright-core';
import { SIZES } from './camera.ts';
import { OFFICER, PASSWORD } from './office.ts';
import { enter, openPage, openRow, sitDown } from './sitter.ts';
import type { Studio } from './studio.ts';

/** Answers the officer's page, at the desk. */
export async function shootLogin({ browser, camera, office }: Studio): Promise<Page> {
  const page = await openPage(browser, office.url);
  await camera.shoot(page, 'login');
  await page.fill('#account', 'wangli');
  await page.fill('#password', 'wrong-1234');
  await page.keyboard.press('Enter');
  await page.locator('.login-wrong:not(:empty)').waitFor();
  await camera.shoot(page, 'login-refused');
  await enter(page, OFFICER);
  await camera.shoot(page, 'seat');
  await sitDown(page, '一号坐席');
  await camera.shoot(page, 'desk-idle');
  await page.keyboard.press('Alt+n');
  await page.locator('.form-head').waitFor();
  await page.fill('#field-callerUnit', '区水务局');
  await page.fill('#field-content', '来人面告：东干渠水位偏高，请转防汛办。');
  await camera.shoot(page, 'by-hand');
  return page;
}

export async function shootRecords({ camera }: Studio, page: Page): Promise<void> {
  const foot = async (name: string, open: () => Promise<unknown>) => {
    await open();
    await page.waitForTimeout(300);
    await camera.shoot(page, name);
    await page.keyboard.press('Escape');
  };
  const button = (name: string) => page.locator('.form').getByRole('button', { name, exact: true });
  const handle = (digit: string) => async () => {
    await page.keyboard.press('Alt+h');
    await page.locator('.panel').waitFor();
    await page.keyboard.press(digit);
  };

  await openRow(page, '山体滑坡');
  await camera.shoot(page, 'in-hand');
  await foot('handle', () => page.keyboard.press('Alt+h'));
  await foot('instruction', handle('3'));
  await foot('assignment-missing', async () => {
    await handle('4')();
    await page.locator('.entry-form').waitFor();
    await page.keyboard.press('Control+Enter');
  });
  await foot('history', async () => {
    await page.keyboard.press('Alt+h');
    await page.locator('.panel').getByText('修改记录').click();
  });
  await foot('link', async () => {
    await page.keyboard.press('Alt+h');
    await page.locator('.panel').getByText('关联前次').click();
  });
  await foot('correct', () =>
    page
      .locator('.actions')
      .getByRole('button', { name: /更\s*正/ })
      .click(),
  );
  await foot('void', () =>
    page
      .locator('.actions')
      .getByRole('button', { name: /作\s*废/ })
      .click(),
  );
  await foot('attachments', () => page.keyboard.press('Alt+k'));
  await foot('note-box', () => page.keyboard.press('Alt+n'));
  await foot('paper-menu', () => page.locator('.form-tools .paper-menu-button').click());
  await foot('day-menu', () => page.locator('.work-head .paper-menu-button').click());
  await button('更多项目').click();
  await page.locator('.form-grid').evaluate((grid) => grid.scrollTo(0, grid.scrollHeight));
  await camera.shoot(page, 'practice-fields');
  await button('更多项目').click();
  await page.setViewportSize({ width: 1092, height: 500 });
  await page.getByRole('tab', { name: '经过与录音' }).first().click();
  await camera.shoot(page, 'facts-tab', SIZES.slice(1, 2));
  await page.getByRole('tab', { name: '电话记录单' }).first().click();
  await page.setViewportSize(SIZES[0] ?? { width: 1366, height: 625 });

  for (const [name, words] of [
    ['archived', '主管道爆裂'],
    ['void-record', '城区东片停电。'],
    ['no-record', '137 0000 3333'],
    ['linked', '续报'],
    ['outbound', '向马志强'],
    ['transferred', '8884011'],
    ['forwarded', '8883141'],
    ['ringback', '路灯'],
    ['missed', '8884016'],
  ] as const) {
    await openRow(page, words);
    await camera.shoot(page, name);
  }
  await page.locator('.callback').getByRole('button', { name: '无法回拨' }).click();
  await camera.shoot(page, 'give-up-callback');
  await page
    .locator('.callback')
    .getByRole('button', { name: /取\s*消/ })
    .click();
}

/** A draft that is being written, by one hand and by two. */
export async function shootDraft({ browser, camera, office }: Studio, page: Page): Promise<void> {
  await openRow(page, '未显示号码');
  await page.fill('#field-callerUnit', '青石');
  await page.locator('#field-callerUnit').focus();
  await page.keyboard.press('End');
  await page.keyboard.insertText('区');
  await page.waitForTimeout(500);
  await camera.shoot(page, 'suggestions');
  await page.keyboard.press('Escape');
  await page.fill('#field-callerUnit', '');
  await page.keyboard.press('Control+Enter');
  await page.locator('.check').waitFor();
  await camera.shoot(page, 'check-missing');
  await page.keyboard.press('Escape');

  const other = await openPage(browser, office.url);
  await enter(other, { login: 'ouyang', password: PASSWORD });
  await sitDown(other, '二号坐席');
  await openRow(other, '未显示号码');
  await other.locator('#field-proposal').focus();
  await other.keyboard.insertText('请区应急管理局核实，');
  await page.locator('.form').getByText('欧阳建国正在填写').first().waitFor();
  await camera.shoot(page, 'colleague');
  await other.locator('#field-content').focus();
  await other.locator('.saved', { hasText: '已保存' }).waitFor();
  await page.context().setOffline(true);
  await page.locator('#field-content').focus();
  await page.keyboard.insertText('对方反映河堤有裂缝，长约十米。');
  await page.locator('.saved', { hasText: '未上传' }).waitFor();
  await camera.shoot(page, 'network-down');
  await other.keyboard.insertText('反映河堤裂缝，正在核实。');
  await other.locator('.saved', { hasText: '已保存' }).waitFor();
  await other.waitForTimeout(1_500);
  await page.context().setOffline(false);
  await page.locator('.form').getByText('也作了修改').first().waitFor();
  await camera.shoot(page, 'conflict');
  await page
    .locator('.form')
    .getByRole('button', { name: /选\s*用/ })
    .first()
    .click();
  await other.context().close();
}

/** What opens over the whole desk, and several drafts put aside at once. */
export async function shootLayers({ camera }: Studio, page: Page): Promise<void> {
  await page.keyboard.press('F1');
  await page.getByText('主要负责同志去向').first().waitFor();
  await camera.shoot(page, 'duty-notes');
  await page
    .locator('.notes, .duty-notes')
    .getByRole('button', { name: /修\s*改/ })
    .first()
    .click();
  await camera.shoot(page, 'duty-notes-edit');
  await page.getByRole('button', { name: '放弃修改' }).first().click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+u');
  await page.locator('.change').waitFor();
  await camera.shoot(page, 'change-person');
  await page.keyboard.press('Escape');
  await page.locator('.list-pane [role=listbox]').focus();
  await page.keyboard.press('Home');
  for (let row = 0; row < 3; row += 1) await page.keyboard.press('Shift+ArrowDown');
  await camera.shoot(page, 'several-chosen');
  await page.keyboard.press('d');
  await page.locator('.panel').waitFor();
  await camera.shoot(page, 'no-record-several');
  await page.keyboard.press('Escape');
  await page.locator('.list-pane [role=listbox]').focus();
  await page.keyboard.press('Escape');

  await openRow(page, '137 0000 3333');
  await page.getByRole('button', { name: '涉密误录处置' }).click();
  await camera.shoot(page, 'secrecy');
  await page.getByLabel(/^事由/).fill('误谈涉密事项');
  await page.getByRole('button', { name: '立即隔离' }).click();
  await page.locator('.form-pane').getByText('不能收听、查看').waitFor();
  await camera.shoot(page, 'isolated');
}
