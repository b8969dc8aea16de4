/** A call (通话): all channels that belong together, as folded from its facts. */
import type { Direction, TransferKind } from './call-summary.ts';
import type { Leg, Seen } from './leg.ts';

export interface Call {
  readonly pbx: string;
  /** Linkedid at the begin: with `pbx` and `generation` the natural key. */
  readonly linkedid: string;
  readonly generation: number;
  readonly direction: Direction;
  readonly line: string | null;
  readonly lineNumber: string | null;
  readonly callerNumber: string | null;
  /** From the erasable store beside the facts, never from a fact. */
  readonly callerName: string | null;
  readonly dialled: string;
  readonly startedAt: number;
  /** 'list': it stood already when we began to look. */
  readonly begin: Seen;
  /** Uniqueid of the channel that called. */
  readonly caller: string;
  /** At most MAX_LEGS; a queue that rings for half an hour makes hundreds, the oldest fruitless ones are then only counted. */
  readonly legs: readonly Leg[];
  readonly forgotten: Forgotten;
  readonly transfers: readonly Transfer[];
  /** Trunk legs that left inside an inbound call, in order. */
  readonly left: readonly { readonly uniqueid: string; readonly endpoint: string; readonly to: string }[];
  readonly audio: PreAnswer;
  /** Heard after every dial had failed; becomes `audio` when a phone is dialled again. */
  readonly audioAfterFailure: PreAnswer;
  /** Files of the announcements heard so far; null: one that named none. */
  readonly sounds: readonly { readonly sound: string | null; readonly afterFailure: boolean }[];
  readonly queue: 'none' | 'waiting' | 'left' | 'abandoned';
  readonly voicemail: boolean;
  readonly nothingToDial: boolean;
  /** Undefined until CEL or Getvar told; null: not diverted. */
  readonly divertedFrom: string | null | undefined;
  readonly recordings: readonly RecordingName[];
  readonly tampered: boolean;
  readonly attention: readonly string[];
  /** Linkedids of calls that became part of this one. */
  readonly joined: readonly string[];
  readonly ending: Ending | null;
  readonly lastFactAt: number;
  readonly factCount: number;
}

/** What legs that are no longer kept came to, and the first and last moment one of them rang. */
export interface Forgotten {
  readonly verdicts: readonly LegVerdict[];
  readonly rangAt: number | null;
  readonly rangUntil: number | null;
}

/** How an unanswered leg ended. */
export type LegVerdict = 'rang' | 'busy' | 'declined' | 'failed' | 'unreachable' | 'forwarded';

export type PreAnswer = 'none' | 'music' | 'announcement' | 'early-answer';

export type Ending =
  | { readonly kind: 'ended'; readonly at: number }
  | { readonly kind: 'lost'; readonly knownAt: number; readonly lastSeenAt: number }
  | { readonly kind: 'joined'; readonly at: number; readonly survivor: string };

export interface Transfer {
  readonly kind: TransferKind;
  readonly to: string;
  readonly at: number;
}

export interface RecordingName {
  readonly uniqueid: string;
  readonly path: string;
  readonly source: 'variable' | 'dialplan';
}
