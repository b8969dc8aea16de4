/**
 * What happened to one leg of a call: its `uniqueid` says which. Asterisk's order is opened or dialled, rang, dial ended or
 * answered, bridged, closed; any of them may have gone unseen.
 */
import type { FactStamp } from './fact.ts';
import type { LegRole, Seen } from './leg.ts';

/** A further channel of the call that called in or was found; dialled ones come as `leg-dialled`. */
export interface LegOpened extends FactStamp {
  readonly kind: 'leg-opened';
  readonly channel: string;
  readonly endpoint: string;
  readonly role: LegRole;
  readonly seen: Seen;
}

export interface LegDialled extends FactStamp {
  readonly kind: 'leg-dialled';
  readonly channel: string;
  readonly endpoint: string;
  readonly role: LegRole;
  /** Uniqueid of the calling channel. */
  readonly by: string | null;
  /** The number as dialled, without trunk or contact: `13900001111`. */
  readonly number: string;
}

export interface LegRang extends FactStamp {
  readonly kind: 'leg-rang';
  readonly signal: 'ringing' | 'progress';
}

/** A dial that ended otherwise than by a person's answer (a Local half may end with ANSWER here). */
export interface LegDialEnded extends FactStamp {
  readonly kind: 'leg-dial-ended';
  readonly status: string;
  /** Where a 302 sent the call. */
  readonly forward: string | null;
}

/** A person's answer: DialEnd ANSWER of a channel that is not Local. */
export interface LegAnswered extends FactStamp {
  readonly kind: 'leg-answered';
  /** As named at the answer: a picked-up call answers on another phone's channel with the rung phone's Uniqueid. */
  readonly endpoint: string;
}

export interface LegBridged extends FactStamp {
  readonly kind: 'leg-bridged';
  readonly bridge: string;
  readonly bridgeType: string;
  /** 'list': found standing in the bridge, nobody saw it enter. */
  readonly seen: Seen;
}

export interface LegUnbridged extends FactStamp {
  readonly kind: 'leg-unbridged';
  readonly bridge: string;
}

export interface LegHeld extends FactStamp {
  readonly kind: 'leg-held' | 'leg-unheld';
}

export interface LegClosed extends FactStamp {
  readonly kind: 'leg-closed';
  readonly cause: number | null;
  readonly techCause: string | null;
  /** 'list': its Hangup was never read, it was missing from two lists or the PBX restarted. */
  readonly seen: Seen;
}

/** A party asked for the end: HangupRequest, which Asterisk writes when the far side of a channel said so. */
export interface HangUpAsked extends FactStamp {
  readonly kind: 'hang-up-asked';
  readonly cause: number | null;
}

/** All that changes a leg; `leg-opened` only begins one. */
export type LegFact =
  | LegDialled
  | LegRang
  | LegDialEnded
  | LegAnswered
  | LegBridged
  | LegUnbridged
  | LegHeld
  | LegClosed
  | HangUpAsked;
