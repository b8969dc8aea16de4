import { createSocket, type Socket } from 'node:dgram';
import { fromALaw, silence } from './g711.ts';

/** The sound side of one call of an agent. */
export interface RtpPort {
  readonly port: number;
  /** Begins (or goes on) sending to this address; without a sound nothing is sent. */
  sendTo(address: string, port: number): void;
  /** What is played, repeated for ever; null sends nothing. */
  play(sound: Buffer | null): void;
  /** From now on another stream of packets: another source, its sequence numbers lower by so many. */
  changeSource(lowerBy: number): void;
  /** Sends digits as RFC 2833 events, 100 ms each, 60 ms apart, in place of the sound. */
  dial(digits: string): Promise<void>;
  stats(): RtpStats;
  close(): void;
}

export interface RtpStats {
  readonly sent: number;
  readonly received: number;
  /** Packets whose loudest sample was above -40 dBFS: somebody or something was heard. */
  readonly heard: number;
  /** Wall times, ms. */
  readonly firstReceivedAt: number | null;
  readonly lastReceivedAt: number | null;
  readonly firstHeardAt: number | null;
}

const FRAME = 160;
const FRAME_MS = 20;
const LOUD = 330;
const ALAW = 8;
const EVENT = 101;

/** One timer for all ports of the process: 100 calls with sound both ways are 10,000 packets a second. */
const sending = new Set<() => void>();
let clock: NodeJS.Timeout | null = null;
let ticks = 0;
let startedAt = 0;

function joinClock(sendFrame: () => void): void {
  sending.add(sendFrame);
  if (clock !== null) return;
  startedAt = performance.now();
  ticks = 0;
  clock = setInterval(() => {
    const due = Math.floor((performance.now() - startedAt) / FRAME_MS);
    // After a stall of the machine at most 100 ms are sent at once; the rest is lost, as on a real line.
    if (due - ticks > 5) ticks = due - 5;
    for (; ticks < due; ticks++) for (const send of sending) send();
  }, FRAME_MS / 2);
}

function leaveClock(sendFrame: () => void): void {
  sending.delete(sendFrame);
  if (sending.size > 0 || clock === null) return;
  clearInterval(clock);
  clock = null;
}

/** Where the sequence numbers of a stream begin when nobody cares. */
function anySequence(): number {
  return Math.floor(Math.random() * 30_000);
}

/** Opens an even UDP port on an address. */
export async function openRtp(address: string, firstSequence = anySequence()): Promise<RtpPort> {
  const socket = await bindEven(address);
  let source = Math.floor(Math.random() * 0xffffffff);
  const stats = { sent: 0, received: 0, heard: 0 };
  const seen: { first: number | null; last: number | null; heard: number | null } = {
    first: null,
    last: null,
    heard: null,
  };
  let target: { address: string; port: number } | null = null;
  let playing: Buffer | null = null;
  let position = 0;
  let sequence = firstSequence;
  let stamp = Math.floor(Math.random() * 1e9);
  let dialling: DialFrame[] = [];
  let whenDialled: () => void = () => undefined;
  let isOpen = true;

  const sendFrame = () => {
    if (target === null || !isOpen) return;
    const frame = dialling.shift();
    if (frame) {
      // The time stamp stands still during one digit and goes on behind it.
      if (frame.event !== null) send(EVENT, frame.event, frame.isFirst);
      stamp = (stamp + frame.advance) >>> 0;
      if (dialling.length === 0) whenDialled();
    } else if (playing !== null) {
      send(ALAW, playing.subarray(position, position + FRAME), false);
      position = (position + FRAME) % playing.length;
      stamp = (stamp + FRAME) >>> 0;
    }
  };

  function send(payloadType: number, payload: Buffer, marker: boolean): void {
    if (target === null) return;
    const head = Buffer.allocUnsafe(12);
    head[0] = 0x80;
    head[1] = payloadType | (marker ? 0x80 : 0);
    head.writeUInt16BE(sequence & 0xffff, 2);
    head.writeUInt32BE(stamp, 4);
    head.writeUInt32BE(source, 8);
    sequence++;
    stats.sent++;
    // The far end's port may be gone by now: on loopback that is an ICMP error and means nothing here.
    socket.send([head, payload], target.port, target.address, () => undefined);
  }

  socket.on('error', () => undefined);
  socket.on('message', (packet) => {
    const now = Date.now();
    stats.received++;
    seen.first ??= now;
    seen.last = now;
    if ((packet[1] ?? 0) % 128 !== ALAW || !isLoud(packet)) return;
    stats.heard++;
    seen.heard ??= now;
  });

  return {
    port: socket.address().port,
    sendTo(host, port) {
      target = { address: host, port };
      joinClock(sendFrame);
    },
    play(sound) {
      playing = sound === null ? null : wholeFrames(sound);
      position = 0;
    },
    changeSource(lowerBy) {
      source = (source + 1) >>> 0;
      sequence -= lowerBy;
    },
    dial(digits) {
      dialling = [...digits].flatMap(framesOfDigit);
      return new Promise((resolve) => {
        whenDialled = resolve;
      });
    },
    stats: () => ({
      ...stats,
      firstReceivedAt: seen.first,
      lastReceivedAt: seen.last,
      firstHeardAt: seen.heard,
    }),
    close() {
      if (!isOpen) return;
      isOpen = false;
      leaveClock(sendFrame);
      whenDialled();
      socket.close();
    },
  };
}

interface DialFrame {
  readonly event: Buffer | null;
  readonly isFirst: boolean;
  readonly advance: number;
}

/** 100 ms of one digit, its end said three times (RFC 2833), then 80 ms of nothing. */
function framesOfDigit(digit: string): DialFrame[] {
  const event = '0123456789*#'.indexOf(digit);
  if (event < 0) throw new Error(`no DTMF digit: ${digit}`);
  const frame = (duration: number, isEnd: boolean, isFirst: boolean): DialFrame => {
    const payload = Buffer.from([event, (isEnd ? 0x80 : 0) | 10, duration >> 8, duration & 0xff]);
    return { event: payload, isFirst, advance: 0 };
  };
  const growing = [1, 2, 3, 4, 5].map((count) => frame(count * FRAME, false, count === 1));
  const ends = [0, 1, 2].map(() => frame(5 * FRAME, true, false));
  const pause = [0, 1, 2, 3].map((): DialFrame => ({ event: null, isFirst: false, advance: 3 * FRAME }));
  return [...growing, ...ends, ...pause];
}

function wholeFrames(sound: Buffer): Buffer {
  const missing = (FRAME - (sound.length % FRAME)) % FRAME;
  return missing === 0 ? sound : Buffer.concat([sound, silence(missing / 8000)]);
}

function isLoud(packet: Buffer): boolean {
  for (let index = 12; index < packet.length; index += 3) {
    if (Math.abs(fromALaw(packet[index] ?? 0xd5)) > LOUD) return true;
  }
  return false;
}

async function bindEven(address: string): Promise<Socket> {
  for (;;) {
    const socket = createSocket('udp4');
    const port = 20_002 + 2 * Math.floor(Math.random() * 20_000);
    const isBound = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false));
      socket.bind(port, address, () => resolve(true));
    });
    socket.removeAllListeners('error');
    if (isBound) return socket;
    socket.close();
  }
}
