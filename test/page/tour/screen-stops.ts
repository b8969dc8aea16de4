/** The other screens of an officer. */
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Suspicion } from '../../../src/diagnosis/suspicion.ts';
import { OUTSIDE } from '../../bed/numbers.ts';
import { answerAfter } from '../../bed/sip-behaviour.ts';
import { sweep, wavOf } from '../../web/kept-talk.ts';
import { PASSWORD } from '../../web/web-bed.ts';
import { realCall } from '../real-calls.ts';
import { quiet, ring } from './ringing.ts';
import { clear, go, type Stop, write } from './tour.ts';

const BOOK =
  '单位,姓名,电话\n市应急管理局,王某,0954-8887777\n市水务局,李某,0954-8884444\n没有号码,赵某,总机\n';

/** As the PBX says it: a line of its dialplan is long. */
const SUSPECT: readonly Suspicion[] = [
  {
    kind: 'dialplan-trunk',
    scope: 'always',
    evidence: {
      ...{
        by: 'dialplan',
        context: 'from-did-direct',
        extension: '1001',
        priority: '3',
        application: 'Dial',
      },
      data: 'PJSIP/13900001111@telco,30,HhtrIb(func-apply-sipheaders^s^1)',
      path: ['from-pstn,09542030001,1', 'from-did-direct,1001,1'],
    },
  },
];

export const SCREEN_STOPS: readonly Stop[] = [
  {
    name: '录音回听，片段',
    who: 'zhang',
    async reach(page, tour) {
      await clear(page);
      tour.office.phones['1001'].behave(answerAfter(300));
      await realCall(tour.office, tour.bed, OUTSIDE.secondCaller, 3_000);
      await page.locator('.rows').focus();
      await write(page);
      await page.locator('.transport').waitFor();
      await page.locator('.seek').focus();
      await page.keyboard.press('a');
      await page.getByText('起点 0:00').waitFor();
    },
  },
  {
    name: '记录查询',
    who: 'zhang',
    async reach(page) {
      await go(page, '记录');
      await page.locator('.search-row[role=option]').first().waitFor();
      await page.locator('.search-list').focus();
      await page.keyboard.press(' ');
      await page.locator('.search-print').waitFor();
    },
  },
  {
    name: '记录查询，条件不能理解',
    who: 'zhang',
    async reach(page) {
      await page.locator('.search-from').fill('第三天');
      await page.locator('.search-wrong').waitFor();
    },
  },
  {
    name: '记录查询，一条也没有',
    who: 'zhang',
    async reach(page) {
      await page.locator('.search-from').fill('');
      await page.locator('.search-text').fill('没有这样的话');
      await page.locator('.search-screen .empty-say').waitFor();
    },
  },
  {
    name: '录音',
    who: 'zhang',
    async reach(page, tour) {
      const path = join(tour.office.recordings, 'recorder-07.wav');
      writeFileSync(path, wavOf(sweep(20, 400)));
      const longAgo = Date.now() / 1_000 - 7_200;
      utimesSync(path, longAgo, longAgo);
      await go(page, '录音');
      await page.getByRole('button', { name: '立即核对' }).click();
      await page.getByText('recorder-07.wav').first().waitFor();
    },
  },
  {
    name: '通讯录，一条',
    who: 'zhang',
    async reach(page) {
      await go(page, '通讯录');
      await page.locator('.directory-row').first().click();
      await page.locator('#directory-unit').waitFor();
    },
  },
  {
    name: '通讯录，导入',
    who: 'zhang',
    async reach(page) {
      await page.getByRole('button', { name: '导入', exact: true }).click();
      const choosing = page.waitForEvent('filechooser');
      await page.locator('#directory-file').click();
      await (await choosing).setFiles({
        name: '通讯录.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(BOOK),
      });
      await page.getByRole('button', { name: /^写入/ }).waitFor();
    },
  },
  {
    name: '交接班，不移交的原因',
    who: 'zhang',
    async reach(page) {
      await go(page, '交接');
      await page.getByRole('button', { name: '开始交接班' }).click();
      await page.locator('.hand-over-tick input').first().uncheck();
      await page.getByText('写明后才能签名').waitFor();
    },
  },
  {
    name: '值班表，一周',
    who: 'zhang',
    async reach(page) {
      await go(page, '值班表');
      await page.locator('.roster-grid').waitFor();
    },
  },
  {
    name: '值班表，排一个班',
    who: 'zhang',
    async reach(page) {
      await page.getByRole('button', { name: '下一段' }).click();
      await page.locator('.roster-grid [tabindex="0"]').focus();
      await page.keyboard.press('Enter');
      await page.getByLabel(/^值班员：/).fill('不在册');
      await page.keyboard.press('Enter');
      await page.locator('.roster-panel .wrong').waitFor();
    },
  },
  {
    name: '值班表，班次与节假日',
    who: 'zhang',
    async reach(page) {
      await page.getByRole('button', { name: '班次与节假日' }).click();
      await page.locator('.roster-form fieldset').first().waitFor();
    },
  },
  {
    name: '值班表，一月',
    who: 'zhang',
    async reach(page) {
      await page.getByRole('button', { name: '月', exact: true }).click();
      await page.locator('.roster-month').waitFor();
    },
  },
  {
    name: '突发事件，报送',
    who: 'zhang',
    async reach(page) {
      await go(page, '突发');
      await page.getByRole('button', { name: '新建', exact: true }).click();
      await page.getByLabel('事件名称').fill('某水库坝体渗漏');
      await page.keyboard.press('Enter');
      await page.locator('.incident-clock').first().waitFor();
      await page.keyboard.press('Alt+1');
      await page.getByLabel('报告内容').waitFor();
    },
  },
  {
    name: '值班日志，改写一条',
    who: 'zhang',
    async reach(page) {
      await page.evaluate(() => {
        history.pushState(null, '', '/shift-log');
        window.dispatchEvent(new PopStateEvent('popstate'));
      });
      await page.getByLabel('内容').first().fill('巡查');
      await page.keyboard.press('Enter');
      await page.locator('.shift-log-tick').first().press('Enter');
      await page.getByRole('button', { name: '保存' }).waitFor();
    },
  },
  {
    name: '检测，疑似',
    who: 'zhang',
    async reach(page, tour) {
      await clear(page);
      await tour.bed.service.intake.work({
        ...{ type: 'line-looked-at', line: 'line-1', suspicions: SUSPECT, checks: [], at: Date.now() },
      });
      await go(page, '检测');
      await page.getByRole('button', { name: /呼转\s*疑似/ }).click();
      await page.locator('.watch-finding').first().waitFor();
      await page.locator('.watch-technical summary').first().click();
    },
  },
  {
    name: '检测，排除的原因',
    who: 'zhang',
    async reach(page) {
      await page.keyboard.press('n');
      await page.locator('.watch-decision').waitFor();
    },
  },
  {
    name: '检测记录',
    who: 'zhang',
    async reach(page) {
      await clear(page);
      await page.getByRole('button', { name: '检测记录', exact: true }).click();
      await page.locator('.watch-table').waitFor();
    },
  },
  {
    name: '演练，选择',
    who: 'zhang',
    async reach(page) {
      await clear(page);
      await go(page, '演练');
      await page.getByRole('button', { name: '开始：会议通知' }).waitFor();
    },
  },
  {
    name: '演练，通话',
    who: 'zhang',
    async reach(page) {
      await page.getByRole('button', { name: '开始：会议通知' }).click();
      await page.locator('.drill-ringing').waitFor();
      await page.keyboard.press('F2');
      await page.locator('.drill-speech').waitFor();
      await page.locator('#drill-category').selectOption({ label: '会议通知' });
    },
  },
  {
    name: '演练，结果',
    who: 'zhang',
    async reach(page) {
      await page.keyboard.press('Control+Enter');
      await page.locator('.drill-elements').first().waitFor();
    },
  },
  {
    name: '设置，动态验证码',
    who: 'zhang',
    async reach(page) {
      await go(page, '设置');
      await page.getByRole('button', { name: '启用' }).click();
      await page.getByRole('form', { name: '启用' }).getByLabel('当前密码').fill(PASSWORD);
      await page.keyboard.press('Enter');
      await page.locator('.totp-secret').waitFor();
    },
  },
  {
    name: '锁屏',
    who: 'zhang',
    async reach(page) {
      await page.keyboard.press('Alt+L');
      await page.locator('.lock').waitFor();
    },
  },
  {
    name: '锁屏，一路振铃',
    who: 'zhang',
    async reach(page, tour) {
      await ring(tour);
      await page.locator('.lock .strip-call').getByText('市应急管理局').waitFor();
      await page.keyboard.press('F2');
      await page.keyboard.insertText('三营镇山体滑坡');
    },
  },
  {
    name: '锁屏，PIN 不对',
    who: 'zhang',
    async reach(page) {
      await quiet();
      await page.locator('#lock-secret').fill('0000');
      await page.keyboard.press('Enter');
      await page
        .locator('.lock-unlock [role=alert]')
        .getByText(/不对|不正确|错误/)
        .waitFor();
    },
  },
];
