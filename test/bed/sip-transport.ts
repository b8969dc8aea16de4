import { createSocket } from 'node:dgram';
import {
  header,
  methodOf,
  parameter,
  readMessage,
  type SipMessage,
  statusOf,
  writeMessage,
} from './sip-message.ts';

/** Where a message comes from or goes to. */
export interface Peer {
  readonly address: string;
  readonly port: number;
}

/** One message on the wire of an agent, with the wall time (ms) of its sending or reading. */
export interface WireEntry {
  readonly at: number;
  readonly way: 'sent' | 'received';
  readonly message: SipMessage;
}

/** One UDP socket speaking SIP, with the retransmissions UDP makes necessary. */
export interface SipTransport {
  readonly address: string;
  readonly port: number;
  /** Sends a request, again and again until something answers (ACK: once). */
  request(peer: Peer, message: SipMessage): void;
  /** Sends a response, and again when its request is repeated. */
  respond(peer: Peer, message: SipMessage): void;
  /** Every message that ever crossed, oldest first; repeats are left out. */
  wire(): readonly WireEntry[];
  close(): void;
}

const FIRST_REPEAT_MS = 500;
const GIVE_UP_MS = 16_000;

/** Opens the socket and hands every new message (repeats are dealt with here) to `receive`. */
export async function openSipTransport(
  address: string,
  port: number,
  receive: (message: SipMessage, peer: Peer) => void,
): Promise<SipTransport> {
  const socket = createSocket({ type: 'udp4', recvBufferSize: 4 << 20 });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, address, () => {
      socket.off('error', reject);
      resolve();
    });
  });
  socket.on('error', () => undefined);
  const wire: WireEntry[] = [];
  const repeating = new Map<string, NodeJS.Timeout>();
  const answered = new Map<string, Buffer | null>();
  const repeats = new Set<string>();

  function put(peer: Peer, datagram: Buffer): void {
    socket.send(datagram, peer.port, peer.address, () => undefined);
  }

  function repeat(key: string, peer: Peer, datagram: Buffer): void {
    let pause = FIRST_REPEAT_MS;
    let spent = 0;
    const again = () => {
      spent += pause;
      pause = Math.min(pause * 2, 4_000);
      if (spent > GIVE_UP_MS) return stopRepeating(key);
      put(peer, datagram);
      repeating.set(key, setTimeout(again, pause));
    };
    repeating.set(key, setTimeout(again, pause));
  }

  function stopRepeating(key: string): void {
    clearTimeout(repeating.get(key));
    repeating.delete(key);
  }

  socket.on('message', (datagram, peer) => {
    const message = readMessage(datagram);
    if (message === null) return;
    const key = transactionOf(message);
    if (statusOf(message) !== null) {
      stopRepeating(key);
      const isFinal = (statusOf(message) ?? 0) >= 200;
      const isRepeat = isFinal && repeats.has(key);
      if (isFinal) repeats.add(key);
      // Asterisk repeats its final answer to INVITE until our ACK reaches it; the call sends that ACK, so it must see the repeat.
      if (isRepeat && methodOf(message) !== 'INVITE') return;
      if (!isRepeat) wire.push({ at: Date.now(), way: 'received', message });
    } else if (methodOf(message) === 'ACK') {
      stopRepeating(okKey(message));
      wire.push({ at: Date.now(), way: 'received', message });
    } else {
      const earlier = answered.get(key);
      if (earlier) put({ address: peer.address, port: peer.port }, earlier);
      if (answered.has(key)) return;
      answered.set(key, null);
      wire.push({ at: Date.now(), way: 'received', message });
    }
    receive(message, { address: peer.address, port: peer.port });
  });

  return {
    address,
    port: socket.address().port,
    request(peer, message) {
      const datagram = writeMessage(message);
      wire.push({ at: Date.now(), way: 'sent', message });
      put(peer, datagram);
      if (methodOf(message) !== 'ACK') repeat(transactionOf(message), peer, datagram);
    },
    respond(peer, message) {
      const datagram = writeMessage(message);
      wire.push({ at: Date.now(), way: 'sent', message });
      answered.set(transactionOf(message), datagram);
      put(peer, datagram);
      const isOk =
        methodOf(message) === 'INVITE' && (statusOf(message) ?? 0) >= 200 && (statusOf(message) ?? 0) < 300;
      if (isOk) repeat(okKey(message), peer, datagram);
    },
    wire: () => wire,
    close() {
      for (const timer of repeating.values()) clearTimeout(timer);
      repeating.clear();
      socket.close();
    },
  };
}

// CANCEL has the branch of its INVITE, so the method belongs to the key.
function transactionOf(message: SipMessage): string {
  return `${parameter(header(message, 'via'), 'branch')} ${methodOf(message)}`;
}

function okKey(message: SipMessage): string {
  return `ok ${header(message, 'call-id')} ${header(message, 'cseq').split(' ')[0]}`;
}
