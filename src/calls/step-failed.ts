/** A step threw: our mistake. The one call it was about is marked, so that a person looks at it; the others go on. */
import type { ChannelEvent, ChannelRef } from './channel-event.ts';
import type { TrackerState } from './state.ts';
import type { Step } from './step.ts';
import type { TrackerInput } from './tracker-input.ts';
import { newTurn, tell } from './turn.ts';

/** What remains to be written of an input whose step threw; nothing when it was about no call of ours. */
export function stepFailed(state: TrackerState, input: TrackerInput): Step {
  const turn = newTurn(state, null, input.type === 'event' ? input.receivedAt : 0);
  const linkedid = input.type === 'event' ? linkedidOf(input.event) : undefined;
  const track = linkedid === undefined ? undefined : state.tracks.get(linkedid);
  if (track?.ours === true)
    tell(turn, track, { kind: 'needs-attention', uniqueid: '', reason: 'step-failed' });
  state.undo = [];
  return turn;
}

function linkedidOf(event: ChannelEvent): string | undefined {
  if ('linkedid' in event) return event.linkedid;
  const named: Partial<Record<string, ChannelRef | null>> = { ...event } as never;
  return (named.to ?? named.from ?? named.transferee ?? named.original ?? named.parkee ?? named.one)
    ?.linkedid;
}
