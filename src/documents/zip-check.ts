/** Looks into a ZIP before anybody unpacks it: what it would become, bounded, whatever it says of itself. */
import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const MOST_PARTS = 200;
/** All parts together, unpacked. */
const MOST_BYTES = 20_000_000;

/** The parts by their names, unpacked; null when it is no sound ZIP or would become too large. Never throws. */
export function unpacked(bytes: Buffer): ReadonlyMap<string, Buffer> | null {
  try {
    return unpack(bytes);
  } catch {
    // Offsets that lead outside of the file, and streams that cannot be inflated or are longer than allowed.
    return null;
  }
}

function unpack(bytes: Buffer): ReadonlyMap<string, Buffer> | null {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.readUInt32LE(end) !== END) return null;
  // Another end behind or a larger form of it (ZIP64) could show a library another list of parts than us.
  if (end + 22 + bytes.readUInt16LE(end + 20) !== bytes.length) return null;
  if (bytes.includes(Buffer.from([0x50, 0x4b, 0x06, 0x07]))) return null;
  const count = bytes.readUInt16LE(end + 10);
  if (count === 0 || count > MOST_PARTS) return null;
  const parts = new Map<string, Buffer>();
  let left = MOST_BYTES;
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) return null;
    const method = bytes.readUInt16LE(at + 10);
    const size = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    if (bytes.readUInt32LE(local) !== LOCAL || parts.has(name)) return null;
    // A library that goes by the head of the part must find the same there.
    const localName = bytes.toString('utf8', local + 30, local + 30 + bytes.readUInt16LE(local + 26));
    if (localName !== name || bytes.readUInt16LE(local + 8) !== method) return null;
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(from, from + size);
    if (packed.length !== size || left <= 0) return null;
    const part =
      method === 0 ? packed : method === 8 ? inflateRawSync(packed, { maxOutputLength: left }) : null;
    if (part === null || part.length > left) return null;
    left -= part.length;
    parts.set(name, part);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}
