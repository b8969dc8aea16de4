/** Why the sound of a call cannot be played yet, or at all, in a sentence; null: it can. */
import type { CallView, RecordingView } from '../web/protocol/call-view.ts';
import { toldRecordings } from './told-recordings.ts';
import { words } from './words.ts';

/** Nothing more will come of these by itself. */
const FINAL: ReadonlySet<RecordingView['state']> = new Set([
  'attached',
  'no-sound',
  'missing',
  'refused-path',
  'expired',
]);

export function whyUnheard(call: CallView): string | null {
  const recordings = toldRecordings(call);
  if (recordings.some(({ state }) => state === 'attached')) return null;
  if (call.phase !== 'ended' && call.answeredAt === null) return words.facts.recordingLater;
  if (isComing(recordings)) {
    if (call.phase === 'ended') return words.facts.recordingPending;
    // As the light: nothing is being recorded before it was seen to grow (D5).
    const isSeen = recordings.some(({ state }) => state === 'recording');
    return isSeen ? words.facts.recordingNow : words.facts.recordingUnproved;
  }
  if (call.phase !== 'ended') return words.facts.recordingLater;
  const [lost] = recordings;
  if (lost !== undefined) return words.facts.recordingLost(words.recordingState[lost.state]);
  return call.answeredAt === null ? words.facts.noTalk : words.facts.noRecording;
}

/** One of them may still be played by itself. */
export function isComing(recordings: readonly RecordingView[]): boolean {
  return recordings.some(({ state }) => !FINAL.has(state));
}
