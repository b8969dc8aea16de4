/** What several rules say about legs. */
import { answeredAt } from './leg.ts';
import type { Channel, Track } from './state.ts';
import { type Turn, tell } from './turn.ts';

/** A leg that leaves through a trunk inside an inbound call: the forwarding rule that held in every measured case. */
export function leavePremises(turn: Turn, track: Track, channel: Channel, number: string): void {
  tell(turn, track, {
    kind: 'call-left-premises',
    uniqueid: channel.uniqueid,
    endpoint: channel.endpoint,
    to: number,
  });
}

/** A channel that talks without having been dialled: a picked-up parked call, a missed begin. */
export function tellOpened(turn: Turn, channel: Channel): void {
  const { uniqueid, name, endpoint, role, track } = channel;
  if (role === 'local' || track.call.legs.some((leg) => leg.uniqueid === uniqueid)) return;
  tell(turn, track, { kind: 'leg-opened', uniqueid, channel: name, endpoint, role, seen: 'live' });
}

/** Has a person taken this call up? */
export function isAnswered(track: Track): boolean {
  return track.call.legs.some((leg) => leg.uniqueid !== track.call.caller && answeredAt(leg) !== null);
}
