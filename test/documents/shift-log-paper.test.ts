import { describe, expect, it } from 'vitest';
import { shiftLogDocx } from '../../src/documents/shift-log-docx.ts';
import { shiftLogPage } from '../../src/documents/shift-log-page.ts';
import { shiftLogPaper } from '../../src/documents/shift-log-paper.ts';
import type { LogLine } from '../../src/duty/shift-log.ts';
import type { ShiftLogView } from '../../src/duty/shift-log-view.ts';
import { paragraphsOf, partOf } from './office-parts.ts';

const SEED_ROWS = ['交班', '接班', '接班', '其他需要说明事项'];
const SEED_NOTES = [
  '说明：1. 记录内容应客观真实、填写完整、要素齐全、详略得当、字迹工整，时间精确到分钟。',
  '2. 交接班应在值班场所当面进行，交清当班重要事项，移交需续办事项，履行签字手续。',
];

/** 08:00 at Shanghai. */
const EIGHT = Date.UTC(2026, 10, 26, 0, 0);
const HOUR = 3_600_000;
const setting = {
  room: { name: '市政府总值班室', formTitle: '固原市人民政府值班室电话记录单' },
  offset: () => 8 * HOUR,
};
const line = (hour: number, text: string | null, more: Partial<LogLine> = {}): LogLine => ({
  ...{ id: `l${hour}`, part: 'event', at: EIGHT + hour * HOUR, placeAt: EIGHT + hour * HOUR },
  ...{
    enteredAt: EIGHT + hour * HOUR,
    source: null,
    text,
    edited: true,
    ticked: true,
    late: false,
    by: null,
  },
  ...more,
});
const log = (more: Partial<ShiftLogView> = {}): ShiftLogView => ({
  ...{ room: 'room-1', at: EIGHT + 30 * HOUR, seals: [], fits: true, openings: [], shut: {} },
  shift: {
    ...{ from: EIGHT, to: EIGHT + 24 * HOUR, dueAt: EIGHT + 24 * HOUR, state: 'sealed', names: ['全天'] },
    ...{ leaders: ['王某'], officers: ['张某'] },
  },
  lines: [
    line(1.25, '市应急管理局来电：<b>北街停电</b>（值电〔2026〕1号）'),
    line(2, '不打印', { ticked: false }),
    line(15.5, '巡查', { late: true, enteredAt: EIGHT + 17 * HOUR }),
    line(23, '打印机送修。', { part: 'remark' }),
  ],
  counts: { inbound: 12, outbound: 3, missed: 2, calledBack: 2, noRecord: 4 },
  signed: {
    ...{ state: 'done', closedAt: EIGHT + 24 * HOUR, giver: { name: '张某', at: EIGHT + 24 * HOUR } },
    ...{ takers: [{ name: '李某', at: EIGHT + 24 * HOUR }], matters: ['草稿：2026-11-27 07:50 市水务局'] },
    devices: { telephone: true, fax: false },
    written: [],
  },
  ...more,
});

describe('值班日志 on paper', () => {
  it('has the items of 附件1 in their order and words, in the print view and in Word', async () => {
    const paper = shiftLogPaper(log(), setting);
    expect(paper.title).toBe('固原市人民政府值班室值班日志');
    expect(paper.head).toEqual({ room: '2026年11月26日 08时00分至11月27日 08时00分', date: '全天' });
    expect(paper.rows.map(({ label }) => label)).toEqual(SEED_ROWS);
    expect(paper.notes).toEqual(SEED_NOTES);
    expect(paper.rows.map(({ paragraphs, signature }) => [...paragraphs, ...signature])).toEqual([
      [
        '带班领导：王某　值班员：张某',
        '当班重要事项：',
        '1. 11月26日 09时15分　市应急管理局来电：<b>北街停电</b>（值电〔2026〕1号）',
        '2. 11月26日 23时30分　巡查（补记，录入时间11月27日 01时00分）',
        '通话情况：来电 12 通，去电 3 通，未接 2 通，已回拨 2 通，无需记录 4 通。',
        '需续办事项：',
        '1. 草稿：2026-11-27 07:50 市水务局',
        '设备检查：电话正常；传真机异常',
        '交班人：张某　　签字：',
        '交班时间：2026年11月27日 08时00分',
      ],
      ['接班人：李某　　签字：', '接班时间：2026年11月27日 08时00分'],
      ['接班人：　　　　　　　签字：', '接班时间：'],
      ['打印机送修。'],
    ]);
    const said = [
      ...paper.rows.flatMap(({ label, paragraphs, signature }) => [label, ...paragraphs, ...signature]),
      ...SEED_NOTES,
    ];
    const file = Buffer.from(await shiftLogDocx(paper));
    const word = paragraphsOf(partOf(file, 'word/document.xml')).join('\n');
    const html = shiftLogPage(paper);
    expect(html).not.toContain('<b>');
    for (const text of said) expect(word).toContain(text);
    for (const text of said)
      expect(html).toContain(text.replace(/[<>]/g, (sign) => `&#${sign.charCodeAt(0)};`));
  });

  it('says what was opened again for ever, who stayed, and what is not signed', () => {
    const openings = [{ id: 'o-1', at: EIGHT + 26 * HOUR, by: '王某', reason: '漏记' }];
    const stayed = { ...log().signed, state: 'stayed', giver: null, takers: [] } as ShiftLogView['signed'];
    const rows = shiftLogPaper(log({ openings, signed: stayed }), setting).rows;
    expect(rows[1]?.paragraphs).toEqual(['2026年11月27日 08时00分 无人接班，本班继续值守。']);
    expect(rows[3]?.paragraphs[1]).toBe('本日志封存后于2026年11月27日 10时00分由王某重新打开，原因：漏记');
    const running = { ...log().shift, to: null, state: 'running' } as const;
    const open = shiftLogPaper(log({ shift: running, signed: null, lines: [line(1, null)] }), setting);
    expect(open.mark).toBe('未交接');
    expect(open.head.room).toBe('2026年11月26日 08时00分至');
    const short = { ...log().shift, to: EIGHT + 8 * HOUR, names: [] };
    expect(shiftLogPaper(log({ shift: short }), setting).head).toEqual({
      room: '2026年11月26日 08时00分至16时00分',
      date: '',
    });
    expect(open.rows[0]?.paragraphs).toContain('1. 11月26日 09时00分　（内容已按规定隔离或销毁）');
    const takers = ['李某', '赵某', '马某'].map((name) => ({ name, at: EIGHT }));
    const many = shiftLogPaper(
      log({ signed: { ...log().signed, takers } as ShiftLogView['signed'] }),
      setting,
    );
    expect(many.rows.map(({ label }) => label)).toEqual(['交班', '接班', '接班', '接班', '其他需要说明事项']);
  });
});
