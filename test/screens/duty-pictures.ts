/** The room's own papers on screen and on paper: 交接班, 值班日志, 突发事件, 检查, 迎检, 考核; and 公示屏. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { MadeWallLink } from '../../src/web/protocol/wall-links-view.ts';
import { handOverShift, reportSlide } from './duty-papers.ts';
import { PASSWORD, ROOM } from './office.ts';
import { fetchFile, printScreen, takePaper } from './papers.ts';
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
  // Five minutes are left for 电话报告.
  const heard = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', timeStyle: 'short' });
  await page.getByLabel('接报时间').fill(heard.format(Date.now() - 25 * 60_000));
  await camera.shoot(page, 'incident-new');
  await page.keyboard.press('Enter');
  await page.locator('.incident-clock').first().waitFor();
  await camera.shoot(page, 'incident');
  await page.keyboard.press('Alt+1');
  await page.getByLabel('报告内容').waitFor();
  await camera.shoot(page, 'incident-report');
  await page.keyboard.press('Escape');
  await go(page, '值班');
  await page.locator('.watch-rows .watch-open-row', { hasText: '电话报告' }).waitFor();
  await camera.shoot(page, 'incident-clocks-at-the-desk');
}

/** The same when the shift has ended: reported, signed, sealed; with its papers. */
export async function shootSealed(studio: Studio, page: Page, papers: string): Promise<void> {
  const { camera } = studio;
  const incident = await reportSlide(studio);
  const shift = await handOverShift(studio);
  await page.goto(new URL(`/incident/${incident.id}`, page.url()).href);
  await page.locator('.incident-report').nth(3).waitFor();
  await camera.shoot(page, 'incident-reported');
  for (const [index, report] of incident.reports.entries())
    await takePaper(papers, page, `report-${index + 1}`, `report?incident=${incident.id}&report=${report}`);
  await page.goto(new URL(`/shift-log/${ROOM}`, page.url()).href);
  await page.locator('.shift-log-shift', { hasText: '已封存' }).first().click();
  await page.locator('.shift-log-seals').waitFor();
  await camera.shoot(page, 'shift-log-sealed');
  await takePaper(papers, page, 'annex-1', `shift-log?room=${ROOM}&from=${shift}`);
  await page.goto(new URL('/hand-over/past', page.url()).href);
  await page.locator('.hand-over-past-one').waitFor();
  await camera.shoot(page, 'hand-over-past');
  await page.goto(new URL('/roster', page.url()).href);
  await page.locator('.roster-grid').waitFor();
  await printScreen(papers, 'roster', page);
  await go(page, '值班');
}

/** The screen on the wall, as its size in an office is. */
export async function shootWall({ browser, camera, office }: Studio): Promise<void> {
  const page = await openPage(browser, office.url);
  await enter(page, { login: 'admin', password: PASSWORD });
  const made = await page.context().request.post(new URL('/api/walls', page.url()).href, {
    data: { room: ROOM, name: '一楼大厅' },
    headers: { origin: new URL(page.url()).origin },
  });
  const { path } = (await made.json()) as MadeWallLink;
  await page.goto(new URL(path, page.url()).href);
  await page.locator('.wall-head').waitFor();
  await camera.shoot(page, 'wall', WALLS);
  await page.context().close();
}

const WALLS = [
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
  { width: 1280, height: 1024 },
];

/** What a supervisor sees of them. */
export async function shootInspections({ browser, camera, office }: Studio, papers: string): Promise<void> {
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
  await page.getByLabel('检查情况', { exact: true }).fill('三通来电超过三声才接听，已提醒值班员。');
  await page.getByLabel('整改期限').fill('2026-12-15');
  await page.locator('[data-item="B1"]').focus();
  await camera.shoot(page, 'inspection');
  const asked = `inspection?inspection=${new URL(page.url()).pathname.split('/').slice(-1)[0] ?? ''}`;
  await takePaper(papers, page, 'annex-3', asked);
  await takePaper(papers, page, 'annex-3-known', `${asked}&annex=yes`);
  await fetchFile(page, `/api/papers/${asked}&annex=yes&format=xlsx`, join(papers, 'annex-3.xlsx'));
  await page.goto(new URL('/inspection/ready', page.url()).href);
  await page.locator('.inspection-part-calls').waitFor();
  await camera.shoot(page, 'inspection-ready');
  const now = Date.now();
  for (const part of ['roster', 'notes', 'calls', 'checks', 'lines', 'clocks'])
    await takePaper(
      ...([papers, page, `ready-${part}`] as const),
      `readiness?room=${ROOM}&from=${now - 86_400_000}&to=${now}&part=${part}`,
    );
  await page.goto(new URL('/assessment', page.url()).href);
  await page.locator('.assessment-scroll').waitFor();
  await camera.shoot(page, 'assessment');
  await printScreen(papers, 'assessment', page);
  await page.locator('.assessment-scroll td button').first().click();
  await page.locator('.assessment-list').waitFor();
  await camera.shoot(page, 'assessment-figure');
  await page.goto(new URL('/assessment/period', page.url()).href);
  await page.locator('.assessment-scroll').waitFor();
  await printScreen(papers, 'assessment-days', page);
  await page.context().close();
}
