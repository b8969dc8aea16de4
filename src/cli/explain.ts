/**
 * `dutyline explain`: captured AMI bytes through today's parser and tracker, one JSON object a call. Nothing is asked of a
 * PBX or a clock: times are the PBX's own, and where it sent none, those in the Uniqueids.
 */
import { createReadStream } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { AmiPacket } from '../asterisk/listen/ami-packet.ts';
import { decode, decodeListedChannel } from '../asterisk/listen/decode.ts';
import { createPacketParser } from '../asterisk/listen/packet-parser.ts';
import type { CallSummary } from '../calls/call-summary.ts';
import type { ChannelEvent } from '../calls/channel-event.ts';
import { subjectOf } from '../calls/subject.ts';
import type { ListedChannel } from '../calls/tracker-input.ts';
import { startOf } from '../calls/uniqueid.ts';
import type { PbxSetup } from '../lines/duty-line.ts';
import { type CallBook, createCallBook } from './call-book.ts';
import { type CapturedBytes, createConnectionSplitter } from './capture-connections.ts';
import { type ExplainOptions, explainSetups } from './explain-setup.ts';
import { isKnownEvent } from './known-events.ts';
import { CommandRefused } from './terminal.ts';

export interface ExplainCounts {
  packets: number;
  unknownEvents: number;
  /** Paragraphs kept apart because Asterisk did not write them whole (forged text of callers). */
  quarantined: number;
  oversized: number;
  broken: number;
}

/**
 * Explains every file by itself, in order.
 *
 * @param out takes one JSON object a line and call: ended calls in order of their end, then those still open
 * @param err takes one line of counts, JSON too
 * @returns the counts of all files
 * @throws CommandRefused when no line is named; and, after all others were explained, when a file could not be read
 */
export async function explainFiles(
  options: ExplainOptions,
  files: readonly string[],
  out: Writable,
  err: Writable,
): Promise<ExplainCounts> {
  const setups = explainSetups(options);
  const total: ExplainCounts = { packets: 0, unknownEvents: 0, quarantined: 0, oversized: 0, broken: 0 };
  const unreadable: string[] = [];
  for (const file of files) {
    const trouble = await explainFile(setups, file, out, total);
    if (trouble !== null) unreadable.push(`${file}: ${trouble}`);
  }
  err.write(`${JSON.stringify(total)}\n`);
  if (unreadable.length > 0) throw new CommandRefused(unreadable.join('\n'));
  return total;
}

/** Gives back why the file could not be read to its end; what was read is explained all the same. */
async function explainFile(
  setups: readonly PbxSetup[],
  file: string,
  out: Writable,
  total: ExplainCounts,
): Promise<string | null> {
  const printed = new Set<string>();
  const books = setups.map((setup) =>
    createCallBook(setup, (summary) => {
      // One capture is of one PBX; a set-up of another one may know the same phones.
      if (printed.has(summary.linkedId)) return;
      printed.add(summary.linkedId);
      out.write(`${lineOf(summary)}\n`);
    }),
  );
  const reader = createReader(books, total);
  const splitter = createConnectionSplitter();
  let parser = createPacketParser();
  let trouble: string | null = null;
  try {
    for await (const chunk of bytesOf(file)) splitter.push(chunk as Buffer).forEach(parse);
  } catch (failure) {
    if (!isFileTrouble(failure)) throw failure;
    trouble = failure.message;
  }
  splitter.end().forEach(parse);
  finishConnection();
  for (const book of books) book.close();
  return trouble;

  function parse({ bytes, begins }: CapturedBytes): void {
    if (begins) {
      finishConnection();
      parser = createPacketParser();
    }
    for (const packet of parser.push(bytes)) reader.take(packet);
  }

  function finishConnection(): void {
    for (const packet of parser.settle(true)) reader.take(packet);
    const counts = parser.counts();
    total.quarantined += counts.forged;
    total.oversized += counts.oversized;
    total.broken += counts.broken;
  }
}

/** The bytes of a capture, also of one packed by gzip. */
function bytesOf(file: string): Readable {
  const bytes = createReadStream(file, { highWaterMark: 1 << 20 });
  if (!file.endsWith('.gz')) return bytes;
  const unpacked = createGunzip();
  bytes.on('error', (failure) => unpacked.destroy(failure));
  return bytes.pipe(unpacked);
}

/** Gives every event its time and hands it to each book. */
function createReader(books: readonly CallBook[], total: ExplainCounts) {
  let clock = 0;
  let uptime: number | null = null;
  let sessions = 0;
  let listed: ListedChannel[] = [];

  return {
    take(packet: AmiPacket): void {
      total.packets++;
      if (packet.kind === 'banner') newSession();
      if (packet.kind !== 'event') return;
      if (packet.name === 'FullyBooted') uptime = Number(packet.get('Uptime') ?? Number.NaN);
      const decoded = decode(packet);
      if (decoded.kind === 'unused' && !isKnownEvent(packet.name)) total.unknownEvents++;
      tick(Math.floor(Number(packet.get('Timestamp') ?? Number.NaN) * 1_000));
      if (packet.name.startsWith('CoreShowChannel')) takeList(packet);
      if (decoded.kind !== 'event') return;
      if (decoded.event.pbxAt === null) tick(startOfChannel(decoded.event));
      for (const book of books) book.take({ type: 'event', receivedAt: clock, event: decoded.event });
    },
  };

  /** A second banner in one capture is a new connection: what stood before may be gone. */
  function newSession(): void {
    sessions++;
    if (sessions > 1)
      for (const book of books) book.take({ type: 'link-down', at: clock, reason: 'new-session' });
  }

  /** A listening session asks for the channels after its log-in; the answer stands among the events. */
  function takeList(packet: AmiPacket): void {
    const row = packet.name === 'CoreShowChannel' ? decodeListedChannel(packet) : null;
    if (row !== null) listed.push(row);
    if (packet.name !== 'CoreShowChannelsComplete') return;
    const input = { type: 'channels-listed', receivedAt: clock, channels: listed, first: true } as const;
    listed = [];
    for (const book of books) book.take(input);
  }

  function tick(at: number): void {
    if (!Number.isFinite(at)) return;
    clock = Math.max(clock, at);
    if (uptime === null) return;
    const pbxStartedAt = Number.isFinite(uptime) ? at - uptime * 1_000 : null;
    uptime = null;
    for (const book of books) book.take({ type: 'link-up', at: clock, processedCalls: null, pbxStartedAt });
  }
}

function startOfChannel(event: ChannelEvent): number {
  const uniqueid = subjectOf(event);
  return (uniqueid === null ? null : startOf(uniqueid)) ?? Number.NaN;
}

/** JSON with three decimals for seconds: `2.5` reads `2.500`. Quotes inside texts are escaped, so the key cannot be forged. */
function lineOf(summary: CallSummary): string {
  return JSON.stringify(summary).replace(
    /"(ringSeconds|talkSeconds)":(\d+(?:\.\d+)?)/g,
    (_whole, key: string, seconds: string) => `"${key}":${Number(seconds).toFixed(3)}`,
  );
}

function isFileTrouble(failure: unknown): failure is Error {
  return failure instanceof Error && 'code' in failure;
}
