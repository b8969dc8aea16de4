/**
 * A ZIP of a few files, uncompressed: what leaves here is sound that does not shrink, and must be readable by the dullest
 * machine. Below 4 GB, so without ZIP64.
 */
import { crc32 } from 'node:zlib';

export interface ZipEntry {
  /** Plain ASCII: Explorer on old Windows reads nothing else alike everywhere. */
  readonly name: string;
  readonly pieces: readonly Uint8Array[];
}

export interface Zip {
  readonly pieces: readonly Uint8Array[];
  readonly bytes: number;
}

/** `wall` is the time written to every file, as the clock on the wall shows it: ms, read as if it were UTC. */
export function zipOf(entries: readonly ZipEntry[], wall: number): Zip {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, pieces: content } of entries) {
    const facts = factsOf(name, content, wall);
    directory.push(centralHeader(facts, at), facts.name);
    pieces.push(localHeader(facts), facts.name, ...content);
    at += LOCAL_BYTES + facts.name.length + facts.bytes;
  }
  const size = lengthOf(directory);
  pieces.push(...directory, endOf(entries.length, size, at));
  return { pieces, bytes: at + size + END_BYTES };
}

interface EntryFacts {
  readonly name: Uint8Array;
  readonly bytes: number;
  readonly crc: number;
  readonly time: number;
  readonly date: number;
}

const [LOCAL_BYTES, CENTRAL_BYTES, END_BYTES] = [30, 46, 22] as const;
/** Version 1.0 can read a stored file. */
const VERSION = 10;

function factsOf(name: string, content: readonly Uint8Array[], wall: number): EntryFacts {
  const time = new Date(wall);
  return {
    name: Buffer.from(name, 'latin1'),
    bytes: lengthOf(content),
    crc: content.reduce((crc, piece) => crc32(piece, crc), 0),
    time: (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1),
    date: ((time.getUTCFullYear() - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate(),
  };
}

function localHeader(facts: EntryFacts): Uint8Array {
  const header = Buffer.alloc(LOCAL_BYTES);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(VERSION, 4);
  writeFacts(header, 10, facts);
  return header;
}

function centralHeader(facts: EntryFacts, localAt: number): Uint8Array {
  const header = Buffer.alloc(CENTRAL_BYTES);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(VERSION, 4);
  header.writeUInt16LE(VERSION, 6);
  writeFacts(header, 12, facts);
  header.writeUInt32LE(localAt, 42);
  return header;
}

/** Both headers hold the same from the time on. */
function writeFacts(header: Buffer, at: number, { name, bytes, crc, time, date }: EntryFacts): void {
  header.writeUInt16LE(time, at);
  header.writeUInt16LE(date, at + 2);
  header.writeUInt32LE(crc, at + 4);
  header.writeUInt32LE(bytes, at + 8);
  header.writeUInt32LE(bytes, at + 12);
  header.writeUInt16LE(name.length, at + 16);
}

function endOf(count: number, size: number, at: number): Uint8Array {
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return end;
}

function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}
