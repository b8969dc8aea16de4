/** The end of a recording: attaches its file and says what came of it, however long the share is away. */
import { type AttachTiming, attachRecording } from './attach.ts';
import type { FollowedRecording } from './followed-recording.ts';
import type { RecordingLibrary } from './library.ts';
import { brokenOff, type Pause, type Say } from './reporting.ts';
import { hasSides } from './side-files.ts';

/** A path that lay outside the base, or climbed and ended inside: for the audit trail and the screen. */
export interface PathNote {
  readonly pbx: string;
  readonly recording: string;
  readonly linkedid: string;
  readonly refused: boolean;
}

export interface FinishingDeps {
  readonly now: () => number;
  readonly library: RecordingLibrary;
  readonly pause: Pause;
  readonly say: Say;
  readonly onSecurity: (note: PathNote) => void;
  readonly onTrouble: (recording: string, trouble: string) => void;
  readonly attach: AttachTiming;
  readonly attachAgainMs: number;
}

/** The stop takes a moment to reach the PBX after the bridge: so much of the talk runs into every file of before it. */
const LEAST_BEFORE_ANSWER = 0.3;

/**
 * Resolves to true when the recording is finished and its reports are taken, to false when the service stops first: then
 * the store still has it as unfinished, and the next start takes it up.
 */
export async function finishRecording(recording: FollowedRecording, deps: FinishingDeps): Promise<boolean> {
  try {
    while (!(await attachOnce(recording, deps))) await deps.pause(deps.attachAgainMs);
  } catch (failure) {
    if (await brokenOff(deps.pause(0))) return false;
    throw failure;
  }
  await recording.reports;
  return true;
}

/** A leg that failed before the PBX took the order, and never talked: nothing is missing. */
function wasNeverTalk(followed: FollowedRecording): boolean {
  return followed.askAgainAt !== null && followed.watch.soundSince === null;
}

/** True when it is finished, whatever came of it. */
async function attachOnce(followed: FollowedRecording, deps: FinishingDeps): Promise<boolean> {
  const { id: recording, pbxPath, linkedid } = followed;
  const { place, pbx } = followed.pbx;
  const { library, pause: wait, say } = deps;
  const leastSeconds = followed.part === 'before-answer' ? LEAST_BEFORE_ANSWER : 0;
  const withSides = hasSides(followed);
  const outcome =
    place === null
      ? { state: 'cannot-check' as const, detail: 'no recording folder is configured' }
      : await attachRecording(
          { recording, pbxPath, leastSeconds, withSides, mayBeAppended: followed.mode === 'pbx' },
          { place, library, wait },
          deps.attach,
        );
  const at = deps.now();
  if (outcome.state === 'missing' && wasNeverTalk(followed)) {
    say(followed, { type: 'recording-failed', recording, state: 'no-sound', at });
    return true;
  }
  switch (outcome.state) {
    case 'cannot-check':
      if (followed.watch.light !== 'cannot-check') {
        followed.watch = { ...followed.watch, light: 'cannot-check' };
        say(followed, { type: 'recording-growth', recording, state: 'cannot-check', at });
      }
      deps.onTrouble(recording, `the file cannot be fetched: ${outcome.detail}`);
      return false;
    case 'attached': {
      const { file, bytes, seconds, sha256 } = outcome.sound;
      const { repaired, sides = [] } = outcome;
      const kept = { file, bytes, seconds, sha256, repaired, sides };
      say(followed, { type: 'recording-attached', recording, ...kept, at });
      if (outcome.climbing) deps.onSecurity({ pbx, recording, linkedid, refused: false });
      return true;
    }
    case 'no-sound':
    case 'missing':
    case 'refused-path':
      say(followed, { type: 'recording-failed', recording, state: outcome.state, at });
      if (outcome.state === 'refused-path') deps.onSecurity({ pbx, recording, linkedid, refused: true });
      return true;
  }
}
