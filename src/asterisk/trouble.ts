/**
 * Why a session of the PBX cannot do what was asked: a stable code and one sentence per language which says what
 * happened and what a person can do about it. Texts of the PBX are cut and stripped before they stand here.
 */
export interface Trouble {
  readonly code: TroubleCode;
  readonly zh: string;
  readonly en: string;
}

export type TroubleCode =
  | 'ami-unreachable'
  | 'ami-tls-failed'
  | 'ami-not-asterisk'
  | 'ami-wrong-password'
  | 'ami-missing-privilege'
  | 'ami-not-connected'
  | 'ami-connection-lost'
  | 'ami-link-lost'
  | 'ami-no-answer'
  | 'ami-answer-too-long'
  | 'ami-refused'
  | 'ami-unsafe-value'
  | 'ami-no-timestamps'
  | 'ami-no-call-events'
  | 'ami-no-system-events'
  | 'ami-no-dialplan-events'
  | 'ami-cannot-list';

/** What a question to the PBX gets: the value, or why there is none. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: Trouble };

const SENTENCES: Record<TroubleCode, { readonly zh: string; readonly en: string }> = {
  'ami-unreachable': {
    zh: '连不上电话交换机的管理端口，请检查网络、地址、端口和防火墙',
    en: 'The AMI port of the PBX cannot be reached: check address, port and firewall',
  },
  'ami-tls-failed': {
    zh: '与电话交换机的加密连接（TLS）失败，请核对证书、指纹和 tlsenable',
    en: 'TLS to the PBX failed: check certificate, fingerprint and tlsenable',
  },
  'ami-not-asterisk': {
    zh: '对方不是 Asterisk 的管理端口，或没有回应登录，请核对地址和端口',
    en: 'The other side is not an AMI port, or did not answer the log-in',
  },
  'ami-wrong-password': {
    zh: '电话交换机不接受登录账号、密码或本机地址，请核对 manager.conf',
    en: 'AMI refuses account or password, or does not permit our address: compare with manager.conf',
  },
  'ami-missing-privilege': {
    zh: '登录账号缺少权限，请在 manager.conf 中补上',
    en: 'The AMI account lacks the write class this needs: compare with manager.conf',
  },
  'ami-not-connected': { zh: '与电话交换机没有连接', en: 'There is no connection to the PBX' },
  'ami-connection-lost': {
    zh: '与电话交换机的连接断开，不知道这一步是否完成',
    en: 'The connection to the PBX was lost: nobody knows whether this was done',
  },
  'ami-link-lost': {
    zh: '连接断开，正在重新连接',
    en: 'The connection to the PBX was lost and is being made again: calls may go on, but are not recorded',
  },
  'ami-no-answer': { zh: '电话交换机没有按时答复', en: 'The PBX did not answer in time' },
  'ami-answer-too-long': {
    zh: '电话交换机的答复太长，没有读完',
    en: 'The answer of the PBX is longer than is read',
  },
  'ami-refused': { zh: '电话交换机拒绝了这个请求', en: 'The PBX refused the request' },
  'ami-no-timestamps': {
    zh: '电话交换机不报时间，通话时刻和时长以本系统收到为准。请在 manager.conf 中打开 timestampevents',
    en: 'Events of the PBX carry no time, durations are by our own clock: set timestampevents=yes in manager.conf',
  },
  'ami-no-call-events': {
    zh: '请在 manager.conf 中给登录账号 read=call',
    en: 'No call events arrive, calls are not recorded: give the account read=call in manager.conf',
  },
  'ami-no-system-events': {
    zh: '收不到系统消息，看不到话机是否在线。请在 manager.conf 中给登录账号 read=system',
    en: 'No system events arrive, registration of phones is not seen: give the account read=system in manager.conf',
  },
  'ami-no-dialplan-events': {
    zh: '收不到接续消息，提示音、未在线话机和录音文件名可能看不到。请在 manager.conf 中给登录账号 read=dialplan',
    en: 'No dialplan events arrive, announcements, unregistered phones and file names may go unseen: give read=dialplan',
  },
  'ami-cannot-list': {
    zh: '不能列出通话，重新连接后无法核对正在进行的电话。请在 manager.conf 中给登录账号 write=reporting',
    en: 'Channels cannot be listed, so calls that stand after a reconnect cannot be compared: give write=reporting',
  },
  'ami-unsafe-value': {
    zh: '含有不允许的字符或名称，没有发送',
    en: 'Characters or names that are not allowed: nothing was sent',
  },
};

/** Makes a trouble; `detail` (a system's or the PBX's own words) is stripped of control characters and cut at 200. */
export function trouble(code: TroubleCode, detail = ''): Trouble {
  const { zh, en } = SENTENCES[code];
  const said = detail
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);
  return said ? { code, zh: `${zh}（${said}）`, en: `${en} (${said})` } : { code, zh, en };
}

/** What cannot be done without a log-in beside the listening one: Chinese, English. */
const HINDERED = {
  control: [
    '不能向电话交换机查询，看不到来电是否经过转移。',
    'The PBX cannot be asked, diversions are not seen. ',
  ],
  settings: ['看不到电话交换机上的呼转设置。', 'Call forwarding set on the PBX is not seen. '],
  recorder: [
    '不能让电话交换机录音，新来电可能没有录音，请先记要点。',
    'The PBX cannot be told to record, calls may have no sound. ',
  ],
  probe: ['不能拨测值班电话。', 'Duty lines cannot be probed. '],
} as const;

export type Hindered = keyof typeof HINDERED;

/** The trouble of such a log-in, told by its effect first. */
export function hindrance(what: Hindered, { code, zh, en }: Trouble): Trouble {
  const [effect, inEnglish] = HINDERED[what];
  return { code, zh: `${effect}${zh}`, en: `${inEnglish}${en}` };
}

/** A failed answer. */
export function failed(code: TroubleCode, detail = ''): { readonly ok: false; readonly trouble: Trouble } {
  return { ok: false, trouble: trouble(code, detail) };
}
