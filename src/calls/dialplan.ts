/** What the dialplan tells (class `dialplan`): applications and a few variables. The rest is noise, half of all traffic. */
import { numberDialled } from '../lines/endpoint.ts';
import { release, roleOf } from './arrival.ts';
import type { Newexten, VarSet } from './channel-event.ts';
import { heardBeforeAnswer } from './further-party.ts';
import { audioOf, callerHears, soundOf } from './pre-answer.ts';
import { type Channel, changeTrack } from './state.ts';
import { type Turn, tell } from './turn.ts';

const HEARD: ReadonlySet<string> = new Set(['voicemail', 'dial', 'mixmonitor', 'playtones']);

/** Is this application worth a turn at all? */
export function matters(event: Newexten): boolean {
  return HEARD.has(event.application.toLowerCase()) || audioOf(event.application, event.appData) !== null;
}

export function onNewexten(turn: Turn, event: Newexten, channel: Channel): void {
  const { track, uniqueid } = channel;
  const audio = audioOf(event.application, event.appData);
  if (audio !== null) {
    callerHears(turn, channel, audio, soundOf(event.application, event.appData));
    return;
  }
  switch (event.application.toLowerCase()) {
    case 'voicemail':
      if (uniqueid === track.call.caller && !track.call.voicemail) {
        tell(turn, track, { kind: 'voicemail-reached', uniqueid });
      }
      return;
    case 'mixmonitor':
      nameRecording(turn, channel, event.appData.split(',')[0] ?? '', 'dialplan');
      return;
    case 'playtones':
      // FreePBX, before every ring group.
      if (uniqueid === track.call.caller) heardBeforeAnswer(turn, track);
      return;
    case 'dial':
      rememberAttempt(turn, channel, event.appData);
      return;
    default:
      return;
  }
}

export function onVarSet(turn: Turn, event: VarSet, channel: Channel): void {
  switch (event.variable.replace(/^_+/, '')) {
    case 'MIXMONITOR_FILENAME':
      nameRecording(turn, channel, event.value, 'variable');
      return;
    case 'DIALSTATUS':
      if (event.value === 'CHANUNAVAIL') nothingToDial(turn, channel);
      return;
    case 'FROM_DID':
      didKnownLate(turn, channel, event.value);
      return;
    default:
      return;
  }
}

/** The PBX named a file it records into; each path once. */
export function nameRecording(
  turn: Turn,
  channel: Channel,
  path: string,
  source: 'variable' | 'dialplan',
): void {
  const { track, uniqueid } = channel;
  if (path === '' || track.call.recordings.some((r) => r.path === path)) return;
  tell(turn, track, { kind: 'recording-named', uniqueid, path, source }, path);
}

/** Dial ended with CHANUNAVAIL and made no channel: an unregistered phone has no DialBegin at all (Asterisk 16 and 22). */
function nothingToDial(turn: Turn, channel: Channel): void {
  const { track, uniqueid } = channel;
  const dialled = track.call.legs.some((leg) => leg.dialledAt !== null);
  if (dialled || track.call.nothingToDial) return;
  tell(turn, track, { kind: 'nothing-to-dial', uniqueid });
}

/**
 * What a phone's Dial would reach, should no channel come of it. Only before the first DialBegin: after a blind transfer
 * the old Dial's arguments appear once more (Asterisk 16 and 22).
 */
function rememberAttempt(turn: Turn, channel: Channel, appData: string): void {
  const { track } = channel;
  if (track.ours || track.attempt !== 'none' || channel.role === 'trunk') return;
  const target = appData.split(/[,&]/)[0]?.trim() ?? '';
  const at = target.lastIndexOf('@');
  const technology = target.slice(0, target.indexOf('/'));
  const endpoint =
    at === -1 ? target.split('/').slice(0, 2).join('/') : `${technology}/${target.slice(at + 1)}`;
  if (technology === '' || technology === 'Local' || numberDialled(target) === '') return;
  const outside = roleOf(turn.state, endpoint, null) === 'trunk';
  changeTrack(turn.state, track, { attempt: outside ? 'outbound' : 'internal' });
}

/** Analogue and catch-all routes know the number called only in the dialplan (FreePBX: `__FROM_DID`). */
function didKnownLate(turn: Turn, channel: Channel, did: string): void {
  const { track, uniqueid } = channel;
  if (uniqueid !== track.call.caller || track.call.direction !== 'inbound') return;
  if (track.call.dialled !== '' && track.call.dialled !== 's') return;
  tell(turn, track, { kind: 'caller-identified', uniqueid, number: null, dialled: did });
  if (track.ours) return;
  const line = turn.state.lines.lineForArrival(channel.name, did);
  if (line !== null) release(turn, track, line);
}
