/** Texts of 抽查: probes of many offices' duty lines, one after another, and the table of what came of them. */
import { RESULT_NAMES } from '../../diagnosis/names.ts';

export const spotCheckWords = {
  title: '值班电话抽查',
  short: '抽查',
  explain: '选择单位和下级值班电话，逐个拨打，听到结果即挂断。每部电话当天次数和免打扰时段照常限制。',
  units: '本系统内的单位',
  lines: (count: number) => `${count} 部`,
  contacts: '通讯录中的下级值班电话',
  noContacts: '通讯录中没有下级单位的电话。',
  all: '全选',
  start: (count: number) => `开始抽查 ${count} 部`,
  asking: '正在发起',
  failed: '连不上服务，请稍后再试。',
  gone: '找不到这次抽查，或不是您发起的。',
  again: '新的抽查',
  progress: (done: number, all: number) =>
    done === all ? `已完成，共 ${all} 部` : `已完成 ${done} / ${all} 部`,
  left: '没有拨打的',
  leftOne: (number: string, why: string) => `${number}：${why}`,
  print: '打印',
  printLabel: '打印抽查结果',
  paper: '打印抽查结果',
  word: '抽查结果 Word 文档',
  back: '返回各值班电话',
  columns: ['单位', '号码', '时间', '响铃', '听到', '呼转', '彩铃', '结果'] as const,
  found: RESULT_NAMES,
} as const;
