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
  panoramisk,
  yana,
} from './parse-clients.ts';
import { serveReplay } from './replay-server.ts';

/** Reading AMI: our parser beside what else there is, over the same bytes, each in a process of its own,
 * which reads them once to warm up and once more to be measured. */

const EVENTS = 160_000;
const ROUNDS = 3;
const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

const CLIENTS: ReadonlyMap<string, Client> = new Map([
  ['own', ownFull],
  ['own-lazy', ownLazy],
  ['own-decoded', ownDecoded],
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
    // The first time is not counted: a service reads for weeks, and every JIT needs its second.
    await CLIENTS.get(name)?.(Number(port), Number(events));
    const measured = await CLIENTS.get(name)?.(Number(port), Number(events));
    process.stdout.write(`${JSON.stringify(measured)}\n`);
    process.exit(0);
  } else {
    await compare();
  }
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
async function measureAll(port: number, prefix: string): Promise<ReadonlyMap<string, number>> {
  const rates = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of CLIENTS.keys()) {
      const measured = await measure(name, port, prefix);
      if (measured === null) continue;
      rates.set(name, [...(rates.get(name) ?? []), measured.events / measured.seconds]);
    }
  }
  return new Map([...rates].map(([name, values]) => [name, median(values)]));
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

function report(rates: ReadonlyMap<string, number>): void {
  const own = rates.get('own') ?? 0;
  for (const name of CLIENTS.keys()) {
    const rate = rates.get(name);
    const shown = rate === undefined ? 'no figure' : `${String(Math.round(rate)).padStart(9)} events/s`;
    say(
      `  ${name.padEnd(18)} ${shown}${rate === undefined || name === 'own' ? '' : `   own is ${(own / rate).toFixed(1)}×`}\n`,
    );
  }
  const best = Math.max(0, ...OTHERS.map((name) => rates.get(name) ?? 0));
  say(best > 0 ? `own ÷ best of the others: ${(own / best).toFixed(1)}\n` : 'nothing to compare with\n');
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
