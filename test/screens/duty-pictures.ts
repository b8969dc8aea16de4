/** The room's own papers on screen: 交接班, 值班日志, 突发事件, 检查, 迎检, 考核. */
import type { Page } from 'playwright-core';
import { PASSWORD } from './office.ts';
import { enter, go, openPage } from './sitter.ts';
import type { Studio } from './studio.ts';

/** What an officer sees of them at his seat. */
export async function shootDuty({ camera }: Studio, page: Page): Promise<void> {
  await go(page, '交接');
  await page.getByRole('button', { name: '开始交接班' }).waitFor();
  await camera.shoot(page, 'hand-over');
  await page.getByRole('button', { name: '开始交接班' }).click();
  await page.locator('.hand-over-tick input').first().uncheck();
  await page.getByText('写明后才能签名').waitFor();
  await camera.shoot(page, 'hand-over-begun');
  await page.getByRole('link', { name: '值班日志' }).click();
  await page.locator('.shift-log-tick').first().waitFor();
  await camera.shoot(page, 'shift-log');
  await go(page, '突发');
  await page.getByRole('button', { name: '新建', exact: true }).click();
  await page.getByLabel('事件名称').fill('柳泉镇某水库坝体渗漏');
  await camera.shoot(page, 'incident-new');
  await page.keyboard.press('Enter');
  await page.locator('.incident-clock').first().waitFor();
  await camera.shoot(page, 'incident');
  await page.keyboard.press('Alt+1');
  await page.getByLabel('报告内容').waitFor();
  await camera.shoot(page, 'incident-report');
  await page.keyboard.press('Escape');
  await go(page, '值班');
  await camera.shoot(page, 'incident-clocks-at-the-desk');
}

/** What a supervisor sees of them. */
export async function shootInspections({ browser, camera, office }: Studio): Promise<void> {
  const page = await openPage(browser, office.url);
  await enter(page, { login: 'supervisor', password: PASSWORD });
  await page.locator('.desk').waitFor();
  await go(page, '检查');
  await page.getByRole('button', { name: '新检查' }).click();
  await page.getByRole('button', { name: '开始检查' }).waitFor();
  await camera.shoot(page, 'inspection-new');
  await page.getByRole('button', { name: '开始检查' }).click();
  await page.locator('[data-item="B1"]').focus();
  await page.keyboard.press('3');
  await page.locator('.inspection-mend-by').waitFor();
  await camera.shoot(page, 'inspection');
  await page.goto(new URL('/inspection/ready', page.url()).href);
  await page.locator('.inspection-part-calls').waitFor();
  await camera.shoot(page, 'inspection-ready');
  await page.goto(new URL('/assessment', page.url()).href);
  await page.locator('.assessment-scroll').waitFor();
  await camera.shoot(page, 'assessment');
  await page.locator('.assessment-scroll td button').first().click();
  await page.locator('.assessment-list').waitFor();
  await camera.shoot(page, 'assessment-figure');
  await page.context().close();
}
