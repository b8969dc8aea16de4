/** A call is over when its last channel is gone. How it ended is read from the legs; that it ended is told once. */
import { release } from './arrival.ts';
import type { Leg } from './leg.ts';
import { tellArrival } from './probe-arrival.ts';
import {
  type Channel,
  rememberEnded,
  rememberOver,
  removeChannel,
  setTrackUnder,
  type Track,
} from './state.ts';
import { type Turn, tell } from './turn.ts';

/** A channel whose Hangup was read. */
export function closeChannel(
  turn: Turn,
  channel: Channel,
  cause: number | null,
  techCause: string | null,
): void {
  const { track, uniqueid } = channel;
  if (hasLeg(track, uniqueid))
    tell(turn, track, { kind: 'leg-closed', uniqueid, cause, techCause, seen: 'live' });
  removeChannel(turn.state, channel, turn.at);
  if (track.channels.size === 0) endCall(turn, track, 'missing-from-lists');
}

/** A channel that is gone although its Hangup was never read. */
export function loseChannel(turn: Turn, channel: Channel, reason: LostReason): void {
  const { track, uniqueid } = channel;
  if (hasLeg(track, uniqueid)) {
    tell(turn, track, { kind: 'leg-closed', uniqueid, cause: null, techCause: null, seen: 'list' });
  }
  removeChannel(turn.state, channel, turn.at);
  if (track.channels.size === 0) endCall(turn, track, reason);
}

/**
 * Ends calls that have no channel left: after a restart of the service, calls of which only halves of Local channels stood,
 * which are in no fact.
 */
export function endEmptyCalls(turn: Turn): void {
  for (const track of new Set(turn.state.tracks.values())) {
    if (track.channels.size === 0) endCall(turn, track, 'missing-from-lists');
  }
}

type LostReason = 'missing-from-lists' | 'pbx-restarted';

function endCall(turn: Turn, track: Track, reason: LostReason): void {
  const { state } = turn;
  if (!track.ours && triedToCall(track)) releaseByCaller(turn, track);
  if (track.ours) {
    const uniqueid = track.call.caller;
    if (isLost(track)) {
      tell(turn, track, { kind: 'call-lost-from-sight', uniqueid, reason, lastSeenAt: lastSeen(track) });
    } else {
      tell(turn, track, { kind: 'call-ended', uniqueid });
    }
    rememberOver(state, track);
  }
  tellArrival(turn, track, true);
  const { linkedid, generation } = track.call;
  rememberEnded(state, linkedid, { generation, at: turn.at });
  setTrackUnder(state, linkedid, null);
  if (track.call.joined.length === 0) return;
  for (const [alias, other] of [...state.tracks]) if (other === track) setTrackUnder(state, alias, null);
}

/**
 * A duty phone dialled, and no channel came of it: an unregistered trunk or phone. Feature codes do not get here: they
 * run no Dial.
 */
function triedToCall(track: Track): boolean {
  const { caller, legs } = track.call;
  return track.attempt !== 'none' || legs.some((leg) => leg.uniqueid !== caller && leg.dialledAt !== null);
}

function releaseByCaller(turn: Turn, track: Track): void {
  const caller = legOf(track, track.call.caller);
  const line = caller === undefined ? null : turn.state.lines.lineForPhone(caller.channel);
  if (line !== null) release(turn, track, line);
}

/** The end is known when the caller's own end was read; a caller who transferred the call away proves nothing. */
function isLost(track: Track): boolean {
  const caller = legOf(track, track.call.caller);
  const someLost = track.call.legs.some((leg) => leg.closing === 'list' && leg.role !== 'local');
  if (!someLost) return false;
  return caller === undefined || caller.closing !== 'live' || caller.away;
}

/** The last moment at which the call surely stood: before the legs were found missing. */
function lastSeen(track: Track): number {
  const times = track.call.legs.flatMap((leg) => [
    leg.openedAt,
    leg.dialledAt,
    leg.rangAt,
    leg.dialEndedAt,
    leg.answeredAt,
    leg.bridgedAt,
    leg.hangUpAskedAt,
    leg.closing === 'live' ? leg.closedAt : null,
  ]);
  return times.reduce<number>((latest, at) => Math.max(latest, at ?? 0), track.call.startedAt);
}

function hasLeg(track: Track, uniqueid: string): boolean {
  return track.call.legs.some((leg) => leg.uniqueid === uniqueid);
}

function legOf(track: Track, uniqueid: string): Leg | undefined {
  return track.call.legs.find((leg) => leg.uniqueid === uniqueid);
}
