import { describe, expect, it } from 'vitest';
import { papersDocx } from '../../src/documents/paper-docx.ts';
import { reportPaper } from '../../src/documents/report-paper.ts';
import type { ReportView } from '../../src/duty/incident-view.ts';
import { reportDraft } from '../../src/duty/report-draft.ts';
import { partOf } from './office-parts.ts';

const HEARD = Date.UTC(2026, 10, 26, 15, 50);
const MIN = 60_000;
const setting = { unit: '原州区人民政府', room: '区政府值班室', offset: () => 8 * 3_600_000 };
const report: ReportView = {
  ...{ title: '某水库坝体渗漏', known: { occurredAt: null, receivedAt: HEARD, level: 'larger' } },
  ...{ id: 'p', kind: 'further', turn: 2, channel: 'written', sentAt: HEARD + 40 * MIN },
  ...{
    enteredAt: HEARD + 41 * MIN,
    furtherDueAt: null,
    signedBy: null,
    call: null,
    withdrawn: false,
    withdrawal: null,
  },
  ...{ to: '市政府总值班室', receiver: '赵某', signer: '王某', text: '一、现状\n已控制。\u202e', by: '张三' },
};
const incident = {
  ...{ title: '某水库坝体渗漏', level: 'larger' as const, occurredAt: null, receivedAt: HEARD },
  ...{ record: { id: 'r', number: '值电〔2026〕9号', call: null, source: '' }, reports: [report] },
};

describe('a report on paper', () => {
  it('says by whom, to whom, how and when, over midnight by the wall of the office', () => {
    const { title, mark, parts } = reportPaper(incident, report, setting);
    expect(title).toBe('原州区人民政府突发事件信息报告（续报二）');
    expect(mark).toBeNull();
    const items = parts.flatMap((part) =>
      part.kind === 'items' ? part.items.map(({ label, value }) => `${label} ${value}`) : [],
    );
    expect(items).toEqual([
      ...['报送单位 市政府总值班室', '签 发 人 王某', '报送方式 书面报告', '事发时间 不详'],
      ...['接报时间 2026年11月26日 23时50分', '报送时间 2026年11月27日 00时30分'],
      ...['事件等级 较大', '接 收 人 赵某', '填 报 人 张三', '电话记录单 值电〔2026〕9号'],
    ]);
    const texts = parts.flatMap((part) => (part.kind === 'text' ? [part.paragraphs] : []));
    expect(texts).toEqual([['某水库坝体渗漏'], ['一、现状', '已控制。\ufffd']]);
  });

  it('that was withdrawn says so, by whom and why', () => {
    const taken = { at: HEARD + 60 * MIN, by: '李四', reason: '数字有误' };
    const { mark, parts } = reportPaper(incident, { ...report, withdrawn: true, withdrawal: taken }, setting);
    expect(mark).toBe('已撤回');
    expect(parts.at(-1)).toMatchObject({
      items: [{ label: '撤回原因', value: '2026年11月27日 00时50分 李四：数字有误' }],
    });
  });

  it('is struck in Word as in the print: what it says, and not why it was withdrawn', async () => {
    const taken = { at: HEARD + 60 * MIN, by: '李四', reason: '数字有误' };
    const struckIn = async (one: ReportView) => {
      const word = Buffer.from(await papersDocx([reportPaper(incident, one, setting)]));
      const runs = partOf(word, 'word/document.xml').match(/<w:r>.*?<\/w:r>/gs) ?? [];
      const struck = runs.filter((run) => /<w:strike\/>|<w:strike w:val="true"\/>/.test(run));
      return struck.flatMap((run) => /<w:t[^>]*>([^<]*)</.exec(run)?.[1] ?? []);
    };
    expect(await struckIn({ ...report, withdrawn: true, withdrawal: taken })).toEqual([
      ...['某水库坝体渗漏', '一、现状', '已控制。\ufffd'],
    ]);
    expect(await struckIn(report)).toEqual([]);
  });
});

describe('a report is prefilled', () => {
  const from = {
    ...{ title: '某水库坝体渗漏', text: '已组织转移。', occurredAt: HEARD - 20 * MIN, receivedAt: HEARD },
    ...{ source: '市水务局（马某）', asked: null },
  };
  const moment = (at: number) => (at === HEARD ? '23时50分' : '23时30分');

  it('as 初报 with who told us, when we heard and when it happened', () => {
    expect(reportDraft('first', from, moment)).toBe(
      '23时50分，我室接市水务局（马某）报告：23时30分，某水库坝体渗漏。\n已组织转移。\n后续情况将及时续报。',
    );
    const same = { ...from, text: '某水库坝体渗漏，已组织转移。' };
    expect(reportDraft('first', same, moment).match(/坝体渗漏/g)).toHaveLength(1);
    const byHand = { ...from, source: '', occurredAt: null };
    expect(reportDraft('first', byHand, moment)).toContain('23时50分，我室接报：某水库坝体渗漏。');
  });

  it('as 续报 without the beginning, as 终报 with what is left to do, as 核报 with what was asked', () => {
    expect(reportDraft('further', from, moment)).not.toContain('马某');
    expect(reportDraft('final', from, moment)).toContain('三、善后和下一步工作');
    expect(reportDraft('verification', { ...from, asked: '转移人数' }, moment)).toContain(
      '要求核实：转移人数',
    );
  });
});
