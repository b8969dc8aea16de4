import { connect, type Socket } from 'node:net';
import type { ListedChannel, TrackerInput } from '../../calls/tracker-input.ts';
import { connectTls, type TlsTrust } from '../tls-connection.ts';
import { type Trouble, trouble } from '../trouble.ts';
import type { AmiPacket } from './ami-packet.ts';
import { createClockOffset } from './clock-offset.ts';
import { decode, decodeListedChannel } from './decode.ts';
import { createListenConnection, type ListenConnection, type Loss } from './listen-connection.ts';
import type { ParserCounts } from './packet-parser.ts';
import { createSeenClasses, type SeenClasses } from './seen-classes.ts';

export interface ListenAccess {
  readonly host: string;
  readonly port: number;
  /** Null: plain TCP. */
  readonly tls: TlsTrust | null;
  readonly username: string;
  readonly secret: string;
}

export interface ListenTiming {
  readonly connectWithinMs: number;
  readonly answerWithinMs: number;
  readonly pingEveryMs: number;
  readonly listEveryMs: number;
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
}

export const LISTEN_TIMING: ListenTiming = {
  connectWithinMs: 10_000,
  answerWithinMs: 5_000,
  pingEveryMs: 10_000,
  listEveryMs: 60_000,
  firstRetryMs: 250,
  longestRetryMs: 10_000,
};

export interface ListenState {
  readonly state: 'connecting' | 'up' | 'down';
  /** Why it is down; null otherwise. */
  readonly reason: Trouble | null;
  /** What this log-in does not let us see. */
  readonly limits: readonly Trouble[];
  /** PBX clock minus our clock in ms; null before it was measured. */
  readonly offsetMs: number | null;
}

export interface ListenCounts extends ParserCounts {
  /** Events we use that lacked what makes them one. */
  readonly unreadable: number;
}

export interface ListenHandlers {
  /** Everything the tracker is told, in order; between `link-down` and `link-up` nothing. */
  input(input: TrackerInput): void;
  state(state: ListenState): void;
  /** Every byte received, for `dutyline capture`. */
  bytes?(chunk: Uint8Array, at: number): void;
}

export interface ListenSession {
  state(): ListenState;
  counts(): ListenCounts;
  /** Lists the channels once more, not before this moment (ms UTC). */
  listAgain(notBefore: number): void;
  stop(): void;
}

/** A list after the first one ends calls only when it is at least 2 s younger (D2). */
const SECOND_LIST_AFTER_MS = 2_500;
const NO_COUNTS: ParserCounts = {
  bytes: 0,
  events: 0,
  responses: 0,
  oversized: 0,
  tampered: 0,
  forged: 0,
  broken: 0,
};

/**
 * Listens to one PBX: connects at once, and again after each loss with growing, jittered pauses. It sends Challenge, Login,
 * Ping, CoreStatus and CoreShowChannels and nothing else. `now` is integer ms UTC; `chance` is 0 ≤ x < 1.
 */
export function createListenSession(
  access: ListenAccess,
  handlers: ListenHandlers,
  now: () => number,
  chance: () => number,
  timing: ListenTiming = LISTEN_TIMING,
): ListenSession {
  const offset = createClockOffset();
  let classes: SeenClasses = createSeenClasses();
  let connection: ListenConnection | null = null;
  let state: ListenState = { state: 'connecting', reason: null, limits: [], offsetMs: null };
  let counts: ListenCounts = { ...NO_COUNTS, unreadable: 0 };
  let unreadable = 0;
  let attempt = 0;
  let stopped = false;
  let upSince = 0;
  /** Events of a new link wait here until `link-up` can be told before them. */
  let early: TrackerInput[] | null = null;
  const timers = new Set<NodeJS.Timeout>();

  function after(ms: number, then: () => void): void {
    // Stopped while an answer was awaited: what follows it must not keep the process alive.
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      then();
    }, ms);
    timers.add(timer);
  }

  function become(next: Pick<ListenState, 'state' | 'reason'>): void {
    state = { ...next, limits: classes.limits(), offsetMs: offset.median() };
    handlers.state(state);
  }

  async function open(): Promise<void> {
    if (stopped) return;
    let socket: Socket;
    try {
      socket = access.tls
        ? await connectTls(access.host, access.port, access.tls)
        : await connectPlain(access.host, access.port, timing.connectWithinMs);
    } catch (failure) {
      const message = failure instanceof Error ? failure.message : '';
      down(trouble(access.tls && !isNetwork(failure) ? 'ami-tls-failed' : 'ami-unreachable', message));
      return;
    }
    if (stopped) return void socket.destroy();
    classes = createSeenClasses();
    early = [];
    connection = createListenConnection(
      socket,
      { bytes: (chunk, at) => handlers.bytes?.(chunk, at), event, lost },
      now,
      timing.answerWithinMs,
    );
    if (await connection.logIn(access.username, access.secret)) await begin(connection);
  }

  async function begin(on: ListenConnection): Promise<void> {
    const status = await on.ask('CoreStatus');
    if (on !== connection) return;
    attempt = 0;
    upSince = now();
    const waiting = early ?? [];
    early = null;
    handlers.input({
      type: 'link-up',
      at: upSince,
      processedCalls: wholeNumberOf(status?.get('CoreProcessedCalls')),
      pbxStartedAt: startOf(status),
    });
    for (const input of waiting) handlers.input(input);
    become({ state: 'up', reason: null });
    await list(on, true);
    after(SECOND_LIST_AFTER_MS, () => {
      classes.settled();
      void list(on, false);
    });
    keepAlive(on);
    keepListing(on);
  }

  function keepAlive(on: ListenConnection): void {
    after(timing.pingEveryMs, () => {
      if (on !== connection) return;
      void on.ask('Ping');
      refresh();
      keepAlive(on);
    });
  }

  /** Asterisk never takes an event back, but a list now and then costs little and finds what we should have been told. */
  function keepListing(on: ListenConnection): void {
    after(timing.listEveryMs, () => {
      if (on !== connection) return;
      void list(on, false);
      keepListing(on);
    });
  }

  async function list(on: ListenConnection, first: boolean): Promise<void> {
    if (on !== connection) return;
    const rows = await on.list();
    if (on !== connection) return;
    if (rows === null) {
      classes.cannotList();
      refresh();
      return;
    }
    const channels = rows
      .map(decodeListedChannel)
      .filter((channel): channel is ListedChannel => channel !== null);
    const receivedAt = now();
    classes.listed(channels, receivedAt - upSince);
    handlers.input({ type: 'channels-listed', receivedAt, channels, first });
    refresh();
  }

  /** Tells the state again when its limits or the clock's offset have changed. */
  function refresh(): void {
    const limits = classes.limits();
    const offsetMs = offset.median();
    const same = limits.length === state.limits.length && offsetMs === state.offsetMs;
    if (!same && state.state === 'up') become({ state: 'up', reason: null });
  }

  function event(packet: AmiPacket, receivedAt: number, afterSilence: boolean): void {
    if (packet.name === 'VarSet' || packet.name === 'Newexten') classes.dialplan();
    const decoded = decode(packet);
    if (decoded.kind === 'unreadable') unreadable += 1;
    if (decoded.kind !== 'event') return;
    const { pbxAt } = decoded.event;
    if (afterSilence && pbxAt !== null && !decoded.event.tampered) offset.sample(pbxAt, receivedAt);
    classes.event(decoded.event);
    const input: TrackerInput = { type: 'event', receivedAt, event: decoded.event };
    if (early === null) handlers.input(input);
    else early.push(input);
  }

  function lost(why: Loss): void {
    counts = countsNow();
    connection = null;
    down(reasonOf(why, state.state === 'up'));
  }

  function down(reason: Trouble): void {
    const wasUp = state.state === 'up';
    early = null;
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    if (stopped) return;
    if (wasUp) handlers.input({ type: 'link-down', at: now(), reason: reason.code });
    become({ state: 'down', reason });
    const longest = Math.min(timing.longestRetryMs, timing.firstRetryMs * 2 ** Math.min(attempt, 16));
    attempt += 1;
    // Half fixed, half by chance: the services of many sites must not come back in step after a restart.
    after(longest / 2 + chance() * (longest / 2), () => void open());
  }

  function countsNow(): ListenCounts {
    const current = connection?.counts();
    if (current === undefined) return { ...counts, unreadable };
    return {
      bytes: counts.bytes + current.bytes,
      events: counts.events + current.events,
      responses: counts.responses + current.responses,
      oversized: counts.oversized + current.oversized,
      tampered: counts.tampered + current.tampered,
      forged: counts.forged + current.forged,
      broken: counts.broken + current.broken,
      unreadable,
    };
  }

  void open();
  return {
    state: () => ({ ...state, limits: classes.limits(), offsetMs: offset.median() }),
    counts: countsNow,
    listAgain(notBefore) {
      const on = connection;
      if (on !== null) after(Math.max(0, notBefore - now()), () => void list(on, false));
    },
    stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      connection?.close();
    },
  };
}

function connectPlain(host: string, port: number, withinMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const late = setTimeout(() => fail(new Error('ETIMEDOUT')), withinMs);
    const fail = (failure: Error) => {
      clearTimeout(late);
      socket.destroy();
      reject(failure);
    };
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(late);
      socket.removeListener('error', fail);
      resolve(socket);
    });
  });
}

function isNetwork(failure: unknown): boolean {
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
  return /^E(CONNREFUSED|HOST|NET|TIMEDOUT|NOTFOUND|AI_AGAIN|ADDR)/.test(code);
}

function reasonOf(why: Loss, wasUp: boolean): Trouble {
  switch (why.code) {
    case 'not-asterisk':
      return trouble('ami-not-asterisk', why.detail);
    case 'wrong-password':
      return trouble('ami-wrong-password');
    case 'no-answer':
      return trouble('ami-no-answer', why.detail);
    case 'closed':
      return trouble(wasUp ? 'ami-link-lost' : 'ami-not-asterisk', why.detail);
  }
}

function wholeNumberOf(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

/**
 * When the PBX started, integer ms. CoreStatus names it in the PBX's own local time without a zone (22.10), so that it is
 * good only for comparing with itself: another start means another run of the PBX.
 */
function startOf(status: AmiPacket | null): number | null {
  const day = status?.get('CoreStartupDate');
  const time = status?.get('CoreStartupTime');
  if (day === undefined || time === undefined) return null;
  const at = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(at) ? null : at;
}
