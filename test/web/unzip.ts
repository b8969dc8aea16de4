/** Reads a ZIP of stored files as a program does that trusts nothing: by its directory, every header and CRC compared. */
import { crc32 } from 'node:zlib';

/** Files by name. Throws when the archive contradicts itself. */
export function unzip(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.length - 22;
  if (archive.readUInt32LE(end) !== 0x06054b50) throw new Error('no end of the directory');
  const files = new Map<string, Buffer>();
  let at = archive.readUInt32LE(end + 16);
  if (at + archive.readUInt32LE(end + 12) !== end) throw new Error('the directory does not reach the end');
  for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (archive.readUInt32LE(at) !== 0x02014b50) throw new Error('no entry of the directory');
    const local = archive.readUInt32LE(at + 42);
    // From the version needed on, both headers say the same.
    const said = archive.subarray(at + 6, at + 6 + 24);
    if (archive.readUInt32LE(local) !== 0x04034b50 || !said.equals(archive.subarray(local + 4, local + 28)))
      throw new Error('a local header says something else');
    const [bytes, nameBytes] = [archive.readUInt32LE(at + 24), archive.readUInt16LE(at + 28)];
    const name = archive.toString('latin1', at + 46, at + 46 + nameBytes);
    const content = archive.subarray(local + 30 + nameBytes, local + 30 + nameBytes + bytes);
    if (crc32(content) !== archive.readUInt32LE(at + 16)) throw new Error(`${name}: wrong CRC`);
    files.set(name, content);
    at += 46 + nameBytes;
  }
  if (at !== end) throw new Error('more entries than counted');
  return files;
}
