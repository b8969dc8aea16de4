import type { ChannelEvent, ChannelRef } from '../../calls/channel-event.ts';
import type { AmiPacket } from './ami-packet.ts';
import { channelOf } from './decode-text.ts';

/** What every event carries, read once. */
export interface Base {
  readonly pbxAt: number | null;
  readonly tampered: boolean;
}

/** Decodes one kind of event; `unused` when it says nothing to the tracker, null when a header it needs is missing. */
export type Decoder = (packet: AmiPacket, base: Base) => ChannelEvent | 'unused' | null;

/** A decoder of an event that is about one channel. */
export function ofChannel(decoder: (packet: AmiPacket, of: Base & ChannelRef) => ChannelEvent): Decoder {
  return (packet, base) => {
    const ref = channelOf(packet, '');
    return ref === null ? null : decoder(packet, { ...base, ...ref });
  };
}

/** A decoder of an event about a channel that dials another; Originate dials without one. */
export function dialled(
  decoder: (packet: AmiPacket, of: Base & { from: ChannelRef | null; to: ChannelRef }) => ChannelEvent,
): Decoder {
  return (packet, base) => {
    const to = channelOf(packet, 'Dest');
    return to === null ? null : decoder(packet, { ...base, from: channelOf(packet, ''), to });
  };
}
