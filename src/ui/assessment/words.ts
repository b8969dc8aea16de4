/** Texts of 考核. */
import type { Figure } from '../../duty/assessment/figure.ts';
import type { Way } from '../../duty/assessment/table.ts';

export const assessmentWords = {
  title: '考核',
  open: '考核',
  back: '返回记录',
  from: '起',
  to: '止',
  dayHint: '2026-11-01',
  badDay: '日期请写成 2026-11-01，止不早于起，最多一年。',
  room: '值班室',
  allRooms: '全部值班室',
  loading: '正在统计',
  slow: '正在统计，一年的通话约需几秒。',
  unreachable: '读不到考核统计。请检查本机网络，稍后再试。',
  again: '再试一次',
  ownOnly: '只统计本人当班期间的通话和交接班。',
  tooMany: (rooms: string) => `${rooms}的通话超过 20 万通，未统计。请缩短时间，或只选一个值班室。`,
  none: '这段时间没有可以统计的来电和交接班。',
  print: '打印',
  sheet: (way: string) => `值班工作考核（${way}）`,
  span: (from: string, to: string) => `${from} 至 ${to}`,
  excel: 'Excel 表格',
  ways: { room: '按值班室', line: '按值班电话', officer: '按值班员', period: '按日期' } satisfies Record<
    Way,
    string
  >,
  first: { room: '值班室', line: '值班电话', officer: '值班员', period: '日期' } satisfies Record<
    Way,
    string
  >,
  figures: {
    calls: '来电',
    'in-time': '三声内接听',
    near: '临近超时',
    late: '超时接听',
    unanswered: '未接',
    'called-back': '已回拨',
    'given-up': '注明不回拨',
    waiting: '待回拨',
    registered: '已登记',
    unregistered: '未登记',
    turns: '应交接班',
    'turns-on-time': '按时交接',
    'turns-late': '迟交接',
    'turns-missing': '未交接',
    clocks: '报告时限',
    'clocks-kept': '按时报告',
    findings: '疑似',
    confirmed: '问题',
    proper: '评议规范',
    improper: '评议不规范',
  } satisfies Record<Figure, string>,
  groups: {
    answer: '接听',
    missed: '未接与回拨',
    forms: '登记',
    turns: '交接班',
    clocks: '时限',
    watch: '检测',
    review: '评议',
  },
  ring: '响铃中位 / 95%',
  register: '登记中位',
  back50: '回拨中位',
  seconds: (ms: number) => `${Math.round(ms / 1_000)} 秒`,
  minutes: (ms: number) => saidMinutes(Math.round(ms / 60_000)),
  unknown: '—',
  notSaid: '这一项不能归到这一行',
  chart: '三声内接听占来电的比例',
  percent: (share: number) => `${Math.round(share * 100)}%`,
  bar: (name: string, share: number, good: number, all: number) =>
    `${name}：${Math.round(share * 100)}%，${all} 通来电中 ${good} 通`,
  explain: (good: number, late: number, within: number) =>
    `三声内接听：响铃 ${good} 秒内；临近超时：${good} 至 ${late} 秒；超时：超过 ${late} 秒。来电、未接按来电时值班表上的值班员计算，两人同班各计一次。交接班在班次开始后 ${within} 分钟内签字为按时。`,
  press: '点数字看明细。',
  list: (figure: string, name: string) => `${name}　${figure}`,
  total: (total: number, shown: number) =>
    total > shown ? `共 ${total} 条，列出最近 ${shown} 条` : `共 ${total} 条`,
  close: '关闭明细',
  rang: (ms: number) => `响 ${Math.round(ms / 1_000)} 秒`,
  states: {
    answered: '已接听',
    missed: '未接',
    'on-time': '按时交接',
    late: '迟交接',
    stayed: '无人接班，继续值守',
    missing: '未交接',
    suspected: '疑似',
    confirmed: '问题',
    dismissed: '已排除',
    closed: '已整改',
    kept: '按时',
    broken: '超时',
  } as Readonly<Record<string, string>>,
} as const;

function saidMinutes(minutes: number): string {
  return minutes < 60 ? `${minutes} 分` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
}
