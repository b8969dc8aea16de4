import type { CallView, RecordingView } from '../web/protocol/call-view.ts';

/**
 * What an officer is told about a call's sound: the talk, once there was one, and the time before the answer only when
 * something was heard there. Plain ringing leaves an empty file, which is as it should be.
 */
export function toldRecordings(call: CallView): readonly RecordingView[] {
  const rangOnly = call.phase === 'ended' && call.answeredAt === null;
  return call.recordings.filter(
    ({ part, state }) =>
      state === 'attached' ||
      (part === 'talk' && !(rangOnly && (state === 'no-sound' || state === 'starting'))),
  );
}
