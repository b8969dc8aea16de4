/** Moments of a call and places in its sound. Pure; moments in ms UTC, places in seconds of one recording. */
import type { CallView, RecordingView } from '../web/protocol/call-view.ts';

/** A place in one of the call's recordings. */
export interface Place {
  readonly recording: string;
  readonly seconds: number;
}

/** `0:12` into the call, as the note says it; from the begin of the call, the ring included. */
export function intoCall(call: Pick<CallView, 'startedAt'>, moment: number): number {
  return Math.max(0, Math.floor((moment - call.startedAt) / 1000));
}

/**
 * When a recording begins. The PBX writes no clock into its files: what lacks its beginning was measured against the
 * answer; else the first talk begins there, a later one is held against the end of the call, and what was heard before the
 * answer ends with it.
 */
function soundBegins(call: CallView, recording: RecordingView): number {
  const length = (recording.seconds ?? 0) * 1000;
  const end = call.endedAt ?? call.startedAt;
  const answer = call.answeredAt ?? end;
  if (recording.part === 'before-answer') return Math.max(call.startedAt, answer - length);
  const late = recording.defects?.find(({ kind }) => kind === 'cut-at-start');
  if (late?.kind === 'cut-at-start') return answer + late.seconds * 1000;
  const talks = call.recordings.filter(({ part }) => part === 'talk');
  return talks[0]?.id === recording.id ? answer : Math.max(answer, end - length);
}

/** The moment of the call at a place in its sound. */
export function momentAt(call: CallView, recording: RecordingView, seconds: number): number {
  return Math.round(soundBegins(call, recording) + seconds * 1000);
}

/** Where a moment is heard; null when no sound of the call has it. */
export function placeOf(call: CallView, moment: number, sounds: readonly RecordingView[]): Place | null {
  for (const sound of sounds) {
    const seconds = (moment - soundBegins(call, sound)) / 1000;
    // A second of grace: clocks of the PBX and of the files differ a little.
    if (seconds >= -1 && seconds <= (sound.seconds ?? 0) + 1)
      return { recording: sound.id, seconds: Math.max(0, seconds) };
  }
  return null;
}
