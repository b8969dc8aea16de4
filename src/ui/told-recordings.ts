import type { CallView, RecordingView } from '../web/protocol/call-view.ts';

/**
 * What an officer is told about a call's sound: the talk always, the time before the answer only when something was heard
 * there. Plain ringing leaves an empty file, which is as it should be.
 */
export function toldRecordings(call: CallView): readonly RecordingView[] {
  return call.recordings.filter(({ part, state }) => part === 'talk' || state === 'attached');
}
