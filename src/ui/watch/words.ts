/** Texts of 值班电话检测. A machine suspects (疑似); a person makes it a 问题. */

import type { FindingState } from '../../diagnosis/finding.ts';
import type { EarVerdict } from '../../diagnosis/hearing.ts';
import type { LeavingWay, Scope, SuspicionKind, Target } from '../../diagnosis/suspicion.ts';
import type { LineCheck, LineVerdict } from '../../diagnosis/verdict.ts';
import type { ActionName } from '../../keys/action.ts';
import type { ProbeResultView, ProbeStepView } from '../../web/protocol/probe-view.ts';

const states: Readonly<Record<LineVerdict['state'], string>> = {
  none: '未发现',
  suspect: '疑似',
  confirmed: '已确认',
  unknown: '无法判定',
};

const scopes: Readonly<Record<Scope, string>> = { always: '无条件', 'no-answer': '无应答', busy: '遇忙' };

const sources: Readonly<Record<LineCheck['source'], string>> = {
  probe: '拨测',
  call: '来电',
  settings: '交换机设置',
};

/** Each says why, and what to do. */
const why: Readonly<Record<NonNullable<LineVerdict['why']>, string>> = {
  'only-ringing': '仅收到振铃信号，未听到回铃音。可换一条外线再测。',
  'no-second-trunk': '没有第二条外线，无法自查。可请上级值班室抽查。',
  'probe-failed': '拨测没有拨通。请检查拨测外线后再测。',
  'not-recognised': '听到的声音无法辨认。请试听后由人判断。',
  'settings-unreadable': '电话交换机的设置读不到。请通知技术人员。',
  never: '尚未检测。请安排拨测。',
  'too-old': '最近一次检测在 24 小时以前。请重新拨测。',
  'not-rechecked': '处理之后还没有复查。请再拨测。',
  'settings-only': '只查了电话交换机设置，不能证明运营商一侧。请拨测。',
};

const kinds: Readonly<Record<SuspicionKind, string>> = {
  'left-premises': '来电转到了外线',
  'transferred-outside': '接听后转到了外线',
  'answered-elsewhere': '由其他话机接听',
  'arrived-diverted': '来电由别的号码转来',
  'forward-code': '话机上拨了呼转代码',
  'forward-setting': '电话交换机里设有呼转',
  'dialplan-trunk': '呼入流程通往外线',
  'probe-not-arrived': '拨测未到达本机',
  'sounds-forwarded': '拨测听到转接的声音',
  'probe-passed-on': '网络告知拨测被转走',
  'music-before-answer': '接听前放了音乐',
  'announcement-before-answer': '接听前放了语音',
  'answered-early': '话机未摘机已接通',
  'dialplan-sound': '呼入流程里设有放音',
  'heard-music': '拨测听到音乐',
  'heard-speech': '拨测听到语音',
  'rang-long': '响铃时间过长',
  'phone-unreachable': '话机不能响铃',
};

/** What a person looks into, by kind. */
const advice: Readonly<Record<SuspicionKind, string>> = {
  'left-premises': '请核查话机的呼转设置和电话交换机的接转。',
  'transferred-outside': '请核实是否经批准转出；属正常接转的，排除并写明。',
  'answered-elsewhere': '请核查该话机是否应代接；应代接的请管理员登记。',
  'arrived-diverted': '请核实该号码为何转到值班电话。',
  'forward-code': '请核查话机，并在话机上取消呼转。',
  'forward-setting': '请管理员在电话交换机上取消该呼转。',
  'dialplan-trunk': '请管理员核对呼入流程，去掉通往外线的一步。',
  'probe-not-arrived': '请核查话机和运营商设置，固定电话可拨 #57# 取消呼转。',
  'sounds-forwarded': '请试听标出的一段，并核查运营商呼转。',
  'probe-passed-on': '请核查运营商呼转，固定电话可拨 #57# 取消呼转。',
  'music-before-answer': '请管理员核对电话交换机的等待音设置。',
  'announcement-before-answer': '属批准的录音告知语的，请管理员登记后排除。',
  'answered-early': '请管理员核对呼入流程中的自动应答。',
  'dialplan-sound': '请管理员核对呼入流程，去掉接听前的放音。',
  'heard-music': '请致电运营商取消彩铃业务，取消后再拨测。',
  'heard-speech': '请试听标出的一段，区分彩铃和提示语。',
  'rang-long': '请核实当时是否有人在岗。',
  'phone-unreachable': '请检查话机电源、网线、注册状态和免打扰。',
};

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

const findingStates: Readonly<Record<FindingState, string>> = {
  suspect: '疑似',
  confirmed: '已确认',
  dismissed: '已排除',
  closed: '已整改',
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

const heard: Readonly<Record<EarVerdict, string>> = {
  standard: '标准回铃音',
  music: '音乐',
  speech: '语音（彩铃或提示语）',
  busy: '忙音',
  vacant: '空号音',
  unclear: '无法辨认',
};

const endings: Readonly<Record<ProbeResultView['ending'], string>> = {
  answered: '对方接听',
  'timed-out': '到时挂断，无人接听',
  busy: '对方忙',
  rejected: '对方拒接',
  failed: '没有拨通',
  stopped: '中途停止',
};

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

export const watchWords = {
  title: '值班电话检测',
  states,
  scopes,
  sources,
  why,
  kinds,
  advice,
  ways,
  targets,
  findingStates,
  classes,
  heard,
  endings,
  steps,
  stepStates,
  topics: { forwarding: '呼转', ringback: '彩铃', answering: '接听' },
  loading: '正在读取检测情况',
  failed: '检测情况没有读到，下面可能不是最新。请检查本机网络，系统会不断重试。',
  noLines: '没有值班电话。请系统管理员在“系统”中添加。',
  noneMatch: '没有相符的值班电话。',
  filter: '只看',
  filters: { all: '全部', suspect: '有疑似', unknown: '无法判定' },
  toAll: '检测记录',
  toLines: '返回各值班电话',
  keys: (said: (action: ActionName) => string) =>
    `方向键 移动　Enter 打开　${said('watch-probe')} 拨测　${said('confirm')} 确认　${said('watch-dismiss')} 排除　${said('watch-close')} 整改`,
  choose: '在左侧选择一项，按 Enter 打开证据。',
  at: (time: string, source: string) => `${time} ${source}`,
  range: (covered: string) => `范围：${covered}`,
  notCovered: (missing: string) => `未检测：${missing}`,
  answeringOpen: (count: number) => `接听 ${count} 项`,
  newSuspect: (line: string, topic: string) => `新的疑似：${line} ${topic}`,
  verdict: {
    none: (topic: string, at: string, source: string) => `未发现${topic}：最近一次为 ${at} 的${source}。`,
    arrived: (at: string) => `未发现呼转：${at} 的来电到达了本室话机。`,
    suspect: (topic: string) => `疑似${topic}，尚未有人核实。请看证据后确认或排除。`,
    confirmed: (topic: string) => `已确认${topic}，属于问题。整改后再拨测，并登记整改完成。`,
    unknown: (topic: string, reason: string) => `无法判定${topic}：${reason}`,
    answering: (count: number) => (count === 0 ? '没有接听方面的疑似。' : `接听方面有 ${count} 项待处理。`),
  },
  findings: {
    open: '待处理',
    done: '已处理',
    none: '没有发现。',
    seen: (first: string, last: string, times: number) =>
      times === 1 ? `${first} 发现` : `${first} 首次，${last} 最近，共 ${times} 次`,
    evidence: '证据',
    earlier: (count: number) => `较早的证据 ${count} 条`,
    replay: '回放',
    technical: '技术信息',
    confirm: '确认',
    dismiss: '排除',
    close: '整改完成',
    reasons: {
      confirmed: '核实情况（可不填）',
      dismissed: '排除的原因',
      closed: '整改情况',
    },
    submit: { confirmed: '确认为问题', dismissed: '排除', closed: '登记整改完成' },
    cancel: '取消',
    saving: '正在保存',
    history: '处理经过',
    decisions: {
      'finding-confirmed': '确认',
      'finding-dismissed': '排除',
      'finding-closed': '整改完成',
    },
    note: (time: string, by: string, what: string) => `${time} ${by} ${what}`,
    somebody: '（未具名）',
    mayNot: '由本单位值班员、带班领导或督查处理。',
  },
  /** No answer came: what was asked may have been done all the same, but for what is printed. */
  unreached: {
    decision: '连不上服务，没有保存。请稍后再试。',
    start: '连不上服务，拨测未必发起。请稍后查看。',
    stop: '连不上服务，拨测未必停止。请稍后再试。',
    print: '连不上服务，没有打印。请稍后再试。',
  },
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
    passedOn: {
      '181': '网络告知：该呼叫正被转接（181）。',
      '302': (to: string) => `网络要求改拨 ${to}（302）。`,
      connected: (to: string) => `网络告知：接到的是 ${to}。`,
      to: (to: string) => `接到的是 ${to}。`,
    },
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
  probes: {
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
  },
  all: {
    title: '检测记录',
    paper: (state: string) => (state === '' ? '值班电话检测记录' : `值班电话检测记录（${state}）`),
    states: '状态',
    everything: '全部',
    print: '打印',
    none: '没有这种状态的记录。',
    columns: ['值班电话', '内容', '状态', '首次', '最近', '次数', '处理'] as const,
    printed: (at: string) => `打印时间 ${at}`,
  },
} as const;
