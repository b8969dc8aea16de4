/** Texts of the page 值班日志. The row labels and 说明 are those of 附件1. */
import { HIDDEN } from '../../duty/hand-written.ts';

export const shiftLogWords = {
  title: '值班日志',
  loading: '正在读取值班日志',
  unreachable: '读不到值班日志。请检查本机网络，稍后再试。',
  notSent: '没有保存。请检查本机网络，再试一次。',
  again: '再读一次',
  shifts: '各班日志',
  handOver: '交接班',
  earlier: '更早的班次',
  none: '还没有班次。',
  states: { running: '本班', over: '未交接', sealed: '已封存', reopened: '重新打开' },
  to: '至',
  now: '现在',
  due: (time: string) => `应于 ${time} 交接`,
  broken: (shift: string) =>
    `封存校验不一致：自 ${shift} 的班次起，日志可能被改动。请通知系统管理员核查数据库。`,
  rows: { giver: '交班', taker: '接班', remarks: '其他需要说明事项' },
  duty: (leaders: string, officers: string) =>
    `带班领导：${leaders || '待确认'}　值班员：${officers || '待确认'}`,
  events: '当班重要事项',
  noEvents: '还没有事项。登记的电话记录、检测发现、中断会自动列入。',
  noRemarks: '没有其他说明。',
  hint: '方向键移动，空格勾选，Enter 改写。未勾选的不打印。',
  readOnly: '您可以查看，不能填写这一班的日志。',
  calls: (counts: {
    readonly inbound: number;
    readonly outbound: number;
    readonly missed: number;
    readonly calledBack: number;
    readonly noRecord: number;
  }) =>
    `通话情况：来电 ${counts.inbound} 通，去电 ${counts.outbound} 通，未接 ${counts.missed} 通，已回拨 ${counts.calledBack} 通，无需记录 ${counts.noRecord} 通。`,
  matters: '需续办事项',
  noMatters: '无',
  notSigned: '尚未交接。签名后填入。',
  signed: (name: string, time: string) => `${name}　${time}`,
  giverBy: '交班人',
  takerBy: '接班人',
  stayed: (time: string) => `${time} 无人接班，本班继续值守。`,
  gone: HIDDEN,
  task: '待办',
  notHanded: '不移交的原因',
  late: (time: string) => `补记，录入 ${time}`,
  edited: (name: string) => `${name} 改写`,
  byHand: (name: string) => `${name} 填写`,
  sources: {
    record: '电话记录',
    incident: '突发事件',
    finding: '检测',
    outage: '中断',
    standing: '接班',
    late: '补录',
  },
  addEvent: '加一条',
  addRemark: '加一条说明',
  when: '发生时间',
  what: '内容',
  add: '加入',
  save: '保存',
  cancel: '取消',
  badTime: '时间写法：7:30、昨天 21:10、2026-11-26 21:10。',
  print: '打印',
  printLabel: '打印值班日志',
  printChoice: '值班日志（附件1）',
  wordChoice: '值班日志 Word 文档',
  seals: '封存',
  notFitting: '封存校验不一致：这份日志可能被改动。请通知系统管理员核查数据库。',
  sealedBy: (time: string, by: string | null) =>
    `${time} ${by === null ? '交接班签名时封存' : `${by} 再次封存`}`,
  digest: (digest: string) => `校验值 ${digest.slice(0, 16)}…`,
  opened: (time: string, by: string | null, reason: string | null) =>
    `${time} ${by ?? ''} 重新打开，原因：${reason ?? '（已删除）'}`,
  reopen: '重新打开',
  reopenReason: '重新打开的原因',
  reopenNote: '原因和姓名永久显示；原封存校验值保留。',
  sealAgain: '再次封存',
} as const;
