/** The .docx is the same paper as the print: opened by LibreOffice it has the same items, order and words, and loses no line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linePaper } from '../../src/documents/line-paper.ts';
import { listDocx } from '../../src/documents/list-docx.ts';
import { papersDocx } from '../../src/documents/paper-docx.ts';
import { listPage, papersPage } from '../../src/documents/paper-page.ts';
import { blankPaper, recordPaper } from '../../src/records/form-layout.ts';
import type { FormSource, PaperSetting } from '../../src/records/form-source.ts';
import type { Paper } from '../../src/records/paper.ts';
import { openChromium } from '../bed/chromium.ts';
import { decidedFinding, probeOf, WATCHED } from '../documents/watch-samples.ts';
import { paperRecord } from '../records/paper-record.ts';
import { wordAsPdf } from './libre-office.ts';
import { pagesOf } from './printed-text.ts';

const room = { name: '原州区人民政府值班室', formTitle: '原州区人民政府值班室电话记录单' };
const seed: PaperSetting = { form: 'seed', column: false, room, offset: () => 8 * 3_600_000 };
const full: PaperSetting = { ...seed, form: 'full' };
/** 3,000 signs in paragraphs that say where they stand. */
const PARAGRAPHS = Array.from({ length: 30 }, (_, index) =>
  `〔${index + 1}〕`.padEnd(100, '山体滑坡阻断道路'),
);
const LONG = PARAGRAPHS.join('\n');
const AT = Date.UTC(2026, 10, 22, 20, 0);

let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'dutyline-word-'));
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function asPrinted(papers: readonly Paper[], blank = false): Promise<readonly string[]> {
  const page = await browser.newPage();
  await page.setContent(papersPage(papers, blank));
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false });
  await page.close();
  return pagesOf(pdf);
}

async function asWord(name: string, papers: readonly Paper[], blank = false): Promise<readonly string[]> {
  const file = join(folder, `${name}.docx`);
  writeFileSync(file, await papersDocx(papers, blank));
  return pagesOf(wordAsPdf(file));
}

/** A matter with every kind of step, so that the table has more rows than a page. */
function handled(content: string): FormSource {
  const step = {
    way: null,
    happenedAt: null,
    dueAt: null,
    at: AT,
    by: '李四',
    confirmed: null,
    withdrawn: null,
  };
  return {
    ...paperRecord({
      content,
      category: 'incident',
      urgency: 'urgent',
      note: '另附现场照片。',
      reportedTo: '王某某',
    }),
    state: 'done',
    archivedAt: AT,
    entries: Array.from({ length: 12 }, (_, index) => ({
      ...step,
      kind: 'feedback' as const,
      who: `第${index + 1}组`,
      text: `第${index + 1}次续报：道路仍在抢通，群众已妥善安置，无人员伤亡，其他情况正在核实。`,
    })),
    attachments: [{ name: '现场照片.jpg', bytes: 120_000, sha256: 'a'.repeat(64), removed: null }],
    corrections: [{ at: AT, by: '李四', field: 'callerName', from: '张', to: '张某', reason: '听错' }],
  };
}

describe('a 电话记录单 as Word document in LibreOffice', { timeout: 120_000 }, () => {
  it('has the items of 附件2 in its order and words, on one page, as the print has', async () => {
    const papers = [recordPaper(paperRecord({}), seed)];
    const word = await asWord('seed', papers);
    expect(word).toEqual([
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
      ].join(''),
    ]);
    expect(word).toEqual(await asPrinted(papers));
  });

  it('lets 3,000 signs of 电话内容 flow over as many pages as the print, and loses none', async () => {
    const papers = [recordPaper(paperRecord({ content: LONG }), seed)];
    const word = await asWord('seed-long', papers);
    const printed = await asPrinted(papers);
    expect(word.join('')).toBe(printed.join(''));
    expect(word.join('').endsWith(PARAGRAPHS.join(''))).toBe(true);
    expect(word.length).toBe(printed.length);
    expect(word.length).toBeGreaterThan(4);
  });

  it('in 完整版 says what the print says, cell after cell', async () => {
    const papers = [recordPaper(handled('北街停水。'), { ...full, column: true })];
    const withoutHead = (pages: readonly string[]) =>
      pages.map((page, index) => (index === 0 ? page : page.replace(HEAD, ''))).join('');
    expect(withoutHead(await asWord('full', papers))).toBe(withoutHead(await asPrinted(papers)));
  });

  it.each([
    ['print', (papers: readonly Paper[]) => asPrinted(papers)],
    ['Word document', (papers: readonly Paper[]) => asWord('full-rows', papers)],
  ])('in 完整版 keeps every row whole and repeats the head on every page: %s', async (_, made) => {
    const papers = [recordPaper(handled(LONG), full)];
    const pages = await made(papers);
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) expect(page).toContain('编号：值电〔2026〕128号');
    for (let index = 1; index <= 12; index += 1) {
      const row = `第${index}次续报：道路仍在抢通，群众已妥善安置，无人员伤亡，其他情况正在核实。记录：李四`;
      expect(
        pages.filter((page) => page.includes(`第${index}组${row}`)),
        row,
      ).toHaveLength(1);
    }
    // The long talk is the one row that goes on overleaf.
    const all = pages.map((page) => page.replace(HEAD, '')).join('');
    for (const paragraph of PARAGRAPHS) expect(all.split(paragraph)).toHaveLength(2);
  });

  it('says 作废 on every page', async () => {
    const record = { ...paperRecord({ content: LONG }), state: 'void' as const, voidReason: '误登' };
    for (const page of await asWord('void', [recordPaper(record, seed)])) expect(page).toContain('作废');
  });

  it('is one page when blank, in each form, with the items of the print', async () => {
    for (const [name, setting] of [
      ['blank', seed],
      ['blank-full', full],
      ['blank-column', { ...full, column: true }],
    ] as const) {
      const papers = [blankPaper(setting)];
      expect(await asWord(name, papers, true), name).toEqual(await asPrinted(papers, true));
    }
  });
});

describe('a paper of tables as Word document in LibreOffice', { timeout: 120_000 }, () => {
  it('says what the print says, cell after cell, over as many pages, and keeps every row whole', async () => {
    const findings = Array.from({ length: 30 }, (_, index) => ({ ...decidedFinding, times: 100 + index }));
    const probes = Array.from({ length: 12 }, (_, index) =>
      probeOf({ line: 'l-county', heard: 'standard', rang: index, askedBy: '张三' }),
    );
    const paper = linePaper(WATCHED, findings, probes, {
      ...{ number: '0954-2030001', unit: '原州区人民政府', room: '区政府值班室' },
      ...{ now: AT, offset: seed.offset, areaCode: '0954', isCut: false },
    });
    const page = await browser.newPage();
    await page.setContent(listPage(paper));
    const printed = pagesOf(await page.pdf({ preferCSSPageSize: true, printBackground: false }));
    await page.close();
    const file = join(folder, 'line.docx');
    writeFileSync(file, await listDocx(paper));
    const word = pagesOf(wordAsPdf(file));
    const text = (pages: readonly string[]) => pages.map((each) => each.replace(TABLE_HEAD, '')).join('');
    expect(text(word)).toBe(text(printed));
    expect(word.length).toBeGreaterThan(2);
    for (let times = 100; times < 130; times += 1) {
      const row = new RegExp(
        `10:00${times}2026-11-2310:30张三排除：技术人员试线2026-11-2310:31（未具名）确认`,
      );
      expect(
        word.filter((each) => row.test(each)),
        `${times}`,
      ).toHaveLength(1);
    }
  });
});

/** On every page on which the table goes on. */
const TABLE_HEAD = /^序号(项目内容状态首次最近次数处理|时间范围发起振铃听到到达本机呼转彩铃结果)/;

/** 完整版 repeats it on every page. */
const HEAD = /^编号：值电〔2026〕128号(领导批示)?/;
