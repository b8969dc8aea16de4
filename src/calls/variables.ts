/** Answers of Getvar, and what CEL says beside the events: where a call was diverted from. */
import type { Cel, TrackerInput } from './channel-event.ts';
import { nameRecording } from './dialplan.ts';
import type { Channel } from './state.ts';
import { type Turn, tell } from './turn.ts';

export function onVariableRead(turn: Turn, read: Extract<TrackerInput, { type: 'variable-read' }>): void {
  const channel = turn.state.channels.get(read.uniqueid);
  if (channel === undefined) return;
  if (read.variable === 'MIXMONITOR_FILENAME') nameRecording(turn, channel, read.value, 'variable');
  if (read.variable === 'REDIRECTING(from-num)' || read.variable === 'CALLERID(rdnis)') {
    diversion(turn, channel, read.value === '' ? null : read.value);
  }
}

/** CEL on AMI is the only event with the number a call was diverted from; empty until the dialplan runs. */
export function onCel(turn: Turn, event: Cel, channel: Channel): void {
  if (channel.track.call.transfers.length === 0) diversion(turn, channel, event.rdnis);
}

/** Only of the calling channel: legs that the PBX itself forwards carry the duty number as theirs. */
function diversion(turn: Turn, channel: Channel, from: string | null): void {
  const { track, uniqueid } = channel;
  const known = track.call.divertedFrom;
  if (uniqueid !== track.call.caller || (known !== undefined && (known !== null || from === null))) return;
  tell(turn, track, { kind: 'diversion-read', uniqueid, from }, from === null ? 'none' : 'found');
}
