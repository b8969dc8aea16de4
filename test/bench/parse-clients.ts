import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import AsteriskManager from 'asterisk-manager';
import type { AmiPacket } from '../../src/asterisk/listen/ami-packet.ts';
import { decode } from '../../src/asterisk/listen/decode.ts';
import { createPacketParser } from '../../src/asterisk/listen/packet-parser.ts';
import { emptyState } from '../../src/calls/state.ts';
import { step } from '../../src/calls/tracker.ts';
import { createLineMatch } from '../../src/lines/line-match.ts';
import { OFFICE, PBX } from '../storage/office.ts';
import { DIDS, TRUNKS } from './call-traffic.ts';

/** What a client measured: from its first event to its last. */
export interface Measured {
  readonly events: number;
  readonly seconds: number;
  /** Processor time of the whole process, all threads: on a machine that others use too, the steadier figure. */
  readonly cpuSeconds: number;
}

/** A client logs in at the port, reads so many events and resolves. */
export type Client = (port: number, events: number) => Promise<Measured>;

/**
 * Ours, everything read: every header of every packet is made into a string of its own (UTF-8, else GB18030), with all
 * bounds and all checks against forgers.
 */
export const ownFull: Client = (port, events) => own(port, events, (packet) => packet.values().length);

/** Ours when most events are only counted: names of all, one header of those that change a channel. */
export const ownLazy: Client = (port, events) =>
  own(port, events, (packet) =>
    CHANNEL_EVENTS.has(packet.name) ? (packet.get('Uniqueid')?.length ?? 0) : 1,
  );

const CHANNEL_EVENTS: ReadonlySet<string> = new Set([
  'Newchannel',
  'Newstate',
  'BridgeEnter',
  'BridgeLeave',
  'Hangup',
]);

/** Ours as the service uses it: every event the tracker knows becomes what it reads. */
export const ownDecoded: Client = (port, events) =>
  own(port, events, (packet) => (decode(packet).kind === 'event' ? 1 : 0));

/** Ours to the end of the pure core: what the tracker makes of every event, on the lines of an office. */
export const ownTracked: Client = (port, events) => {
  const lines = OFFICE.lines.slice(0, 1).map((line) => ({ ...line, dids: DIDS }));
  const tracker = emptyState(createLineMatch({ pbx: PBX, trunks: TRUNKS, lines }), null);
  return own(port, events, (packet) => {
    const receivedAt = Date.now();
    const decoded = decode(packet);
    if (decoded.kind !== 'event') return 0;
    return step(tracker, { type: 'event', receivedAt, event: decoded.event }).facts.length;
  });
};

function own(port: number, events: number, use: (packet: AmiPacket) => number): Promise<Measured> {
  const stop = stopwatch(events);
  const parser = createPacketParser();
  const socket = connect(port, '127.0.0.1', () => socket.write('Action: Login\r\nActionID: 1\r\n\r\n'));
  return new Promise((resolve, reject) => {
    let used = 0;
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      for (const packet of parser.push(chunk)) {
        if (packet.kind !== 'event') continue;
        used += use(packet);
        const measured = stop();
        if (measured === null) continue;
        socket.destroy();
        const { tampered, forged, broken, oversized } = parser.counts();
        if (used === 0 || tampered + forged + broken + oversized > 0)
          reject(new Error('clean traffic was doubted'));
        else resolve(measured);
      }
    });
  });
}

export const asteriskManager: Client = (port, events) => {
  const stop = stopwatch(events);
  const manager = new AsteriskManager(null, '', 'bench', 'bench', true);
  return new Promise((resolve) => {
    manager.on('managerevent', () => {
      const measured = stop();
      if (measured !== null) resolve(measured);
    });
    manager.connect(port, '127.0.0.1', () => manager.login(() => undefined));
  });
};

interface Yana {
  on(event: string, listener: () => void): void;
  connect(): void;
}

/** yana is none of our dependencies: the bench has it installed into a folder of its own, `YANA_PREFIX`. */
export const yana: Client = (port, events) => {
  const require = createRequire(join(process.env.YANA_PREFIX ?? '', 'yana.js'));
  // yana 0.3.0 asks util.isArray about repeated headers; Node 23 took it away.
  Object.assign(require('node:util') as object, { isArray: Array.isArray });
  const Ami = require('yana') as new (options: object) => Yana;
  const stop = stopwatch(events);
  const ami = new Ami({ host: '127.0.0.1', port, login: 'bench', password: 'bench' });
  return new Promise((resolve, reject) => {
    ami.on('error', () => reject(new Error('yana gave up')));
    ami.on('event', () => {
      const measured = stop();
      if (measured !== null) resolve(measured);
    });
    ami.connect();
  });
};

const PANORAMISK = `
import asyncio, json, sys, time
from panoramisk import Manager
port, events = int(sys.argv[1]), int(sys.argv[2])
seen, began, cpu = 0, 0.0, 0.0
def event(manager, message):
    global seen, began, cpu
    if seen == 0: began, cpu = time.monotonic(), time.process_time()
    seen += 1
    if seen == events:
        spent = {'seconds': time.monotonic() - began, 'cpuSeconds': time.process_time() - cpu}
        print(json.dumps({'events': seen, **spent}), flush=True)
        asyncio.get_event_loop().stop()
async def main():
    manager = Manager(host='127.0.0.1', port=port, username='bench', secret='bench', loop=asyncio.get_running_loop())
    manager.register_event('*', event)
    manager.connect()
    await asyncio.sleep(600)
try: asyncio.run(main())
except RuntimeError: pass
`;

/** Debian's python3-panoramisk, with Debian's own Python. */
export const panoramisk: Client = async (port, events) => {
  const { stdout } = await promisify(execFile)('/usr/bin/python3', [
    '-c',
    PANORAMISK,
    String(port),
    String(events),
  ]);
  return JSON.parse(stdout) as Measured;
};

function stopwatch(events: number): () => Measured | null {
  let seen = 0;
  let began = 0;
  let cpu = process.cpuUsage();
  return () => {
    if (seen++ === 0) {
      began = performance.now();
      cpu = process.cpuUsage();
    }
    if (seen < events) return null;
    const { user, system } = process.cpuUsage(cpu);
    const seconds = (performance.now() - began) / 1000;
    return { events: seen, seconds, cpuSeconds: (user + system) / 1_000_000 };
  };
}
