/** Takes over a file that was found, or that a person gave to a call: the same way as one the PBX named while it recorded. */
import type { RecordingReport } from '../../calls/recording-report.ts';
import { type AttachOutcome, type AttachTiming, attachRecording } from '../attach.ts';
import type { PathNote } from '../finishing.ts';
import type { RecordingLibrary } from '../library.ts';
import { recordingIdOf } from '../recording-id.ts';
import type { RecordingPlace } from '../recording-place.ts';
import { hasSides } from '../side-files.ts';
import { onPbx } from './found-file.ts';
import type { Attachment } from './reconcile.ts';

export interface TakeOverDeps {
  readonly library: RecordingLibrary;
  /** Takes a report to the store. Rejects while the store fails. */
  readonly report: (report: RecordingReport) => Promise<{ readonly ok: boolean }>;
  readonly onSecurity: (note: PathNote) => void;
  /** Resolves after so many ms, rejects when the service stops. */
  readonly wait: (ms: number) => Promise<void>;
  readonly now: () => number;
}

/** A recording the store knows and nobody has taken over. */
export interface KnownFile {
  readonly recording: string;
  readonly pbx: string;
  readonly linkedid: string;
  readonly pbxPath: string;
  readonly part: 'talk' | 'before-answer';
  readonly mode: 'pbx' | 'ami' | 'snippet';
}

/**
 * 'not-reported': the store refused to know of it. What cannot be fetched now stays unfinished in the store, and is
 * tried again by the next reconciliation, or at the next start.
 */
export type TakeOver = AttachOutcome['state'] | 'not-reported';

/** States of a recording that is not taken over yet. */
export const UNFINISHED: readonly string[] = ['starting', 'recording', 'no-growth', 'cannot-check'];

/** The file stood still before it came here: so that two looks at it are enough. */
const AT_ONCE: AttachTiming = { lookEveryMs: 20, missingAfterMs: 0, stillMs: 0 };

/** Reports a found file as known and takes it over. Harmless when repeated: its id comes from its path. */
export async function takeOverFound(
  found: Attachment,
  place: RecordingPlace,
  deps: TakeOverDeps,
): Promise<{ readonly recording: string; readonly state: TakeOver }> {
  const { pbx, linkedid, generation } = found.trail;
  const { part, mode } = found;
  const pbxPath = onPbx(place, found.file.path);
  const recording = found.recording ?? recordingIdOf(pbx, pbxPath, linkedid, found.file.mtimeMs);
  const { ok } = await deps.report({
    type: 'recording-known',
    recording,
    pbx,
    linkedid,
    generation,
    uniqueid: found.uniqueid,
    part,
    mode,
    pbxPath,
    foundBy: found.rule,
    at: deps.now(),
  });
  if (!ok) return { recording, state: 'not-reported' };
  const known = { recording, pbx, linkedid, pbxPath, part, mode };
  return { recording, state: await takeOverKnown(known, place, deps) };
}

/** Takes over the file of a recording that is known. Rejects when the service stops, or the store fails. */
export async function takeOverKnown(
  known: KnownFile,
  place: RecordingPlace,
  deps: TakeOverDeps,
): Promise<TakeOver> {
  const { recording, pbx, linkedid, pbxPath } = known;
  const places = { place, library: deps.library, wait: deps.wait };
  const withSides = hasSides(known);
  const outcome = await attachRecording({ recording, pbxPath, leastSeconds: 0, withSides }, places, AT_ONCE);
  const { ok } = await deps.report(reportOf(recording, outcome, deps.now()));
  if (outcome.state === 'refused-path') deps.onSecurity({ pbx, recording, linkedid, refused: true });
  if (outcome.state === 'attached' && outcome.climbing)
    deps.onSecurity({ pbx, recording, linkedid, refused: false });
  return ok ? outcome.state : 'not-reported';
}

function reportOf(recording: string, outcome: AttachOutcome, at: number): RecordingReport {
  switch (outcome.state) {
    case 'attached': {
      const { file, bytes, seconds, sha256 } = outcome.sound;
      const { repaired, sides = [] } = outcome;
      return { type: 'recording-attached', recording, file, bytes, seconds, sha256, repaired, sides, at };
    }
    case 'cannot-check':
      return { type: 'recording-growth', recording, state: 'cannot-check', at };
    default:
      return { type: 'recording-failed', recording, state: outcome.state, at };
  }
}
