/**
 * What makes a duty line suspect (疑似), wherever it was noticed: one small vocabulary for live calls, settings, codes dialled
 * from the duty phone, and probes. Numbers, names of files and endpoints are what a PBX or a caller said: hostile text.
 */

/** The two questions of the inspection form (附件3: 是否存在设置彩铃或呼转手机情况), and whether the telephone is attended. */
export type Topic = 'forwarding' | 'ringback' | 'answering';

/** When a forward or a sound takes effect: always (无条件), after some seconds (无应答), while the line talks (遇忙). */
export type Scope = 'always' | 'no-answer' | 'busy';

export const SCOPES: readonly Scope[] = ['always', 'no-answer', 'busy'];

/** Each kind belongs to one topic; a line has at most one open finding of a kind. */
export const TOPIC_OF = {
  /** A leg left through a trunk inside an inbound call, before anybody of ours had taken it up. */
  'left-premises': 'forwarding',
  /** The officer answered, and sent the call on to a number outside. */
  'transferred-outside': 'forwarding',
  /** A phone that is none of the line's answered first. */
  'answered-elsewhere': 'forwarding',
  /** The call had been diverted from another number before it reached us (Diversion, History-Info: RDNIS). */
  'arrived-diverted': 'forwarding',
  /** A carrier's or the PBX's code for 呼转 was dialled from the duty phone. */
  'forward-code': 'forwarding',
  /** The PBX keeps a forward for the phone (AstDB CF, CFB, CFU, follow-me). */
  'forward-setting': 'forwarding',
  /** The dialplan leads the line's calls to a trunk. */
  'dialplan-trunk': 'forwarding',
  /** A probe was answered, or rang, and our own PBX never saw it (到达核对). */
  'probe-not-arrived': 'forwarding',
  /** What the ear heard of a probe says that the call is passed on. */
  'sounds-forwarded': 'forwarding',
  /** The network itself said of a probe that it passes the call on. */
  'probe-passed-on': 'forwarding',
  'music-before-answer': 'ringback',
  'announcement-before-answer': 'ringback',
  /** The PBX picked up by itself before the phone was answered. */
  'answered-early': 'ringback',
  /** The dialplan plays music, an announcement or a tone of its own before the phone is answered. */
  'dialplan-sound': 'ringback',
  /** The ear heard music instead of the ringing tone. */
  'heard-music': 'ringback',
  /** The ear heard speech: 彩铃 or an announcement, which the ear cannot tell apart. */
  'heard-speech': 'ringback',
  'rang-long': 'answering',
  /** No phone of the line could be reached: not registered, unplugged. */
  'phone-unreachable': 'answering',
} as const satisfies Readonly<Record<string, Topic>>;

export type SuspicionKind = keyof typeof TOPIC_OF;

export function kindsOf(topic: Topic): readonly SuspicionKind[] {
  return (Object.keys(TOPIC_OF) as SuspicionKind[]).filter((kind) => TOPIC_OF[kind] === topic);
}

export interface Suspicion {
  readonly kind: SuspicionKind;
  readonly scope: Scope;
  readonly evidence: Evidence;
}

/** For `filter`: the first of each kind stands for it. */
export function firstOfKind(one: Suspicion, at: number, all: readonly Suspicion[]): boolean {
  return all.findIndex(({ kind }) => kind === one.kind) === at;
}

/** What a person looks at before he confirms or dismisses; the call or probe itself is linked beside it. */
export type Evidence =
  | LeftPremises
  | { readonly by: 'call'; readonly what: 'answered-elsewhere'; readonly endpoint: string }
  | { readonly by: 'call'; readonly what: 'diverted'; readonly from: string }
  | { readonly by: 'call'; readonly what: 'sound'; readonly sound: string | null }
  | { readonly by: 'call'; readonly what: 'rang'; readonly seconds: number; readonly answered: boolean }
  | { readonly by: 'call'; readonly what: 'unreachable'; readonly phones: readonly string[] }
  | CodeDialled
  | PhoneSetting
  | DialplanStep
  | ProbeHeard;

export interface LeftPremises {
  readonly by: 'call';
  readonly what: 'left';
  /** As the trunk was told to dial it. */
  readonly to: string;
  readonly trunk: string;
  readonly target: Target;
  readonly way: LeavingWay;
}

/** How a call left: the phone itself said 302, an officer sent it on, or the PBX dialled out instead of, beside, or after the phone. */
export type LeavingWay = 'phone-forward' | 'transfer' | 'instead' | 'together' | 'after';

/** Who is behind a number that calls go to. */
export type Target = 'mobile' | 'approved' | 'unknown';

export interface CodeDialled {
  readonly by: 'code';
  readonly dialled: string;
  readonly change: 'set' | 'removed';
  readonly target: string | null;
  readonly phone: string;
}

/** What the PBX keeps for one phone: a forward, a sound, do-not-disturb, or that it is not there. The kind says which. */
export interface PhoneSetting {
  readonly by: 'setting';
  /** AstDB family and key: `CF/1001`; of a phone that is away its own name, with its state as the value. */
  readonly key: string;
  readonly value: string;
  /** Number that is called instead, where one is meant. Not in what was kept before 2026-11-27. */
  readonly to?: string | null;
  readonly target: Target;
  readonly phone: string;
}

/** One line of the dialplan, exactly. */
export interface DialplanStep {
  readonly by: 'dialplan';
  readonly context: string;
  readonly extension: string;
  readonly priority: string;
  readonly application: string;
  readonly data: string;
  /** The places passed on the way there, `context,extension,priority` each. */
  readonly path: readonly string[];
}

export interface ProbeHeard {
  readonly by: 'probe';
  readonly probe: string;
  /** Verdict of the ear, or how the probe ended, as the probe tells it. */
  readonly heard: string | null;
  /** Did our own PBX see the probe arrive? Null: it was not our own line. */
  readonly arrived: boolean | null;
  readonly stretch: { readonly from: number; readonly to: number } | null;
  /** The network's own word; absent: it said nothing of the kind. */
  readonly passedOn?: PassedOn;
}

/**
 * How the network says of a call that it goes elsewhere (`telephony.md` §4 f, 16.28 and 22.10): SIP 181, of which Asterisk tells
 * no number; SIP 302 to a number; the number at the other end of the call, when that is a mobile.
 */
export interface PassedOn {
  readonly sign: '181' | '302' | 'connected';
  readonly number: string | null;
}
