/** Blind, attended and DTMF transfer, parking. The one who transferred is away from then on: his hang-up ends nothing. */

import { addToCall, isEcho, roleOf } from './arrival.ts';
import type { AttendedTransfer, BlindTransfer, ChannelRef, ParkedCall } from './channel-event.ts';
import { follow, join } from './joining.ts';
import { tellOpened } from './legs.ts';
import type { Channel, Track } from './state.ts';
import { type Turn, tell } from './turn.ts';

export function onBlindTransfer(turn: Turn, event: BlindTransfer): void {
  const channel = turn.state.channels.get(event.transferer.uniqueid);
  if (channel === undefined || !event.success) return;
  tell(turn, channel.track, {
    kind: 'call-transferred',
    uniqueid: channel.uniqueid,
    transfer: event.external ? 'blind' : 'dtmf',
    to: event.exten,
    away: [channel.uniqueid],
  });
}

export function onAttendedTransfer(turn: Turn, event: AttendedTransfer): void {
  const { state } = turn;
  const original = state.channels.get(event.original.uniqueid);
  const second = state.channels.get(event.second.uniqueid);
  const any = original ?? second;
  if (any === undefined || !event.success) return;
  const to = consulted(event, (second ?? any).track);
  const track =
    original !== undefined && second !== undefined ? join(turn, original.track, second.track) : any.track;
  tell(turn, track, {
    kind: 'call-transferred',
    uniqueid: event.original.uniqueid,
    transfer: 'attended',
    to,
    away: [...new Set([event.original.uniqueid, event.second.uniqueid])],
  });
}

export function onParkedCall(turn: Turn, event: ParkedCall): void {
  const parkee = turn.state.channels.get(event.parkee.uniqueid);
  if (parkee === undefined) return;
  if (event.type === 'ParkedCall') parked(turn, parkee, event.space);
  if (event.type === 'UnParkedCall' && event.retriever !== null) takenBack(turn, parkee, event.retriever);
}

function parked(turn: Turn, parkee: Channel, space: string): void {
  const { track } = parkee;
  const away = track.call.legs
    .filter((leg) => leg.uniqueid !== parkee.uniqueid && leg.closedAt === null && leg.role !== 'local')
    .map((leg) => leg.uniqueid);
  tell(turn, track, {
    kind: 'call-transferred',
    uniqueid: parkee.uniqueid,
    transfer: 'park',
    to: space,
    away,
  });
}

/** Somebody dialled the parking space: his channel, until now a call of its own, becomes part of the parked one. */
function takenBack(turn: Turn, parkee: Channel, retriever: ChannelRef): void {
  const known = turn.state.channels.get(retriever.uniqueid);
  if (known === undefined) {
    if (isEcho(turn, retriever)) return;
    const role = roleOf(turn.state, retriever.channel, null);
    tellOpened(turn, addToCall(turn, parkee.track, retriever, role, turn.at));
    return;
  }
  join(turn, parkee.track, known.track);
  follow(turn, known, retriever.linkedid);
}

/** The number that was asked before the transfer, as dialled. */
function consulted(event: AttendedTransfer, consultation: Track): string {
  const { call } = consultation;
  if (call.caller === event.second.uniqueid) return call.dialled;
  const target = call.legs.find((leg) => leg.uniqueid === event.target?.uniqueid);
  if (target?.number != null) return target.number;
  const asked = call.legs.findLast((leg) => leg.dialledAt !== null && leg.role !== 'local');
  return asked?.number ?? call.callerNumber ?? '';
}
