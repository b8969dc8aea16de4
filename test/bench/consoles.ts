/**
 * Three hundred consoles on one process: `npm run bench -- consoles [CONSOLES] [CALLS PER SECOND] [SECONDS]`. The service,
 * a replayer of AMI and two processes of clients; all consoles stand in one room, which is the worst there is: each hears
 * of each call. One more stops reading and one sleeps now and then. At the end all come back at once, as after a restart.
 * Goal: event → screen p99 ≤ 200 ms over all consoles and calls, memory bounded, nobody held up by a stuck one.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasKey, messageOf } from './child-message.ts';
import type { ReplayOrder, WrittenTimes } from './latency-clock.ts';
import { cpuMsOf, memoryOf } from './process-usage.ts';
import { spreadOf } from './spread.ts';

export interface ClientsOrder {
  readonly base: string;
  readonly logins: readonly string[];
  readonly consoles: number;
  readonly calls: number;
  readonly seconds: number;
  /** Has the stuck one and the sleeper. */
  readonly bad: boolean;
}

/** By console. */
export interface ClientsReport {
  readonly first: readonly Float64Array[];
  readonly ended: readonly Float64Array[];
  readonly deltas: readonly number[];
  readonly bytes: readonly number[];
  readonly stuck: { readonly code: number | null; readonly bytes: number } | null;
  readonly sleeper: { readonly deltas: number; readonly complete: boolean } | null;
}

export interface RejoinReport {
  readonly rejoinMs: number;
  readonly snapshotBytes: number;
}

const CLIENT_PROCESSES = 2;
const LOGINS_EACH = 13;
const SAMPLE_MS = 1_000;

export async function run([consoles = '300', rate = '10', seconds = '60']: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dutyline-consoles-'));
  const children: ChildProcess[] = [];
  try {
    const order = { callsPerSecond: Number(rate), seconds: Number(seconds) };
    await measure(Number(consoles), order, folder, children);
  } finally {
    for (const child of children) child.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  consoles: number,
  order: ReplayOrder,
  folder: string,
  children: ChildProcess[],
): Promise<void> {
  const started = (file: string, args: readonly string[] = []): ChildProcess => {
    const child = fork(new URL(file, import.meta.url), args, { serialization: 'advanced' });
    children.push(child);
    return child;
  };
  const replayer = started('./latency-replayer.ts');
  const amiPort = messageOf<{ port: number }>(replayer, (message) => hasKey(message, 'port'));
  const times = messageOf<WrittenTimes>(replayer, (message) => hasKey(message, 'last'));
  replayer.send(order);
  const loginsOf = (process: number) =>
    Array.from({ length: LOGINS_EACH }, (_, login) => `officer-${process}-${login}`);
  const logins = Array.from({ length: CLIENT_PROCESSES }, (_, process) => loginsOf(process)).flat();
  const service = started('./consoles-service.ts', [folder, String((await amiPort).port), ...logins]);
  const { port } = await messageOf<{ port: number }>(service, (message) => hasKey(message, 'port'));
  const clients = Array.from({ length: CLIENT_PROCESSES }, () => started('./consoles-clients.ts'));
  const calls = order.callsPerSecond * order.seconds;
  const ready = clients.map((child) => messageOf<string>(child, (message) => message === 'ready'));
  for (const [index, child] of clients.entries())
    child.send({
      base: `http://127.0.0.1:${port}`,
      logins: loginsOf(index),
      consoles: Math.floor(consoles / CLIENT_PROCESSES),
      calls,
      seconds: order.seconds,
      bad: index === 0,
    } satisfies ClientsOrder);
  await Promise.all(ready);
  const { pid } = service;
  if (pid === undefined) throw new Error('the service did not start');

  const memory: number[] = [];
  const loadBefore = loadavg()[0];
  const cpuBefore = cpuMsOf(pid);
  const begunAt = performance.now();
  const sampling = setInterval(() => memory.push(memoryOf(pid).now), SAMPLE_MS);
  const reports = clients.map((child) =>
    messageOf<ClientsReport>(child, (message) => hasKey(message, 'first')),
  );
  for (const child of [...clients, replayer]) child.send('begin');
  const written = await times;
  const cpu = (cpuMsOf(pid) - cpuBefore) / (performance.now() - begunAt);
  const shown = await Promise.all(reports);
  clearInterval(sampling);

  const late = (seen: readonly Float64Array[], from: readonly number[]) =>
    seen.flatMap((page) =>
      Array.from(page, (at, call) => (at === 0 ? Number.NaN : at - (from[call] ?? Number.NaN))),
    );
  const arrivals = late(
    shown.flatMap(({ first }) => first),
    written.first,
  );
  const ends = late(
    shown.flatMap(({ ended }) => ended),
    written.last,
  );
  const missing = [...arrivals, ...ends].filter((ms) => Number.isNaN(ms)).length;
  const deltas = shown.flatMap((report) => report.deltas);
  const bytes = shown.flatMap((report) => report.bytes);
  const third = Math.max(1, Math.floor(memory.length / 3));
  say({ consoles, calls, ...order, missing });
  if (missing === 0) say({ arrivalMs: spreadOf(arrivals), endMs: spreadOf(ends) });
  say({
    serviceCpuPercent: Math.round(cpu * 100),
    memoryMb: {
      firstThird: mean(memory.slice(0, third)),
      lastThird: mean(memory.slice(-third)),
      peak: memoryOf(pid).peak,
    },
    deltasPerConsoleAndSecond: Math.round(mean(deltas) / order.seconds),
    kbPerConsoleAndSecond: Math.round(mean(bytes) / 1_024 / order.seconds),
    stuck: shown[0]?.stuck,
    sleeper: shown[0]?.sleeper,
    load: [loadBefore, loadavg()[0]],
  });

  const again = clients.map((child) =>
    messageOf<RejoinReport>(child, (message) => hasKey(message, 'rejoinMs')),
  );
  const cpuBeforeRejoin = cpuMsOf(pid);
  for (const child of clients) child.send('rejoin');
  const rejoined = await Promise.all(again);
  say({
    allBackMs: Math.round(Math.max(...rejoined.map(({ rejoinMs }) => rejoinMs))),
    snapshotKb: Math.round((rejoined[0]?.snapshotBytes ?? 0) / 1_024),
    serviceCpuMs: cpuMsOf(pid) - cpuBeforeRejoin,
    peakMb: memoryOf(pid).peak,
  });
  const ended = new Promise((resolve) => service.once('exit', resolve));
  service.send('end');
  await ended;
}

function mean(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length));
}

function say(figures: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}
