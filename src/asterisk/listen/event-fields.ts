import type { CallerText, ChannelRef } from '../../calls/channel-event.ts';
import type { AmiPacket } from './ami-packet.ts';

/**
 * @param prefix `''`, `Dest`, `Transferer`, `LocalOne` …, as AMI puts it before the header names of a channel
 * @returns the channel, or null when the packet has none under that prefix
 */
export function channelRef(packet: AmiPacket, prefix: string): ChannelRef | null {
  const channel = packet.get(`${prefix}Channel`);
  const uniqueid = packet.get(`${prefix}Uniqueid`);
  const linkedid = packet.get(`${prefix}Linkedid`);
  if (!channel || !uniqueid || !linkedid) return null;
  return { channel, uniqueid, linkedid };
}

/** A text a caller may have written: null for `<unknown>`, Asterisk's word for nothing. */
export function callerText(packet: AmiPacket, header: string): CallerText {
  const text = packet.get(header);
  return text === undefined || text === '' || text === '<unknown>' ? null : text;
}

/** @returns the header's text, or '' when it is missing */
export function text(packet: AmiPacket, header: string): string {
  return packet.get(header) ?? '';
}

/** @returns the header as a whole number, or null when it is missing or no number */
export function wholeNumber(packet: AmiPacket, header: string): number | null {
  const value = packet.get(header);
  return value !== undefined && /^-?\d{1,15}$/.test(value) ? Number(value) : null;
}

/** @returns PBX time of the packet (`Timestamp: sec.usec`) in integer ms UTC; null without `timestampevents` */
export function pbxTime(packet: AmiPacket): number | null {
  const stamp = packet.get('Timestamp');
  if (stamp === undefined || !/^\d{1,12}(\.\d{1,6})?$/.test(stamp)) return null;
  return Math.floor(Number(stamp) * 1_000);
}
