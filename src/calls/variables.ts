/** Answers of Getvar, and what CEL says beside the events: where a call was diverted from. */
import type { Cel, TrackerInput } from './channel-event.ts';
import { nameRecording } from './dialplan.ts';
import { changeTrack, type Track } from './state.ts';
import { type Turn, tell } from './turn.ts';

export function onVariableRead(turn: Turn, read: Extract<TrackerInput, { type: 'variable-read' }>): void {
  const channel = turn.state.channels.get(read.uniqueid);
  if (channel === undefined) return;
  if (read.variable === 'MIXMONITOR_FILENAME') nameRecording(turn, channel, read.value, 'variable');
  if (read.variable === 'REDIRECTING(from-num)' || read.variable === 'CALLERID(rdnis)') {
    const { track, uniqueid } = channel;
    if (uniqueid === track.call.caller)
      diversion(turn, track, uniqueid, read.value === '' ? null : read.value);
  }
}

/** CEL on AMI is the only event with the number a call was diverted from. It lags, and may come after the Hangup. */
export function onCel(turn: Turn, event: Cel): void {
  const { state } = turn;
  const track = state.channels.get(event.uniqueid)?.track ?? state.overLately.get(event.uniqueid);
  if (track === undefined || track.call.caller !== event.uniqueid) return;
  // What the PBX itself sends on carries a number too: only how the call arrived counts.
  if (event.eventName === 'FORWARD') changeTrack(turn.state, track, { sentOn: true });
  if (track.sentOn || track.call.transfers.length > 0 || wasSentOn(track)) return;
  diversion(turn, track, event.uniqueid, event.rdnis);
}

function diversion(turn: Turn, track: Track, uniqueid: string, from: string | null): void {
  const known = track.call.divertedFrom;
  if (known !== undefined && (known !== null || from === null)) return;
  tell(turn, track, { kind: 'diversion-read', uniqueid, from }, from === null ? 'none' : 'found');
}

function wasSentOn(track: Track): boolean {
  return track.call.legs.some((leg) => leg.forward !== null);
}
