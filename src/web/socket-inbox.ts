/** What comes in from one page: in order, at a pace, and only from a page that also reads what it is answered. */

export interface InboxLimits {
  /** Messages a page may send at once, and every second after that; faster ones wait in the network. */
  readonly burst: number;
  readonly perSecond: number;
  readonly mostWaiting: number;
  /** A page that has so many bytes still to read is not heard until it read them; one that reads none for so long is cut. */
  readonly mostUnread: number;
  readonly unreadMs: number;
}

/** The socket as the inbox needs it. */
interface ReadSocket {
  readonly bufferedAmount: number;
  readonly isPaused: boolean;
  pause(): void;
  resume(): void;
  terminate(): void;
}

interface InboxOwner {
  /** Must not reject. */
  readonly handle: (frame: Buffer) => Promise<void>;
  /** Ends a page that asks and does not read. */
  readonly cut: () => void;
}

interface Inbox {
  put(frame: Buffer): void;
  close(): void;
}

const STOP_READING_AT = 64;
const READ_AGAIN_BELOW = 16;
const PACE_MS = 20;

/**
 * Messages of one page, one after the other and no faster than allowed. A page that sends faster is not read for a while:
 * the network holds it back and nothing is lost.
 */
export function createInbox(
  ws: ReadSocket,
  limits: InboxLimits,
  clock: () => number,
  owner: InboxOwner,
): Inbox {
  const queue: Buffer[] = [];
  let tokens = limits.burst;
  let refilledAt = clock();
  let running = false;
  let closed = false;

  function takeToken(): boolean {
    const now = clock();
    const gained = (Math.max(0, now - refilledAt) * limits.perSecond) / 1_000;
    tokens = Math.min(limits.burst, tokens + gained);
    refilledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  }

  /** Whoever asks and does not read the answers would have them lie in our memory: it waits for its own reading. */
  async function hasRead(): Promise<void> {
    let least = ws.bufferedAmount;
    let since = clock();
    while (!closed && ws.bufferedAmount > limits.mostUnread) {
      if (ws.bufferedAmount < least) {
        least = ws.bufferedAmount;
        since = clock();
      }
      if (clock() - since > limits.unreadMs) {
        closed = true;
        return owner.cut();
      }
      await pause();
    }
  }

  async function run(): Promise<void> {
    running = true;
    for (let frame = queue.shift(); frame !== undefined && !closed; frame = queue.shift()) {
      while (!takeToken()) await pause();
      await hasRead();
      if (!closed) await owner.handle(frame);
      if (queue.length < READ_AGAIN_BELOW && ws.isPaused) ws.resume();
    }
    running = false;
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, PACE_MS));
  }

  return {
    put: (frame) => {
      queue.push(frame);
      // What was read in one piece with the rest still comes after pause(): ws 8.23 has it in its own buffer.
      if (queue.length >= STOP_READING_AT) ws.pause();
      if (queue.length > limits.mostWaiting) return ws.terminate();
      if (!running) run().catch(() => ws.terminate());
    },
    close: () => {
      closed = true;
      queue.length = 0;
    },
  };
}
