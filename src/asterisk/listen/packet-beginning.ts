/**
 * What a paragraph begins, judged by its headers alone: an event whose header order we know, another packet of Asterisk's,
 * or nothing, and then it stands inside the packet before (`quarantine.ts` says why).
 */
import type { ParsedPacket } from './ami-packet.ts';
import { linesOf } from './genuine-headers.ts';
import { HEADER_ORDERS, type HeaderOrder } from './header-order.ts';
import { runsIntoLocalName } from './local-name.ts';
import { readInOrder } from './order-reading.ts';

/** `packet` is null while not every header of the event has come, or a caller has written in the name of its channel. */
export type Beginning =
  | { readonly kind: 'known'; readonly order: HeaderOrder; readonly packet: ParsedPacket | null }
  | { readonly kind: 'other'; readonly packet: ParsedPacket };

const VALID_STAMP = /^\d{10}\.\d{6}$/;

/**
 * Tells what a paragraph begins.
 *
 * @param text the paragraph, see `ParagraphSink`
 * @param names names of its headers
 * @param packet the paragraph read as a packet
 * @param stamped whether this PBX is known to send Timestamps
 * @param learn told of each event whose headers are in order, so that its shape can be remembered
 * @returns the beginning, null when it is the beginning of nothing
 */
export function beginningOf(
  text: string,
  names: readonly string[],
  packet: ParsedPacket,
  stamped: boolean,
  learn: (event: string, names: readonly string[]) => void,
): Beginning | null {
  if (packet.kind === 'response') return { kind: 'other', packet };
  if (names[0] !== 'Event') return null;
  const order = HEADER_ORDERS.get(packet.name);
  if (needsStamp(stamped, names, order ?? null) && !isStamped(names, packet)) return null;
  if (isGlobalVariable(names)) {
    return !stamped || isStamped(names, packet) ? { kind: 'other', packet } : null;
  }
  const reading = order === undefined ? readPlain(names) : readInOrder(order, names);
  if (reading === 'not-this') {
    const isCutName =
      order !== undefined && runsIntoLocalName(order, linesOf([text]), isStamped(names, packet));
    return isCutName ? { kind: 'known', order, packet: null } : null;
  }
  if (reading === 'whole') learn(packet.name, names);
  if (order === undefined) return { kind: 'other', packet };
  return { kind: 'known', order, packet: reading === 'whole' ? packet : null };
}

/** Short events are believed only with a Timestamp, once the PBX sends any; answers to our lists have our ActionID. */
export function needsStamp(stamped: boolean, names: readonly string[], order: HeaderOrder | null): boolean {
  return stamped && (order === null || !order.unforgeable) && names[1] !== 'ActionID';
}

/** Whether it has its Timestamp where Asterisk writes it. */
export function isStamped(names: readonly string[], packet: ParsedPacket): boolean {
  return names[2] === 'Timestamp' && hasValidStamp(packet);
}

export function hasValidStamp(packet: ParsedPacket): boolean {
  return VALID_STAMP.test(packet.get('Timestamp') ?? '');
}

/** A VarSet of no channel (16 and 22 write `Channel: none`): true of no call, and none of the order of its event. */
function isGlobalVariable(names: readonly string[]): boolean {
  const [event, privilege, ...rest] = names.filter((name) => name !== 'Timestamp');
  return event === 'Event' && privilege === 'Privilege' && rest.join() === 'Channel,Uniqueid,Variable,Value';
}

/** Events we do not read: pushed ones have a Privilege, answers to our lists our ActionID. */
function readPlain(names: readonly string[]): 'whole' | 'not-this' {
  return names[1] === 'Privilege' || names[1] === 'ActionID' ? 'whole' : 'not-this';
}
