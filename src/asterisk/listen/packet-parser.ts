import { type AmiPacket, headerIndex, ParsedPacket } from './ami-packet.ts';
import { createParagraphs, type ParagraphLimits } from './paragraphs.ts';
import { createQuarantine } from './quarantine.ts';
import { createShapes } from './shapes.ts';
import { createSnapshots } from './snapshots.ts';

/** What has been read on one connection. */
export interface ParserCounts {
  readonly bytes: number;
  readonly events: number;
  readonly responses: number;
  /** Packets beyond the limits, skipped. */
  readonly oversized: number;
  /** Packets handed on that were put together again round forged lines. */
  readonly tampered: number;
  /** Paragraphs that Asterisk did not write whole. */
  readonly forged: number;
  /** Packets that began and whose end never came. */
  readonly broken: number;
}

export interface PacketParser {
  /**
   * Takes the next bytes of the connection, cut anywhere.
   *
   * @returns the packets that are now beyond doubt, in order
   */
  push(chunk: Uint8Array): readonly AmiPacket[];
  /**
   * Says that no byte has come for a moment (the session waits 5 ms; `long`: 2 s), so that the last packet is whole.
   *
   * @returns the packets this sets free
   */
  settle(long?: boolean): readonly AmiPacket[];
  counts(): ParserCounts;
}

const DEFAULT_LIMITS: ParagraphLimits = {
  maxPacketBytes: 65_536,
  maxLineBytes: 16_384,
  maxHeaders: 512,
};

/**
 * Makes the parser of one AMI connection: bytes in, packets out. A new connection needs a new parser.
 *
 * Byte-exact over any split, bounded in memory, GB18030 where a value is not UTF-8, and proof against packets that
 * callers forge (`quarantine.ts` says how far).
 *
 * @param limits bounds on line, packet and headers
 * @returns the parser
 */
export function createPacketParser(limits: ParagraphLimits = DEFAULT_LIMITS): PacketParser {
  const snapshots = createSnapshots();
  const shapes = createShapes(snapshots);
  const quarantine = createQuarantine(keep, shapes.learn, snapshots);
  const paragraphs = createParagraphs(limits, { banner, paragraph, oversized });
  const tally = { bytes: 0, events: 0, responses: 0, oversized: 0 };
  let ready: AmiPacket[] = [];

  return {
    push(chunk) {
      tally.bytes += chunk.length;
      paragraphs.push(chunk);
      return handOver();
    },
    settle(long = false) {
      if (long || paragraphs.idle()) quarantine.settle(long);
      return handOver();
    },
    counts: () => ({ ...tally, ...quarantine.counts }),
  };

  function handOver(): readonly AmiPacket[] {
    const packets = ready;
    ready = [];
    return packets;
  }

  function paragraph(text: string, ascii: boolean): void {
    const shaped = shapes.read(text, ascii);
    if (shaped === null) quarantine.take(text, ascii);
    else quarantine.takeShaped(shaped, text);
  }

  function keep(packet: ParsedPacket): void {
    if (packet.kind === 'event') tally.events++;
    else tally.responses++;
    ready.push(packet);
  }

  function banner(line: string): void {
    const index = headerIndex([]);
    ready.push(
      new ParsedPacket({
        kind: 'banner',
        name: line,
        index,
        raw: [],
        isText: true,
        tampered: null,
        snapshot: null,
      }),
    );
  }

  function oversized(): void {
    tally.oversized++;
  }
}
