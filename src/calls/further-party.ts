/**
 * Asterisk 22.10 (and 18.20, not 16.28) loses from a recorded channel what a further party says to it: a transfer's target,
 * whoever takes a parked call back. The recording's translator drops packets whose RTP sequence numbers are below those of
 * the party before, which by chance half of all are, for up to eleven minutes; the caller hears them. So the channel of
 * every further party is recorded too, where both sides begin anew.
 */
import { startRecording } from './asking.ts';
import type { Leg } from './leg.ts';
import type { Channel, Track } from './state.ts';
import type { Turn } from './turn.ts';

/** A party was dialled: it is recorded from its first word on, if the recorded channel has heard another before. */
export function recordDialledParty(turn: Turn, track: Track, dialled: Channel): void {
  if (!track.ours || dialled.role === 'local' || isRecorded(track, dialled)) return;
  if (hasHeardOther(track, dialled.uniqueid)) startRecording(turn, track, dialled, 'room');
}

/** Somebody came into a bridge without being dialled by it: whoever now shares one with a recorded channel. */
export function recordPartiesInBridge(turn: Turn, track: Track): void {
  if (!track.ours) return;
  const legOf = new Map(track.call.legs.map((leg) => [leg.uniqueid, leg]));
  const bridges = new Set<string>();
  for (const channel of track.channels) {
    const bridge = legOf.get(channel.uniqueid)?.bridge;
    if (bridge != null && isRecorded(track, channel)) bridges.add(bridge);
  }
  for (const channel of track.channels) {
    const bridge = legOf.get(channel.uniqueid)?.bridge;
    if (bridge != null && bridges.has(bridge)) recordDialledParty(turn, track, channel);
  }
}

/** The channels recorded from their begin on (D5): the one that came in, else the trunks. */
function isRecorded(track: Track, channel: Pick<Leg, 'uniqueid' | 'role'>): boolean {
  const { caller, direction } = track.call;
  return direction === 'inbound' ? channel.uniqueid === caller : channel.role === 'trunk';
}

/** Has anybody else been heard on the recorded channel, in talk or as early media? */
function hasHeardOther(track: Track, uniqueid: string): boolean {
  return track.call.legs.some(
    (leg) =>
      leg.uniqueid !== uniqueid &&
      leg.role !== 'local' &&
      !isRecorded(track, leg) &&
      (leg.bridgedAt !== null || leg.signal === 'progress'),
  );
}
