/**
 * What the settings of a PBX say against a duty line, found without a call: in the dialplan, in AstDB, in a queue, in the state of
 * its phones. Pure vocabulary. Names, numbers and file names are the PBX's own text: hostile.
 */
import type { Scope, Topic } from './suspicion.ts';

export type SettingRule =
  /** The dialplan rings somebody outside, by a trunk. */
  | 'dialled-outside'
  /** Transfer(): the caller's own exchange is told to call somebody else. */
  | 'sent-elsewhere'
  /** A member of the ring group, the follow-me list or the queue is a number outside. */
  | 'member-outside'
  /** AstDB `CF`, `CFB`, `CFU`. */
  | 'call-forward'
  /** AstDB `AMPUSER/…/followme`. */
  | 'follow-me'
  /** The PBX picks the call up before a phone rings. */
  | 'answered-early'
  | 'announcement'
  | 'music'
  /** Dial's `m`. */
  | 'music-while-ringing'
  /** Dial's `r(tone)`, or PlayTones with a tone of the office's own. */
  | 'own-tone'
  /** A queue without `r`: callers wait with music. */
  | 'queue-with-music'
  /** AstDB `DND`: the phone is never rung. */
  | 'do-not-disturb'
  | 'phone-unreachable';

export const TOPIC_OF_RULE = {
  'dialled-outside': 'forwarding',
  'sent-elsewhere': 'forwarding',
  'member-outside': 'forwarding',
  'call-forward': 'forwarding',
  'follow-me': 'forwarding',
  'answered-early': 'ringback',
  announcement: 'ringback',
  music: 'ringback',
  'music-while-ringing': 'ringback',
  'own-tone': 'ringback',
  'queue-with-music': 'ringback',
  'do-not-disturb': 'answering',
  'phone-unreachable': 'answering',
} as const satisfies Readonly<Record<SettingRule, Topic>>;

export interface SettingSuspicion {
  readonly rule: SettingRule;
  readonly scope: Scope;
  /** Number that would be called, as it is dialled: access digit and all. Null where no number is meant. */
  readonly target: string | null;
  /** File, music class or tone that would be heard. */
  readonly sound: string | null;
  readonly place: SettingPlace;
}

/** Where exactly the setting stands. */
export type SettingPlace =
  | DialplanPlace
  /** `key` with its family: `CF/1001`. */
  | { readonly kind: 'database'; readonly key: string; readonly value: string; readonly phone: string }
  | { readonly kind: 'phone'; readonly endpoint: string; readonly state: string };

export interface DialplanPlace {
  readonly kind: 'dialplan';
  readonly at: DialplanLine;
  /** The lines by which a call of the line's number comes there, first one first. */
  readonly path: readonly DialplanLine[];
}

/** One line of the dialplan, as ShowDialPlan writes it. */
export interface DialplanLine {
  readonly context: string;
  readonly extension: string;
  readonly priority: number;
  readonly application: string;
  readonly data: string;
}

/** Two of a kind at the same place are one, whichever way they were come by. */
export function sameSuspicion(one: SettingSuspicion): string {
  const { place } = one;
  const where =
    place.kind === 'dialplan'
      ? [place.at.context, place.at.extension, place.at.priority]
      : place.kind === 'database'
        ? [place.key]
        : [place.endpoint];
  return JSON.stringify([one.rule, one.scope, one.target, one.sound, place.kind, ...where]);
}
