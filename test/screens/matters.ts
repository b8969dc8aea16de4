/** The calls of the pictured office, oldest first. Places, persons and numbers are invented. */
import type { NoRecordReason } from '../../src/records/field.ts';
import type { PastCall } from './past-call.ts';
import type { Texts } from './pen.ts';

export interface Told extends Omit<PastCall, 'at'> {
  readonly name: string;
  /** Minutes before now. */
  readonly ago: number;
  readonly texts?: Texts;
  readonly end?: 'registered' | 'void' | NoRecordReason;
}

/** 3,000 signs in paragraphs that say where they stand. */
const LONG = Array.from({ length: 30 }, (_, index) =>
  `〔${index + 1}〕`.padEnd(100, '接报后立即向带班领导报告，通知有关部门赶赴现场核实处置'),
).join('\n');

const whole = (seconds: number) => [{ from: 0, seconds }];
const plain = (texts: Texts): Pick<Told, 'story' | 'pauses' | 'sound' | 'texts' | 'end'> => ({
  story: 'answered',
  pauses: [5, 64],
  sound: whole(64),
  texts,
  end: 'registered',
});

export const YESTERDAY: readonly Told[] = [
  {
    name: 'long',
    ago: 1_790,
    number: '09548887777',
    ...plain({
      category: 'incident',
      urgency: 'urgent',
      proposal: '报马志强副区长，通知区应急管理局。',
      content: LONG,
    }),
  },
  {
    name: 'check',
    ago: 1_700,
    number: '09548881200',
    ...plain({
      category: 'duty-check',
      callerName: '值班员',
      content: '市政府总值班室抽查值班情况，值班人员在岗，已报带班领导姓名和电话。',
    }),
  },
  {
    name: 'inquiry',
    ago: 1_580,
    number: '13900001234',
    ...plain({
      category: 'public',
      callerUnit: '群众',
      callerName: '未说明',
      content: '咨询户籍办理时间，已告知区政务服务中心电话。',
    }),
  },
  {
    name: 'meeting',
    ago: 1_500,
    number: '09548883141',
    ...plain({
      category: 'meeting',
      callerName: '司马某',
      proposal: '报办公室主任，通知参会人员。',
      content:
        '通知：明日上午九时在市行政中心三号楼第二会议室召开全市防汛工作调度会，请分管负责同志参加，今日下午五时前报名单。',
    }),
  },
  {
    name: 'short-sound',
    ago: 1_440,
    number: '09548884010',
    ...plain({ category: 'instruction-request', callerName: '刘某', content: '请示学校停课安排。' }),
    sound: [
      { from: 0, seconds: 18 },
      { from: 31, seconds: 24 },
    ],
  },
  {
    name: 'no-sound',
    ago: 1_400,
    number: '09548884012',
    ...plain({ category: 'other', callerName: '陈某', content: '通知道路施工，封闭半幅通行。' }),
    sound: [],
  },
];

export const NIGHT: readonly Told[] = [
  {
    name: 'water',
    ago: 215,
    number: '09548885555',
    ...plain({
      category: 'incident',
      callerName: '李某',
      proposal: '请区水务局立即抢修。',
      content: '北街主管道爆裂，约三百户停水，请求支援。',
    }),
  },
  {
    name: 'slide',
    ago: 168,
    number: '13500001111',
    ...plain({
      category: 'incident',
      urgency: 'most-urgent',
      callerTitle: '副镇长',
      readBack: 'yes',
      idVerified: 'yes',
      reportedTo: '二时四十七分电话报告马志强副区长；二时五十二分电话报告市政府总值班室。',
      proposal: '立即报告马志强副区长，通知区应急管理局、交通运输局赶赴现场。',
      content:
        '报告柳泉镇发生山体滑坡，阻断道路约三十米。\n时间：今日二时四十分左右。\n地点：柳泉镇北三公里处。\n起因：连续降雨。\n伤亡：暂未发现人员伤亡。\n现状：镇干部已到现场，正在清点人数。\n诉求：请求派挖掘机两台。',
    }),
  },
  {
    name: 'report',
    ago: 160,
    number: '13500007777',
    story: 'outbound',
    pauses: [5, 70],
    sound: whole(70),
    texts: {
      callerUnit: '青石区人民政府',
      callerName: '马志强副区长',
      content: '向马志强副区长报告柳泉镇滑坡情况。',
    },
    end: 'registered',
  },
  {
    name: 'outage',
    ago: 131,
    number: '09548884014',
    ...plain({
      category: 'incident',
      callerName: '赵某',
      content: '城区东片停电，供电公司正在抢修，预计两小时恢复。',
    }),
  },
  {
    name: 'misdial',
    ago: 118,
    number: '13700003333',
    story: 'answered',
    pauses: [3, 6],
    sound: whole(6),
    end: 'misdial',
  },
  {
    name: 'twice',
    ago: 104,
    number: '09548884014',
    ...plain({ callerName: '赵某', content: '城区东片停电。' }),
    end: 'void',
  },
  {
    name: 'again',
    ago: 88,
    number: '13500001111',
    ...plain({ category: 'incident', content: '续报：道路仍未抢通，危险区群众已转移。' }),
  },
  {
    name: 'transferred',
    ago: 74,
    number: '09548884011',
    story: 'transferred',
    pauses: [4, 9, 3, 4, 30],
    sound: [{ from: 0, seconds: 30, lost: true }],
    texts: { category: 'inquiry' },
  },
  { name: 'forwarded', ago: 61, number: '09548883141', story: 'forwarded', pauses: [5, 20] },
  {
    name: 'ringback',
    ago: 52,
    number: '13600004444',
    story: 'colour-ringback',
    pauses: [7, 25],
    texts: { content: '反映路灯不亮。' },
  },
  { name: 'withheld', ago: 44, number: '<unknown>', story: 'answered', pauses: [9, 12], sound: whole(12) },
  { name: 'called-back', ago: 37, number: '09548884016', story: 'missed', pauses: [22] },
];
