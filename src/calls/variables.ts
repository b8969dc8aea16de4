/** Answers of Getvar, and what CEL says beside the events: where a call was diverted from. */
import type { Cel } from './channel-event.ts';
import { nameRecording } from './dialplan.ts';
import { changeTrack, rememberToldEarly, type Track } from './state.ts';
import type { TrackerInput } from './tracker-input.ts';
import { type Turn, tell } from './turn.ts';

export function onVariableRead(turn: Turn, read: Extract<TrackerInput, { type: 'variable-read' }>): void {
  const channel = turn.state.channels.get(read.uniqueid);
  if (channel === undefined) return;
  if (read.variable === 'MIXMONITOR_FILENAME') nameRecording(turn, channel, read.value, 'variable');
  if (read.variable === 'REDIRECTING(from-num)' || read.variable === 'CALLERID(rdnis)') {
    const { track, uniqueid } = channel;
    const from = read.value === '' ? null : read.value;
    if (uniqueid === track.call.caller && isOfTheArrival(track, from)) diversion(turn, track, uniqueid, from);
  }
}

/** CEL on AMI is the only event with the number a call was diverted from. It lags, and may come after the Hangup. */
export function onCel(turn: Turn, event: Cel): void {
  const { state } = turn;
  const track = state.channels.get(event.uniqueid)?.track ?? state.overLately.get(event.uniqueid);
  if (track === undefined) {
    keepForLater(turn, event);
    return;
  }
  if (track.call.caller !== event.uniqueid) return;
  // What the PBX itself sends on carries a number too: only how the call arrived counts.
  if (event.eventName === 'FORWARD') changeTrack(turn.state, track, { sentOn: true });
  if (event.rdnis === null ? saysNothingYet(event) : hasMovedOn(track)) return;
  diversion(turn, track, event.uniqueid, event.rdnis);
}

/** A channel is told of before its Diversion header was read (16 and 22); every later row without a number means none. */
function saysNothingYet({ eventName }: Cel): boolean {
  return eventName === 'CHAN_START';
}

/**
 * What CEL said of a call before its Newchannel. CEL goes to AMI by a way of its own: on a busy Asterisk 16 the first two
 * rows came before it, and every later one, after a 302, names the phone that sent the call on.
 */
export function tellDiversionHeardEarly(turn: Turn, track: Track): void {
  const from = turn.state.toldEarly.get(track.call.caller);
  if (from !== undefined) diversion(turn, track, track.call.caller, from);
}

function keepForLater(turn: Turn, { uniqueid, linkedid, eventName, rdnis }: Cel): void {
  if (uniqueid !== linkedid || eventName === 'CHAN_START' || eventName === 'FORWARD') return;
  const known = turn.state.toldEarly.get(uniqueid);
  if (known === undefined || known === null) rememberToldEarly(turn.state, uniqueid, rdnis);
}

function diversion(turn: Turn, track: Track, uniqueid: string, from: string | null): void {
  const known = track.call.divertedFrom;
  if (known !== undefined && (known !== null || from === null)) return;
  // Our own phone sends calls on; none arrives diverted from it. Under load either source may tell of that before any event.
  if (from !== null && turn.state.lines.isPhoneNumber(from)) return;
  tell(turn, track, { kind: 'diversion-read', uniqueid, from }, from === null ? 'none' : 'found');
}

/**
 * An answer tells how the channel stands now. A phone that sends the call on within 10 ms is then the one it was "diverted
 * from" (Asterisk 16), before any event says so.
 */
function isOfTheArrival(track: Track, from: string | null): boolean {
  if (hasMovedOn(track)) return false;
  const dialled = track.call.legs.filter((leg) => leg.dialledAt !== null);
  if (from === null || dialled.length === 0) return true;
  return track.call.divertedFrom === undefined && !dialled.some((leg) => leg.number === from);
}

function hasMovedOn({ call, sentOn }: Track): boolean {
  return sentOn || call.transfers.length > 0 || call.legs.some((leg) => leg.forward !== null);
}
