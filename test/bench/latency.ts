/**
 * From the PBX's bytes to a person's screen: a replayer writes AMI packets, the whole service takes them, makes them
 * durable and tells a page over its socket. Three processes, one clock. Goal: p50 ≤ 20 ms, p99 ≤ 100 ms at 50 calls/s.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load-config.ts';
import { describeProblems } from '../../src/config/problem.ts';
import { type Service, start } from '../../src/service/start.ts';
import { createLog } from '../../src/web/log.ts';
import { hashPassword } from '../../src/web/password.ts';
import { PASSWORD } from '../web/web-bed.ts';
import type { ReplayOrder, SeenTimes, WrittenTimes } from './latency-clock.ts';
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
    service = await startService(folder, port);
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

function hasKey(message: unknown, key: string): boolean {
  return typeof message === 'object' && message !== null && key in message;
}

function messageOf<T>(child: ChildProcess, fits: (message: unknown) => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (fits(message)) resolve(message as T);
    });
    child.once('exit', (code) => reject(new Error(`a part of the bench ended with ${code}`)));
  });
}

async function startService(folder: string, amiPort: number): Promise<Service> {
  await writeFile(join(folder, 'dutyline.yaml'), serviceYaml(amiPort));
  await writeFile(join(folder, 'office.yaml'), OFFICE_YAML);
  await mkdir(join(folder, 'page'));
  await writeFile(join(folder, 'page', 'index.html'), '');
  const loaded = loadConfig({ dir: folder, env: { PORT: '0', LISTEN: 'x' } });
  if (!loaded.ok) throw new Error(describeProblems(loaded.problems));
  const service = await start(loaded.config, { log: createLog('error'), pageFolder: join(folder, 'page') });
  await service.intake.work({
    type: 'account-add',
    id: 'a-zhang',
    login: 'zhang',
    name: 'zhang',
    role: 'officer',
    unit: 'unit',
    person: 'p-zhang',
    passwordHash: await hashPassword(PASSWORD),
    at: Date.now(),
  });
  return service;
}

function serviceYaml(port: number): string {
  return `
http: { host: 127.0.0.1 }
storage: { recordings: sound, state: state }
pbxs:
  - { id: office, host: 127.0.0.1, port: ${port}, listen: { username: listen, secretEnv: LISTEN }, trunks: [PJSIP/telco] }
`;
}

const OFFICE_YAML = `
units: [{ id: unit, name: 办公室 }]
rooms: [{ id: room, unit: unit, name: 值班室, formTitle: 电话记录单 }]
lines:
  - { id: line-1, room: room, pbx: office, number: 0954-2035678, dids: ["09542035678"], trunks: [PJSIP/telco], phones: [PJSIP/1001, PJSIP/1002], recording: none }
seats: [{ id: s-1, room: room, name: 1 号坐席, phone: PJSIP/1001 }]
people: [{ id: p-zhang, room: room, name: 张三 }]
roster: [{ room: room, leaders: [], officers: [p-zhang] }]
`;
