/** Texts of 对外告警: what left the house by webhook and e-mail, and what the receivers said. */
import type { AlertDeliveryView } from '../web/protocol/alert-view.ts';

const states: Readonly<Record<AlertDeliveryView['state'], string>> = {
  waiting: '未送达',
  delivered: '已送达',
  'given-up': '已放弃',
};

export const alertWords = {
  title: '对外告警',
  channels: { webhook: 'Webhook', mail: '邮件' },
  off: '没有设置告警接收方。请系统管理员在 dutyline.yaml 的 alerts 中设置。',
  fine: (channel: string) => `${channel} 正常`,
  waiting: (channel: string, count: number) => `${channel} 待送 ${count} 条`,
  failing: (channel: string, since: string, count: number) =>
    `${channel} ${since} 起送不到，待送 ${count} 条，系统会不断重试。`,
  met: (sentence: string, answer: string) => `${sentence}（代码 ${answer}）`,
  log: '近期告警',
  none: '近期没有告警。',
  queued: (channel: string) => `${channel} 待送`,
  notSent: '没有发往任何接收方',
  states,
  delivery: (channel: string, state: string, time: string, attempts: number) =>
    attempts === 1 ? `${channel} ${time} ${state}` : `${channel} ${time} ${state}，共试 ${attempts} 次`,
  failed: '告警情况没有读到，请稍后再试。',
} as const;
