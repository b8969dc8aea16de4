import { describe, expect, it } from 'vitest';
import { blankPaper, recordPaper } from '../../src/records/form-layout.ts';
import type { FormSource, PaperSetting } from '../../src/records/form-source.ts';
import { mayBreak, type Paper } from '../../src/records/paper.ts';
import { paperRecord } from './paper-record.ts';

/** 附件2 of the notice, word for word, between its title and its end. */
const SEED = `
XXX人民政府值班室电话记录单
XXX人民政府值班室                      年   月   日
来电时间：      年   月   日   时   分 

来电单位：XXXXX
来 电 人：XXX

来电号码：XXXXXX
记 录 人：XXX                     联系电话：XXXXX

拟办意见：

电话内容：

XXXXXX。
`;

const room = { name: 'XXX人民政府值班室', formTitle: 'XXX人民政府值班室电话记录单' };
const seed: PaperSetting = { form: 'seed', column: false, room, offset: () => 8 * 3_600_000 };
const full: PaperSetting = { ...seed, form: 'full' };

/** What is read on a paper from top to bottom, one line of it a line. */
function read({ title, head, number, column, parts }: Paper): readonly string[] {
  return [
    title,
    `${head.room} ${head.date}`,
    ...(number === null ? [] : [number]),
    ...(column === null ? [] : [column]),
    ...parts.flatMap((part) => {
      if (part.kind === 'section') return [part.label];
      if (part.kind === 'items')
        return [part.items.map(({ label, value }) => `${label}：${value}`).join(' ')];
      return [`${part.label}：`, ...part.paragraphs];
    }),
  ];
}

const squeezed = (text: string) => text.replace(/[\s　]+/g, ' ').trim();
const linesOf = (text: string) =>
  text
    .split('\n')
    .map(squeezed)
    .filter((line) => line !== '');
const labels = (record: FormSource) =>
  recordPaper(record, seed).parts.flatMap((part) =>
    part.kind === 'items' ? part.items.map(({ label }) => label) : [part.label],
  );

describe('附件2', () => {
  it('has the items, order and words of the seed', () => {
    const values = { callerUnit: 'XXXXX', callerName: 'XXX', callerNumber: 'XXXXXX', recorder: 'XXX' };
    const filled = paperRecord({ ...values, recorderPhone: 'XXXXX', proposal: '', content: 'XXXXXX。' });
    const [title, top, time] = linesOf(SEED);
    const paper = read(recordPaper(filled, seed));
    expect(paper.slice(3)).toEqual(linesOf(SEED).slice(3));
    expect(paper.slice(0, 3)).toEqual([
      title,
      top?.replace('年 月 日', '2026年11月23日'),
      time?.replace('年 月 日 时 分', '2026年11月23日 03时07分').replace('： ', '：'),
    ]);
  });

  it('is blank as the seed is blank', () => {
    const plain = (line: string) => line.replace(/[\s　]|X{3,}(?!人民)。?/g, '');
    const blank = read(blankPaper(seed)).map(plain);
    expect(blank).toEqual(
      linesOf(SEED)
        .map(plain)
        .filter((line) => line !== ''),
    );
  });

  it('names the other side of a 去电 and keeps the order', () => {
    expect(labels({ ...paperRecord({}), direction: 'outbound' })).toEqual([
      '去电时间',
      '去电单位',
      '受 话 人',
      '去电号码',
      '记 录 人',
      '联系电话',
      '拟办意见',
      '电话内容',
    ]);
  });
});

describe('完整版', () => {
  it('adds number, items of practice, 办理经过, attachments and 归档', () => {
    const record: FormSource = {
      ...paperRecord({ category: 'incident', urgency: 'urgent', readBack: 'yes', reportedTo: '王某某' }),
      entries: [
        {
          kind: 'instruction',
          who: '王某某',
          text: '立即抢通。',
          way: 'phone',
          happenedAt: Date.UTC(2026, 10, 22, 19, 20),
          dueAt: null,
          at: Date.UTC(2026, 10, 22, 19, 30),
          by: '李四',
          confirmed: null,
          withdrawn: null,
        },
      ],
      archivedAt: Date.UTC(2026, 11, 1),
    };
    const lines = read(recordPaper(record, { ...full, column: true }, [{ seconds: 192.4, sha256: 'ab12' }]));
    expect(lines.slice(2)).toEqual([
      '编号：值电〔2026〕128号',
      '领导批示',
      '来电时间：2026年11月23日 03时07分 紧急程度：加急',
      '来电单位：市应急管理局 类别：突发信息',
      '来 电 人：张某 来电人职务：',
      '来电号码：0954-8887777 状态：已登记',
      '记 录 人：李四 联系电话：0954-2030001',
      '身份核实： 复述核对：已复述',
      '拟办意见：',
      '转水务局。',
      '电话内容：',
      '北街停水。',
      '已报告情况：',
      '王某某',
      '备注：',
      '办理经过',
      '批示：',
      '2026年11月23日 03时20分　王某某（电话）',
      '立即抢通。',
      '代录：李四',
      '附件与归档',
      '附件：',
      '通话录音 1，3 分 12 秒，校验值 SHA-256 ab12',
      '归档：2026年12月1日 08时00分',
    ]);
  });

  it('tells what was corrected, and what was struck', () => {
    const record: FormSource = {
      ...paperRecord({}),
      state: 'void',
      voidReason: '重复',
      corrections: [
        {
          at: Date.UTC(2026, 10, 22, 20),
          by: '李四',
          field: 'callerName',
          from: '',
          to: '张某',
          reason: '漏填',
        },
      ],
    };
    const paper = recordPaper(record, full);
    expect(paper.mark).toBe('作废');
    const lines = read(paper);
    expect(lines).toContain('2026年11月23日 04时00分　李四将来电人由“（空）”更正为“张某”，原因：漏填');
    expect(lines).toContain('重复');
  });
});

it.each([
  ['draft', '草稿'],
  ['void', '作废'],
  ['merged', '已并入'],
  ['no-record', '无需记录'],
  ['registered', null],
  ['in-hand', null],
  ['done', null],
] as const)('a record that is %s is stamped %s', (state, mark) => {
  expect(recordPaper({ ...paperRecord({}), state }, seed).mark).toBe(mark);
});

it('shows what turns the writing round, hides or stands in no document as �, and lines of one item as one', () => {
  const hostile = paperRecord({
    callerName: 'exe\u202efpj\u0000\ud800',
    callerUnit: '甲\r\n\n乙',
    content: '一\r\n二\t三\u2066四𠮷',
  });
  const lines = read(recordPaper(hostile, seed));
  expect(lines).toContain('来 电 人：exe�fpj��');
  expect(lines).toContain('来电单位：甲 乙');
  expect(lines.slice(-2)).toEqual(['一', '二 三�四𠮷']);
});

it('lets only a long text go on overleaf', () => {
  const rows = recordPaper(paperRecord({ content: '字'.repeat(3_000) }), full).parts.filter(mayBreak);
  expect(rows).toMatchObject([{ label: '电话内容' }]);
});
