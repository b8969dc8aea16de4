/** Texts of 拨测 on a line: how it is asked for, its steps, what came of it, its sound. */
import { ENDING_NAMES } from '../../diagnosis/names.ts';
import type { ProbeStepView } from '../../web/protocol/probe-view.ts';

const steps: Readonly<Record<ProbeStepView['step'], string>> = {
  dialled: '拨出',
  rang: '振铃',
  heard: '回铃音',
  arrival: '到达核对',
};

const stepStates: Readonly<Record<ProbeStepView['state'], string>> = {
  waiting: '等待',
  running: '进行中',
  good: '正常',
  bad: '异常',
  unknown: '无法判定',
  skipped: '未做',
};

export const probeWords = {
  steps,
  stepStates,
  endings: ENDING_NAMES,
  title: '拨测',
  start: '立即拨测',
  scope: '范围',
  now: '拨测中',
  asking: '正在发起',
  consent: '值班室已同意（会长时间振铃或占线）',
  end: '停止',
  off: '没有第二条外线，无法自查。请用手机拨打值班电话试听，或请上级值班室抽查。',
  failed: '拨测情况没有读到，请稍后再试。',
  running: (at: string) => `${at} 拨测进行中`,
  waiting: '排队等候，轮到时自动开始。',
  seconds: (seconds: string) => `${seconds} 秒`,
  by: (name: string) => `${name}发起`,
  bySchedule: '按计划',
  result: (ending: string) => `结束：${ending}。`,
  heard: (what: string, percent: number) => `听到：${what}（把握 ${percent}%）。`,
  nothingHeard: '没有听到网络送来的声音。',
  arrived: '到达核对：已到达本机。',
  notArrived: '到达核对：未到达本机。',
  notAsked: '到达核对：不是本单位的电话，未核对。',
  play: '播放',
  stop: '暂停',
  playMarked: '播放标出的一段',
  noSound: '没有保存声音。',
  playFailed: '声音没有读到，请稍后再试。',
  wave: (seconds: string) => `拨测声音的波形，共 ${seconds} 秒`,
  ruler: '标准节奏',
  cadence: '实测节奏',
  segments: '听辨',
  measured: (hz: string, on: string, off: string, level: string, count: number) =>
    `实测 ${hz} Hz，响 ${on} 秒，停 ${off} 秒，${level} dBm0，${count} 次。`,
  standard: '标准 450±25 Hz，响 1 秒停 4 秒，允差 10%。',
  within: '判为标准回铃音',
  beside: '不是标准回铃音',
} as const;
