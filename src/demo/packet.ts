/** PURE. AMI packets as the demonstration tells them: headers in their order, because the listen session checks the order. */

export interface Header {
  readonly name: string;
  readonly value: string;
}

export type Packet = readonly Header[];

/** Splits a capture of ours into packets. Not for what comes from a PBX: that has its own parser. */
export function readPackets(capture: string): readonly Packet[] {
  return capture
    .split('\r\n\r\n')
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => paragraph.split('\r\n').map(readHeader));
}

/** The bytes of a packet as Asterisk sends it. */
export function writePacket(packet: Packet): string {
  return `${packet.map(({ name, value }) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/** A packet from pairs of name and value. */
export function packetOf(...headers: readonly (readonly [string, string])[]): Packet {
  return headers.map(([name, value]) => ({ name, value }));
}

/** Value of the first header of this name, '' when there is none. */
export function headerValue(packet: Packet, name: string): string {
  return packet.find((header) => header.name === name)?.value ?? '';
}

function readHeader(line: string): Header {
  const colon = line.indexOf(':');
  return { name: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /, '') };
}
