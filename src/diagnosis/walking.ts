/** What the steps of a walk share: the question, what is known of the PBX, and where findings go. */
import type { Contexts, FoundStep } from './dialplan-lookup.ts';
import type { Values } from './dialplan-text.ts';
import type { DialplanLine, DialplanPlace, SettingRule } from './setting-suspicion.ts';
import type { WalkState } from './walk-state.ts';

/** Which way is walked, and whose line it is. */
export interface WalkQuestion {
  /** Where calls of the line arrive: each context of its trunks with each of its DIDs. */
  readonly entries: readonly { readonly context: string; readonly extension: string }[];
  /** Endpoint names, `PJSIP/1001`. */
  readonly isDutyPhone: (endpoint: string) => boolean;
  readonly isTrunk: (endpoint: string) => boolean;
  /** Sound files of the approved 录音告知语, as the dialplan names them. */
  readonly approvedSounds: readonly string[];
}

/**
 * What was read of the PBX so far. No entry: not asked yet. Null: it is not there (a context), or cannot be told (the rest).
 */
export interface PbxKnowledge {
  readonly contexts: Contexts;
  /** By `family/key`; '' for a key that is not there. */
  readonly database: ReadonlyMap<string, string | null>;
  readonly globals: ReadonlyMap<string, string | null>;
  /** Interfaces of a queue's members. */
  readonly queues: ReadonlyMap<string, readonly string[] | null>;
}

/** What a walk would have to know to go on, or to be exact. */
export type Want = keyof PbxKnowledge;

/** What no walk can see. */
export type GapKind =
  /** AGI, Stasis, ExternalIVR: a program decides what happens and what is heard. */
  | 'program'
  /** Where it goes on is known only during a call. */
  | 'run-time-target'
  /** FollowMe() takes its numbers from followme.conf. */
  | 'follow-me-file'
  /** A `switch`: extensions that stand outside the dialplan. */
  | 'switch'
  /** Whether the queue plays music is decided during a call. */
  | 'queue-options'
  /** Its members are not told. */
  | 'queue-members';

export interface WalkGap {
  readonly kind: GapKind;
  readonly line: DialplanLine;
}

export interface Walking {
  readonly question: WalkQuestion;
  readonly knowledge: PbxKnowledge;
  readonly values: (state: WalkState) => Values;
  readonly want: (what: Want, name: string) => void;
  readonly gap: (kind: GapKind, line: DialplanLine) => void;
  readonly suspect: (
    rule: SettingRule,
    state: WalkState,
    place: DialplanPlace,
    more?: { readonly target?: string; readonly sound?: string },
  ) => void;
  /** A telephone of the PBX is rung on some way. */
  readonly reach: (endpoint: string) => void;
  /** Something goes deeper than any dialplan does that is not a circle. */
  readonly giveUp: () => void;
  /** Walks a Local channel to its end; whether a phone of the line is rung on some way. */
  readonly explore: (start: WalkState) => boolean;
}

/** One application to be performed: at a step of its own, or inside ExecIf. */
export interface Act {
  readonly application: string;
  /** With what is known put in. */
  readonly data: string;
  /** The line as it stands in the dialplan. */
  readonly line: DialplanLine;
  readonly found: FoundStep;
}

export function placeOf(state: WalkState, line: DialplanLine): DialplanPlace {
  return { kind: 'dialplan', at: line, path: state.path };
}
