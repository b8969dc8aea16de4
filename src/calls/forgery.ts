/** A caller forged AMI text (D2b): the call it happened in is marked, once. */
import type { ChannelEvent } from './channel-event.ts';
import { subjectOf } from './subject.ts';
import { type Turn, tell } from './turn.ts';

export function markTampered(turn: Turn, event: ChannelEvent): void {
  const uniqueid = subjectOf(event);
  const track = uniqueid === null ? undefined : turn.state.channels.get(uniqueid)?.track;
  if (uniqueid === null || track === undefined || track.call.tampered) return;
  tell(turn, track, { kind: 'call-tampered', uniqueid });
}
