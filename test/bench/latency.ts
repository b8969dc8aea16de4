/**
 * From the PBX's bytes to a person's screen: a replayer writes AMI packets, the whole service takes them, makes them
 * durable and tells a page over its socket. Three processes, one clock. Goal: p50 ≤ 20 ms, p99 ≤ 100 ms at 50 calls/s.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Service } from '../../src/service/start.ts';
import { hasKey, messageOf } from './child-message.ts';
import type { ReplayOrder, SeenTimes, WrittenTimes } from './latency-clock.ts';
import { startReplayed } from './replayed-service.ts';
import { type Spread, spreadOf } from './spread.ts';

export interface LatencyFigures {
  readonly calls: number;
  readonly seconds: number;
  /** From the first packet of a call to the call on the page. */
  readonly arrivalMs: Spread;
  /** From the last packet of a call to its end on the page. */
  readonly endMs: Spread;
  /** What the service used of one core, its database thread included. */
  readonly serviceCpuPercent: number;
}

/** `npm run bench -- latency [calls per second] [seconds]`. */
export async function run([rate = '50', seconds = '120']: readonly string[]): Promise<void> {
  const figures = await benchLatency({ callsPerSecond: Number(rate), seconds: Number(seconds) });
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

export async function benchLatency(order: ReplayOrder): Promise<LatencyFigures> {
  const calls = order.callsPerSecond * order.seconds;
  const folder = await mkdtemp(join(tmpdir(), 'dutyline-latency-'));
  const replayer = fork(new URL('./latency-replayer.ts', import.meta.url));
  const page = fork(new URL('./latency-page.ts', import.meta.url));
  let service: Service | null = null;
  try {
    const written = writtenBy(replayer);
    replayer.send(order);
    const { port } = await written.port;
    service = await startReplayed(folder, port, ['zhang']);
    const seen = messageOf<SeenTimes>(page, (message) => typeof message === 'object');
    const ready = messageOf<string>(page, (message) => message === 'ready');
    page.send({ base: `http://127.0.0.1:${service.port}`, calls });
    await ready;
    const begunAt = performance.now();
    const cpuBefore = process.cpuUsage();
    replayer.send('begin');
    const [{ first, last }, shown] = await Promise.all([written.times, seen]);
    const { user, system } = process.cpuUsage(cpuBefore);
    const arrivals = shown.first.map(([call, at]) => at - (first[call] ?? Number.NaN));
    const ends = shown.ended.map(([call, at]) => at - (last[call] ?? Number.NaN));
    if (arrivals.length !== calls || ends.length !== calls) {
      throw new Error(`${arrivals.length} arrivals and ${ends.length} ends of ${calls} calls were shown`);
    }
    return {
      calls,
      seconds: order.seconds,
      arrivalMs: spreadOf(arrivals),
      endMs: spreadOf(ends),
      serviceCpuPercent: Math.round((user + system) / 10 / (performance.now() - begunAt)),
    };
  } finally {
    replayer.kill();
    page.kill();
    await service?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function writtenBy(replayer: ChildProcess) {
  return {
    port: messageOf<{ port: number }>(replayer, (message) => hasKey(message, 'port')),
    times: messageOf<WrittenTimes>(replayer, (message) => hasKey(message, 'last')),
  };
}
