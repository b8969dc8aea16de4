/** What was found in settings, as one sentence in Chinese and one in English; the place and the way there as lines. */
import { SCOPE_NAMES } from './names.ts';
import type { DialplanLine, SettingPlace, SettingSuspicion } from './setting-suspicion.ts';
import type { Scope } from './suspicion.ts';
import type { GapKind, WalkGap } from './walking.ts';

export interface Sentence {
  readonly zh: string;
  readonly en: string;
}

const IN_ENGLISH: Readonly<Record<Scope, string>> = {
  always: 'always',
  'no-answer': 'when nobody answers',
  busy: 'when busy',
};

/** What it does to a caller. */
export function sentenceOf({ rule, scope, target, sound }: SettingSuspicion): Sentence {
  const when = scope === 'always' ? SCOPE_NAMES.always : `${SCOPE_NAMES[scope]}时`;
  const on = IN_ENGLISH[scope];
  const to = target ?? '?';
  const named = sound === null || sound === '' ? '' : `“${sound}”`;
  const inEnglish = sound === null || sound === '' ? '' : ` "${sound}"`;
  switch (rule) {
    case 'dialled-outside':
      return { zh: `${when}呼转到外线 ${to}`, en: `calls go out to ${to} (${on})` };
    case 'sent-elsewhere':
      return { zh: `来电被改接到 ${to}`, en: `callers are sent to ${to}` };
    case 'member-outside':
      return { zh: `振铃组或队列中有外线号码 ${to}`, en: `${to} outside is rung as a member (${on})` };
    case 'call-forward':
      return { zh: `交换机上设了${when}呼转，转到 ${to}`, en: `call forwarding is set to ${to} (${on})` };
    case 'follow-me':
      return { zh: `交换机上开了同振（跟随），会振 ${to}`, en: `follow-me is on and rings ${to}` };
    case 'answered-early':
      return { zh: '值班话机振铃前，交换机先行接通', en: 'the PBX answers before the duty phone rings' };
    case 'announcement':
      return { zh: `接听前播放语音${named}`, en: `callers hear speech${inEnglish} before the answer` };
    case 'music':
      return { zh: `接听前播放音乐${named}`, en: `callers hear music${inEnglish} before the answer` };
    case 'music-while-ringing':
      return { zh: `振铃时播放音乐${named}`, en: `callers hear music${inEnglish} instead of ringing` };
    case 'own-tone':
      return { zh: `振铃时播放自定义音${named}`, en: `callers hear a tone of its own${inEnglish}` };
    case 'queue-with-music':
      return { zh: `在队列${named}中等待时播放音乐`, en: `callers wait in queue${inEnglish} with music` };
    case 'do-not-disturb':
      return { zh: '值班话机设了免打扰，不会振铃', en: 'the phone is set to do not disturb and never rings' };
    case 'phone-unreachable':
      return { zh: '值班话机未在线，不会振铃', en: 'the phone is not registered and never rings' };
  }
}

/** Where it stands, in the words of the PBX. */
export function placeText(place: SettingPlace): string {
  switch (place.kind) {
    case 'dialplan':
      return lineText(place.at);
    case 'database':
      return `AstDB ${place.key} = ${place.value}`;
    case 'phone':
      return `${place.endpoint} ${place.state}`;
  }
}

/** `[context] extension,priority Application(data)`, as people find it by `dialplan show`. */
export function lineText({ context, extension, priority, application, data }: DialplanLine): string {
  const at = `[${context}] ${extension},${priority}`;
  if (application === '') return at;
  return application === 'include' ? `${at} include => ${data}` : `${at} ${application}(${data})`;
}

const GAPS: Readonly<Record<GapKind, Sentence>> = {
  program: {
    en: 'a program handles the call here; what it plays and where it sends calls is not seen',
    zh: '此处由外部程序处理来电，看不到它播放什么、转到哪里',
  },
  'run-time-target': {
    en: 'where this goes is known only during a call',
    zh: '此处转到哪里，通话时才能确定',
  },
  'follow-me-file': {
    en: 'the numbers of FollowMe stand in followme.conf, which cannot be read by AMI',
    zh: 'FollowMe 的号码在 followme.conf 中，本系统读不到',
  },
  switch: { en: 'a switch leads out of the dialplan here', zh: '此处引用了拨号方案以外的内容' },
  'queue-options': {
    en: 'whether this queue plays music is known only during a call',
    zh: '队列是否播放音乐，通话时才能确定',
  },
  'queue-members': { en: 'the members of this queue are not told', zh: '读不到队列成员' },
};

export function gapSentence({ kind, line }: WalkGap): Sentence {
  const { zh, en } = GAPS[kind];
  return { zh: `${zh}：${lineText(line)}`, en: `${en}: ${lineText(line)}` };
}
