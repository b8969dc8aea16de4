import { createWriteStream, type WriteStream } from 'node:fs';
import { createConnection, type Socket } from 'node:net';

/** One AMI packet as name → last value. For the tests' own waiting only: the product has its own parser. */
export type TapPacket = Readonly<Record<string, string>>;

/** A raw AMI session which keeps every byte it reads, from the banner on. */
export interface AmiTap {
  /** Sends an action and returns its response packet. */
  action(headers: Readonly<Record<string, string>>): Promise<TapPacket>;
  /** Resolves with the first packet, already seen or still to come, that satisfies the test; rejects after `timeoutMs`. */
  waitFor(what: string, test: (packet: TapPacket) => boolean, timeoutMs?: number): Promise<TapPacket>;
  /** All event packets read so far. */
  events(): readonly TapPacket[];
  /** All bytes read so far, log-in included. */
  bytes(): Buffer;
  /** True once Asterisk has closed the connection. */
  closed(): boolean;
  close(): Promise<void>;
}

export interface TapOptions {
  readonly host: string;
  readonly port?: number;
  readonly username: string;
  readonly secret: string;
  /** Writes the bytes to this file as well. */
  readonly file?: string;
}

interface Waiter {
  readonly test: (packet: TapPacket) => boolean;
  readonly found: (packet: TapPacket) => void;
}

/** Connects, logs in and captures. Rejects when the connection or the log-in is refused. */
export async function openTap(options: TapOptions): Promise<AmiTap> {
  const socket = await connect(options.host, options.port ?? 5038);
  const chunks: Buffer[] = [];
  const packets: TapPacket[] = [];
  const waiters = new Set<Waiter>();
  const file: WriteStream | null = options.file === undefined ? null : createWriteStream(options.file);
  let rest = '';
  let isClosed = false;
  let actions = 0;

  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    file?.write(chunk);
    const parts = (rest + chunk.toString('latin1')).split('\r\n\r\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const packet = readPacket(part);
      packets.push(packet);
      for (const waiter of waiters) if (waiter.test(packet)) waiter.found(packet);
    }
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    isClosed = true;
    file?.end();
  });

  const tap: AmiTap = {
    async action(headers) {
      const id = `tap-${++actions}`;
      const lines = Object.entries({ ...headers, ActionID: id }).map(
        ([name, value]) => `${name}: ${value}\r\n`,
      );
      socket.write(`${lines.join('')}\r\n`);
      const answer = `answer to ${headers.Action ?? '?'}`;
      return tap.waitFor(answer, (packet) => packet.ActionID === id && packet.Response !== undefined);
    },
    waitFor(what, test, timeoutMs = 15_000) {
      const already = packets.find(test);
      if (already) return Promise.resolve(already);
      return new Promise((resolve, reject) => {
        const waiter: Waiter = {
          test,
          found(packet) {
            clearTimeout(timer);
            waiters.delete(waiter);
            resolve(packet);
          },
        };
        const timer = setTimeout(() => {
          waiters.delete(waiter);
          reject(new Error(`AMI: no ${what} within ${timeoutMs} ms`));
        }, timeoutMs);
        waiters.add(waiter);
      });
    },
    events: () => packets.filter((packet) => packet.Event !== undefined),
    bytes: () => Buffer.concat(chunks),
    closed: () => isClosed,
    close() {
      if (isClosed) return Promise.resolve();
      return new Promise((resolve) => {
        socket.once('close', () => resolve());
        socket.destroy();
      });
    },
  };

  const answer = await tap.action({ Action: 'Login', Username: options.username, Secret: options.secret });
  if (answer.Response === 'Success') return tap;
  await tap.close();
  throw new Error(`AMI: log-in as ${options.username} refused: ${answer.Message ?? ''}`);
}

function connect(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port, noDelay: true });
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

function readPacket(text: string): TapPacket {
  const headers: Record<string, string> = {};
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon)] = line.slice(colon + 1).replace(/^ /, '');
  }
  return headers;
}
