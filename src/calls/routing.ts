/** Which rule an event goes to. Events of channels we do not follow are turned away by one look-up. */
import type { ChannelEvent } from './channel-event.ts';
import { onNewchannel } from './coming.ts';
import { onDialBegin, onDialEnd, onDialState } from './dialling.ts';
import { matters, onNewexten, onVarSet } from './dialplan.ts';
import { follow } from './joining.ts';
import { callerHears } from './pre-answer.ts';
import { onQueue } from './queueing.ts';
import { type Channel, changeChannel, type TrackerState } from './state.ts';
import {
  onBridgeEnter,
  onBridgeLeave,
  onHangup,
  onHangupRequest,
  onHoldChange,
  onNewCallerid,
  onNewstate,
} from './talking.ts';
import { onAttendedTransfer, onBlindTransfer, onParkedCall } from './transfers.ts';
import type { Turn } from './turn.ts';
import { onCel } from './variables.ts';

/** Is this event about a call we follow, or may it begin one? */
export function touches(state: TrackerState, event: ChannelEvent): boolean {
  switch (event.type) {
    case 'Newchannel':
    case 'DialBegin':
    case 'AttendedTransfer':
    case 'UnParkedCall':
      return true;
    case 'DialState':
    case 'DialEnd':
      return state.channels.has(event.to.uniqueid);
    case 'BlindTransfer':
      return state.channels.has(event.transferer.uniqueid);
    case 'ParkedCall':
      return state.channels.has(event.parkee.uniqueid);
    case 'CEL':
      return (
        state.channels.has(event.uniqueid) ||
        state.overLately.get(event.uniqueid) !== undefined ||
        (event.uniqueid === event.linkedid && state.closed.get(event.uniqueid) === undefined)
      );
    case 'Newexten':
      return state.channels.has(event.uniqueid) && matters(event);
    case 'ParkedCallTimeOut':
    case 'ParkedCallGiveUp':
    case 'LocalBridge':
    case 'LocalOptimizationBegin':
    case 'LocalOptimizationEnd':
    case 'NewConnectedLine':
    case 'MixMonitorStart':
    case 'MixMonitorStop':
    case 'MusicOnHoldStop':
    case 'OriginateResponse':
    case 'SoftHangupRequest':
    case 'FullyBooted':
    case 'Shutdown':
    case 'Reload':
    case 'phone-reachable':
      return event.tampered;
    default:
      return state.channels.has(event.uniqueid);
  }
}

export function onEvent(turn: Turn, event: ChannelEvent): void {
  switch (event.type) {
    case 'Newchannel':
      onNewchannel(turn, event);
      return;
    case 'DialBegin':
      onDialBegin(turn, event);
      return;
    case 'DialState':
      onDialState(turn, event);
      return;
    case 'DialEnd':
      onDialEnd(turn, event);
      return;
    case 'BlindTransfer':
      onBlindTransfer(turn, event);
      return;
    case 'AttendedTransfer':
      onAttendedTransfer(turn, event);
      return;
    case 'ParkedCall':
    case 'UnParkedCall':
      onParkedCall(turn, event);
      return;
    case 'CEL':
      onCel(turn, event);
      return;
    case 'ParkedCallTimeOut':
    case 'ParkedCallGiveUp':
    case 'LocalBridge':
    case 'LocalOptimizationBegin':
    case 'LocalOptimizationEnd':
    case 'OriginateResponse':
    case 'FullyBooted':
    case 'Shutdown':
    case 'Reload':
    case 'phone-reachable':
      return;
    default:
      onChannelEvent(turn, event);
      return;
  }
}

type OneChannelEvent = Extract<ChannelEvent, { channel: string }>;

function onChannelEvent(turn: Turn, event: Exclude<OneChannelEvent, { type: 'Newchannel' | 'CEL' }>): void {
  const channel = turn.state.channels.get(event.uniqueid);
  if (channel === undefined) return;
  if (!event.tampered) follow(turn, channel, event.linkedid);
  alive(turn, channel);
  switch (event.type) {
    case 'Newstate':
      onNewstate(turn, event, channel);
      return;
    case 'Newexten':
      onNewexten(turn, event, channel);
      return;
    case 'NewCallerid':
      onNewCallerid(turn, event, channel);
      return;
    case 'BridgeEnter':
      onBridgeEnter(turn, event, channel);
      return;
    case 'BridgeLeave':
      onBridgeLeave(turn, event, channel);
      return;
    case 'Hangup':
      onHangup(turn, event, channel);
      return;
    case 'HangupRequest':
    case 'SoftHangupRequest':
      onHangupRequest(turn, event, channel);
      return;
    case 'Hold':
    case 'Unhold':
      onHoldChange(turn, event, channel);
      return;
    case 'MusicOnHoldStart':
      callerHears(turn, channel, 'music');
      return;
    case 'QueueCallerJoin':
    case 'QueueCallerAbandon':
    case 'QueueCallerLeave':
      onQueue(turn, event, channel);
      return;
    case 'VarSet':
      onVarSet(turn, event, channel);
      return;
    case 'NewConnectedLine':
    case 'MusicOnHoldStop':
    case 'MixMonitorStart':
    case 'MixMonitorStop':
      return;
  }
}

/** Any event is a sign of life: a list that missed the channel was too early. */
function alive(turn: Turn, channel: Channel): void {
  if (channel.missingSince !== null) changeChannel(turn.state, channel, { missingSince: null });
}
