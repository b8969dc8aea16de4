/** The screens of those who do not take calls: leader, supervisor, administrator, auditor; and paper in the browser. */
import type { Page } from 'playwright-core';
import { clear, go, type Stop } from './tour.ts';

const STEPS = ['连接', '拨打值班电话', '录音试听', '人员、坐席', '通讯录'];

const setUp = (step: string, at: number): Stop => ({
  name: `系统 ${at + 1}，${step}`,
  who: 'admin',
  async reach(page) {
    if (at === 0) await go(page, '系统');
    await page.keyboard.press(`Alt+${at + 1}`);
    await page.locator('.setup-panel > *').nth(1).waitFor();
    if (at === 0) await page.locator('.setup-step .soft-green').first().waitFor();
    if (at === 1) await page.locator('.setup-panel .card-rows button').first().click();
  },
});

async function print(page: Page, form: 'seed' | 'full'): Promise<void> {
  const found: { readonly hits: readonly { readonly id: string }[] } = await page.evaluate(async () =>
    (await fetch('/api/search')).json(),
  );
  const id = found.hits[0]?.id ?? '';
  await page.goto(new URL(`/api/papers/records?ids=${id}&form=${form}&format=html`, page.url()).href);
  await page.locator('.paper').waitFor();
}

export const ROLE_STOPS: readonly Stop[] = [
  {
    name: '批示确认',
    who: 'leader',
    async reach(page) {
      await page.getByText('2 号坐席').first().click();
      await page.locator('.strip').waitFor();
      await go(page, '批示');
      await page.locator('.confirm-card').waitFor();
    },
  },
  {
    name: '检查记录表',
    who: 'du',
    async reach(page) {
      await go(page, '检查');
      await page.getByRole('button', { name: '新检查' }).click();
      await page.getByRole('button', { name: '开始检查' }).click();
      await page.locator('[data-item="B1"]').focus();
      await page.keyboard.press('3');
      await page.locator('.inspection-mend-by').waitFor();
    },
  },
  {
    name: '迎检',
    who: 'du',
    async reach(page) {
      await page.goto(new URL('/inspection/ready', page.url()).href);
      await page.locator('.inspection-part-calls').waitFor();
    },
  },
  {
    name: '回放',
    who: 'du',
    async reach(page) {
      await go(page, '回放');
      await page.locator('.replay-row').first().waitFor();
      await page.locator('.replay-deck').waitFor();
    },
  },
  {
    name: '回放，收听事由',
    who: 'du',
    async reach(page) {
      await page.locator('.replay-rows').focus();
      await page.keyboard.press(' ');
      await page.getByRole('form', { name: '收听事由' }).waitFor();
    },
  },
  {
    name: '回放，评议',
    who: 'du',
    async reach(page) {
      await page.keyboard.insertText('季度抽听');
      await page.keyboard.press('Enter');
      await page.locator('.replay-wave').waitFor();
      const review = page.getByRole('region', { name: '评议' });
      await review.getByRole('button', { name: '不规范' }).click();
      await review.getByRole('button', { name: '保存评议' }).click();
      await review.getByRole('alert').waitFor();
    },
  },
  {
    name: '记录查询，督查',
    who: 'du',
    async reach(page) {
      await go(page, '记录');
      await page.locator('.search-row[role=option]').first().waitFor();
    },
  },
  {
    name: '抽查，选择',
    who: 'du',
    async reach(page) {
      await go(page, '检测');
      await page.getByRole('button', { name: '抽查' }).click();
      await page.getByText('三营镇人民政府值班室').waitFor();
      await page.locator('.spot-choice input').first().check();
    },
  },
  ...STEPS.map(setUp),
  {
    name: '管理员，设置',
    who: 'admin',
    async reach(page) {
      await clear(page);
      await go(page, '设置');
      await page.getByRole('form', { name: '修改密码' }).waitFor();
    },
  },
  {
    name: '管理员，锁屏',
    who: 'admin',
    async reach(page) {
      await page.keyboard.press('Alt+L');
      await page.locator('.lock').waitFor();
    },
  },
  { name: '审计员', who: 'auditor', reach: (page) => page.locator('.screen').waitFor() },
  { name: '打印件，电话记录单', who: 'du', reach: (page) => print(page, 'seed') },
  { name: '打印件，完整版', who: 'du', reach: (page) => print(page, 'full') },
];
