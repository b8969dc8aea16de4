/**
 * The pipeline: AMI bytes as Asterisk wrote them → packets → facts → durable in SQLite, drafts and folded tables included.
 * Real captures of ten kinds of calls (answered, missed, group, queue, transfers, forwarded …) are told again and again
 * under new channel ids, twenty calls interleaved at a time.
 */
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AmiPacket } from '../../src/asterisk/listen/ami-packet.ts';
import { decode } from '../../src/asterisk/listen/decode.ts';
import { createPacketParser } from '../../src/asterisk/listen/packet-parser.ts';
import { createIntake, type Intake } from '../../src/intake.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { OFFICE, PBX, RULES } from '../storage/office.ts';
import { callTraffic, DIDS, TRUNKS } from './call-traffic.ts';

export interface PipelineFigures {
  readonly calls: number;
  readonly callsPerSecond: number;
  readonly factsPerCall: number;
  readonly eventsPerSecond: number;
  /** What the disk can do by itself: one small write and one fsync, again and again. */
  readonly diskCommitsPerSecond: number;
  readonly fsyncP99Ms: number;
  readonly rssMb: number;
}

const ROUND = 200;

export interface PipelineOptions {
  /** Where the database is made; a temporary folder when absent. */
  readonly parent?: string;
  /** Where the bytes of so many calls come from; made on the spot when absent. */
  readonly bytesOf?: (firstCall: number, count: number) => AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Called each time some more calls have been told and are durable. */
  readonly afterRound?: (callsTold: number) => void;
}

const CHUNK = 16_384;

/** Runs so many calls through the pipeline and measures. */
export async function benchPipeline(
  calls: number,
  { parent = tmpdir(), bytesOf = chunksOf, afterRound = () => undefined }: PipelineOptions = {},
): Promise<PipelineFigures> {
  const folder = mkdtempSync(join(parent, 'dutyline-pipeline-'));
  const disk = measureDisk(folder);
  const database = join(folder, 'store.db');
  const store = await openStore({ database, rules: RULES });
  const lines = OFFICE.lines.slice(0, 1).map((line) => ({ ...line, dids: DIDS }));
  await store.write([{ type: 'office-import', office: { ...OFFICE, lines }, at: 0 }]);
  let facts = 0;
  const intake = createIntake({
    store,
    setups: [{ pbx: PBX, trunks: TRUNKS, lines }],
    now: Date.now,
    offsetOf: () => 0,
    handleEffect: () => {},
    handlePending: () => {},
    handleFacts: (_pbx, told) => {
      facts += told.length;
    },
    log: (_level, code, about) => {
      throw new Error(`${code} ${JSON.stringify(about)}`);
    },
  });
  let milliseconds = 0;
  let events = 0;
  const parser = createPacketParser();
  for (let from = 0; from < calls; from += ROUND) {
    const bytes = bytesOf(from, Math.min(ROUND, calls - from));
    const start = performance.now();
    events += await tell(intake, parser, bytes);
    milliseconds += performance.now() - start;
    afterRound(Math.min(from + ROUND, calls));
  }
  const failed = intake.health().strange;
  await intake.close();
  await store.close();
  const kept = await countCalls(database);
  rmSync(folder, { recursive: true, force: true });
  if (failed > 0 || kept !== calls)
    throw new Error(`${kept} of ${calls} calls kept, ${failed} inputs failed`);
  return {
    calls,
    callsPerSecond: Math.round((calls / milliseconds) * 1_000),
    factsPerCall: Math.round((facts / calls) * 10) / 10,
    eventsPerSecond: Math.round((events / milliseconds) * 1_000),
    ...disk,
    rssMb: Math.round(process.memoryUsage.rss() / 1_048_576),
  };
}

/** Hands bytes over as a socket would and waits until all of it is durable. */
async function tell(
  intake: Intake,
  parser: ReturnType<typeof createPacketParser>,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<number> {
  let events = 0;
  const hand = (packets: readonly AmiPacket[]) => {
    for (const packet of packets) {
      const decoded = decode(packet);
      events += packet.kind === 'event' ? 1 : 0;
      if (decoded.kind === 'event') {
        intake.receive(PBX, { type: 'event', receivedAt: Date.now(), event: decoded.event });
      }
    }
  };
  for await (const chunk of bytes) {
    hand(parser.push(chunk));
    await new Promise((resolve) => setImmediate(resolve));
  }
  hand(parser.settle());
  await intake.idle();
  return events;
}

function* chunksOf(firstCall: number, count: number): Iterable<Uint8Array> {
  const bytes = callTraffic(firstCall, count);
  for (let from = 0; from < bytes.length; from += CHUNK) yield bytes.subarray(from, from + CHUNK);
}

/** Calls that are durable; the consultation before an attended transfer is part of the call it was for. */
async function countCalls(database: string): Promise<number> {
  const db = openSqlite(database, 'read');
  const { count } = await db
    .selectFrom('calls')
    .select((of) => of.fn.countAll<number>().as('count'))
    .where('joined_to', 'is', null)
    .executeTakeFirstOrThrow();
  await db.destroy();
  return count;
}

function measureDisk(folder: string): Pick<PipelineFigures, 'diskCommitsPerSecond' | 'fsyncP99Ms'> {
  const file = openSync(join(folder, 'fsync'), 'w');
  const page = Buffer.alloc(4_096, 1);
  const times: number[] = [];
  const start = performance.now();
  while (times.length < 500 && performance.now() - start < 5_000) {
    const before = performance.now();
    writeSync(file, page);
    fsyncSync(file);
    times.push(performance.now() - before);
  }
  const seconds = (performance.now() - start) / 1_000;
  closeSync(file);
  const sorted = times.sort((one, other) => one - other);
  return {
    diskCommitsPerSecond: Math.round(times.length / seconds),
    fsyncP99Ms: Math.round((sorted[Math.floor(sorted.length * 0.99)] ?? 0) * 100) / 100,
  };
}

/** `npm run bench -- pipeline [CALLS]`: prints the figures as one JSON object. */
export async function run(args: readonly string[]): Promise<void> {
  const calls = Number(args[0] ?? 3_000);
  if (!Number.isInteger(calls) || calls < 1) throw new Error(`not a number of calls: ${args[0]}`);
  process.stdout.write(`${JSON.stringify(await benchPipeline(calls), null, 2)}\n`);
}
