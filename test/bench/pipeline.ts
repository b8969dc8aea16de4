/**
 * The pipeline: AMI bytes as Asterisk wrote them → packets → facts → durable in SQLite, drafts and folded tables included.
 * Real captures of ten kinds of calls (answered, missed, group, queue, transfers, forwarded …) are told again and again
 * under new channel ids, twenty calls interleaved at a time.
 */
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from '../../src/asterisk/listen/decode.ts';
import { createPacketParser } from '../../src/asterisk/listen/packet-parser.ts';
import { createIntake, type Intake } from '../../src/intake.ts';
import { openStore } from '../../src/storage/open-store.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { CAPTURES } from '../asterisk/captures.ts';
import { OFFICE, PBX, RULES } from '../storage/office.ts';

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

const AT_ONCE = 20;
const ROUND = 200;
const DIDS = ['09542035678', '09542035601', '09542035605', '09542035609', '09542035613'];

/** Runs so many calls through the pipeline in a folder (by default a temporary one) and measures. */
export async function benchPipeline(calls: number, parent = tmpdir()): Promise<PipelineFigures> {
  const folder = mkdtempSync(join(parent, 'dutyline-pipeline-'));
  const disk = measureDisk(folder);
  const database = join(folder, 'store.db');
  const store = await openStore({ database, rules: RULES });
  const lines = OFFICE.lines.slice(0, 1).map((line) => ({ ...line, dids: DIDS }));
  await store.write([{ type: 'office-import', office: { ...OFFICE, lines }, at: 0 }]);
  let facts = 0;
  const intake = createIntake({
    store,
    setups: [{ pbx: PBX, trunks: ['PJSIP/telco', 'PJSIP/telcoraw'], lines }],
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
  for (let from = 0; from < calls; from += ROUND) {
    const bytes = traffic(from, Math.min(ROUND, calls - from));
    const start = performance.now();
    events += await tell(intake, bytes);
    milliseconds += performance.now() - start;
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

/** Hands bytes over as a socket would, 16 KiB at a time, and waits until all of it is durable. */
async function tell(intake: Intake, bytes: Buffer): Promise<number> {
  const parser = createPacketParser();
  let events = 0;
  for (let from = 0; from < bytes.length; from += 16_384) {
    for (const packet of parser.push(bytes.subarray(from, from + 16_384))) {
      const decoded = decode(packet);
      events += packet.kind === 'event' ? 1 : 0;
      if (decoded.kind === 'event') {
        intake.receive(PBX, { type: 'event', receivedAt: Date.now(), event: decoded.event });
      }
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  await intake.idle();
  return events;
}

/** The bytes of so many calls, told a packet of each in turn. */
function traffic(from: number, count: number): Buffer {
  const told: string[] = [];
  for (let first = from; first < from + count; first += AT_ONCE) {
    const calls = Array.from({ length: Math.min(AT_ONCE, from + count - first) }, (_, n) =>
      packetsOf(first + n),
    );
    for (let turn = 0; calls.some((packets) => turn < packets.length); turn += 1) {
      for (const packets of calls) told.push(packets[turn] ?? '');
    }
  }
  return Buffer.from(told.join(''), 'latin1');
}

/** One capture's events under channel ids of their own: counters of Uniqueids and channel names move on. */
function packetsOf(call: number): readonly string[] {
  const capture = CAPTURES[call % CAPTURES.length];
  if (capture === undefined) throw new Error('there are no captures');
  return capture.bytes
    .toString('latin1')
    .replaceAll(
      /\b(17954\d{5})\.(\d+)\b/g,
      (_all, second, count) => `${second}.${Number(count) + call * 10_000}`,
    )
    .split(/(?<=\r\n\r\n)/)
    .filter((packet) => packet.startsWith('Event: '));
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
