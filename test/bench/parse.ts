import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  asteriskManager,
  type Client,
  type Measured,
  ownDecoded,
  ownFull,
  ownLazy,
  ownTracked,
  panoramisk,
  yana,
} from './parse-clients.ts';
import { serveReplay } from './replay-server.ts';

/** Reading AMI: our parser beside what else there is, over the same bytes, each in a process of its own,
 * which reads them for some seconds to warm up and then once more to be measured. */

const EVENTS = 160_000;
const ROUNDS = 3;
const WARM_SECONDS = 3;
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

const CLIENTS: ReadonlyMap<string, Client> = new Map([
  ['own', ownFull],
  ['own-lazy', ownLazy],
  ['own-decoded', ownDecoded],
  ['own-tracked', ownTracked],
  ['asterisk-manager', asteriskManager],
  ['yana', yana],
  ['panoramisk', panoramisk],
]);

/** Those ours is measured against. */
const OTHERS = ['asterisk-manager', 'yana', 'panoramisk'];

/**
 * Runs the bench; `server EVENTS` and `client NAME PORT EVENTS` are what it starts itself as.
 *
 * @param args what stands behind `parse` on the command line
 * @returns when the table is printed
 */
export async function run(args: readonly string[]): Promise<void> {
  const [role, name = '', port, events] = args;
  if (role === 'server') {
    serveReplay(Number(name));
  } else if (role === 'client') {
    const measured = await measureWarm(CLIENTS.get(name), Number(port), Number(events));
    process.stdout.write(`${JSON.stringify(measured)}\n`);
    process.exit(0);
  } else {
    await compare();
  }
}

/** A service reads for weeks: what every JIT needs to get going is not counted, three seconds of it for each client. */
async function measureWarm(
  client: Client | undefined,
  port: number,
  events: number,
): Promise<Measured | null> {
  if (client === undefined) return null;
  for (let warm = 0; warm < WARM_SECONDS; ) warm += (await client(port, events)).seconds;
  return client(port, events);
}

async function compare(): Promise<void> {
  const prefix = await mkdtemp(join(tmpdir(), 'dutyline-bench-'));
  const server = spawn(process.execPath, [MAIN, 'parse', 'server', String(EVENTS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const missing = await installYana(prefix);
    const { port, bytes } = await firstLine(server);
    say(
      `${EVENTS} events, ${Math.round(bytes / EVENTS)} bytes each, median of ${ROUNDS} rounds, one process each\n`,
    );
    const rates = await measureAll(port, prefix);
    report(rates);
    if (missing !== null) say(`yana could not be installed: ${missing}\n`);
  } finally {
    server.kill();
    await rm(prefix, { recursive: true, force: true });
  }
}

/** Rounds go through all clients in turn, so that a busy moment of the machine strikes all alike. */
async function measureAll(port: number, prefix: string): Promise<ReadonlyMap<string, Figures>> {
  const rounds = new Map<string, Measured[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of CLIENTS.keys()) {
      const measured = await measure(name, port, prefix);
      if (measured !== null) rounds.set(name, [...(rounds.get(name) ?? []), measured]);
    }
  }
  return new Map([...rounds].map(([name, measured]) => [name, figuresOf(measured)]));
}

/** Medians of all rounds. */
interface Figures {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

function figuresOf(rounds: readonly Measured[]): Figures {
  return {
    perSecond: median(rounds.map(({ events, seconds }) => events / seconds)),
    cpuMicroseconds: median(rounds.map(({ events, cpuSeconds }) => (cpuSeconds / events) * 1_000_000)),
  };
}

async function measure(name: string, port: number, prefix: string): Promise<Measured | null> {
  const env = { ...process.env, YANA_PREFIX: prefix };
  try {
    const args = [MAIN, 'parse', 'client', name, String(port), String(EVENTS)];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env, timeout: 120_000 });
    return JSON.parse(stdout) as Measured;
  } catch (failure) {
    const [first = ''] = (failure instanceof Error ? failure.message : String(failure)).split('\n').slice(-2);
    say(`${name}: no figure (${first})\n`);
    return null;
  }
}

/** null when it worked, else why not. */
async function installYana(prefix: string): Promise<string | null> {
  try {
    await promisify(execFile)('npm', ['i', '--no-save', '--prefix', prefix, 'yana@0.3.0'], {
      timeout: 60_000,
    });
    return null;
  } catch (failure) {
    return failure instanceof Error ? (failure.message.split('\n')[1] ?? failure.message) : String(failure);
  }
}

function report(all: ReadonlyMap<string, Figures>): void {
  const own = all.get('own');
  say('                        events/s    own is   CPU µs/event    own is\n');
  for (const [name, { perSecond, cpuMicroseconds }] of all) {
    const faster = own === undefined ? 0 : own.perSecond / perSecond;
    const cheaper = own === undefined ? 0 : cpuMicroseconds / own.cpuMicroseconds;
    const row = [Math.round(perSecond), times(faster), cpuMicroseconds.toFixed(2), times(cheaper)];
    say(`  ${name.padEnd(18)}${row.map((cell) => String(cell).padStart(12)).join('')}\n`);
  }
  const others = OTHERS.flatMap((name) => all.get(name) ?? []);
  if (own === undefined || others.length === 0) {
    say('nothing to compare with\n');
    return;
  }
  for (const name of ['own', 'own-tracked']) {
    const ours = all.get(name);
    if (ours === undefined) continue;
    const faster = ours.perSecond / Math.max(...others.map(({ perSecond }) => perSecond));
    const cheaper = Math.min(...others.map(({ cpuMicroseconds }) => cpuMicroseconds)) / ours.cpuMicroseconds;
    say(
      `${name} against the best of the others: ${times(faster)} by the clock, ${times(cheaper)} by processor time\n`,
    );
  }
}

function times(ratio: number): string {
  return `${ratio.toFixed(1)}×`;
}

function firstLine(server: ChildProcess): Promise<{ readonly port: number; readonly bytes: number }> {
  return new Promise((resolve, reject) => {
    server.once('exit', () => reject(new Error('the replay server ended')));
    server.stdout?.once('data', (line: Buffer) =>
      resolve(JSON.parse(line.toString()) as { port: number; bytes: number }),
    );
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function say(text: string): void {
  process.stdout.write(text);
}
