/** The papers as a printer gets them: Debian's Chromium makes the PDF, poppler reads it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { papersPage } from '../../src/documents/paper-page.ts';
import { blankPaper, recordPaper } from '../../src/records/form-layout.ts';
import type { PaperSetting } from '../../src/records/form-source.ts';
import { openChromium } from '../bed/chromium.ts';
import { paperRecord } from '../records/paper-record.ts';

const room = { name: '原州区人民政府值班室', formTitle: '原州区人民政府值班室电话记录单' };
const seed: PaperSetting = { form: 'seed', column: false, room, offset: () => 8 * 3_600_000 };
const full: PaperSetting = { ...seed, form: 'full' };
/** 3,000 signs in paragraphs that say where they stand. */
const LONG = Array.from({ length: 30 }, (_, index) =>
  `〔${index + 1}〕`.padEnd(100, '山体滑坡阻断道路'),
).join('\n');

let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'dutyline-paper-'));
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Pages as lines of text without blanks. With `PICTURES=folder` in the environment the PDF stays there. */
async function printed(name: string, html: string): Promise<readonly (readonly string[])[]> {
  const file = join(process.env.PICTURES ?? folder, `${name}.pdf`);
  const page = await browser.newPage();
  await page.setContent(html);
  // As the dialogue of the browser starts: without 背景图形.
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: false }));
  await page.close();
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  return text
    .split('\f')
    .slice(0, -1)
    .map((one) =>
      one
        .split('\n')
        .map((line) => line.replace(/[\s　]/g, ''))
        .filter((line) => line !== ''),
    );
}

describe('a printed 电话记录单', () => {
  it('reads as 附件2 from top to bottom, on one page', async () => {
    const pages = await printed('seed', papersPage([recordPaper(paperRecord({}), seed)]));
    expect(pages).toEqual([
      [
        '原州区人民政府值班室电话记录单',
        '原州区人民政府值班室2026年11月23日',
        '来电时间：2026年11月23日03时07分',
        '来电单位：市应急管理局',
        '来电人：张某',
        '来电号码：0954-8887777',
        '记录人：李四联系电话：0954-2030001',
        '拟办意见：',
        '转水务局。',
        '电话内容：',
        '北街停水。',
        ...pageNumber(pages[0]),
      ],
    ]);
  });

  it('lets 3,000 signs of 电话内容 flow over its pages without losing one', async () => {
    const pages = await printed('seed-long', papersPage([recordPaper(paperRecord({ content: LONG }), seed)]));
    // 30 paragraphs of 4 lines, 22 lines a page, of which the first has 12 for its head.
    expect(pages.length).toBe(6);
    const all = pages.flatMap((page) => page.filter((line) => !/^—\d+—$/.test(line))).join('');
    expect(all.endsWith(LONG.replaceAll('\n', ''))).toBe(true);
  });

  it('in 完整版 repeats its head on every page and keeps every other row whole', async () => {
    const record = paperRecord({ content: LONG, proposal: '报带班领导。', reportedTo: '王某某' });
    const pages = await printed('full-long', papersPage([recordPaper(record, { ...full, column: true })]));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page.join('')).toContain('编号：值电〔2026〕128号领导批示');
    const all = pages.flat().join('');
    for (let index = 1; index <= 30; index += 1) expect(all.split(`〔${index}〕`)).toHaveLength(2);
    expect(all).toMatch(/已报告情况王某某.*附件无归档未归档/);
  });

  it('says 作废 across every page, also on a last one of a few lines', async () => {
    const record = { ...paperRecord({ content: `${LONG}\n末段` }), state: 'void' as const };
    const pages = await printed('void-long', papersPage([recordPaper(record, seed)]));
    expect(pages.length).toBeGreaterThan(5);
    // Its two signs stand askew: they are read on different lines.
    for (const page of pages) expect(page.join('')).toMatch(/作.*废|废.*作/);
  });

  it('says 作废 on paper, each record of a batch on a page of its own', async () => {
    const records = [paperRecord({}), { ...paperRecord({}), state: 'void' as const }];
    const pages = await printed('batch', papersPage(records.map((record) => recordPaper(record, seed))));
    expect(pages).toHaveLength(2);
    expect(pages[0]?.join('')).not.toContain('作废');
    expect(pages[1]?.join('')).toContain('作废');
  });

  it.each([
    ['附件2', seed],
    ['完整版', full],
    ['完整版 with a column', { ...full, column: true }],
  ] as const)(
    'says 作废 on each page of a %s among others, also on a last one of a line, and on no other',
    async (_name, setting) => {
      const lines = (count: number) =>
        Array.from({ length: count }, (_, index) => `〔${index + 1}〕抢修`).join('\n');
      const paper = (count: number, state: 'registered' | 'void') =>
        recordPaper({ ...paperRecord({ content: lines(count) }), state }, setting);
      const linesOn = (page: readonly string[] | undefined) =>
        (page ?? []).filter((line) => line.includes('〕抢修')).length;
      // One line more than fills two pages.
      const [first, next] = await printed('void-lines', papersPage([paper(99, 'void')]));
      const count = linesOn(first) + linesOn(next) + 1;
      const papers = [paper(count, 'registered'), paper(count, 'void'), paper(3, 'registered')];
      const pages = await printed(`batch-${setting.form}-${setting.column}`, papersPage(papers));
      const begins = pages.flatMap((page, at) =>
        page.some((line) => line.includes('值班室电话记录单')) ? [at] : [],
      );
      const [, begin = 0, end = 0] = begins;
      expect(begins).toHaveLength(3);
      expect(end - begin).toBe(3);
      expect(linesOn(pages[end - 1])).toBe(1);
      for (const [at, page] of pages.entries())
        expect(page.includes('作废'), `page ${at + 1} of ${pages.length}`).toBe(at >= begin && at < end);
      const said = pages.slice(begin, end).flat().join('');
      for (let index = 1; index <= count; index += 1) expect(said.split(`〔${index}〕`)).toHaveLength(2);
    },
  );

  it('is one page when blank, in each form', async () => {
    for (const [name, setting] of [
      ['blank', seed],
      ['blank-full', full],
      ['blank-column', { ...full, column: true }],
    ] as const)
      expect(await printed(name, papersPage([blankPaper(setting)], true)), name).toHaveLength(1);
  });
});

/** Chromium writes it from version 131 on. */
function pageNumber(page: readonly string[] | undefined): readonly string[] {
  return page?.at(-1) === '—1—' ? ['—1—'] : [];
}
