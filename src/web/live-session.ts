/**
 * One page on its socket, from the first message to the last: waits for `hello`, stands in a room, is closed. Messages
 * of one page are handled one after the other, so that patches reach the intake in the order they were typed (D10).
 */
import type { Store } from '../storage/store.ts';
import type { OutletLimits, Wire } from './live-outlet.ts';
import { createOutlet, encode, encodeDelta } from './live-outlet.ts';
import type { LockBoard } from './lock-board.ts';
import type { LockNotes } from './lock-notes.ts';
import type { Log } from './log.ts';
import { standingOf } from './me.ts';
import type { Parsed } from './parse-client-message.ts';
import { parseClientMessage } from './parse-client-message.ts';
import type { ClientMessage } from './protocol/client-message.ts';
import { PROTOCOL } from './protocol/client-message.ts';
import type { Me } from './protocol/room-view.ts';
import { NO_ROOM, NOT_KEPT, NOT_LOGGED_IN, SCREEN_LOCKED } from './refusals.ts';
import type { RoomEntry } from './room-entry.ts';
import type { FeedMember, RoomFeed } from './room-feed.ts';
import { type RoomDesks, type RoomMessage, takeInRoom } from './room-message.ts';
import type { SeatOutcome } from './seat-desk.ts';
import type { Sessions, Visitor } from './sessions.ts';

export interface LiveDeps extends RoomDesks {
  readonly store: Pick<Store, 'seat' | 'person'>;
  readonly sessions: Sessions;
  readonly feed: RoomFeed;
  readonly entry: RoomEntry;
  readonly lockBoard: LockBoard;
  readonly lockNotes: LockNotes;
  readonly limits: OutletLimits;
  readonly clock: () => number;
  readonly log: Log;
}

export interface LiveSession {
  receive(frame: Buffer): Promise<void>;
  /** The page has said hello: it stands in a room, or behind its locked screen. */
  hasBegun(): boolean;
  /** Asks again whether the log-in still stands and is open; ends or locks the page when not. */
  recheck(): Promise<void>;
  /** 锁屏待接: from here on the page hears of its seat's telephone and of nothing else. */
  lock(): void;
  /** The page says hello again and begins anew. */
  unlock(): void;
  logOut(): void;
  close(): void;
}

/** `otherRoom`: the page comes back by itself and is told where it may stand now. */
const CLOSE = { outdated: 4002, loggedOut: 4003, noRoom: 4004, helloFirst: 4001, otherRoom: 4005 } as const;

type State =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'in-room'; readonly room: string; readonly client: string; readonly me: Me }
  | { readonly phase: 'locked'; readonly stop: () => void }
  | { readonly phase: 'closed' };

export function createLiveSession(
  deps: LiveDeps,
  wire: Wire,
  first: Visitor,
  insecure: boolean,
): LiveSession {
  let visitor = first;
  let state: State = { phase: 'waiting' };

  const outlet = createOutlet({
    wire,
    clock: deps.clock,
    limits: deps.limits,
    catchUp: async (dirty, holds, position) => {
      const views = await deps.feed.viewsOf(dirty);
      const upTo = Math.max(position, ...dirty.map((one) => one.position));
      const delta = views.length === 0 ? [] : [encodeDelta(upTo, deps.clock(), views)];
      return {
        position: upTo,
        encoded: [...delta, ...holds.map((key) => encode(deps.holds.messageFor(key)))],
      };
    },
    dropped: (reason) => deps.log('warn', 'slow-page-cut', { account: visitor.account.id, reason }),
    fail: (error) => broken(error),
  });

  const member: FeedMember = {
    outlet,
    client: () => (state.phase === 'in-room' ? state.client : null),
    roomChanged: () => {
      lookAgain().catch(broken);
    },
    failed: () => broken('changes could not be read'),
  };

  function broken(error: unknown): void {
    deps.log('error', 'live-session-failed', { error: String(error) });
    close();
    wire.drop(1011, 'failed');
  }

  async function handle(message: ClientMessage): Promise<void> {
    if (state.phase === 'closed') return;
    if (message.type === 'hello') return hello(message);
    if (message.type === 'ping') {
      return outlet.answer({ type: 'pong', at: message.at, serverTime: deps.clock() });
    }
    if (state.phase === 'waiting') return end(CLOSE.helloFirst, 'hello first');
    if (state.phase === 'locked') {
      if ('opId' in message) outlet.answer({ type: 'refused', opId: message.opId, refusal: SCREEN_LOCKED });
      return;
    }
    deps.sessions.active(visitor.session.id);
    await inRoom(message, state);
  }

  async function inRoom(message: RoomMessage, at: Extract<State, { phase: 'in-room' }>): Promise<void> {
    const { me, room, client } = at;
    const taken = await takeInRoom(deps, { visitor, me, room, client }, message);
    if (taken.kind === 'answered') outlet.answer(taken.message);
    if (taken.kind === 'seated') await seated(taken.opId, taken.outcome, at);
  }

  async function hello(message: Extract<ClientMessage, { type: 'hello' }>): Promise<void> {
    if (message.protocol !== PROTOCOL) {
      outlet.answer({ type: 'reload' });
      return end(CLOSE.outdated, 'another protocol');
    }
    const standing = await deps.sessions.recheck(visitor.session.id);
    if (standing === null) return logOut();
    visitor = standing.visitor;
    if (standing.locked) return lock();
    const { me, seat } = await standingOf(deps.store, visitor);
    const room = await deps.entry.chooseRoom(visitor, message.room ?? seat?.room ?? null);
    if (room === null) {
      outlet.answer({ type: 'refused', opId: null, refusal: NO_ROOM });
      return end(CLOSE.noRoom, 'no room');
    }
    // Locked or closed while this was read: whoever enters now would be told what he may not see.
    if (hasLeft()) return;
    const stoodHere = deps.entry.lastRoomOf(message.client) === room;
    await enter(room, message.client, me, stoodHere ? message.position : null);
  }

  async function enter(room: string, client: string, me: Me, position: number | null): Promise<void> {
    leaveRoom();
    outlet.joining();
    deps.feed.join(room, member);
    state = { phase: 'in-room', room, client, me };
    const { position: at, messages } = await deps.entry.welcome({ room, client, me, position, insecure });
    // Locked while it was read: nothing of it may leave.
    if (state.phase !== 'in-room') return;
    for (const parts of messages) outlet.welcome(parts);
    await outlet.joined(at);
    await signNotes(me);
  }

  /** 先记后登: what was written at this seat before anybody had logged in is signed by who has now. */
  async function signNotes(me: Me): Promise<void> {
    const seat = me.seat === null ? undefined : await deps.store.seat(me.seat);
    if (seat === undefined) return;
    const signed = await deps.lockNotes.sign(me, seat.room, visitor.session.id);
    if (signed.length > 0 && state.phase === 'in-room') outlet.answer({ type: 'signed', signed });
  }

  async function seated(
    opId: string,
    outcome: SeatOutcome,
    at: Extract<State, { phase: 'in-room' }>,
  ): Promise<void> {
    if (!outcome.ok) return outlet.answer({ type: 'refused', opId, refusal: outcome.refusal });
    const again = await deps.sessions.recheck(visitor.session.id);
    if (again === null) return logOut();
    if (again.locked) return lock();
    visitor = again.visitor;
    outlet.answer({ type: 'accepted', opId, position: outcome.position, version: null });
    await refreshMe();
    if (outcome.room !== at.room && state.phase === 'in-room') {
      await enter(outcome.room, at.client, state.me, null);
    } else if (state.phase === 'in-room') {
      await signNotes(state.me);
    }
  }

  /** Tells the page when its seat has another person now, whoever changed it. */
  async function refreshMe(): Promise<void> {
    const { me } = await standingOf(deps.store, visitor);
    if (state.phase !== 'in-room' || JSON.stringify(me) === JSON.stringify(state.me)) return;
    state = { ...state, me };
    outlet.answer({ type: 'me', me });
  }

  /** A room or unit is another now: whoever may not see this room any more must leave it. */
  async function lookAgain(): Promise<void> {
    const again = await deps.sessions.recheck(visitor.session.id);
    if (again === null) return logOut();
    visitor = again.visitor;
    if (state.phase !== 'in-room') return;
    const isOpenTo = (await deps.entry.chooseRoom(visitor, state.room)) === state.room;
    if (isOpenTo) await refreshMe();
    else end(CLOSE.otherRoom, 'another room');
  }

  function leaveRoom(): void {
    if (state.phase === 'in-room') deps.feed.leave(state.room, member);
  }

  function lock(): void {
    if (state.phase === 'closed' || state.phase === 'locked') return;
    leaveRoom();
    // What is held back for a slow page is told no more.
    outlet.joining();
    const stop = deps.lockBoard.follow(visitor, (view) => {
      if (state.phase === 'locked') outlet.answer({ type: 'locked', view, serverTime: deps.clock() });
    });
    state = { phase: 'locked', stop };
  }

  function unlock(): void {
    if (state.phase !== 'locked') return;
    state.stop();
    state = { phase: 'waiting' };
    outlet.answer({ type: 'unlocked' });
  }

  function logOut(): void {
    outlet.answer({ type: 'logged-out', refusal: NOT_LOGGED_IN });
    end(CLOSE.loggedOut, 'logged out');
  }

  function hasLeft(): boolean {
    return state.phase === 'closed' || state.phase === 'locked';
  }

  function end(code: number, reason: string): void {
    close();
    wire.end(code, reason);
  }

  function close(): void {
    leaveRoom();
    if (state.phase === 'locked') state.stop();
    outlet.close();
    state = { phase: 'closed' };
  }

  return {
    close,
    logOut,
    lock,
    unlock,
    hasBegun: () => state.phase === 'in-room' || state.phase === 'locked',
    recheck: async () => {
      const again = await deps.sessions.recheck(visitor.session.id);
      if (again === null) return logOut();
      visitor = again.visitor;
      if (again.locked && state.phase === 'in-room') lock();
      else if (!again.locked) unlock();
    },
    receive: async (frame) => {
      const parsed = parseClientMessage(frame);
      try {
        if (parsed.ok) await handle(parsed.message);
        else outlet.answer({ type: 'refused', opId: parsed.opId, refusal: parsed.refusal });
      } catch (error) {
        // The store or our own code failed; the page keeps what it sent and repeats it by opId.
        deps.log('error', 'message-not-handled', { error: String(error), type: typeOf(parsed) });
        outlet.answer({ type: 'refused', opId: opIdOf(parsed), refusal: NOT_KEPT });
      }
    },
  };
}

function typeOf(parsed: Parsed): string | null {
  return parsed.ok ? parsed.message.type : null;
}

function opIdOf(parsed: Parsed): string | null {
  return parsed.ok && 'opId' in parsed.message ? parsed.message.opId : null;
}
