import type { RecordingMode } from '../lines/duty-line.ts';
import type { GrowthWatch } from './growth.ts';
import type { RecordingPlace } from './recording-place.ts';

/** The talk from the bridge on, or what was heard before an answer. */
export type RecordedPart = 'talk' | 'before-answer';

/** One file to be recorded by AMI. `mark` (integer ms) makes its name unique. */
export interface RecordingOrder {
  readonly uniqueid: string;
  readonly part: RecordedPart;
  readonly mark: number;
  /** Who sits at the channel's end; the other side is what it hears. */
  readonly end: 'outside' | 'room';
}

/** The hand that may start and stop MixMonitor (`asterisk/control/recorder-session.ts`, with the control session). */
export interface RecorderHand {
  pathOf(order: RecordingOrder): string | null;
  /** Not ok: the PBX did not take the order; it is repeated while the channel stands. */
  start(order: RecordingOrder): Promise<{ readonly ok: boolean }>;
  /** Stops what runs on the channel for before the answer; does nothing when it cannot. Never rejects. */
  stopBeforeAnswer(uniqueid: string): Promise<void>;
}

/** A PBX as the recorder knows it. */
export interface RecordedPbx {
  readonly pbx: string;
  /** Null: the files cannot be reached from here; then the light says so and nothing is attached. */
  readonly place: RecordingPlace | null;
  /** A share or a distant machine: a file shows up later there. */
  readonly onShare: boolean;
  /** Mode of each duty line by id. */
  readonly modes: ReadonlyMap<string, RecordingMode>;
  /** Null where no line of the PBX has mode `ami`. */
  readonly hand: RecorderHand | null;
  /**
   * Mode `snippet`: stops what runs on a channel for before the answer; never rejects. Absent: that file goes on beside the
   * talk until the hang-up.
   */
  readonly stopEvidence?: (uniqueid: string) => Promise<void>;
}

/** A recording that was known before the service stopped, and is not finished. */
export interface UnfinishedRecording {
  readonly id: string;
  readonly pbx: string;
  readonly linkedid: string;
  readonly uniqueid: string;
  readonly part: RecordedPart;
  readonly mode: 'pbx' | 'ami' | 'snippet';
  readonly pbxPath: string;
  /** Integer ms UTC. */
  readonly knownAt: number;
}

/** A recording from the first order or name until our copy is kept. Its fields change as it goes. */
export interface FollowedRecording {
  readonly id: string;
  readonly pbx: RecordedPbx;
  /** Becomes the survivor's when calls are joined. */
  linkedid: string;
  readonly uniqueid: string;
  readonly part: RecordedPart;
  readonly mode: 'pbx' | 'ami' | 'snippet';
  readonly pbxPath: string;
  watch: GrowthWatch;
  looking: boolean;
  /** Null: the PBX has taken the order, or makes the file by itself. Else when to ask again. */
  askAgainAt: number | null;
  readonly mark: number;
  readonly end: RecordingOrder['end'];
  phase: 'live' | 'attaching';
  /** The reports so far: those of one recording keep their order. */
  reports: Promise<void>;
}
