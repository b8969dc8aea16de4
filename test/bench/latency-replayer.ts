/**
 * A PBX that tells the same real call again and again, so many a second, each under channel ids and a caller's number of
 * its own and with the times of now. Run as a child process; says its port, begins when told to, and says
 * when it wrote the first and the last packet of each call.
 */
import { createServer, type Socket } from 'node:net';
import { capture } from '../asterisk/captures.ts';
import { exactNow, numberOf, type ReplayOrder, type WrittenTimes } from './latency-clock.ts';

const CALLER = '09548887777';
const CAPTURE = '22-in-answered-utf8.ami';

interface Told {
  /** Ms after the first packet of the call. */
  readonly at: number;
  readonly text: string;
}

process.once('message', (order: ReplayOrder) => {
  const told = packetsOf();
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    answer(socket);
    process.once('message', () => {
      play(socket, told, order).catch((error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      });
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
  });
});

/** Takes every account; knows what the listening log-in asks, and lists no channels. */
function answer(socket: Socket): void {
  let asked = '';
  socket.on('data', (bytes) => {
    asked += bytes.toString('latin1');
    for (let end = asked.indexOf('\r\n\r\n'); end >= 0; end = asked.indexOf('\r\n\r\n')) {
      const action = asked.slice(0, end);
      asked = asked.slice(end + 4);
      const id = /^actionid: *(.+)$/im.exec(action)?.[1]?.trim() ?? '';
      const name = /^action: *(.+)$/im.exec(action)?.[1]?.trim().toLowerCase();
      const rest = name === 'challenge' ? 'Challenge: 123456789\r\n' : '';
      const outcome = name === 'coreshowchannels' ? 'Error' : 'Success';
      socket.write(`Response: ${outcome}\r\nActionID: ${id}\r\n${rest}\r\n`);
    }
  });
}

async function play(socket: Socket, told: readonly Told[], order: ReplayOrder): Promise<void> {
  const startAt = exactNow();
  const total = order.callsPerSecond * order.seconds;
  const first: number[] = [];
  const last: number[] = [];
  const places = Array.from({ length: total }, () => 0);
  let oldest = 0;
  while (oldest < total) {
    const now = exactNow() - startAt;
    for (let call = oldest; call < total; call += 1) {
      const begunAt = (call * 1_000) / order.callsPerSecond;
      if (begunAt > now) break;
      let place = places[call] ?? 0;
      for (let due = told[place]; due !== undefined && begunAt + due.at <= now; due = told[place]) {
        socket.write(textOf(due, call, startAt + begunAt));
        if (place === 0) first[call] = exactNow();
        if (place === told.length - 1) last[call] = exactNow();
        place += 1;
      }
      places[call] = place;
      if (call === oldest && place === told.length) oldest += 1;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  process.send?.({ first, last } satisfies WrittenTimes);
}

function textOf(packet: Told, call: number, begunAt: number): Buffer {
  const at = ((begunAt + packet.at) / 1_000).toFixed(6);
  return Buffer.from(
    packet.text
      .replace(/^Timestamp: .*$/m, `Timestamp: ${at}`)
      .replaceAll(CALLER, numberOf(call))
      .replaceAll(/\b\d{10}\.(\d+)\b/g, (_all, count: string) => {
        return `${Math.floor(begunAt / 1_000)}.${call * 100 + Number(count)}`;
      })
      .replaceAll(/\b([0-9a-f]{8})\b(?=\r)/g, (channel: string) => {
        return (Number.parseInt(channel, 16) + call * 100).toString(16).padStart(8, '0');
      }),
    'latin1',
  );
}

function packetsOf(): readonly Told[] {
  const texts = capture(CAPTURE)
    .bytes.toString('latin1')
    .split(/(?<=\r\n\r\n)/)
    .filter((text) => text.startsWith('Event: ') && /^Uniqueid|^DestUniqueid|^BridgeUniqueid/m.test(text));
  const from = texts.findIndex((text) => text.startsWith('Event: Newchannel'));
  const calls = texts.slice(from);
  const zero = secondsOf(calls[0] ?? '');
  return calls.map((text) => ({ at: (secondsOf(text) - zero) * 1_000, text }));
}

function secondsOf(text: string): number {
  return Number(/^Timestamp: ([\d.]+)/m.exec(text)?.[1] ?? Number.NaN);
}
