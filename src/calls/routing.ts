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
      return onNewchannel(turn, event);
    case 'DialBegin':
      return onDialBegin(turn, event);
    case 'DialState':
      return onDialState(turn, event);
    case 'DialEnd':
      return onDialEnd(turn, event);
    case 'BlindTransfer':
      return onBlindTransfer(turn, event);
    case 'AttendedTransfer':
      return onAttendedTransfer(turn, event);
    case 'ParkedCall':
    case 'UnParkedCall':
      return onParkedCall(turn, event);
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
      return onChannelEvent(turn, event);
  }
}

type OneChannelEvent = Extract<ChannelEvent, { channel: string }>;

function onChannelEvent(turn: Turn, event: Exclude<OneChannelEvent, { type: 'Newchannel' }>): void {
  const channel = turn.state.channels.get(event.uniqueid);
  if (channel === undefined) return;
  if (!event.tampered) follow(turn, channel, event.linkedid);
  alive(turn, channel);
  switch (event.type) {
    case 'Newstate':
      return onNewstate(turn, event, channel);
    case 'Newexten':
      return onNewexten(turn, event, channel);
    case 'NewCallerid':
      return onNewCallerid(turn, event, channel);
    case 'BridgeEnter':
      return onBridgeEnter(turn, event, channel);
    case 'BridgeLeave':
      return onBridgeLeave(turn, event, channel);
    case 'Hangup':
      return onHangup(turn, event, channel);
    case 'HangupRequest':
    case 'SoftHangupRequest':
      return onHangupRequest(turn, event, channel);
    case 'Hold':
    case 'Unhold':
      return onHoldChange(turn, event, channel);
    case 'MusicOnHoldStart':
      return callerHears(turn, channel, 'music');
    case 'QueueCallerJoin':
    case 'QueueCallerAbandon':
    case 'QueueCallerLeave':
      return onQueue(turn, event, channel);
    case 'VarSet':
      return onVarSet(turn, event, channel);
    case 'CEL':
      return onCel(turn, event, channel);
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
