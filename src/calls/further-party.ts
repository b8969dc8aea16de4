/**
 * Asterisk 22.10 (and 18.20, not 16.28) loses voices from a recorded channel: the recording's translator drops packets whose
 * RTP sequence numbers lie below those it has seen in the same direction, for up to eleven minutes, while people hear them. By
 * chance half of all second parties are hit: a transfer's target, whoever takes a parked call back, a voice that follows what
 * the network or the PBX played before the answer. So another channel of the talk is recorded from that moment on too: one that nobody
 * recorded before, where both sides begin anew.
 */
import { addRecording, lineOf } from './asking.ts';
import type { Leg } from './leg.ts';
import { type Channel, changeTrack, type Track } from './state.ts';
import type { Turn } from './turn.ts';

/**
 * Sound came before the answer: early media of who is dialled (DialState PROGRESS), or the PBX's own, whose packets count from 0.
 * What the PBX plays after it has picked up by itself does no harm.
 */
export function heardBeforeAnswer(turn: Turn, track: Track): void {
  if (track.call.audio !== 'early-answer' && !track.earlySound)
    changeTrack(turn.state, track, { earlySound: true });
}

/** Somebody answered: the last moment before the talk, and the first after which no announcement comes. */
export function recordAnsweringParty(turn: Turn, track: Track, answered: Channel): void {
  if (!track.ours || answered.role === 'local') return;
  if (!isRecorded(track, answered)) {
    if (track.earlySound || hasHeardOther(track, answered.uniqueid))
      addRecording(turn, track, answered, 'room');
    return;
  }
  if (!track.earlySound) return;
  // A PBX that records by itself does so on the channel that calls out, we on the one that is called.
  const caller = turn.state.channels.get(track.call.caller);
  if (lineOf(turn, track)?.recording === 'pbx') addRecording(turn, track, answered, 'outside');
  else if (caller !== undefined && !isRecorded(track, caller)) addRecording(turn, track, caller, 'room');
}

/** Somebody came into a bridge without having been dialled from it: whoever now shares one with a recorded channel. */
export function recordPartiesInBridge(turn: Turn, track: Track): void {
  if (!track.ours) return;
  const bridgeOf = new Map(track.call.legs.map((leg) => [leg.uniqueid, leg.bridge]));
  const channels = [...track.channels].filter((channel) => channel.role !== 'local');
  const recorded = channels.filter((channel) => isRecorded(track, channel));
  const bridges = new Set(recorded.map(({ uniqueid }) => bridgeOf.get(uniqueid) ?? null));
  for (const channel of channels) {
    const bridge = bridgeOf.get(channel.uniqueid) ?? null;
    if (bridge === null || !bridges.has(bridge) || recorded.includes(channel)) continue;
    if (hasHeardOther(track, channel.uniqueid)) addRecording(turn, track, channel, 'room');
  }
}

/** The channels recorded from their begin on (D5): the one that came in, else the trunks. */
function isRecorded(track: Track, channel: Pick<Leg, 'uniqueid' | 'role'>): boolean {
  const { caller, direction } = track.call;
  return direction === 'inbound' ? channel.uniqueid === caller : channel.role === 'trunk';
}

/** Has anybody else been in talk with the recorded channel? */
function hasHeardOther(track: Track, uniqueid: string): boolean {
  return track.call.legs.some(
    (leg) =>
      leg.uniqueid !== uniqueid && leg.role !== 'local' && !isRecorded(track, leg) && leg.bridgedAt !== null,
  );
}
