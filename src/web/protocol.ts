/**
 * Every message between page and service, as types (D10). Client messages are parsed by `client-message.ts` (zod, limits
 * first); the page trusts the service. JSON text frames. Bump PROTOCOL when a message changes its meaning: an older page
 * is told to reload.
 */
import type { Role } from '../accounts/access.ts';
import type { Direction, HungUpBy, Outcome, PreAnswerAudio, TransferKind } from '../calls/call-summary.ts';
import type { Refusal } from '../records/command.ts';
import type { FieldName, NoRecordReason, RecordState } from '../records/field.ts';

export const PROTOCOL = 1;

// ---- what the page sees -------------------------------------------------------------------------------------------

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
  /** 通话经过, oldest first. */
  readonly course: readonly CourseStep[];
  readonly recordings: readonly RecordingView[];
  readonly record: string | null;
  /** Set when this call was joined to an older one. */
  readonly joinedTo: string | null;
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
  | 'refused-path';

export interface RecordingView {
  readonly id: string;
  /** What was heard before a person answered is evidence beside the talk (D5). */
  readonly part: 'talk' | 'before-answer';
  readonly state: RecordingState;
  readonly seconds: number | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  readonly repaired: boolean;
}

export interface FieldView {
  readonly value: string;
  readonly version: number;
  /** Name of the person who wrote it; null when filled by the system. */
  readonly by: string | null;
  readonly at: number;
}

export interface RecordView {
  readonly id: string;
  readonly room: string;
  readonly call: string | null;
  readonly direction: Direction;
  readonly state: RecordState;
  /** `值电〔2026〕1号` once registered. */
  readonly number: string | null;
  readonly registeredAt: number | null;
  readonly openedAt: number;
  readonly updatedAt: number;
  readonly byHand: boolean;
  readonly noRecordReason: NoRecordReason | null;
  readonly voidReason: string | null;
  readonly fields: Readonly<Record<FieldName, FieldView>>;
  readonly corrections: readonly {
    readonly at: number;
    readonly by: string;
    readonly field: FieldName;
    readonly from: string;
    readonly to: string;
    readonly reason: string;
  }[];
}

/** State of one PBX connection or line as the strip and the chips show it. */
export interface LinkView {
  readonly pbx: string;
  readonly state: 'up' | 'connecting' | 'down';
  readonly since: number;
  /** Why it is down or limited, in words a person can act on; null when all is well. */
  readonly reason: Refusal | null;
  /** pbxAt − receivedAt offset in ms; > 2 s is shown, > 30 s is a finding. Null before it was measured. */
  readonly offsetMs: number | null;
  /** What the service cannot do with the classes it was given. */
  readonly limits: readonly Refusal[];
  readonly quarantined: number;
}

/** A stretch in which nobody listened. `missed` by CoreProcessedCalls (22), null when the PBX cannot say. */
export interface GapView {
  readonly id: string;
  readonly pbx: string;
  readonly from: number;
  readonly to: number | null;
  readonly missed: number | null;
  readonly cause: string;
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
}

export interface RoomView {
  readonly id: string;
  readonly name: string;
  /** Title of the form: XXX人民政府值班室电话记录单. */
  readonly formTitle: string;
  readonly unit: string;
  readonly lines: readonly {
    readonly id: string;
    readonly number: string;
    readonly phones: readonly string[];
  }[];
  readonly seats: readonly {
    readonly id: string;
    readonly name: string;
    readonly phone: string | null;
    readonly person: PersonView | null;
  }[];
  readonly onDuty: { readonly leaders: readonly PersonView[]; readonly officers: readonly PersonView[] };
  readonly officers: readonly PersonView[];
}

export interface Me {
  readonly account: string;
  readonly name: string;
  readonly role: Role;
  readonly seat: string | null;
  readonly person: PersonView | null;
}

export type { Role };

// ---- page → service -----------------------------------------------------------------------------------------------

export type ClientMessage =
  /** First message. `position` is the last one applied; null asks for a snapshot. */
  | {
      readonly type: 'hello';
      readonly protocol: number;
      readonly client: string;
      readonly position: number | null;
      /** The room to watch, for those without a seat (supervisors). Absent: the seat's room, else the account's own. */
      readonly room?: string | null;
    }
  | {
      readonly type: 'patch';
      readonly opId: string;
      readonly record: string;
      readonly field: FieldName;
      readonly base: number;
      readonly value: string;
    }
  /** Soft hold: sent on entering a field and with each live text; ends 10 s after the last one or by `release`. */
  | { readonly type: 'hold'; readonly record: string; readonly field: FieldName; readonly text: string }
  | { readonly type: 'release'; readonly record: string; readonly field: FieldName }
  /** 接过来写. */
  | { readonly type: 'take-over'; readonly record: string; readonly field: FieldName }
  | { readonly type: 'register'; readonly opId: string; readonly record: string }
  | {
      readonly type: 'correct';
      readonly opId: string;
      readonly record: string;
      readonly field: FieldName;
      readonly value: string;
      readonly reason: string;
    }
  | {
      readonly type: 'mark-no-record';
      readonly opId: string;
      readonly record: string;
      readonly reason: NoRecordReason;
    }
  | { readonly type: 'void'; readonly opId: string; readonly record: string; readonly reason: string }
  | { readonly type: 'reopen'; readonly opId: string; readonly record: string }
  | { readonly type: 'open-by-hand'; readonly opId: string; readonly record: string }
  | { readonly type: 'take-seat'; readonly opId: string; readonly seat: string }
  /** 换人: the person of this seat changes by PIN. */
  | { readonly type: 'change-person'; readonly opId: string; readonly person: string; readonly pin: string }
  /** 模拟来电, demonstration PBX only. */
  | { readonly type: 'simulate-call'; readonly opId: string; readonly story: string }
  | { readonly type: 'ping'; readonly at: number };

// ---- service → page -----------------------------------------------------------------------------------------------

export interface Snapshot {
  readonly type: 'snapshot';
  readonly position: number;
  readonly serverTime: number;
  readonly me: Me;
  readonly demo: boolean;
  /** Served over plain HTTP by an explicit key: shown red. */
  readonly insecure: boolean;
  readonly room: RoomView;
  readonly links: readonly LinkView[];
  readonly gaps: readonly GapView[];
  /** Today's calls and every call that still lives. */
  readonly calls: readonly CallView[];
  /** Open drafts, and the records of the calls above. */
  readonly records: readonly RecordView[];
  readonly holds: readonly HoldView[];
  readonly stories: readonly { readonly id: string; readonly title: string }[];
}

export interface HoldView {
  readonly record: string;
  readonly field: FieldName;
  readonly person: string;
  readonly client: string;
  readonly text: string;
}

export type Change =
  | { readonly entity: 'call'; readonly view: CallView }
  | { readonly entity: 'record'; readonly view: RecordView }
  | { readonly entity: 'link'; readonly view: LinkView }
  | { readonly entity: 'gap'; readonly view: GapView }
  | { readonly entity: 'room'; readonly view: RoomView };

export type ServerMessage =
  | Snapshot
  /** Whole new views of what changed: applying one twice does no harm. */
  | {
      readonly type: 'delta';
      readonly position: number;
      readonly serverTime: number;
      readonly changes: readonly Change[];
    }
  /** The patch or command is durable. `version` is the field's new version for patches. */
  | {
      readonly type: 'accepted';
      readonly opId: string;
      readonly position: number;
      readonly version: number | null;
    }
  | { readonly type: 'refused'; readonly opId: string | null; readonly refusal: Refusal }
  /** Two hands wrote one field: both values, shown inside the field. */
  | {
      readonly type: 'conflict';
      readonly opId: string;
      readonly record: string;
      readonly field: FieldName;
      readonly current: FieldView;
      readonly yours: string;
    }
  | { readonly type: 'hold'; readonly hold: HoldView }
  | {
      readonly type: 'released';
      readonly record: string;
      readonly field: FieldName;
      readonly takenOverBy: string | null;
    }
  | { readonly type: 'me'; readonly me: Me }
  /** The page is older than the service, or the session ended. */
  | { readonly type: 'reload' }
  | { readonly type: 'logged-out'; readonly refusal: Refusal }
  | { readonly type: 'pong'; readonly at: number; readonly serverTime: number };
