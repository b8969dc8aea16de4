/** Texts of the 公示屏. */
export const wallWords = {
  weekdays: ['星期日', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六'],
  date: (year: string, month: number, day: number) => `${year}年${month}月${day}日`,
  leader: '带班领导',
  officer: '值班员',
  lines: '值班电话',
  next: '下一班',
  noNext: '值班表中没有下一班',
  /** Of the next shift, while nothing is heard. */
  unknown: '—',
  toBeSaid: '待确认',
  open: '本班人员待确认',
  asOf: (moment: string) => `连接中断，数据截至 ${moment}`,
  part: (part: number) => `（${part}）`,
  page: (page: number, of: number) => `${page} / ${of}`,
  demo: '演示：以下不是真实值班信息',
  loading: '正在读取值班信息',
  noToken: '地址不完整，缺少公示屏链接。请在“系统”页重新生成，用完整地址打开本页。',
  unreachable: '连接不上值班系统，正在重试。',
} as const;
