/** Why no probe is placed now, and what a person can do about it. */
import type { MayNot } from '../diagnosis/probe-plan.ts';
import type { Refusal } from '../records/command.ts';

export const PROBE_REFUSALS: Readonly<Record<MayNot, Refusal>> = {
  'probe-no-second-trunk': {
    code: 'probe-no-second-trunk',
    zh: '没有可用来拨测的另一条外线，无法自查。请系统管理员在 dutyline.yaml 的 watch.probe 中填写。',
    en: 'There is no other trunk to call this line by. Name one in watch.probe of dutyline.yaml.',
  },
  'probe-no-consent': {
    code: 'probe-no-consent',
    zh: '这种拨测会让值班电话长时间振铃或占线，请先确认值班室同意。',
    en: 'This probe rings long or keeps the line busy: say first that the room agrees.',
  },
  'probe-quiet-hours': {
    code: 'probe-quiet-hours',
    zh: '现在是免打扰时段，不拨测。请在其他时间再试。',
    en: 'These are quiet hours: no probe is placed. Try again later.',
  },
  'probe-daily-cap': {
    code: 'probe-daily-cap',
    zh: '这部值班电话今天的拨测次数已满，请明天再试。',
    en: 'This line has been probed as often as one day allows. Try again tomorrow.',
  },
  'probe-line-probed': {
    code: 'probe-line-probed',
    zh: '这部值班电话正在拨测，请等结果出来。',
    en: 'This line is being probed already. Wait for the result.',
  },
  'probe-line-busy': {
    code: 'probe-line-busy',
    zh: '值班电话正在使用，不拨测。请在通话结束后再试。',
    en: 'The line is in use: no probe is placed. Try again after the call.',
  },
  'probe-out-of-sight': {
    code: 'probe-out-of-sight',
    zh: '与电话交换机的连接中断，拨测结果无法核对。请在连接恢复后再试。',
    en: 'The PBX is out of sight, so nobody could tell whether the probe arrives. Try again when it is back.',
  },
};
