/**
 * What goes out to one page. A page that keeps up gets every delta as it is. One that does not (a sleeping laptop, a
 * bad line) gets nothing for a while but a list of what changed, then one delta with the newest view of each: it is
 * coalesced by entity, and dropped when it stays behind. It then comes back and resumes by position.
 */
import type { HoldKey } from './holds.ts';
import type { Change, ServerMessage } from './protocol/server-message.ts';

/** Something that changed, by key. `position` 0 for link states, which are not stored. */
export interface Dirty {
  readonly entity: 'call' | 'record' | 'gap' | 'room' | 'link';
  readonly id: string;
  readonly position: number;
}

/** The socket as the outlet needs it. */
export interface Wire {
  send(data: Buffer): void;
  /** One message in several frames: what many pages share is not copied for each. */
  sendParts(parts: readonly Buffer[]): void;
  bufferedAmount(): number;
  /** Says goodbye with a WebSocket close code; what was sent before still arrives. */
  end(code: number, reason: string): void;
  /** Cuts the connection without waiting for what is buffered. */
  drop(code: number, reason: string): void;
}

export interface OutletLimits {
  /** Bytes waiting in the socket from which a page counts as slow. */
  readonly slowBytes: number;
  /** A slow page whose socket holds less than this gets its coalesced delta. */
  readonly drainedBytes: number;
  readonly mostDirty: number;
  /** A page may be slow for so long. */
  readonly lagMs: number;
  readonly pollMs: number;
}

export const OUTLET_LIMITS: OutletLimits = {
  slowBytes: 512 * 1_024,
  drainedBytes: 64 * 1_024,
  mostDirty: 2_000,
  lagMs: 30_000,
  pollMs: 100,
};

/** What a page has not got yet, by key. */
interface Missed {
  readonly dirty: Map<string, Dirty>;
  readonly holds: Map<string, HoldKey>;
}

type State =
  | { readonly mode: 'joining'; readonly missed: Missed }
  | { readonly mode: 'flowing' }
  | { readonly mode: 'lagging'; readonly since: number; readonly missed: Missed }
  | { readonly mode: 'closed' };

export interface Outlet {
  /** A delta up to `position`, shared by the whole room and already encoded. */
  delta(changes: readonly Dirty[], position: number, encoded: Buffer): void;
  /** Something that has no stored position (a link's state): told at the position this page stands at. */
  beside(dirty: Dirty, change: Change): void;
  /** A hold or release shared by the room. */
  hold(key: HoldKey, encoded: Buffer): void;
  /** An answer to this page alone: never held back. */
  answer(message: ServerMessage): void;
  /** A message of the welcome, already encoded, in one part or several. */
  welcome(parts: readonly Buffer[]): void;
  /** From now on deltas are collected until `joined`. */
  joining(): void;
  /** The snapshot or resume delta up to `position` is sent; what was collected and is newer follows. */
  joined(position: number): Promise<void>;
  close(): void;
}

export interface OutletDeps {
  readonly wire: Wire;
  readonly clock: () => number;
  readonly limits: OutletLimits;
  /** One encoded delta with today's view of each. */
  readonly catchUp: (
    dirty: readonly Dirty[],
    holds: readonly HoldKey[],
    position: number,
  ) => Promise<{ readonly position: number; readonly encoded: readonly Buffer[] }>;
  /** Told when the page was cut because it stayed behind. */
  readonly dropped: (reason: string) => void;
  readonly fail: (error: unknown) => void;
}

const TOO_SLOW = 4008;

export function createOutlet(deps: OutletDeps): Outlet {
  const { wire, limits } = deps;
  let state: State = { mode: 'joining', missed: nothingMissed() };
  let last = 0;
  let poll: NodeJS.Timeout | null = null;

  function missedNow(): Missed | null {
    if (state.mode === 'flowing' && wire.bufferedAmount() > limits.slowBytes) {
      state = { mode: 'lagging', since: deps.clock(), missed: nothingMissed() };
      poll = setInterval(lookAgain, limits.pollMs);
    }
    return state.mode === 'joining' || state.mode === 'lagging' ? state.missed : null;
  }

  function collect(missed: Missed, changes: readonly Dirty[]): void {
    for (const change of changes) missed.dirty.set(`${change.entity} ${change.id}`, change);
    if (missed.dirty.size > limits.mostDirty) drop('too much to catch up');
  }

  function lookAgain(): void {
    if (state.mode !== 'lagging') return;
    if (deps.clock() - state.since > limits.lagMs) {
      drop('too slow');
    } else if (wire.bufferedAmount() <= limits.drainedBytes) {
      stopPolling();
      catchUp(state.missed).catch(deps.fail);
    }
  }

  /** Sends what was missed, then what came while its views were read, until nothing is left. */
  async function catchUp(missed: Missed): Promise<void> {
    let left = missed;
    while (left.dirty.size > 0 || left.holds.size > 0) {
      const collecting = nothingMissed();
      state = { mode: 'joining', missed: collecting };
      const more = await deps.catchUp([...left.dirty.values()], [...left.holds.values()], last);
      // Closed, locked or in another room by now.
      if (!isCollecting(collecting)) return;
      last = Math.max(last, more.position);
      for (const encoded of more.encoded) wire.send(encoded);
      left = collecting;
    }
    state = { mode: 'flowing' };
  }

  function isCollecting(missed: Missed): boolean {
    return state.mode === 'joining' && state.missed === missed;
  }

  function isClosed(): boolean {
    return state.mode === 'closed';
  }

  function drop(reason: string): void {
    close();
    deps.dropped(reason);
    wire.drop(TOO_SLOW, reason);
  }

  function stopPolling(): void {
    if (poll !== null) clearInterval(poll);
    poll = null;
  }

  function close(): void {
    stopPolling();
    state = { mode: 'closed' };
  }

  return {
    close,
    delta: (changes, position, encoded) => {
      const newer = changes.filter((change) => change.position > last);
      if (state.mode === 'closed' || newer.length === 0) return;
      const missed = missedNow();
      if (missed !== null) return collect(missed, newer);
      last = position;
      wire.send(encoded);
    },
    beside: (dirty, change) => {
      const missed = missedNow();
      if (missed !== null) return collect(missed, [dirty]);
      if (!isClosed()) wire.send(encodeDelta(last, deps.clock(), [change]));
    },
    hold: (key, encoded) => {
      const missed = missedNow();
      if (missed !== null) missed.holds.set(`${key.record} ${key.field}`, key);
      else if (!isClosed()) wire.send(encoded);
    },
    answer: (message) => {
      if (!isClosed()) wire.send(encode(message));
    },
    welcome: (parts) => {
      if (!isClosed()) wire.sendParts(parts);
    },
    joining: () => {
      stopPolling();
      if (!isClosed()) state = { mode: 'joining', missed: nothingMissed() };
    },
    joined: async (position) => {
      if (state.mode !== 'joining') return;
      last = position;
      const { missed } = state;
      for (const [key, dirty] of missed.dirty) {
        if (dirty.position <= position && dirty.entity !== 'link') missed.dirty.delete(key);
      }
      await catchUp(missed);
    },
  };
}

function nothingMissed(): Missed {
  return { dirty: new Map(), holds: new Map() };
}

/** A delta as one text frame. */
export function encodeDelta(position: number, serverTime: number, changes: readonly Change[]): Buffer {
  return encode({ type: 'delta', position, serverTime, changes });
}

/** One text frame. Made once per room, whatever the number of pages in it. */
export function encode(message: ServerMessage): Buffer {
  return Buffer.from(JSON.stringify(message));
}
