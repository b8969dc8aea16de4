/** 检测, 检测记录 and 抽查, as a supervisor sees them. */
import { layLineWatch, TOWN_LINE } from './line-watch.ts';
import { PASSWORD } from './office.ts';
import { enter, go, openPage } from './sitter.ts';
import type { Studio } from './studio.ts';

export async function shootWatch({ browser, camera, office }: Studio): Promise<void> {
  const round = await layLineWatch(office);
  const page = await openPage(browser, office.url);
  await enter(page, { login: 'supervisor', password: PASSWORD });
  await page.locator('.desk').waitFor();
  await go(page, '检测');
  await page.locator('.watch-row').nth(1).waitFor();
  await camera.shoot(page, 'watch');
  for (const topic of ['answering', 'forwarding', 'ringback']) {
    await page.locator(`#watch-${topic}-line-1`).click();
    await page.locator('.watch-finding').first().waitFor();
    await camera.shoot(page, `watch-${topic}`);
  }
  await page.keyboard.press('y');
  await page.locator('.watch-decision').waitFor();
  await camera.shoot(page, 'watch-decision');
  await page.keyboard.press('Escape');
  await page.locator(`#watch-ringback-${TOWN_LINE}`).click();
  await camera.shoot(page, 'watch-none');
  await page.getByRole('button', { name: '检测记录', exact: true }).click();
  await page.locator('.watch-table').waitFor();
  await camera.shoot(page, 'watch-all');
  await page.getByRole('button', { name: '返回各值班电话' }).click();
  await page.getByRole('button', { name: '抽查' }).click();
  await page.locator('.spot-choice').first().waitFor();
  await page.locator('.spot-choice input').first().check();
  await camera.shoot(page, 'spot-check');
  await page.goto(`${office.url}/watch/round/${round}`);
  await page.locator('.spot-round, .watch-table, table').first().waitFor();
  await camera.shoot(page, 'spot-check-round');
  await page.context().close();
}
