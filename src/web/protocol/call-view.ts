/** A call as the page sees it, with its 通话经过 and its recordings. */
import type { Direction, HungUpBy, Outcome, PreAnswerAudio, TransferKind } from '../../calls/call-summary.ts';
import type { SoundDefect } from '../../sound/judgement.ts';

export type CallPhase = 'arriving' | 'ringing' | 'talking' | 'held' | 'ended';

export interface CallView {
  readonly id: string;
  readonly room: string;
  readonly line: string | null;
  readonly direction: Direction;
  readonly phase: CallPhase;
  readonly caller: CallerView;
  readonly dialled: string;
  readonly outcome: Outcome | null;
  /** PBX time corrected by the measured offset, ms UTC. */
  readonly startedAt: number;
  readonly ringingAt: number | null;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  /** On-screen timers run from these (our clock): D15. */
  readonly receivedAt: number;
  readonly phaseSince: number;
  readonly answeredBy: string | null;
  /** Phones ringing or talking now, as endpoints: tells a seat whether its own phone is in this call. */
  readonly phones: readonly string[];
  readonly hungUpBy: HungUpBy;
  readonly transfers: readonly { readonly kind: TransferKind; readonly to: string }[];
  readonly leftPremises: boolean;
  readonly leftTo: string | null;
  readonly diverted: boolean | null;
  readonly preAnswerAudio: PreAnswerAudio;
  readonly tampered: boolean;
  readonly needsAttention: boolean;
  readonly complete: boolean;
  /** 系统补采: nobody saw it live, it was read from what the PBX keeps. */
  readonly recovered: boolean;
  /** 通话经过, oldest first. */
  readonly course: readonly CourseStep[];
  readonly recordings: readonly RecordingView[];
  readonly record: string | null;
  /** Set when this call was joined to an older one. */
  readonly joinedTo: string | null;
  /** 待回拨; null: nobody has to be called back. */
  readonly callback: CallbackView | null;
  /** Notes at moments of the call, oldest first. */
  readonly notes: readonly CallNoteView[];
  /** 涉密误录处置: its texts and sound are shut away, or gone for ever. */
  readonly shut: 'isolated' | 'destroyed' | null;
}

export interface CallbackView {
  /** When the caller gave up, ms UTC. */
  readonly since: number;
  /** 0: in the list; 1: told to all seats; 2: told to 带班领导. */
  readonly level: number;
  readonly claimedBy: string | null;
  readonly closed: {
    readonly at: number;
    readonly how: 'called-back' | 'called-again' | 'given-up' | 'decided';
    /** The call that closed it. */
    readonly call: string | null;
    /** Who gave up, and why. */
    readonly by: string | null;
    readonly reason: string | null;
  } | null;
}

export interface CallNoteView {
  readonly id: string;
  /** The moment of the call it is about, ms UTC. */
  readonly moment: number;
  readonly text: string;
  readonly by: string | null;
  readonly at: number;
  readonly struck: boolean;
}

export interface CallerView {
  /** Null when withheld; 'unreadable' callers (D2b) have number null and tampered true on the call. */
  readonly number: string | null;
  /** Grouped for reading: 0954-2035678. */
  readonly shown: string | null;
  readonly name: string | null;
  /** From the directory. */
  readonly unit: string | null;
  readonly person: string | null;
  readonly class: 'superior' | 'subordinate' | 'public' | 'unknown';
}

/** One line of 通话经过; `kind` is a fact's kind, `detail` numbers and endpoints only. */
export interface CourseStep {
  readonly at: number;
  readonly kind: string;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/** D5's light: never 'recording' before growth was seen. */
export type RecordingState =
  | 'starting'
  | 'recording'
  | 'no-growth'
  | 'cannot-check'
  | 'attached'
  | 'no-sound'
  | 'missing'
  | 'refused-path'
  /** Deleted by the office's policy. */
  | 'expired';

export interface RecordingView {
  readonly id: string;
  /** What was heard before a person answered is evidence beside the talk (D5). */
  readonly part: 'talk' | 'before-answer';
  readonly state: RecordingState;
  readonly seconds: number | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly repaired: boolean;
  /** What is missing or wrong; empty: 完整; null: not measured yet. */
  readonly defects: readonly SoundDefect[] | null;
  /** 2: 对方 and 本室 apart; 1: 单声道. */
  readonly sides: number | null;
  /** There is a converted copy that plays everywhere; else the original is played. */
  readonly playable: boolean;
  readonly peaks: boolean;
  /** 录音备份, as the last check found it. */
  readonly copy: 'verified' | 'altered' | 'missing' | 'unreachable' | null;
  /** 校验, as the last check found it. */
  readonly check: 'verified' | 'altered' | 'missing' | 'restored' | null;
  /** The rule, or `by-hand:` and the person, that tied a file to this call; null: the PBX named it while it recorded. */
  readonly foundBy: string | null;
}
