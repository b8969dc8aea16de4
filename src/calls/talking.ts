/** Bridges and hold, hang-up requests, states: what happens to a channel between its begin and its end. */
import type {
  BridgeEnter,
  BridgeLeave,
  Hangup,
  HangupRequest,
  HoldChange,
  NewCallerid,
  Newstate,
} from './channel-event.ts';
import { legRings } from './dialling.ts';
import { closeChannel } from './ending.ts';
import { recordPartiesInBridge } from './further-party.ts';
import type { Leg } from './leg.ts';
import { tellOpened } from './legs.ts';
import { callerHears } from './pre-answer.ts';
import type { Channel } from './state.ts';
import { type Turn, tell } from './turn.ts';

export function onNewstate(turn: Turn, event: Newstate, channel: Channel): void {
  if (event.state === 'Ringing') legRings(turn, channel, 'ringing');
  if (event.state === 'Up') callerHears(turn, channel, 'early-answer');
}

export function onBridgeEnter(turn: Turn, event: BridgeEnter, channel: Channel): void {
  if (channel.role === 'local') return;
  tellOpened(turn, channel);
  const leg = legOf(channel);
  if (leg === undefined || leg.bridge === event.bridge) return;
  const { uniqueid, bridge, bridgeType } = { ...event, uniqueid: channel.uniqueid };
  tell(turn, channel.track, { kind: 'leg-bridged', uniqueid, bridge, bridgeType, seen: 'live' }, bridge);
  recordPartiesInBridge(turn, channel.track);
}

export function onBridgeLeave(turn: Turn, event: BridgeLeave, channel: Channel): void {
  if (legOf(channel)?.bridge !== event.bridge) return;
  const { uniqueid, track } = channel;
  tell(turn, track, { kind: 'leg-unbridged', uniqueid, bridge: event.bridge }, event.bridge);
}

/** Unhold comes without a Hold before every transfer (Asterisk 16 and 22): only real changes are told. */
export function onHoldChange(turn: Turn, event: HoldChange, channel: Channel): void {
  const leg = legOf(channel);
  const holds = event.type === 'Hold';
  if (leg === undefined || leg.held === holds) return;
  const { uniqueid, track } = channel;
  tell(turn, track, { kind: holds ? 'leg-held' : 'leg-unheld', uniqueid });
}

export function onHangupRequest(turn: Turn, event: HangupRequest, channel: Channel): void {
  // SoftHangupRequest is the PBX taking down the other side; halves of Local channels ask one another.
  if (event.type !== 'HangupRequest' || channel.role === 'local') return;
  tellOpened(turn, channel);
  const leg = legOf(channel);
  if (leg === undefined || leg.hangUpAskedAt !== null) return;
  const { uniqueid, track } = channel;
  tell(turn, track, { kind: 'hang-up-asked', uniqueid, cause: event.cause });
}

export function onHangup(turn: Turn, event: Hangup, channel: Channel): void {
  closeChannel(turn, channel, event.cause, event.techCause);
}

/** Analogue lines send the number between the rings. Elsewhere the dialplan rewrites it: the first one stays. */
export function onNewCallerid(turn: Turn, event: NewCallerid, channel: Channel): void {
  const { track, uniqueid } = channel;
  if (!channel.name.startsWith('DAHDI/') || uniqueid !== track.call.caller) return;
  if (track.call.callerNumber !== null || event.callerNumber === null) return;
  tell(turn, track, { kind: 'caller-identified', uniqueid, number: event.callerNumber, dialled: null });
}

function legOf(channel: Channel): Leg | undefined {
  return channel.track.call.legs.find((leg) => leg.uniqueid === channel.uniqueid);
}
