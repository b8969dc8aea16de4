/**
 * One call as people and `dutyline explain` see it: derived from the call's facts, never stored by hand.
 * Times are integer milliseconds UTC or null; seconds have 3 decimals.
 */
export interface CallSummary {
  /** The oldest Linkedid of the group (joined calls are one). */
  readonly linkedId: string;
  /** Published number of the duty line, or null when only a phone or an unnamed trunk ties the call to us. */
  readonly line: string | null;
  readonly direction: Direction;
  readonly caller: { readonly number: string | null; readonly name: string | null };
  /** As first dialled: the DID inbound, the digits with access code outbound. */
  readonly dialled: string;
  /** Null while the call lasts. */
  readonly outcome: Outcome | null;
  readonly startedAt: number;
  readonly ringingAt: number | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly ringSeconds: number | null;
  readonly talkSeconds: number | null;
  /** Endpoint (`PJSIP/1001`) of the person's leg; for a call that left, the trunk endpoint. */
  readonly answeredBy: string | null;
  readonly hungUpBy: HungUpBy;
  readonly transfers: readonly { readonly kind: TransferKind; readonly to: string }[];
  readonly leftPremises: boolean;
  /** The number as dialled when the call left through a trunk. */
  readonly leftTo: string | null;
  /** From CEL rdnis or Getvar; null when neither was seen. */
  readonly diverted: boolean | null;
  readonly preAnswerAudio: PreAnswerAudio;
  /** A caller forged AMI text in this call (D2b). */
  readonly tampered: boolean;
  readonly recordings: readonly string[];
  /** Begin and end were both seen. */
  readonly complete: boolean;
}

export type Direction = 'inbound' | 'outbound' | 'internal';
export type InboundOutcome =
  | 'answered'
  | 'missed'
  | 'abandoned'
  | 'busy'
  | 'declined'
  | 'unreachable'
  | 'failed';
export type OutboundOutcome = 'answered' | 'busy' | 'no-answer' | 'abandoned' | 'failed';
export type Outcome = InboundOutcome | OutboundOutcome;
export type HungUpBy = 'caller' | 'callee' | 'pbx' | 'unknown';
export type TransferKind = 'blind' | 'attended' | 'dtmf' | 'park';
export type PreAnswerAudio = 'none' | 'music' | 'announcement' | 'early-answer';
