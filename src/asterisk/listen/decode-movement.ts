import type { ChannelEvent } from '../../calls/channel-event.ts';
import type { AmiPacket } from './ami-packet.ts';
import { channelOf, textOf } from './decode-text.ts';
import type { Base, Decoder } from './decoder.ts';

/** Events by which a call moves from one channel to another: Local pairs, transfers, parking. */

export function localPair(type: 'LocalBridge' | 'LocalOptimizationBegin' | 'LocalOptimizationEnd'): Decoder {
  return (packet, base) => {
    const one = channelOf(packet, 'LocalOne');
    const two = channelOf(packet, 'LocalTwo');
    return one === null || two === null ? null : { type, ...base, one, two };
  };
}

export function parked(
  type: 'ParkedCall' | 'UnParkedCall' | 'ParkedCallTimeOut' | 'ParkedCallGiveUp',
): Decoder {
  return (packet, base) => {
    const parkee = channelOf(packet, 'Parkee');
    if (parkee === null) return null;
    return {
      type,
      ...base,
      parkee,
      retriever: channelOf(packet, 'Retriever'),
      space: textOf(packet, 'ParkingSpace'),
    };
  };
}

export function blindTransfer(packet: AmiPacket, base: Base): ChannelEvent | null {
  const transferer = channelOf(packet, 'Transferer');
  if (transferer === null) return null;
  return {
    type: 'BlindTransfer',
    ...base,
    transferer,
    transferee: channelOf(packet, 'Transferee'),
    context: textOf(packet, 'Context'),
    exten: textOf(packet, 'Extension'),
    success: packet.get('Result') === 'Success',
    external: packet.get('IsExternal') === 'Yes',
  };
}

export function attendedTransfer(packet: AmiPacket, base: Base): ChannelEvent | null {
  const original = channelOf(packet, 'OrigTransferer');
  const second = channelOf(packet, 'SecondTransferer');
  if (original === null || second === null) return null;
  return {
    type: 'AttendedTransfer',
    ...base,
    original,
    second,
    transferee: channelOf(packet, 'Transferee'),
    target: channelOf(packet, 'TransferTarget'),
    success: packet.get('Result') === 'Success',
  };
}
