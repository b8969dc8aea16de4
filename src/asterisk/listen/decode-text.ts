import type { CallerText, ChannelRef } from '../../calls/channel-event.ts';
import type { AmiPacket } from './ami-packet.ts';

/** Longest text handed to the tracker, in characters; a path of MixMonitor is the longest we use. */
const LONGEST_TEXT = 1024;

/** All control characters, C1 too. */
const CONTROLS = /\p{Cc}/u;

const UNREADABLE = '\ufffd';

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '\\': '\\', '?': '?' };

/**
 * One header as text that is safe to keep: '' when it is missing, cut, and without control characters (U+FFFD in place).
 *
 * @param packet the packet
 * @param header the header's name
 * @returns the text
 */
export function textOf(packet: AmiPacket, header: string): string {
  const value = packet.get(header) ?? '';
  const cut = value.length > LONGEST_TEXT ? value.slice(0, LONGEST_TEXT) : value;
  return CONTROLS.test(cut) ? cut.replaceAll(/\p{Cc}+/gu, UNREADABLE) : cut;
}

/** A header that may be missing or empty: null then. */
export function textOrNull(packet: AmiPacket, header: string): string | null {
  const text = textOf(packet, header);
  return text === '' ? null : text;
}

/** A caller's number: null for `<unknown>` and nothing. */
export function numberOf(packet: AmiPacket, header: string): CallerText {
  const text = textOf(packet, header);
  return text === '' || text === '<unknown>' ? null : text;
}

/** A caller's name, as `numberOf`; Asterisk 16 and 22 write quotes, backslashes and controls of names escaped as in C. */
export function nameOf(packet: AmiPacket, header: string): CallerText {
  const text = numberOf(packet, header);
  return text === null ? null : unescaped(text);
}

/** Value of VarSet, which is escaped like a name. */
export function unescaped(text: string): string {
  return text.includes('\\')
    ? text.replaceAll(/\\(.)/gs, (_, letter: string) => ESCAPES[letter] ?? UNREADABLE)
    : text;
}

/** A whole number; null when the header is missing or is none. */
export function wholeNumber(packet: AmiPacket, header: string): number | null {
  const text = packet.get(header) ?? '';
  return /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}

/**
 * The channel a packet names.
 *
 * @param packet the packet
 * @param prefix '' or as `Dest` in `DestChannel`
 * @returns the channel, null when it is missing or only in part there
 */
export function channelOf(packet: AmiPacket, prefix: string): ChannelRef | null {
  const channel = textOf(packet, `${prefix}Channel`);
  const uniqueid = textOf(packet, `${prefix}Uniqueid`);
  const linkedid = textOf(packet, `${prefix}Linkedid`);
  return channel === '' || uniqueid === '' || linkedid === '' ? null : { channel, uniqueid, linkedid };
}

/** PBX time in integer milliseconds UTC, from `Timestamp: seconds.microseconds`; null when `timestampevents` is off. */
export function pbxTime(packet: AmiPacket): number | null {
  const stamp = packet.get('Timestamp') ?? '';
  return /^\d{9,11}\.\d{6}$/.test(stamp)
    ? Number(stamp.slice(0, -7)) * 1000 + Number(stamp.slice(-6, -3))
    : null;
}
