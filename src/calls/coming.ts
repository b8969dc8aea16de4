/** A new channel: the first of a call, or one more of a call we follow. */
import { addToCall, beginCall, isEcho, release, roleOf } from './arrival.ts';
import type { Newchannel } from './channel-event.ts';
import { isProbeArrival } from './probe-arrival.ts';
import { setWatch } from './state.ts';
import type { Turn } from './turn.ts';
import { isProbe } from './unseen.ts';
import { tellDiversionHeardEarly } from './variables.ts';

export function onNewchannel(turn: Turn, event: Newchannel): void {
  const { state } = turn;
  if (state.channels.has(event.uniqueid)) return;
  if (event.state !== 'Down') countRun(turn);
  if (isEcho(turn, event) || isProbe(turn, event)) return;
  const track = state.tracks.get(event.linkedid);
  if (track !== undefined) {
    addToCall(turn, track, event, roleOf(state, event.channel, null), turn.at);
    return;
  }
  // A later channel of a call that began out of sight waits for the list of channels.
  if (event.uniqueid !== event.linkedid) return;
  const begun = beginCall(turn, {
    ref: event,
    role: roleOf(state, event.channel, event.exten),
    callerNumber: event.callerNumber,
    callerName: event.callerName,
    exten: event.exten,
    seen: 'live',
    startedAt: turn.at,
    originated: event.state === 'Down',
  });
  tellDiversionHeardEarly(turn, begun);
  if (begun.call.direction !== 'inbound') return;
  const line = state.lines.lineForArrival(event.channel, event.exten);
  if (line !== null && !isProbeArrival(turn, begun, line)) release(turn, begun, line);
}

/** CoreProcessedCalls (22) counts each run of the dialplan; channels that call in run it, dialled ones do not. */
function countRun(turn: Turn): void {
  const { watch } = turn.state;
  if (watch.processedCalls === null) return;
  setWatch(turn.state, { ...watch, processedCalls: watch.processedCalls + 1 });
}
