/**
 * DialBegin, DialState, DialEnd: who is rung, who rings, who answers. A person's answer is the DialEnd ANSWER of a channel
 * that is not Local (FollowMe ends three dials with ANSWER for one answer); T going Up is only the PBX picking up.
 */
import { endpointOf, numberDialled } from '../lines/endpoint.ts';
import { addToCall, isEcho, release, roleOf } from './arrival.ts';
import { askDiversion, askRecording, openDraft, startRecording } from './asking.ts';
import type { ChannelRef, DialBegin, DialEnd, DialState } from './channel-event.ts';
import { heardBeforeAnswer, recordAnsweringParty } from './further-party.ts';
import { follow } from './joining.ts';
import type { LegRole } from './leg.ts';
import { leavePremises, tellOpened } from './legs.ts';
import { tellArrival } from './probe-arrival.ts';
import type { Channel, Track } from './state.ts';
import { type Turn, tell } from './turn.ts';
import { callingChannel } from './unseen.ts';

export function onDialBegin(turn: Turn, event: DialBegin): void {
  const { from, to } = event;
  const caller = from === null ? undefined : callingChannel(turn, from);
  if (from !== null && caller !== undefined && !event.tampered) follow(turn, caller, from.linkedid);
  const channel = dialledChannel(turn, to, caller);
  if (channel === undefined) return;
  if (!event.tampered) follow(turn, channel, to.linkedid);
  const { track } = channel;
  if (to.uniqueid === track.call.caller) return;
  if (track.call.legs.find((leg) => leg.uniqueid === to.uniqueid)?.dialledAt != null) return;

  const number = numberDialled(event.dialString);
  const role = dialledRole(turn, track, channel, event.dialString);
  const by = from?.uniqueid ?? null;
  tell(turn, track, {
    kind: 'leg-dialled',
    uniqueid: to.uniqueid,
    channel: to.channel,
    endpoint: channel.endpoint,
    role,
    by,
    number,
  });
  if (!track.call.legs.some((leg) => leg.uniqueid === to.uniqueid)) {
    tooManyLegs(turn, track);
    return;
  }
  if (role === 'trunk' && track.call.direction === 'inbound') leavePremises(turn, track, channel, number);
  const wasOurs = track.ours;
  if (role !== 'local') recogniseByPhone(turn, track, channel);
  if (!track.ours) return;
  askDiversion(turn, track);
  if (role !== 'trunk' || track.call.direction === 'inbound') return;
  // What became ours just now was asked for with all the trunks it knew as such.
  if (wasOurs || channel.role !== 'trunk') startRecording(turn, track, channel);
}

export function onDialState(turn: Turn, event: DialState): void {
  const channel = turn.state.channels.get(event.to.uniqueid);
  if (channel === undefined) return;
  if (event.dialStatus === 'RINGING') legRings(turn, channel, 'ringing');
  if (event.dialStatus !== 'PROGRESS') return;
  heardBeforeAnswer(turn, channel.track);
  legRings(turn, channel, 'progress');
}

/**
 * A called leg rings; told at the first sign, and once more when real ringing follows early media. A quick phone rings, or
 * refuses, before Asterisk says DialBegin (22).
 */
export function legRings(turn: Turn, channel: Channel, signal: 'ringing' | 'progress'): void {
  const { track, uniqueid } = channel;
  if (channel.role === 'local' || uniqueid === track.call.caller) return;
  tellOpened(turn, channel);
  const leg = track.call.legs.find((known) => known.uniqueid === uniqueid);
  if (leg === undefined || leg.dialEndedAt !== null || leg.answeredAt !== null) return;
  if (leg.signal === 'ringing' || leg.signal === signal) return;
  tell(turn, track, { kind: 'leg-rang', uniqueid, signal }, signal);
  tellArrival(turn, track);
}

export function onDialEnd(turn: Turn, event: DialEnd): void {
  const channel = turn.state.channels.get(event.to.uniqueid);
  if (channel === undefined) return;
  if (event.from !== null && !event.tampered) follow(turn, channel, event.to.linkedid);
  const { track, uniqueid } = channel;
  if (uniqueid === track.call.caller) return;
  if (event.dialStatus === 'ANSWER' && channel.role !== 'local') {
    answer(turn, channel, event);
    return;
  }
  const leg = track.call.legs.find((known) => known.uniqueid === uniqueid);
  // A queue ends the dial of a loser twice.
  if (leg === undefined || leg.dialEndedAt !== null) return;
  const forward = event.forward === '' ? null : event.forward;
  tell(turn, track, { kind: 'leg-dial-ended', uniqueid, status: event.dialStatus, forward });
}

function answer(turn: Turn, channel: Channel, event: DialEnd): void {
  const { track, uniqueid } = channel;
  const leg = track.call.legs.find((known) => known.uniqueid === uniqueid);
  if (leg !== undefined && leg.answeredAt !== null) return;
  if (leg === undefined) tellOpened(turn, channel);
  // A picked-up call answers under the rung phone's Uniqueid on the channel of the phone that picked up.
  tell(turn, track, { kind: 'leg-answered', uniqueid, endpoint: endpointOf(event.to.channel) });
  if (track.ours && track.call.direction === 'outbound') openDraft(turn, track);
  if (track.ours) askRecording(turn, track, channel);
  recordAnsweringParty(turn, track, channel);
}

function dialledChannel(turn: Turn, to: ChannelRef, caller: Channel | undefined): Channel | undefined {
  const known = turn.state.channels.get(to.uniqueid);
  if (known !== undefined || isEcho(turn, to)) return known;
  const track = caller?.track ?? turn.state.tracks.get(to.linkedid);
  if (track === undefined) return undefined;
  return addToCall(turn, track, to, roleOf(turn.state, to.channel, null), turn.at);
}

/** Where no trunk is configured, a leg is outside when it goes where the call came from, or is dialled as `number@trunk`. */
function dialledRole(turn: Turn, track: Track, channel: Channel, dialString: string): LegRole {
  if (channel.role !== 'phone' || turn.state.lines.knowsTrunks) return channel.role;
  const origin = track.call.legs.find((leg) => leg.uniqueid === track.call.caller);
  if (origin?.role === 'trunk' && origin.endpoint === channel.endpoint) return 'trunk';
  return /^[^/@]+@/.test(dialString) ? 'trunk' : 'phone';
}

function recogniseByPhone(turn: Turn, track: Track, dialled: Channel): void {
  if (track.ours) return;
  const origin = track.call.legs.find((leg) => leg.uniqueid === track.call.caller);
  const line =
    (origin === undefined ? null : turn.state.lines.lineForPhone(origin.channel)) ??
    turn.state.lines.lineForPhone(dialled.name);
  if (line !== null) release(turn, track, line);
}

function tooManyLegs(turn: Turn, track: Track): void {
  if (track.call.attention.includes('too-many-legs')) return;
  tell(turn, track, { kind: 'needs-attention', uniqueid: '', reason: 'too-many-legs' });
}
