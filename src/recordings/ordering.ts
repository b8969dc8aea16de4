/** Mode `ami`: the PBX is asked to record a channel, and asked again for as long as it has not taken the order. */
import type { Effect } from '../calls/step.ts';
import type { FollowedRecording, RecordedPbx, RecorderHand, RecordingOrder } from './followed-recording.ts';
import type { Following } from './following.ts';
import { recordingIdOf } from './recording-id.ts';

export type StartRecording = Extract<Effect, { kind: 'start-recording' }>;

export interface OrderingDeps {
  /** Integer ms UTC. */
  readonly now: () => number;
  readonly onTrouble: (recording: string, trouble: string) => void;
  readonly startAgainMs: number;
}

export interface Ordering {
  /** Asks for the talk and for what is heard before it; once for each channel. */
  start(pbx: RecordedPbx, hand: RecorderHand, effect: StartRecording): void;
  /** Asks again when it is time to. */
  askAgain(recording: FollowedRecording, at: number): void;
}

export function createOrdering(
  { now, onTrouble, startAgainMs }: OrderingDeps,
  following: Following,
): Ordering {
  function order(
    pbx: RecordedPbx,
    hand: RecorderHand,
    { linkedid }: StartRecording,
    wanted: RecordingOrder,
  ): void {
    const pbxPath = hand.pathOf(wanted);
    if (pbxPath === null) {
      onTrouble(
        '',
        `${pbx.pbx}: channel ${wanted.uniqueid} cannot be recorded by AMI; is systemname set on the PBX?`,
      );
      return;
    }
    const { uniqueid, part, mark, end } = wanted;
    const id = recordingIdOf(pbx.pbx, pbxPath, linkedid, mark);
    const recording = following.follow(
      { id, pbx: pbx.pbx, linkedid, uniqueid, part, mode: 'ami', pbxPath, knownAt: mark },
      pbx,
      mark,
      end,
    );
    // Known also when the PBX did not take it: somebody has to see that nothing is recorded.
    following.background(ask(recording, hand).then(() => following.sayKnown(recording)));
  }

  async function ask(recording: FollowedRecording, hand: RecorderHand): Promise<void> {
    const { uniqueid, part, mark, end } = recording;
    recording.askAgainAt = Number.POSITIVE_INFINITY;
    const taken = await hand.start({ uniqueid, part, mark, end });
    const at = now();
    if (taken.ok) recording.watch = { ...recording.watch, askedAt: at };
    recording.askAgainAt = taken.ok ? null : at + startAgainMs;
  }

  /** The sound begins here, and not when it was asked for first. */
  function sayOrdered(recording: FollowedRecording): void {
    if (recording.askAgainAt === null) following.sayOrdered(recording);
  }

  return {
    start(pbx, hand, effect) {
      const { uniqueid, end } = effect;
      if (
        following.those((each) => each.pbx === pbx && each.uniqueid === uniqueid && isOursAndLive(each))
          .length > 0
      )
        return;
      // Talk first: its start must not wait for the evidence, which is heard by the party outside alone.
      const parts = end === 'outside' ? (['talk', 'before-answer'] as const) : (['talk'] as const);
      for (const part of parts) order(pbx, hand, effect, { uniqueid, part, mark: now(), end });
    },
    askAgain(recording, at) {
      const { hand } = recording.pbx;
      if (hand !== null && recording.askAgainAt !== null && at >= recording.askAgainAt)
        following.background(ask(recording, hand).then(() => sayOrdered(recording)));
    },
  };
}

function isOursAndLive(recording: FollowedRecording): boolean {
  return recording.mode === 'ami' && recording.phase === 'live';
}
