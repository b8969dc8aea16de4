/** 系统 (接入向导, 自检) as the page sees it. Nothing in it can be heard, and numbers of callers are masked. */
import type { Role } from '../../accounts/access.ts';
import type { SoundDefect } from '../../sound/judgement.ts';
import type { RecordingState } from './call-view.ts';

export interface SetupView {
  /** Our clock, ms UTC. */
  readonly at: number;
  readonly demo: boolean;
  readonly pbxs: readonly SetupPbx[];
  readonly units: readonly UnitPart[];
  readonly rooms: readonly RoomPart[];
  readonly lines: readonly LinePart[];
  readonly seats: readonly SeatPart[];
  readonly people: readonly PersonPart[];
  readonly accounts: readonly AccountPart[];
  readonly contacts: number;
}

export interface SetupPbx {
  readonly id: string;
  readonly name: string;
  /** As dutyline.yaml names them. */
  readonly trunks: readonly string[];
  /** Ways of recording that a line of this PBX may have. */
  readonly recordings: readonly LinePart['recording'][];
}

export interface UnitPart {
  readonly id: string;
  readonly name: string;
  /** The one above it; null: at the top. */
  readonly parent: string | null;
}

export interface RoomPart {
  readonly id: string;
  readonly unit: string;
  readonly name: string;
  readonly formTitle: string;
}

export interface LinePart {
  readonly id: string;
  readonly room: string;
  readonly pbx: string;
  readonly number: string;
  readonly dids: readonly string[];
  readonly trunks: readonly string[];
  readonly phones: readonly string[];
  readonly recording: 'pbx' | 'ami' | 'snippet' | 'none';
}

export interface SeatPart {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  readonly phone: string | null;
}

export interface PersonPart {
  readonly id: string;
  readonly room: string;
  readonly name: string;
  readonly title: string | null;
  readonly phone: string | null;
}

export interface AccountPart {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly unit: string;
  readonly person: string | null;
  readonly disabled: boolean;
}

/** What `dutyline doctor` finds, group by group. */
export interface CheckView {
  readonly at: number;
  readonly groups: readonly {
    /** Null: this machine. */
    readonly pbx: string | null;
    readonly findings: readonly CheckFinding[];
  }[];
}

export interface CheckFinding {
  readonly kind: 'good' | 'note' | 'bad';
  readonly what: string;
  readonly advice: string | null;
}

/** 试拨. */
export interface TrialView {
  readonly at: number;
  /** Null: nobody watches. */
  readonly until: number | null;
  /** Newest first. */
  readonly calls: readonly TrialCallView[];
}

export interface TrialCallView {
  readonly id: string;
  readonly pbx: string;
  readonly arrivedAt: number;
  /** Masked; null: withheld. */
  readonly caller: string | null;
  readonly tampered: boolean;
  readonly did: string;
  readonly trunk: string;
  /** Not among the trunks of dutyline.yaml: calls on it are nobody's until it stands there. */
  readonly knownTrunk: boolean;
  readonly rang: readonly string[];
  readonly answeredBy: string | null;
  readonly endedAt: number | null;
  /** The duty line it belongs to. */
  readonly line: string | null;
}

/** 录音试听 without sound: what is known of the latest answered call of each line. */
export interface ProofView {
  readonly at: number;
  readonly lines: readonly LineProof[];
}

export interface LineProof {
  readonly line: string;
  /** Null: no call was answered lately. */
  readonly call: {
    readonly id: string;
    readonly startedAt: number;
    readonly talkSeconds: number;
    readonly ended: boolean;
  } | null;
  readonly sound: SoundProof | null;
}

export interface SoundProof {
  readonly state: RecordingState;
  readonly seconds: number | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
  /** Null: not measured yet. */
  readonly sides:
    | readonly {
        readonly side: 'caller' | 'room' | 'mixed';
        readonly levelDbfs: number | null;
        readonly activeSeconds: number;
      }[]
    | null;
  /** What is missing or wrong; null: not measured yet. */
  readonly defects: readonly SoundDefect[] | null;
  /** When somebody who may hear it last did, ms UTC. */
  readonly heardAt: number | null;
}
