/** Lists of 5,000 rows in Debian's Chromium: few rows stand in the page, and the mark goes everywhere by keyboard. */
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/storage/new-id.ts';
import type { PublishedChange } from '../../src/storage/work.ts';
import { openChromium } from '../bed/chromium.ts';
import { PASSWORD, startWebBed, type WebBed } from '../web/web-bed.ts';
import { consoleOf } from './console.ts';

const BUILT = fileURLToPath(new URL('../../build/page', import.meta.url));
const ROWS = 5_000;
/** What is in sight at 1366 × 625, what is kept ready beside it, and the marked one. */
const MOST_DRAWN = 60;
/** Of the whole desk; an empty one has about three hundred. */
const MOST_NODES = 2_500;

const ASKER = { account: 'a-zhang', person: 'p-zhang', seat: null };
const ids: string[] = [];
/** Who is told of commits. */
const listeners = new Set<(changes: readonly PublishedChange[]) => void>();

let bed: WebBed;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  bed = await startWebBed({ pageFolder: BUILT }, ({ intake }) => ({
    intake: {
      ...intake,
      subscribe: (listener) => {
        listeners.add(listener);
        return intake.subscribe(listener);
      },
    },
  }));
  await fill();
  browser = await openChromium();
  const context = await browser.newContext({ viewport: { width: 1366, height: 625 }, locale: 'zh-CN' });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(`http://127.0.0.1:${bed.web.port}`);
  await page.getByLabel('账号').fill('zhang');
  await page.getByLabel('密码').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('1 号坐席').first().click();
  await page.locator('.strip').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await bed?.close();
});

/** Drafts by hand, each with its number in the text. */
async function fill(): Promise<void> {
  const asker = ASKER;
  const at = Date.now() - ROWS;
  const works = Array.from({ length: ROWS }, (_, n) => {
    const record = newId();
    ids.push(record);
    const ask = (command: object) =>
      ({ type: 'record-command', command: command as never, asker, at: at + n }) as const;
    const written = { record, field: 'content', base: 0, value: `第${n + 1}件`, client: 'tab' };
    return [
      ask({ type: 'open-by-hand', opId: `open-${n}`, record, room: 'r-county' }),
      ask({ type: 'patch-field', opId: `text-${n}`, ...written }),
    ];
  });
  for (let from = 0; from < works.length; from += 500)
    await bed.store.write(works.slice(from, from + 500).flat());
}

/** The desk opens with 500 drafts at most: the others come to it as they change. */
async function touchAll(): Promise<void> {
  const works = ids.map((record) => {
    const written = { record, field: 'callerName', base: 0, value: '李某', client: 'tab' } as const;
    const command = { type: 'patch-field', opId: newId(), ...written } as const;
    return { type: 'record-command', command, asker: ASKER, at: Date.now() } as const;
  });
  for (let from = 0; from < works.length; from += 250) {
    const results = await bed.store.write(works.slice(from, from + 250));
    const changes = results.flatMap((result) => (result.ok ? result.changes : []));
    for (const listener of listeners) listener(changes);
  }
}

const nodes = () => page.evaluate(() => document.querySelectorAll('*').length);

/** The row that has the mark, as a reader's device hears it; null when it is not in the page. */
const marked = (list: string) =>
  page.locator(list).evaluate((element) => {
    const id = element.getAttribute('aria-activedescendant');
    const row = id === null ? null : document.getElementById(id);
    if (row === null) return null;
    const { top, bottom } = row.getBoundingClientRect();
    const box = element.getBoundingClientRect();
    return {
      text: row.textContent,
      at: Number(row.getAttribute('aria-posinset')),
      of: Number(row.getAttribute('aria-setsize')),
      isSeen: top >= box.top && bottom <= box.bottom,
    };
  });

it('the desk draws what is in sight, and the keys reach both ends', async () => {
  const list = page.locator('.rows');
  await touchAll();
  await page.getByText(`待处理 ${ROWS}`).waitFor();
  await list.focus();
  await page.keyboard.press('Home');
  await expect.poll(() => marked('.rows')).toMatchObject({ at: 1, of: ROWS, isSeen: true });
  await page.keyboard.press('End');
  await expect.poll(() => marked('.rows')).toMatchObject({ at: ROWS, isSeen: true });
  expect(await list.getByRole('option').count()).toBeLessThan(MOST_DRAWN);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => marked('.rows')).toMatchObject({ at: ROWS - 1, isSeen: true });
  expect(await nodes()).toBeLessThan(MOST_NODES);
}, 180_000);

it('a mark that was scrolled away from is still named, and comes back with the next key', async () => {
  const list = page.locator('.rows');
  await list.evaluate((element) => {
    element.scrollTop = 40_000;
  });
  await expect.poll(() => list.getByRole('option').first().textContent()).toContain('第');
  await expect.poll(() => marked('.rows')).toMatchObject({ at: ROWS - 1, isSeen: false });
  expect(await list.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => marked('.rows')).toMatchObject({ at: ROWS - 2, isSeen: true });
  await page.keyboard.press('Enter');
  await page.getByLabel('电话内容', { exact: true }).waitFor();
  await consoleOf(page.context(), page).picture('long-list');
});

it('记录查询 draws what is in sight of all it has read', async () => {
  await page
    .getByRole('link', { name: '记录' })
    .or(page.getByRole('button', { name: '记录' }))
    .first()
    .click();
  const list = page.locator('.search-list');
  await list.getByRole('option').first().waitFor();
  await list.focus();
  const read = async (): Promise<number> => (await marked('.search-list'))?.of ?? 0;
  for (let before = 0; before < ROWS; ) {
    await page.keyboard.press('End');
    await expect.poll(read, { timeout: 20_000 }).toBeGreaterThan(before);
    before = await read();
  }
  await page.keyboard.press('End');
  await expect.poll(() => marked('.search-list')).toMatchObject({ at: ROWS, of: ROWS, isSeen: true });
  expect(await list.getByRole('option').count()).toBeLessThan(MOST_DRAWN);
  expect(await nodes()).toBeLessThan(MOST_NODES);
  await page.keyboard.press('Home');
  await expect.poll(() => marked('.search-list')).toMatchObject({ at: 1, isSeen: true });
  await consoleOf(page.context(), page).picture('long-search');
});
