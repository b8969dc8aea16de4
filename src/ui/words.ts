/**
 * Every text of the page, by key, so that English can follow. Sentences say what happened, its effect, what to do. Each
 * part of the desk has a file of its own; here stands what a person reads before the desk opens.
 */
import { callWords } from './call-words.ts';
import { frameWords } from './frame-words.ts';
import { recordWords } from './record-words.ts';
import { recordingDeskWords } from './recording-desk-words.ts';
import { recordingWords } from './recording-words.ts';

export const words = {
  ...recordWords,
  ...callWords,
  ...frameWords,
  ...recordingWords,
  ...recordingDeskWords,
  app: { title: '值班台', product: '值班电话记录系统', unclassified: '非涉密系统' },
  login: {
    account: '账号',
    password: '密码',
    code: '动态验证码',
    enter: '登录',
    entering: '正在登录',
    notice: '本系统为非涉密系统，严禁录入、处理、传输涉密信息。',
    unreachable: '连不上值班电话记录系统。请检查本机网络，稍后再登录。',
    unexpected: (status: number) => `系统没有正常应答（${status}），未能登录。请稍后再试。`,
    missing: '请填写账号和密码。',
    unsent: (count: number) => `本机存有未上传的 ${count} 处文字，登录后自动上传。`,
  },
  start: { connecting: '正在连接值班电话记录系统', slow: '还没有连上。请检查本机网络，系统会不断重试。' },
  seat: {
    title: '选择坐席',
    hint: '坐席是这台电脑和它旁边的电话，首次登录时选择一次。',
    phone: (phone: string) => `话机 ${phone}`,
    noPhone: '没有话机',
    taken: (name: string) => `现由${name}值守`,
    none: '本值班室还没有设置坐席。请系统管理员在 office.yaml 中添加坐席后重新登录。',
    sit: '在此值守',
  },
  close: '关闭',
} as const;
