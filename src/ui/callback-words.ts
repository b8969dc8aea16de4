/** Texts of 待回拨: what waits, who calls back, how it ended. */
export const callbackWords = {
  title: '待回拨',
  waits: (since: string, waited: string) => `${since} 起未回拨，已 ${waited}。回拨接通后自动销号。`,
  claimed: (name: string) => `${name}来回拨。`,
  told: ['', '已提示全部坐席。', '已报带班领导。'],
  claim: '我来回拨',
  giveUp: '无法回拨',
  reason: '为什么无法回拨',
  confirm: '确认无法回拨',
  usual: ['号码为空号', '多次无人接听', '号码未显示'],
  closed: {
    'called-back': '回拨接通',
    'called-again': '对方再次来电',
    'given-up': '无法回拨',
    decided: '已处理记录单',
  },
  closedSaid: (time: string, how: string) => `${time} ${how}`,
  by: (name: string) => `（${name}）`,
  openOther: '看那通电话',
  bar: (minutes: number) => `未接来电已 ${minutes} 分钟未回拨：`,
  more: (count: number) => `另有 ${count} 个待回拨。`,
  open: '打开',
} as const;
