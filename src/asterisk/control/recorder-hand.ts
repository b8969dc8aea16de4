import type { ControlSession } from './control-session.ts';
import { RECORDING_ID_VARIABLE, type RecorderSession, type RecordingOrder } from './recorder-session.ts';

/** Starting and stopping as the recorder needs it, over two log-ins. */
export interface RecorderHand {
  pathOf(order: RecordingOrder): string | null;
  start(order: RecordingOrder): Promise<{ readonly ok: boolean }>;
  /** Stops what records before the answer on this channel. Never rejects. */
  stopBeforeAnswer(uniqueid: string): Promise<void>;
}

/**
 * The id of a MixMonitor stands in a channel variable, which only the control log-in may read. Without it (null, or no
 * answer) the file of before the answer goes on beside the talk until the hang-up: more than wanted, nothing lost.
 */
export function createRecorderHand(recorder: RecorderSession, control: ControlSession | null): RecorderHand {
  return {
    pathOf: recorder.pathOf,
    start: recorder.start,
    async stopBeforeAnswer(uniqueid) {
      const id = await control?.getVariable(uniqueid, RECORDING_ID_VARIABLE);
      if (id?.ok && id.value !== '') await recorder.stop(uniqueid, id.value);
    },
  };
}

/** The same for what our snippet in the dialplan began: the control log-in alone may end it. Never rejects. */
export function createEvidenceStop(control: ControlSession): (uniqueid: string) => Promise<void> {
  return async (uniqueid) => {
    const id = await control.getVariable(uniqueid, RECORDING_ID_VARIABLE);
    if (id.ok && id.value !== '') await control.stopMixMonitor(uniqueid, id.value);
  };
}
