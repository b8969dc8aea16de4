/**
 * What happened to a call, each thing appended once and never changed (D3). The state of a call is the fold of its
 * facts (`call.ts`), so that a service that was killed stands up again from what it wrote down.
 *
 * Facts carry ids, times, numbers and paths; never a caller's name or other free text, which goes out beside the facts
 * (`CallText`) into a store that can be erased (D11). Numbers are what a caller sent: hostile, at most 79 characters.
 */
import type { RecordingName, Transfer } from './call.ts';
import type { Direction, TransferKind } from './call-summary.ts';
import type { Leg, LegRole, Seen } from './leg.ts';
import type { LegFact, LegOpened } from './leg-fact.ts';

/** What every fact says. */
export interface FactStamp {
  readonly pbx: string;
  /** Channel the fact is about; '' for facts about the PBX. */
  readonly uniqueid: string;
  /** Natural key of the call: the Linkedid at its begin; '' for facts about the PBX. */
  readonly linkedid: string;
  /** 1, or more when a Linkedid was used again long after its call had ended (clock or counter set back). */
  readonly generation: number;
  /** PBX time, integer ms UTC; null when the PBX sends no times or our own side knew it (lists, link). */
  readonly pbxAt: number | null;
  /** Best time: pbxAt, else receivedAt. Order and durations use it (D15). */
  readonly at: number;
  /** When we heard of it, our clock, integer ms UTC. */
  readonly receivedAt: number;
  /** PBX + channel + kind + time (+ detail): the same happening told twice has the same key. */
  readonly factKey: string;
}

/** The call is ours from here on. For outbound and internal calls written when a leg is first dialled. */
export interface CallArrived extends FactStamp {
  readonly kind: 'call-arrived';
  readonly direction: Direction;
  /** Id and published number of the duty line; null when only a phone of no line ties the call to us. */
  readonly line: string | null;
  readonly lineNumber: string | null;
  readonly callerNumber: string | null;
  readonly dialled: string;
  readonly channel: string;
  readonly endpoint: string;
  readonly role: LegRole;
  readonly seen: Seen;
}

/** The caller became known after the arrival (FXO lines send the number late; a list found the first channel later). */
export interface CallerIdentified extends FactStamp {
  readonly kind: 'caller-identified';
  readonly number: string | null;
  /** Null when known before. */
  readonly dialled: string | null;
}

/** `uniqueid` is the channel of the one who transferred. */
export interface CallTransferred extends FactStamp {
  readonly kind: 'call-transferred';
  readonly transfer: TransferKind;
  /** Number it went to as dialled; for a parked call the parking space. */
  readonly to: string;
  /** Channels of the one who transferred: they leave the call. */
  readonly away: readonly string[];
}

/** A leg left through a trunk inside an inbound call (呼转 or transfer outside). */
export interface CallLeftPremises extends FactStamp {
  readonly kind: 'call-left-premises';
  readonly endpoint: string;
  readonly to: string;
}

/** What the caller heard from the PBX before a person answered. */
export interface PreAnswerAudioHeard extends FactStamp {
  readonly kind: 'pre-answer-audio-heard';
  readonly audio: 'music' | 'announcement' | 'early-answer';
  /** Heard after every dial so far had failed: counts only when a phone is dialled again afterwards. */
  readonly afterFailure: boolean;
  /** Files of an announcement as the dialplan names them (`custom/notice`), hostile text; missing where none is named. */
  readonly sound?: string;
}

export interface QueueChanged extends FactStamp {
  readonly kind: 'queue-entered' | 'queue-left' | 'queue-abandoned';
}

export interface VoicemailReached extends FactStamp {
  readonly kind: 'voicemail-reached';
}

/** Dial gave up without creating a channel: the phone is not registered, the trunk is down. */
export interface NothingToDial extends FactStamp {
  readonly kind: 'nothing-to-dial';
}

/** Where the call had been diverted from, by CEL or Getvar; null: looked, and it was not diverted. */
export interface DiversionRead extends FactStamp {
  readonly kind: 'diversion-read';
  readonly from: string | null;
}

/**
 * The PBX records into this file. `source` variable is the full path; 'dialplan' is MixMonitor's argument as written,
 * relative to the PBX's monitor folder, and superseded by a variable of the same file. The path is hostile text.
 */
export interface RecordingNamed extends FactStamp {
  readonly kind: 'recording-named';
  readonly path: string;
  readonly source: 'variable' | 'dialplan';
}

/** A caller forged AMI text inside this call (D2b). */
export interface CallTampered extends FactStamp {
  readonly kind: 'call-tampered';
}

/** Channels that had another Linkedid came into this call, with all that was known of them. */
export interface LegsAdopted extends FactStamp {
  readonly kind: 'legs-adopted';
  /** Linkedid they came from. */
  readonly from: string;
  readonly legs: readonly Leg[];
  readonly transfers: readonly Transfer[];
  readonly recordings: readonly RecordingName[];
}

/** Stands in the joined call's own facts: from now on it is part of the older call. Ends the joined call. */
export interface CallsJoined extends FactStamp {
  readonly kind: 'calls-joined';
  readonly survivor: string;
  readonly survivorGeneration: number;
  readonly joined: string;
}

/** Every channel is gone and at least the last end was read. */
export interface CallEnded extends FactStamp {
  readonly kind: 'call-ended';
}

/** The call is over, its end was not seen. `at` is when we knew; `lastSeenAt` the last moment it surely stood. */
export interface CallLostFromSight extends FactStamp {
  readonly kind: 'call-lost-from-sight';
  readonly reason: 'missing-from-lists' | 'pbx-restarted';
  readonly lastSeenAt: number;
}

export interface NeedsAttention extends FactStamp {
  readonly kind: 'needs-attention';
  readonly reason: 'too-many-legs' | 'too-many-facts' | 'linkedid-used-again' | 'step-failed' | 'from-cdr';
}

/** The PBX was out of sight. Keyed by PBX, not by call. */
export interface GapOpened extends FactStamp {
  readonly kind: 'gap-opened';
  readonly reason: 'link-down' | 'service-stopped';
}

export interface GapClosed extends FactStamp {
  readonly kind: 'gap-closed';
  readonly from: number;
  readonly to: number;
  /** Dialplan calls of the gap that nobody saw, by CoreProcessedCalls; null where the PBX does not count (16). */
  readonly missedCalls: number | null;
  readonly pbxRestarted: boolean;
}

export type CallFact =
  | CallArrived
  | CallerIdentified
  | LegOpened
  | LegFact
  | CallTransferred
  | CallLeftPremises
  | PreAnswerAudioHeard
  | QueueChanged
  | VoicemailReached
  | NothingToDial
  | DiversionRead
  | RecordingNamed
  | CallTampered
  | LegsAdopted
  | CallsJoined
  | CallEnded
  | CallLostFromSight
  | NeedsAttention;

export type PbxFact = GapOpened | GapClosed;
export type Fact = CallFact | PbxFact;

/** Free text that belongs to a call, kept erasable and apart from its facts. Repeating it is harmless: the last one counts. */
export interface CallText {
  readonly pbx: string;
  readonly linkedid: string;
  readonly generation: number;
  readonly callerName: string;
}
