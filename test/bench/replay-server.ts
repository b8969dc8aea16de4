import { createServer, type Socket } from 'node:net';
import { amiTraffic } from './ami-traffic.ts';

const CHUNK = 65_536;

/**
 * Serves the same traffic to everyone who logs in, as fast as he reads: `Action: Login` is answered with Success, then all
 * bytes follow. Prints its port on standard output and serves until it is killed.
 *
 * @param events how many events the traffic has
 */
export function serveReplay(events: number): void {
  const traffic = amiTraffic(events);
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    let asked = '';
    socket.on('data', (bytes) => {
      asked += bytes.toString('latin1');
      if (!asked.includes('\r\n\r\n') || !/action: *login/i.test(asked)) return;
      const id = /actionid: *([^\r\n]+)/i.exec(asked)?.[1] ?? '';
      asked = '';
      socket.write(`Response: Success\r\nActionID: ${id}\r\nMessage: Authentication accepted\r\n\r\n`);
      pour(socket, traffic, 0);
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the replay server has no port');
    process.stdout.write(`${JSON.stringify({ port: address.port, bytes: traffic.length })}\n`);
  });
}

function pour(socket: Socket, traffic: Buffer, from: number): void {
  let next = from;
  while (next < traffic.length) {
    const isTaken = socket.write(traffic.subarray(next, next + CHUNK));
    next += CHUNK;
    if (isTaken) continue;
    socket.once('drain', () => pour(socket, traffic, next));
    return;
  }
}
