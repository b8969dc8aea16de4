/** What the office calls verdicts, findings and what a probe came to: on pages and on papers alike. */
import type { FindingDecision, FindingState } from './finding.ts';
import type { EarVerdict } from './hearing.ts';
import type { ProbeEnding } from './probe.ts';
import type { Scope, SuspicionKind, Topic } from './suspicion.ts';
import type { LineCheck, LineVerdict } from './verdict.ts';

export const TOPIC_NAMES: Readonly<Record<Topic, string>> = {
  forwarding: '呼转',
  ringback: '彩铃',
  answering: '接听',
};

export const VERDICT_NAMES: Readonly<Record<LineVerdict['state'], string>> = {
  none: '未发现',
  suspect: '疑似',
  confirmed: '已确认',
  unknown: '无法判定',
};

/** One look at a line. */
export const RESULT_NAMES: Readonly<Record<LineCheck['result'], string>> = {
  clean: '未发现',
  suspect: '疑似',
  unknown: '无法判定',
};

export const SCOPE_NAMES: Readonly<Record<Scope, string>> = {
  always: '无条件',
  'no-answer': '无应答',
  busy: '遇忙',
};

export const SOURCE_NAMES: Readonly<Record<LineCheck['source'], string>> = {
  probe: '拨测',
  call: '来电',
  settings: '交换机设置',
};

/** Each says why, and what to do. */
export const WHY_NOT_KNOWN: Readonly<Record<NonNullable<LineVerdict['why']>, string>> = {
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

export const KIND_NAMES: Readonly<Record<SuspicionKind, string>> = {
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

export const FINDING_STATE_NAMES: Readonly<Record<FindingState, string>> = {
  suspect: '疑似',
  confirmed: '已确认',
  dismissed: '已排除',
  closed: '已整改',
};

export const DECISION_NAMES: Readonly<Record<FindingDecision, string>> = {
  'finding-confirmed': '确认',
  'finding-dismissed': '排除',
  'finding-closed': '整改完成',
};

export const HEARD_NAMES: Readonly<Record<EarVerdict, string>> = {
  standard: '标准回铃音',
  music: '音乐',
  speech: '语音（彩铃或提示语）',
  busy: '忙音',
  vacant: '空号音',
  unclear: '无法辨认',
};

export const ENDING_NAMES: Readonly<Record<ProbeEnding, string>> = {
  answered: '对方接听',
  'timed-out': '到时挂断，无人接听',
  busy: '对方忙',
  rejected: '对方拒接',
  failed: '没有拨通',
  stopped: '中途停止',
};
