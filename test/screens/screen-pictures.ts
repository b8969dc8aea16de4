/** Every screen beside 值班台, as the person sees it whose it is. */
import type { Page } from 'playwright-core';
import { OFFICER, PASSWORD } from './office.ts';
import { enter, go, lineIdle, openPage, simulate, sitDown } from './sitter.ts';
import type { Studio } from './studio.ts';

const BOOK = `单位,姓名,职务,电话,类别,备注
柳泉镇人民政府值班室,周敏,值班员,0954-8885555,下级,同号
青石区气象局,钱某,预报员,0954-8884099,下级,
青石区林业和草原局森林草原防灭火指挥部办公室,孙某,,0954-8884098,下级,
青石区某局,,,无号码,下级,
,,,0954-8884097,,
`;

export async function shootSearch({ camera }: Studio, page: Page): Promise<void> {
  await go(page, '记录');
  await page.locator('.search-row, [role=row]').first().waitFor();
  await camera.shoot(page, 'records');
  await page.keyboard.insertText('滑坡');
  await page.waitForTimeout(1_200);
  for (const box of await page.locator('.search-box').all()) await box.click();
  await camera.shoot(page, 'records-found');
  await page.getByLabel('起', { exact: true }).fill('大前天上午');
  await page.waitForTimeout(600);
  await camera.shoot(page, 'records-wrong-day');
  await page.getByRole('button', { name: '清除条件' }).click();
  await page.locator('#search-text, .search-screen input').first().fill('没有这样的词');
  await page.waitForTimeout(1_200);
  await camera.shoot(page, 'records-none');
}

export async function shootReplay({ browser, camera, office }: Studio): Promise<void> {
  const page = await openPage(browser, office.url);
  await enter(page, { login: 'supervisor', password: PASSWORD });
  await page.locator('.desk').waitFor();
  await page.waitForTimeout(600);
  await camera.shoot(page, 'supervisor-desk');
  await go(page, '回放');
  await page.locator('.replay-screen [role=option]').first().waitFor();
  await camera.shoot(page, 'replay-first');
  await choose(page, '李某');
  await page.keyboard.press(' ');
  await page.getByRole('form', { name: '收听事由' }).waitFor();
  await camera.shoot(page, 'replay-reason');
  await page.getByRole('button', { name: '督查抽听' }).click();
  await page.waitForTimeout(2_500);
  await page.keyboard.press('[');
  await camera.shoot(page, 'replay');
  for (const [name, words] of [
    ['replay-gap', '教育局'],
    ['replay-missing', '卫生健康局'],
    ['replay-mono', '一号'],
  ] as const)
    if (await choose(page, words)) {
      await page.waitForTimeout(2_000);
      await camera.shoot(page, name);
    }
  await page.locator('.replay-verdict-improper').first().click();
  await page.locator('.replay-review-form input[type=checkbox]').nth(3).click();
  await camera.shoot(page, 'replay-review');
  await go(page, '记录');
  await page.locator('.search-found [role=row], .search-row').first().waitFor();
  await camera.shoot(page, 'supervisor-records');
  await go(page, '录音').catch(() => undefined);
  await camera.shoot(page, 'supervisor-recordings');
  await page.context().close();
}

/** By a word of the list; false when it has no such call. */
async function choose(page: Page, words: string): Promise<boolean> {
  const row = page.locator('.replay-screen [role=option]', { hasText: words }).first();
  if (!(await row.isVisible())) return false;
  await row.click();
  await page.waitForTimeout(800);
  return true;
}

export async function shootDesks({ camera }: Studio, page: Page): Promise<void> {
  await go(page, '录音');
  await page.locator('.cards').waitFor();
  await camera.shoot(page, 'recordings');
  await go(page, '通讯录');
  await page.locator('.directory [role=option]').first().waitFor();
  await camera.shoot(page, 'directory');
  await page.keyboard.press('ArrowDown');
  await page.locator('#directory-unit').waitFor();
  await page.getByRole('button', { name: /删\s*除/ }).click();
  await camera.shoot(page, 'directory-entry');
  await page.fill('#directory-search', '没有的单位');
  await camera.shoot(page, 'directory-none');
  await page.fill('#directory-search', '');
  await page.getByRole('button', { name: /导\s*入/ }).click();
  await page.setInputFiles('#directory-file', {
    name: '通讯录.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(BOOK),
  });
  await page.locator('.directory-import-body').waitFor();
  await camera.shoot(page, 'directory-import');
}

export async function shootDrill({ camera }: Studio, page: Page): Promise<void> {
  await go(page, '演练');
  await page.getByRole('button', { name: '开始：会议通知' }).waitFor();
  await camera.shoot(page, 'drill-choice');
  await page.getByRole('button', { name: '开始：突发信息' }).click();
  await page.locator('.drill-ringing').waitFor();
  await camera.shoot(page, 'drill-ringing');
  await page.keyboard.press('F2');
  await page.waitForTimeout(7_000);
  await page.locator('#drill-content').focus();
  await page.keyboard.insertText('北山村五组滑坡，二时四十分，压埋房屋两间。');
  await camera.shoot(page, 'drill-talking');
  await go(page, '值班');
  await camera.shoot(page, 'drill-elsewhere');
  await go(page, '演练');
  await page.locator('#drill-content').focus();
  await page.keyboard.press('Control+Enter');
  await page.locator('.drill-elements').waitFor();
  await camera.shoot(page, 'drill-result');
}

export async function shootSettings({ camera }: Studio, page: Page): Promise<void> {
  await go(page, '设置');
  await page.locator('.settings-cards').waitFor();
  await camera.shoot(page, 'settings');
  const totp = page.locator('.settings .card, .settings section', { hasText: '动态验证码' }).last();
  await totp.getByRole('button', { name: /启\s*用/ }).click();
  await totp.locator('input[type=password]').first().fill(OFFICER.password);
  await page.keyboard.press('Enter');
  await page.getByText('手机上的 6 位数字', { exact: true }).waitFor();
  await camera.shoot(page, 'settings-totp');
}

export async function shootLeader({ browser, camera, office }: Studio): Promise<void> {
  const page = await openPage(browser, office.url);
  await enter(page, { login: 'leader', password: PASSWORD });
  await sitDown(page, '带班领导办公室');
  await go(page, '批示');
  await page.locator('.confirm-card').first().waitFor();
  await camera.shoot(page, 'confirm');
  for (let left = await page.locator('.confirm-card').count(); left > 0; left -= 1) {
    await page.locator('.confirm-yes').first().click();
    await page.waitForTimeout(700);
  }
  await page.getByText('没有待确认的批示').waitFor();
  await camera.shoot(page, 'confirm-none');
  await page.context().close();
}

export async function shootAdministrator({ browser, camera, office }: Studio, officer: Page): Promise<void> {
  const page = await openPage(browser, office.url);
  await enter(page, { login: 'admin', password: PASSWORD });
  await go(page, '系统');
  await page.locator('.setup-panel').getByText('检查于').waitFor({ timeout: 60_000 });
  await camera.shoot(page, 'setup-connection');
  await page.keyboard.press('Alt+2');
  await page.getByRole('button', { name: '开始等候来电' }).click();
  await page.locator('.setup-panel').getByText('正在等候来电').waitFor();
  await camera.shoot(page, 'setup-waiting');
  await simulate(officer, '来电，无人接听');
  await page.locator('.setup-panel').getByText('已到达').first().waitFor();
  await camera.shoot(page, 'setup-arrived');
  await page
    .locator('.setup-panel')
    .getByRole('button', { name: /修\s*改/ })
    .first()
    .click();
  await camera.shoot(page, 'setup-line');
  await page.keyboard.press('Alt+3');
  await page.waitForTimeout(2_500);
  await camera.shoot(page, 'setup-sound');
  await page.keyboard.press('Alt+4');
  await page.locator('.setup-panel').getByText('账号', { exact: true }).first().waitFor();
  await camera.shoot(page, 'setup-people');
  await page.keyboard.press('Alt+5');
  await camera.shoot(page, 'setup-directory');
  await go(page, '通讯录').catch(() => undefined);
  await camera.shoot(page, 'administrator-directory');
  await go(page, '设置');
  await camera.shoot(page, 'administrator-settings');
  await page.context().close();
  await go(officer, '值班');
  await lineIdle(officer);
  const auditor = await openPage(browser, office.url);
  await enter(auditor, { login: 'auditor', password: PASSWORD });
  await auditor.waitForTimeout(600);
  await camera.shoot(auditor, 'auditor');
  await auditor.context().close();
}
