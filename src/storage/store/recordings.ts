/** Recordings: which call each belongs to, where it lies, what was found in it, and the calls that should have one. */
import type { WhyMissing } from '../../calls/sound-due.ts';
import type { SoundTrail } from '../../calls/sound-trail.ts';
import type { MadeFile, SoundJudgement } from '../../sound/judgement.ts';
import type { Protection } from '../../sound/protection.ts';
import type { RecordingState } from '../../web/protocol/call-view.ts';
import { copyCounts, hasKeptSound, keptSounds } from '../kept-sound-reads.ts';
import type { ReadDeps } from '../read.ts';
import { recordingRows } from '../service-reads.ts';
import { callsWithoutSound, knownSound, soundTrail, soundTrails } from '../sound-reads.ts';

export interface StoredRecordings {
  recording(id: string): Promise<RecordingRow | undefined>;
  recordingsOfCall(call: string): Promise<readonly RecordingRow[]>;
  /** Recordings whose state is not final: looked after again at start. */
  unfinishedRecordings(): Promise<readonly RecordingRow[]>;
  /** Every recording of a PBX that became known at `since` or later, destroyed ones too. */
  knownSound(pbx: string, since: number): Promise<readonly KnownSoundRow[]>;

  /** Recordings that are ours, by id; `after` is the last of the page before. */
  keptSounds(after: string | null, limit: number): Promise<readonly KeptSoundRow[]>;
  copyCounts(): Promise<CopyCounts>;
  /** Whether sound was ever taken over, whatever became of it. */
  hasKeptSound(): Promise<boolean>;

  /** The calls of a PBX that stood at any time from `from` to `to` (ms UTC), each with those that were joined to it. */
  soundTrails(pbx: string, from: number, to: number): Promise<readonly SoundTrail[]>;
  /** The trail of one call; of a joined call that of its survivor. */
  soundTrail(call: string): Promise<SoundTrail | undefined>;
  /** Calls that ended from `from` to `to` (not included), should have sound and have none, newest first. */
  callsWithoutSound(from: number, to: number): Promise<readonly SilentCallRow[]>;
}

export interface RecordingRow {
  readonly id: string;
  readonly call: string | null;
  readonly room: string | null;
  readonly pbx: string;
  readonly linkedid: string;
  readonly uniqueid: string;
  readonly part: 'talk' | 'before-answer';
  readonly mode: 'pbx' | 'ami' | 'snippet';
  readonly pbxPath: string;
  readonly state: RecordingState;
  /** Relative to the recordings folder once attached. */
  readonly file: string | null;
  readonly bytes: number | null;
  readonly seconds: number | null;
  readonly sha256: string | null;
  /** The two sides beside it, as they were kept. */
  readonly sides: readonly MadeFile[];
  readonly repaired: boolean;
  readonly knownAt: number;
  /** When the PBX took the order, where that was later; else null. */
  readonly orderedAt: number | null;
  /** What the pipeline found; null: it has not been through. */
  readonly judgement: SoundJudgement | null;
  readonly copyState: CopyState | null;
  readonly copiedAt: number | null;
  readonly checkState: CheckState | null;
  readonly checkedAt: number | null;
  /** The rule of the matcher, or `by-hand:` and the person, that tied it to its call; null: the PBX named it. */
  readonly foundBy: string | null;
}

export interface KnownSoundRow {
  readonly recording: string;
  readonly call: string | null;
  readonly pbxPath: string;
  readonly state: RecordingRow['state'];
  readonly part: RecordingRow['part'];
  readonly mode: RecordingRow['mode'];
  readonly linkedid: string;
  readonly foundBy: string | null;
}

export interface KeptSoundRow extends RecordingRow {
  /** What forbids that a policy deletes it; null: nothing does. */
  readonly protectedBy: Protection | null;
  readonly isDestroyed: boolean;
}

export interface CopyCounts {
  readonly verified: number;
  readonly waiting: number;
  readonly bad: number;
}

export type CopyState = 'verified' | 'altered' | 'missing' | 'unreachable';
export type CheckState = 'verified' | 'altered' | 'missing' | 'restored';

export interface SilentCallRow {
  readonly call: string;
  readonly room: string | null;
  readonly line: string | null;
  readonly mode: 'pbx' | 'ami' | 'snippet';
  readonly pbx: string;
  readonly linkedid: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly talkSeconds: number;
  readonly why: WhyMissing;
}

export function storedRecordings(deps: ReadDeps): StoredRecordings {
  return {
    recording: async (id) => (await recordingRows(deps, { id }))[0],
    recordingsOfCall: (call) => recordingRows(deps, { call }),
    unfinishedRecordings: () => recordingRows(deps, 'unfinished'),
    knownSound: (pbx, since) => knownSound(deps, pbx, since),
    keptSounds: (after, limit) => keptSounds(deps, after, limit),
    copyCounts: () => copyCounts(deps),
    hasKeptSound: () => hasKeptSound(deps),
    soundTrails: (pbx, from, to) => soundTrails(deps, pbx, from, to),
    soundTrail: (call) => soundTrail(deps, call),
    callsWithoutSound: (from, to) => callsWithoutSound(deps, from, to),
  };
}
