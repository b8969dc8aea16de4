/** The TCP side of the demonstration PBX: log-ins, actions in, answers and events out, on loopback only. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { headerValue, type Packet, packetOf, readPackets, writePacket } from './packet.ts';

export interface AmiPort {
  readonly port: number;
  readonly account: { readonly username: string; readonly secret: string };
  /** To every session that wants events. */
  tell(packet: Packet): void;
  close(): Promise<void>;
}

/** Answers one action of a session that has logged in: the response, and for lists the events behind it. */
export type Answering = (action: Packet) => readonly Packet[];

const LONGEST_ACTION = 16_384;

/** Listens on a free port of 127.0.0.1 with a fresh account. */
export async function openAmiPort(answer: Answering): Promise<AmiPort> {
  const account = { username: 'demo', secret: randomBytes(24).toString('base64url') };
  const listening = new Set<Socket>();
  const all = new Set<Socket>();

  function attend(socket: Socket): void {
    let rest = '';
    let loggedIn = false;
    all.add(socket);
    socket.setEncoding('utf8');
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      all.delete(socket);
      listening.delete(socket);
    });
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    socket.on('data', (chunk: string) => {
      rest += chunk;
      const end = rest.lastIndexOf('\r\n\r\n');
      if (end < 0) {
        if (rest.length > LONGEST_ACTION) socket.destroy();
        return;
      }
      const actions = readPackets(rest.slice(0, end));
      rest = rest.slice(end + 4);
      for (const action of actions) loggedIn = take(socket, action, loggedIn);
    });
  }

  /** True when the session is logged in afterwards. */
  function take(socket: Socket, action: Packet, loggedIn: boolean): boolean {
    const name = headerOf(action, 'action').toLowerCase();
    const say = (packets: readonly Packet[]) => {
      for (const packet of packets)
        socket.write(writePacket(withActionId(packet, headerOf(action, 'actionid'))));
    };
    if (name === 'login') {
      const right =
        sameText(headerOf(action, 'username'), account.username) &&
        sameText(headerOf(action, 'secret'), account.secret);
      say([right ? success(['Message', 'Authentication accepted']) : refusal('Authentication failed')]);
      if (right) {
        listening.add(socket);
        socket.write(writePacket(FULLY_BOOTED));
      } else {
        socket.end();
      }
      return right;
    }
    if (!loggedIn) say([refusal('Permission denied')]);
    else if (name === 'events') {
      const off = headerOf(action, 'eventmask').toLowerCase() === 'off';
      if (off) listening.delete(socket);
      else listening.add(socket);
      say([success(['Events', off ? 'Off' : 'On'])]);
    } else if (name === 'logoff') {
      say([packetOf(['Response', 'Goodbye'], ['Message', 'Thanks for all the fish.'])]);
      socket.end();
    } else say(answer(action));
    return loggedIn;
  }

  const server = createServer(attend);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the demonstration PBX got no port');
  return {
    port: address.port,
    account,
    tell(packet) {
      const bytes = writePacket(packet);
      for (const socket of listening) socket.write(bytes);
    },
    close() {
      for (const socket of all) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Value of an action's header; clients write the names as they like. */
export function headerOf(action: Packet, name: string): string {
  return action.find((header) => header.name.toLowerCase() === name)?.value ?? '';
}

/** A response that grants. */
export function success(...headers: readonly (readonly [string, string])[]): Packet {
  return packetOf(['Response', 'Success'], ...headers);
}

/** A response that refuses, in Asterisk's words. */
export function refusal(message: string): Packet {
  return packetOf(['Response', 'Error'], ['Message', message]);
}

const FULLY_BOOTED = packetOf(
  ['Event', 'FullyBooted'],
  ['Privilege', 'system,all'],
  ['Uptime', '1'],
  ['LastReload', '1'],
  ['Status', 'Fully Booted'],
);

function withActionId(packet: Packet, id: string): Packet {
  const [first, ...others] = packet;
  if (first === undefined || id === '' || headerValue(packet, 'ActionID') !== '') return packet;
  return [first, { name: 'ActionID', value: id }, ...others];
}

function sameText(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
