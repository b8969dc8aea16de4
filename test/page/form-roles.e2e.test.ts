/** What each role finds on the form of the desk in Debian's Chromium: what it may not do is not offered, by button or by key. */
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FieldName } from '../../src/records/field.ts';
import { newId } from '../../src/storage/new-id.ts';
import { openChromium } from '../bed/chromium.ts';
import { endedCall } from '../web/ended-call.ts';
import { PASSWORD, startWebBed, type WebBed } from '../web/web-bed.ts';
import { type Console, consoleOf } from './console.ts';

const BUILT = fileURLToPath(new URL('../../build/page', import.meta.url));
const STATES = ['draft', 'registered', 'void', 'no-record'] as const;
type State = (typeof STATES)[number];
const TEXTS: Partial<Record<FieldName, string>> = {
  callerUnit: '市应急管理局',
  callerName: '张某',
  recorder: '李四',
};

let bed: WebBed;
let browser: Browser;
beforeAll(async () => {
  bed = await startWebBed({ pageFolder: BUILT });
  for (const unit of ['county', 'city'] as const) for (const state of STATES) await record(unit, state);
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await bed?.close();
});

/** A call that is over, with its record in that state. */
async function record(unit: 'city' | 'county', state: State): Promise<void> {
  const asker = { account: 'a-leader', person: null, seat: null };
  const { record: id } = await endedCall(bed, unit);
  const view = await bed.store.recordView(id);
  if (view === undefined) throw new Error('no such record');
  const done = async (command: Record<string, unknown>) => {
    const answer = await bed.intake.command({ opId: newId(), record: view.id, ...command } as never, asker);
    if (!answer.ok) throw new Error(answer.refusal.en);
  };
  for (const [field, value] of Object.entries({ ...TEXTS, content: `内容 ${state}` })) {
    const base = view.fields[field as FieldName].version;
    await done({ type: 'patch-field', field, base, value, client: 'tab' });
  }
  if (state === 'no-record') return done({ type: 'mark-no-record', reason: 'misdial' });
  if (state === 'void') return done({ type: 'void', reason: '重复' });
  if (state === 'registered') await done({ type: 'register' });
  const draft = {
    kind: 'request',
    who: '带班领导',
    text: '请示停水',
    way: 'phone',
    happenedAt: null,
    dueAt: null,
    call: null,
  };
  await done({ type: 'add-entry', entry: newId(), draft });
}

async function open(login: string, seat: string | null): Promise<Console> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 625 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(`http://127.0.0.1:${bed.web.port}`);
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  if (seat !== null) await page.getByText(seat).first().click();
  const desk = consoleOf(context, page);
  await desk.strip.waitFor();
  return desk;
}

async function show({ list, form }: Console, state: State): Promise<void> {
  await list.getByText(`内容 ${state}`).first().click();
  await form.getByText(`内容 ${state}`).first().waitFor();
}

/** Names of the buttons at the foot of the form, and what of the form can be written into or changed in place. */
async function offered({ form }: Console) {
  const names = async (part: string) =>
    (await form.locator(part).getByRole('button').all()).map(async (button) =>
      ((await button.getAttribute('aria-label')) ?? (await button.textContent()) ?? '').replace(/\s/g, ''),
    );
  return {
    foot: await Promise.all(await names('.actions')),
    inForm: (await Promise.all(await names('.form-grid'))).filter((name) => /改|更正|划去/.test(name)),
    boxes: await form.locator('.form-grid').locator('input, textarea, select:not(:disabled)').count(),
  };
}

const WRITER: Readonly<Record<State, readonly string[]>> = {
  draft: ['登记', '无需记录', '作废', '办理1'],
  registered: ['办理1', '更正', '作废'],
  void: ['恢复为草稿', '办理'],
  'no-record': ['恢复为草稿', '办理'],
};

describe.each([
  ['zhang', '1 号坐席'],
  ['leader', '2 号坐席'],
] as const)('%s, who writes', (login, seat) => {
  it('finds what may be done with a record in each state', { timeout: 60_000 }, async () => {
    const desk = await open(login, seat);
    for (const state of STATES) {
      await show(desk, state);
      const { foot, boxes, inForm } = await offered(desk);
      expect(foot, state).toEqual(WRITER[state]);
      expect(boxes > 0, state).toBe(state === 'draft' || state === 'registered');
      expect(inForm.length > 0, state).toBe(state === 'draft' || state === 'registered');
    }
    await desk.context.close();
  });
});

describe('a supervisor, who reads', () => {
  it('finds no button and no box of what he may not do, and no key does it', {
    timeout: 120_000,
  }, async () => {
    const desk = await open('supervisor', null);
    const { page, form } = desk;
    for (const state of STATES) {
      await show(desk, state);
      expect(await offered(desk), state).toEqual({ foot: ['修改记录'], inForm: [], boxes: 0 });
      await form.getByRole('button', { name: '打印' }).waitFor();
      if (state === 'draft' || state === 'registered') await form.getByText('请示停水').waitFor();
      await noKeyWrites(page, desk);
    }
    expect(await page.locator('.keys button').allTextContents()).toEqual([
      'F1 须知',
      'F2 记录',
      'F8/F9 回听',
      'Alt+N 记一笔',
    ]);
    await page.keyboard.press('Alt+u');
    expect(await page.locator('.top').getByText('换人').count()).toBe(0);
    // What he may is there: what was changed, and what is attached.
    await show(desk, 'registered');
    await form.getByRole('button', { name: '修改记录' }).press('Enter');
    await page.getByRole('region', { name: '修改记录' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+k');
    const files = page.getByRole('region', { name: '附件' });
    await files.getByText('还没有附件。').waitFor();
    expect(await files.getByRole('button').count()).toBe(1);
    await desk.picture('form-supervisor');
    const refused = (await bed.store.auditOf('a-supervisor')).map(({ kind }) => kind);
    expect(refused).not.toContain('access-refused');
    for (const { id } of (await bed.store.snapshot('r-city', Date.now())).records)
      expect((await bed.store.auditOf(id)).map(({ kind }) => kind)).not.toContain('access-refused');
    await desk.context.close();
  });

  async function noKeyWrites(page: Page, { list }: Console): Promise<void> {
    const before = (await bed.store.snapshot('r-city', Date.now())).records.length;
    await list.getByRole('listbox').focus();
    for (const key of ['d', 'Space', 'd', 'Control+Enter', 'Alt+n', 'Alt+1']) await page.keyboard.press(key);
    for (const panel of ['登记前核对', '无需记录', '办理'])
      expect(await page.getByRole('region', { name: panel, exact: true }).count(), panel).toBe(0);
    expect(await page.locator('.bulk').count()).toBe(0);
    await page.keyboard.press('Alt+h');
    await page.getByRole('region', { name: '修改记录' }).waitFor();
    await page.keyboard.press('Escape');
    expect((await bed.store.snapshot('r-city', Date.now())).records.length).toBe(before);
  }
});
