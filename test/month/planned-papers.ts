/** What people write beside calls and incidents: 值班日志 by hand, findings decided, 待办, 检查, reports of the roster. Plain data. */
import { dayText, FIRST, on } from './calendar.ts';

/** `of`: a moment of the shift in whose log it stands. `line`: key of a call, whose record it is about. */
export type LogAct = { readonly at: number; readonly of: number } & (
  | { readonly act: 'add'; readonly id: string; readonly part: 'event' | 'remark'; readonly text: string }
  | { readonly act: 'edit'; readonly line: string; readonly text: string }
  | { readonly act: 'untick'; readonly line: string }
  /** Tried in vain: the log is sealed. */
  | { readonly act: 'refused'; readonly text: string }
  | { readonly act: 'reopen'; readonly id: string; readonly reason: string }
  | { readonly act: 'seal' }
);

export const LOG_ACTS: readonly LogAct[] = [
  { act: 'add', id: 'x-1', part: 'event', of: on(1, '10:30'), at: on(1, '11:00'), text: '带班领导到岗巡查' },
  // Between midnight and a hand-over that is late: 补记.
  { act: 'add', id: 'x-2', part: 'event', of: on(1, '23:10'), at: on(2, '00:12'), text: '楼道灯坏，已报修' },
  {
    act: 'edit',
    line: 'check-0',
    of: on(2, '10:30'),
    at: on(2, '11:30'),
    text: '自治区总值班室抽查，应答正常',
  },
  // Nobody handed that shift over.
  {
    act: 'add',
    id: 'x-3',
    part: 'event',
    of: on(4, '07:00'),
    at: on(4, '09:00'),
    text: '凌晨大雪，道路结冰',
  },
  { act: 'add', id: 'x-4', part: 'remark', of: on(6, '20:00'), at: on(6, '20:00'), text: '传真机缺纸' },
  { act: 'untick', line: 'check-1', of: on(7, '13:30'), at: on(7, '14:30') },
  { act: 'refused', of: on(10, '07:00'), at: on(10, '10:00'), text: '漏记一次巡查' },
  { act: 'reopen', id: 'open-1', of: on(10, '07:00'), at: on(10, '10:05'), reason: '漏记一次巡查' },
  { act: 'add', id: 'x-5', part: 'event', of: on(10, '07:00'), at: on(10, '10:06'), text: '7 时巡查' },
  { act: 'seal', of: on(10, '07:00'), at: on(10, '10:10') },
  { act: 'reopen', id: 'open-2', of: on(20, '03:10'), at: on(20, '09:30'), reason: '补记来访' },
  { act: 'add', id: 'x-6', part: 'event', of: on(20, '03:10'), at: on(20, '09:31'), text: '夜间来访一人' },
];

/** Of the open finding of that kind: 响铃时间过长 opens by calls, 呼转 by a look at the settings. */
export const DECISIONS = [
  { id: 'd-1', kind: 'rang-long', at: on(3, '12:00'), to: 'dismissed' },
  { id: 'd-2', kind: 'rang-long', at: on(8, '12:00'), to: 'confirmed' },
  { id: 'd-3', kind: 'forward-setting', at: on(12, '09:00'), to: 'confirmed' },
  { id: 'd-4', kind: 'rang-long', at: on(12, '12:00'), to: 'closed' },
  { id: 'd-5', kind: 'forward-setting', at: on(13, '15:00'), to: 'closed' },
  { id: 'd-6', kind: 'rang-long', at: on(20, '12:00'), to: 'dismissed' },
] as const;
export const SETTING_SEEN_AT = on(12, '01:00');

export const TASKS = [
  { id: 't-1', text: '催报灾情数字', writtenAt: on(2, '09:00'), closedAt: on(4, '15:00') },
  { id: 't-2', text: '核对通讯录', writtenAt: on(15, '11:00'), closedAt: null },
  { id: 't-3', text: '更换话机电池', writtenAt: on(21, '03:30'), closedAt: on(21, '19:20') },
] as const;

/** 交办 of a record, by the key of its call, and the 反馈 to it. */
export const ASSIGNMENTS = [
  { of: 'origin-i-01', at: on(1, '13:00'), dueAt: on(1, '18:00'), answeredAt: on(1, '17:00') },
  { of: 'origin-i-03', at: on(5, '13:00'), dueAt: on(5, '15:00'), answeredAt: on(5, '16:30') },
  { of: 'check-1', at: on(7, '14:00'), dueAt: null, answeredAt: on(7, '15:00') },
  { of: 'origin-i-07', at: on(12, '17:00'), dueAt: on(13, '09:00'), answeredAt: null },
  { of: 'origin-i-10', at: on(18, '21:00'), dueAt: on(23, '12:00'), answeredAt: on(22, '10:00') },
] as const;

/** 本班须知: its versions. */
export const NOTES_AT = [FIRST - 3_600_000, on(12, '10:00')] as const;

export const HOLIDAYS = [
  { name: '冬至', from: '2026-12-21', to: '2026-12-21' },
  { name: '元旦', from: '2027-01-01', to: '2027-01-03' },
  { name: '小寒', from: '2027-01-05', to: '2027-01-05' },
] as const;
/** The last day on which each is reported in time: five days before. */
export const REPORT_BY: Readonly<Record<string, string>> = {
  冬至: '2026-12-16',
  元旦: '2026-12-27',
  小寒: '2026-12-31',
};
export const ROSTER_REPORTS = [
  { id: 'r-0', from: dayText(0), to: dayText(6), at: on(0, '09:00') },
  { id: 'r-1', from: '2026-12-20', to: '2026-12-22', at: on(9, '09:00') },
  { id: 'r-2', from: '2027-01-01', to: '2027-01-03', at: on(18, '16:00') },
] as const;

export const ITEMS = ['A1', 'A2', 'A3', 'A4', 'B1', 'B2', 'B3', 'B4', 'C1', 'C2'] as const;
export type Item = (typeof ITEMS)[number];
interface Said {
  readonly verdict: 'meets' | 'fails' | 'to-mend' | 'not-applicable';
  readonly situation: string;
  readonly mendBy: string | null;
}
export const MEETS: Said = { verdict: 'meets', situation: '', mendBy: null };

export interface PlannedInspection {
  readonly id: string;
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** 符合 where nothing is said. */
  readonly said: Readonly<Partial<Record<Item, Said>>>;
}

const toMend = (situation: string, mendBy: string): Said => ({ verdict: 'to-mend', situation, mendBy });
const week = (n: number) => ({ from: on(7 * n, '00:00'), to: on(7 * (n + 1), '00:00') });

export const INSPECTIONS: readonly PlannedInspection[] = [
  {
    ...{ id: 'check-1', at: on(7, '10:30'), ...week(0) },
    said: {
      A2: { verdict: 'fails', situation: '一次交接班没有签名', mendBy: null },
      B1: toMend('响铃过久才接', '2026-12-20'),
    },
  },
  { id: 'check-2', at: on(14, '10:30'), ...week(1), said: { A2: toMend('又有一次没有签名', '2026-12-25') } },
  {
    ...{ id: 'check-3', at: on(21, '15:30'), ...week(2) },
    said: {
      A2: { verdict: 'not-applicable', situation: '', mendBy: null },
      B3: toMend('号码不全', '2027-01-04'),
    },
  },
  { id: 'check-4', at: on(28, '15:30'), ...week(3), said: {} },
];
/** 受检单位 says that it is mended. */
export const MENDED = { inspection: 'check-3', item: 'B3', text: '已补齐', at: on(25, '09:00') } as const;
