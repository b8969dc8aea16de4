/** Calls that live, the locked screen, and what warns. */
import type { Page } from 'playwright-core';
import { newId } from '../../src/storage/new-id.ts';
import { createBrowser, newOpId } from '../web/browser.ts';
import { ZOOMED } from './camera.ts';
import { OFFICER, PASSWORD, SETUP } from './office.ts';
import { tellPast } from './past-call.ts';
import { enter, lineIdle, openPage, openRow, simulate, sitDown } from './sitter.ts';
import type { Studio } from './studio.ts';

const ANSWERED = '来电，接听';
const MISSED = '来电，无人接听';
const MINUTE = 60_000;

export async function shootCalls({ camera }: Studio, page: Page): Promise<void> {
  await simulate(page, ANSWERED);
  await page.locator('.strip-call.solid-amber').waitFor();
  await camera.shoot(page, 'ringing');
  await page.locator('.strip-call.solid-green').waitFor();
  await page.keyboard.press('F2');
  await page.selectOption('#field-category', 'incident');
  await page.locator('#field-content').focus();
  await page.keyboard.insertText('报告：北三公里处山体滑坡，时间二时四十分左右。');
  await page.keyboard.press('Alt+2');
  await camera.shoot(page, 'talking');
  await simulate(page, MISSED);
  await page.locator('.strip-call + .strip-call').waitFor();
  await camera.shoot(page, 'two-calls');
  await simulate(page, MISSED);
  await simulate(page, ANSWERED);
  await simulate(page, MISSED);
  await page.locator('.strip-more').waitFor();
  await camera.shoot(page, 'four-calls');
  await lineIdle(page);
  await page.fill('#field-callerUnit', '柳泉镇人民政府');
  await page.fill('#field-callerName', '李某');
  await page.locator('.saved', { hasText: '已保存' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.locator('.check').waitFor();
  await camera.shoot(page, 'check');
  await page.keyboard.press('Enter');
  await page.locator('.form.state-registered').waitFor();
  await page.locator('.transport').waitFor({ timeout: 60_000 });
  await camera.shoot(page, 'registered');
}

export async function shootLock({ camera, office }: Studio, page: Page): Promise<void> {
  await lineIdle(page);
  const telephone = createBrowser(office.url);
  await telephone.logIn('ouyang', PASSWORD);
  const line = await telephone.open();
  await line.next('snapshot');
  await page.keyboard.press('Alt+l');
  await page.locator('.lock').waitFor();
  await camera.shoot(page, 'lock');
  line.send({ type: 'simulate-call', opId: newOpId(), story: 'missed' });
  await page.locator('.lock .strip-call').first().waitFor();
  await page.keyboard.press('F2');
  await page.keyboard.insertText('柳泉镇来电：道路已抢通，单向放行。');
  await page.waitForTimeout(800);
  await camera.shoot(page, 'lock-ringing');
  await page.fill('#lock-secret', 'wrong-1234');
  await page.keyboard.press('Enter');
  await page.locator('.lock .wrong:not(:empty)').first().waitFor();
  await camera.shoot(page, 'lock-refused');
  line.close();
  // The account's own password, not a PIN.
  await page.selectOption('#lock-person', '');
  await page.fill('#lock-secret', OFFICER.password);
  await page.keyboard.press('Enter');
  await page.locator('.lock').waitFor({ state: 'detached' });
  await page.waitForTimeout(500);
  await camera.shoot(page, 'unlocked');
}

/** Bars: a call nobody calls back, a stretch without watch, a PBX that is lost. */
export async function shootWarnings({ camera, office }: Studio, page: Page): Promise<void> {
  const now = Date.now();
  await tellPast(office, { story: 'missed', at: now - 11 * MINUTE, number: '09548881200', pauses: [14] });
  await page.locator('.notices').getByText('未回拨').first().waitFor({ timeout: 60_000 });
  await camera.shoot(page, 'callback-bar');
  const about = { pbx: SETUP.pbx, uniqueid: '', linkedid: '', generation: 0, pbxAt: null };
  const [from, to] = [now - 55 * MINUTE, now - 48 * MINUTE];
  await office.service.intake.work({
    type: 'call-step',
    ...{ pbx: SETUP.pbx, facts: [], texts: [], drafts: [], offsetMs: 0 },
    pbxFacts: [
      {
        ...about,
        kind: 'gap-opened',
        at: from,
        receivedAt: from,
        factKey: `open ${newId()}`,
        reason: 'link-down',
      },
      {
        ...{ ...about, kind: 'gap-closed', at: to, receivedAt: to, factKey: `close ${newId()}`, from, to },
        ...{ missedCalls: 2, pbxRestarted: false },
      },
    ],
  });
  const { links } = office.service;
  const before = links.all();
  const [link] = before;
  if (link === undefined) throw new Error('no PBX is watched');
  links.set({
    ...link,
    state: 'down',
    since: now - 3 * MINUTE,
    reason: { code: 'refused', zh: '电话交换机拒绝登录，请核对监听账号和密码', en: 'log-in refused' },
  });
  await page.locator('.notices').getByText('连接中断').first().waitFor();
  await camera.shoot(page, 'warnings');
  links.set(link);
}

/** 200 % zoom on an office screen. */
export async function shootZoomed({ browser, camera, office }: Studio): Promise<void> {
  const page = await openPage(browser, office.url, ZOOMED[0], 2);
  await camera.shoot(page, 'zoom-login', ZOOMED);
  await enter(page, OFFICER);
  await sitDown(page, '一号坐席');
  await camera.shoot(page, 'zoom-desk', ZOOMED);
  await page.keyboard.press('F6');
  await camera.shoot(page, 'zoom-list', ZOOMED);
  await openRow(page, '路灯');
  await page.locator('#field-content').focus();
  await camera.shoot(page, 'zoom-form', ZOOMED);
  await page.keyboard.press('Control+Enter');
  await page.locator('.check').waitFor();
  await camera.shoot(page, 'zoom-check', ZOOMED);
  await page.keyboard.press('Escape');
  await simulate(page, ANSWERED);
  await page.locator('.strip-call').first().waitFor();
  await camera.shoot(page, 'zoom-ringing', ZOOMED);
  await page.context().close();
}
