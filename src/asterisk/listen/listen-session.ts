/** The session that only listens: it keeps one log-in to one PBX alive and tells the tracker all it hears. */
import type { ListedChannel, TrackerInput } from '../../calls/tracker-input.ts';
import { type Trouble, trouble } from '../trouble.ts';
import type { AmiPacket } from './ami-packet.ts';
import { createClockOffset } from './clock-offset.ts';
import { runOf } from './core-status.ts';
import { decode, decodeListedChannel } from './decode.ts';
import { createListenConnection, type ListenConnection, type Loss } from './listen-connection.ts';
import { type ListenCounts, NO_COUNTS, sumOf } from './listen-counts.ts';
import { type ListenAccess, openListenSocket } from './listen-socket.ts';
import type { ParserCounts } from './packet-parser.ts';
import { createSeenClasses, type SeenClasses } from './seen-classes.ts';

export interface ListenTiming {
  readonly connectWithinMs: number;
  readonly answerWithinMs: number;
  readonly pingEveryMs: number;
  readonly listEveryMs: number;
  /** While no event of a call has come: how often the PBX is asked whether there should have been one. */
  readonly doubtEveryMs: number;
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
}

export const LISTEN_TIMING: ListenTiming = {
  connectWithinMs: 10_000,
  answerWithinMs: 5_000,
  pingEveryMs: 10_000,
  listEveryMs: 60_000,
  doubtEveryMs: 2_000,
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
  /** Of the connections that are lost. */
  let counts: ParserCounts = NO_COUNTS;
  let unreadable = 0;
  let attempt = 0;
  let stopped = false;
  let heardAt = 0;
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
    const opened = await openListenSocket(access, timing.connectWithinMs);
    if (!opened.ok) return down(opened.trouble);
    const socket = opened.value;
    if (stopped) return void socket.destroy();
    classes = createSeenClasses();
    early = [];
    connection = createListenConnection(socket, { bytes, event, lost }, now, timing.answerWithinMs);
    if (await connection.logIn(access.username, access.secret)) await begin(connection);
  }

  async function begin(on: ListenConnection): Promise<void> {
    const status = await on.ask('CoreStatus');
    if (on !== connection) return;
    attempt = 0;
    const waiting = early ?? [];
    early = null;
    const run = runOf(status);
    classes.counted(run.processedCalls);
    handlers.input({ type: 'link-up', at: now(), ...run });
    for (const input of waiting) handlers.input(input);
    become({ state: 'up', reason: null });
    await list(on, true);
    after(SECOND_LIST_AFTER_MS, () => {
      classes.settled();
      void list(on, false);
    });
    keepAlive(on);
    keepListing(on);
    keepDoubting(on);
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

  /**
   * A log-in without `read=call` hears nothing and looks like a quiet night. Until an event of a call has come, the PBX is
   * asked whether it had one: by its count of calls, and where it does not count (16), by listing its channels.
   */
  function keepDoubting(on: ListenConnection): void {
    after(timing.doubtEveryMs, () => {
      if (on === connection && !classes.hearsCalls()) void doubt(on);
    });
  }

  async function doubt(on: ListenConnection): Promise<void> {
    const status = await on.ask('CoreStatus');
    if (on !== connection) return;
    const { processedCalls } = runOf(status);
    classes.counted(processedCalls);
    refresh();
    if (processedCalls === null) await list(on, false);
    keepDoubting(on);
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
    classes.listed(channels);
    handlers.input({ type: 'channels-listed', receivedAt, channels, first });
    refresh();
  }

  /** Tells the state again when its limits or the clock's offset have changed. */
  function refresh(): void {
    const limits = classes.limits();
    const offsetMs = offset.median();
    const codes = (of: readonly Trouble[]) => of.map(({ code }) => code).join();
    const same = codes(limits) === codes(state.limits) && offsetMs === state.offsetMs;
    if (!same && state.state === 'up') become({ state: 'up', reason: null });
  }

  function bytes(chunk: Uint8Array, at: number): void {
    heardAt = at;
    handlers.bytes?.(chunk, at);
  }

  function event(packet: AmiPacket, receivedAt: number, afterSilence: boolean): void {
    classes.packet(packet);
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
    // A PBX that stopped answering has been out of sight since its last word, not since we gave up waiting.
    down(reasonOf(why, state.state === 'up'), why.code === 'no-answer' ? heardAt : now());
  }

  function down(reason: Trouble, at = now()): void {
    const wasUp = state.state === 'up';
    early = null;
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    if (stopped) return;
    if (wasUp) handlers.input({ type: 'link-down', at, reason: reason.code });
    become({ state: 'down', reason });
    const longest = Math.min(timing.longestRetryMs, timing.firstRetryMs * 2 ** Math.min(attempt, 16));
    attempt += 1;
    // Half fixed, half by chance: the services of many sites must not come back in step after a restart.
    after(longest / 2 + chance() * (longest / 2), () => void open());
  }

  function countsNow(): ListenCounts {
    return { ...sumOf(counts, connection?.counts() ?? NO_COUNTS), unreadable };
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
