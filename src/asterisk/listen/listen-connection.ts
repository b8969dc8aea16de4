import { createHash, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { whenLate } from '../when-late.ts';
import type { AmiPacket } from './ami-packet.ts';
import { createPacketParser, type ParserCounts } from './packet-parser.ts';

/** What one connection tells its session. `lost` comes once, last. */
export interface ConnectionHandlers {
  /** Every byte as it came, before anything is made of it. */
  bytes(chunk: Uint8Array, at: number): void;
  event(packet: AmiPacket, receivedAt: number, afterSilence: boolean): void;
  lost(why: Loss): void;
}

export type Loss = {
  readonly code: 'not-asterisk' | 'wrong-password' | 'no-answer' | 'closed';
  readonly detail: string;
};

/** One TCP or TLS connection to AMI, from banner to end. It sends only the actions below. */
export interface ListenConnection {
  /** Resolves when the PBX takes account and password; rejects never: a refusal is a loss. */
  logIn(username: string, secret: string): Promise<boolean>;
  /** Asks; null when the PBX refuses (its words are in `refused`) or the connection ends. */
  ask(action: 'Ping' | 'CoreStatus'): Promise<AmiPacket | null>;
  /** Asks for a list; null when it is refused or the connection ends. */
  list(): Promise<readonly AmiPacket[] | null>;
  counts(): ParserCounts;
  close(): void;
}

interface Question {
  readonly rows: AmiPacket[] | null;
  readonly answer: (packets: readonly AmiPacket[] | null) => void;
  readonly inTime: () => void;
}

/** Silence after which the parser may believe that the last packet is whole, and after which it must. */
const SETTLE_MS = 5;
const SETTLE_LONG_MS = 2_000;
/** More channels than any duty room's PBX has: a list beyond is not collected further. */
const MOST_ROWS = 20_000;

/** Takes over a connected socket. `now` is integer ms UTC. */
export function createListenConnection(
  socket: Socket,
  handlers: ConnectionHandlers,
  now: () => number,
  answerWithinMs: number,
): ListenConnection {
  const parser = createPacketParser();
  const questions = new Map<string, Question>();
  let greeted: ((isAsterisk: boolean) => void) | null = null;
  let isLost = false;
  let silent = true;
  // One timer each for the life of the connection: making timers per chunk would cost more than parsing it.
  const settleSoon = setTimeout(() => settle(false), SETTLE_MS);
  const settleLate = setTimeout(() => settle(true), SETTLE_LONG_MS);

  socket.setNoDelay(true);
  socket.setKeepAlive(true, 30_000);
  socket.on('data', (chunk) => {
    const at = now();
    handlers.bytes(chunk, at);
    hand(parser.push(chunk), at);
    silent = false;
    settleSoon.refresh();
    settleLate.refresh();
  });
  socket.on('error', (failure) => lose({ code: 'closed', detail: failure.message }));
  socket.on('close', () => lose({ code: 'closed', detail: '' }));

  function settle(long: boolean): void {
    hand(parser.settle(long), now());
    silent = true;
  }

  function hand(packets: readonly AmiPacket[], at: number): void {
    for (const packet of packets) {
      if (packet.kind === 'banner') greet(packet.name);
      else if (!answered(packet)) {
        if (packet.kind === 'event') handlers.event(packet, at, silent);
      }
      silent = false;
    }
  }

  function greet(line: string): void {
    greeted?.(line.startsWith('Asterisk Call Manager/'));
    if (greeted === null) lose({ code: 'not-asterisk', detail: line.slice(0, 80) });
  }

  /** Nobody outside knows our ActionIDs, so no caller can forge an answer. */
  function answered(packet: AmiPacket): boolean {
    const id = packet.get('ActionID');
    const question = id === undefined ? undefined : questions.get(id);
    if (id === undefined || question === undefined) return false;
    if (packet.kind === 'response') {
      if (packet.name !== 'Success') finish(id, null);
      else if (question.rows === null) finish(id, [packet]);
      return true;
    }
    if (question.rows === null) return false;
    if (packet.get('EventList') === 'Complete') finish(id, question.rows);
    else if (question.rows.length < MOST_ROWS) question.rows.push(packet);
    return true;
  }

  function finish(id: string, packets: readonly AmiPacket[] | null): void {
    const question = questions.get(id);
    if (question === undefined) return;
    questions.delete(id);
    question.inTime();
    question.answer(packets);
  }

  function send(
    headers: Readonly<Record<string, string>>,
    isList: boolean,
  ): Promise<readonly AmiPacket[] | null> {
    const id = randomBytes(16).toString('hex');
    const lines = Object.entries({ ...headers, ActionID: id }).map(([name, value]) => {
      // A line end in a value would become a header of its own choosing (16.28, 22.10).
      if (/[\r\n\0]/.test(value)) throw new Error(`a value of ${name} holds a control character`);
      return `${name}: ${value}\r\n`;
    });
    return new Promise((answer) => {
      if (isLost) return answer(null);
      const inTime = whenLate(answerWithinMs, () => {
        finish(id, null);
        lose({ code: 'no-answer', detail: headers.Action ?? '' });
      });
      questions.set(id, { rows: isList ? [] : null, answer, inTime });
      socket.write(`${lines.join('')}\r\n`);
    });
  }

  function lose(why: Loss): void {
    if (isLost) return;
    isLost = true;
    clearTimeout(settleSoon);
    clearTimeout(settleLate);
    greeted?.(false);
    for (const id of [...questions.keys()]) finish(id, null);
    socket.destroy();
    handlers.lost(why);
  }

  return {
    async logIn(username, secret) {
      const isAsterisk = await new Promise<boolean>((resolve) => {
        const inTime = whenLate(answerWithinMs, () => resolve(false));
        greeted = (is) => {
          inTime();
          resolve(is);
        };
      });
      if (!isAsterisk) {
        lose({ code: 'not-asterisk', detail: '' });
        return false;
      }
      const [offer] = (await send({ Action: 'Challenge', AuthType: 'MD5' }, false)) ?? [];
      const challenge = offer?.get('Challenge');
      // The password itself goes over the wire only where the PBX offers no challenge.
      const proof =
        challenge === undefined
          ? { Secret: secret }
          : { AuthType: 'MD5', Key: createHash('md5').update(challenge).update(secret).digest('hex') };
      const taken = await send({ Action: 'Login', Username: username, ...proof, Events: 'on' }, false);
      if (taken === null) lose({ code: 'wrong-password', detail: '' });
      return taken !== null;
    },
    ask: async (action) => (await send({ Action: action }, false))?.[0] ?? null,
    list: () => send({ Action: 'CoreShowChannels' }, true),
    counts: () => parser.counts(),
    close: () => lose({ code: 'closed', detail: '' }),
  };
}
