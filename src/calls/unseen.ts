/** Calls whose begin nobody saw: the service came up, or a packet was lost, while they stood. */
import { addToCall, beginCall, isEcho, roleOf, unseenStart } from './arrival.ts';
import type { ChannelRef } from './channel-event.ts';
import type { Channel } from './state.ts';
import type { Turn } from './turn.ts';

/**
 * The calling channel of a dial. One that was never seen begins a call from what the event says, if it is the first of its
 * Linkedid; any other waits for the list of channels.
 */
export function callingChannel(turn: Turn, ref: ChannelRef): Channel | undefined {
  const known = turn.state.channels.get(ref.uniqueid);
  if (known !== undefined || isEcho(turn, ref) || isProbe(turn, ref)) return known;
  const role = roleOf(turn.state, ref.channel, null);
  const startedAt = unseenStart(turn, ref.uniqueid);
  const track = turn.state.tracks.get(ref.linkedid);
  if (track !== undefined) return addToCall(turn, track, ref, role, startedAt);
  if (ref.uniqueid !== ref.linkedid) return undefined;
  beginCall(turn, {
    ref,
    role,
    callerNumber: null,
    callerName: null,
    exten: '',
    seen: 'list',
    startedAt,
    originated: false,
  });
  return turn.state.channels.get(ref.uniqueid);
}

/** Calls that DutyLine places itself. */
export function isProbe(turn: Turn, ref: ChannelRef): boolean {
  const prefix = turn.state.probePrefix;
  return prefix !== null && (ref.uniqueid.startsWith(prefix) || ref.linkedid.startsWith(prefix));
}
