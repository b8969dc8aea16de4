/**
 * The tracker of one PBX: inputs in, facts out, nothing else. Pure; time is an input.
 *
 * What it holds to be true of Asterisk (16.28 and 22.10, measured):
 * - All channels of a call carry the Linkedid of its first channel, whose own Uniqueid it is. Transfers and pickups change
 *   it to the older of two (`joining.ts`).
 * - A call is followed from its first channel and is ours once it touches a duty line (`arrival.ts`).
 * - A dial names its legs (`dialling.ts`); a person answers by a DialEnd ANSWER of a channel that is not Local.
 * - HangupRequest names the channel whose party hung up (`talking.ts`); causes decide nothing alone.
 * - A call ends when its last channel is gone (`ending.ts`). What was not seen is said to be unknown, never guessed.
 * - Packets may be repeated, lost or out of order around a reconnect: every rule asks what is known before it tells.
 */
import type { ChannelEvent } from './channel-event.ts';
import { markTampered } from './forgery.ts';
import { lookAtProbes, onProbeOver } from './probe-arrival.ts';
import { onEvent, touches } from './routing.ts';
import { onChannelsListed } from './snapshot.ts';
import { changeAwaited, type TrackerState } from './state.ts';
import type { Step } from './step.ts';
import type { TrackerInput } from './tracker-input.ts';
import { newTurn, type Turn } from './turn.ts';
import { onVariableRead } from './variables.ts';
import { onLinkDown, onLinkUp, onSightRestored } from './watching.ts';

/**
 * One input. The state is the tracker's own and is changed in place; a throw (our mistake) leaves it as it was.
 */
export function step(state: TrackerState, input: TrackerInput): Step {
  if (input.type === 'event') return stepEvent(state, input.event, input.receivedAt);
  const at = input.type === 'channels-listed' ? input.receivedAt : input.at;
  if (input.type === 'channels-listed' || input.type === 'link-up') state.heardAt = at;
  return inTurn(state, newTurn(state, null, at), (turn) => onOther(turn, input));
}

function stepEvent(state: TrackerState, event: ChannelEvent, receivedAt: number): Step {
  state.heardAt = receivedAt;
  if (!touches(state, event)) return quiet(state);
  return inTurn(state, newTurn(state, event.pbxAt, receivedAt), (turn) => {
    if (event.tampered) markTampered(turn, event);
    onEvent(turn, event);
    if (event.tampered) markTampered(turn, event);
  });
}

function onOther(turn: Turn, input: Exclude<TrackerInput, { type: 'event' }>): void {
  switch (input.type) {
    case 'channels-listed': {
      const found = onChannelsListed(turn, input.channels);
      if (input.first) onSightRestored(turn, found);
      return;
    }
    case 'link-up':
      onLinkUp(turn, input);
      return;
    case 'link-down':
      onLinkDown(turn);
      return;
    case 'variable-read':
      onVariableRead(turn, input);
      return;
    case 'probe-expected':
      changeAwaited(turn.state, { ...input.probe, overAt: null, arrived: false });
      return;
    case 'probe-over':
      onProbeOver(turn, input.probe);
      return;
    case 'time-passed':
      lookAtProbes(turn);
      return;
  }
}

function inTurn(state: TrackerState, turn: Turn, act: (turn: Turn) => void): Step {
  try {
    act(turn);
  } catch (mistake) {
    for (const takeBack of state.undo.reverse()) takeBack();
    state.undo = [];
    throw mistake;
  }
  if (state.undo.length > 0) state.undo = [];
  return turn;
}

const NOTHING: readonly never[] = Object.freeze([]);
const QUIET = new WeakMap<TrackerState, Step>();

/** Most events concern nobody: they share one answer. */
function quiet(state: TrackerState): Step {
  const known = QUIET.get(state);
  if (known !== undefined) return known;
  const step: Step = { state, facts: NOTHING, pbxFacts: NOTHING, texts: NOTHING, effects: NOTHING };
  QUIET.set(state, step);
  return step;
}
