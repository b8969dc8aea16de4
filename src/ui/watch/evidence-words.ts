/** What a finding rests on, in sentences, and the names of what stands folded under 技术信息. */
import { HEARD_NAMES } from '../../diagnosis/names.ts';
import type { LeavingWay, Target } from '../../diagnosis/suspicion.ts';

const ways: Readonly<Record<LeavingWay, string>> = {
  'phone-forward': '话机自行转出',
  transfer: '接听后转出',
  instead: '未响值班话机，直接转出',
  together: '与值班话机同时呼叫',
  after: '值班话机未接，随后转出',
};

const targets: Readonly<Record<Target, string>> = {
  mobile: '手机',
  approved: '已批准的号码',
  unknown: '未登记的号码',
};

/** Classes of the ear, as over time. */
const classes: Readonly<Record<string, string>> = {
  ringback_standard: '标准回铃音',
  music: '音乐',
  speech: '语音',
  mixed_music_speech: '音乐和语音',
  busy: '忙音',
  congestion: '拥塞音',
  sit: '空号音',
  silence: '静音',
  noise: '噪声',
  fax_or_other_tone: '其他单音',
  foreign_ringback: '非标准回铃音',
};

export const evidenceWords = {
  ways,
  targets,
  classes,
  heard: HEARD_NAMES,
  said: {
    left: (to: string, target: string, way: string) => `来电转到 ${to}（${target}）：${way}。`,
    elsewhere: (phone: string) => `来电由话机 ${phone} 接听，不是值班话机。`,
    diverted: (from: string) => `来电先打到 ${from}，再转到值班电话。`,
    music: '值班话机接听前，主叫听到音乐。',
    announcement: '值班话机接听前，主叫听到语音。',
    early: '值班话机摘机前，电话交换机已自动接通。',
    file: (sound: string) => `所放文件：${sound}。`,
    rangAnswered: (seconds: number) => `响铃 ${seconds} 秒才接听。`,
    rangOn: (seconds: number) => `响铃 ${seconds} 秒无人接听。`,
    unreachable: '来电时没有一部值班话机能响。',
    phones: (phones: string) => `涉及话机：${phones}。`,
    codeSet: (phone: string) => `话机 ${phone} 拨了设置呼转的代码。`,
    codeRemoved: (phone: string) => `话机 ${phone} 拨了取消呼转的代码。`,
    codeTarget: (to: string) => `呼转到 ${to}。`,
    setting: (phone: string) => `电话交换机为话机 ${phone} 设了呼转。`,
    settingTo: (to: string, target: string) => `转到 ${to}（${target}）。`,
    followMe: (phone: string) => `电话交换机为话机 ${phone} 开了同振（跟随）。`,
    followMeTo: (to: string, target: string) => `来电同时呼叫 ${to}（${target}）。`,
    phoneSound: (phone: string) => `电话交换机为话机 ${phone} 设了接听前的放音。`,
    doNotDisturb: (phone: string) => `话机 ${phone} 设了免打扰，来电不会响铃。`,
    phoneAway: (phone: string) => `话机 ${phone} 没有连上电话交换机，来电不会响铃。`,
    dialplanTrunk: '呼入流程里有一步拨往外线。',
    dialplanSound: '呼入流程里，接听前有一步放音。',
    inProbe: '拨测中：',
    ownTone: {
      suspect: '这条拨测外线打几个号码都只听到放音，疑似外线自己有主叫彩铃，请先核对外线。',
      unknown: '这条拨测外线还没有听到过标准回铃音，不能排除外线自己的主叫彩铃。',
      none: '',
    },
    probeNotArrived: '拨测已被接听，本机未收到该来电。',
    probeElsewhere: '拨测到了本机，话机响铃无人接听，随后在别处被接听。',
    probeNotArrivedRang: '拨测已拨通，本机未收到该来电。',
    probeForwarded: (what: string) => `拨测中听到：${what}，像是转接。`,
    probeHeard: (what: string) => `拨测中听到：${what}。`,
    stretch: (from: string, to: string) => `在 ${from} 至 ${to}。`,
  },
  technical: {
    trunk: '外线',
    dialled: '所拨',
    key: 'AstDB',
    phoneState: '话机状态',
    context: 'context',
    extension: 'extension',
    priority: 'priority',
    application: 'application',
    data: 'data',
    path: '经过',
    probe: '拨测编号',
    cause: 'Q.850',
    sip: 'SIP',
    did: '被叫号码',
    caller: '主叫',
    diverted: '转接来源',
    phoneRang: '值班话机',
    rang: '已响铃',
    silent: '未响铃',
  },
} as const;
