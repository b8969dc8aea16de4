/** Ties the pure state to the world: clock, socket, disk. One per page. */

import type { Refusal } from '../records/command.ts';
import type { FieldName } from '../records/field.ts';
import type { ClientMessage } from '../web/protocol/client-message.ts';
import { followActivity } from './activity.ts';
import { talksHere } from './alarms.ts';
import { logOut, whoAmI } from './api.ts';
import { type Connection, createConnection } from './connection.ts';
import { type Command, type DeskState, emptyDesk, seesRooms, serverNow } from './desk-state.ts';
import { newId } from './ids.ts';
import { askLock, readLock, tellActive, type UnlockBy, unlock } from './lock/lock-api.ts';
import { createLockBox, type LockBox } from './lock/lock-box.ts';
import { lockedAlone } from './lock/locked-alone.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { phoneOfSeat } from './seat-phone.ts';
import { type Action, reduce } from './state.ts';

type Commanded<Message> = Message extends { readonly opId: string } ? Omit<Message, 'opId'> : never;
/** A command without its opId, which the store makes. */
export type Wish = Commanded<Exclude<ClientMessage, { type: 'patch' | 'set-aside' }>>;

export interface DeskStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly read: () => DeskState;
  readonly dispatch: (action: Action) => void;
  /** Sends a command and keeps it until it is answered. Returns its opId. */
  readonly command: (wish: Wish) => string;
  /** 人工补记: returns the new record's id. */
  readonly openByHand: () => string;
  /** The newest text of a field, and the version the writer saw when he began. */
  readonly type: (record: string, field: FieldName, value: string, base: number) => void;
  /** The other's text was chosen; the own one goes among the revisions, also what was typed since it was sent. */
  readonly takeTheirs: (record: string, field: FieldName) => void;
  /** Soft hold and its end. */
  readonly hold: (record: string, field: FieldName, text: string) => void;
  readonly release: (record: string, field: FieldName) => void;
  readonly takeOver: (record: string, field: FieldName) => void;
  /** Sends what is unsent now. */
  readonly flush: () => void;
  /** Best guess of the server's clock, ms UTC; the local clock before the server was heard. */
  readonly now: () => number;
  /** After a log-in by password, or at the start of the page. */
  readonly begin: () => Promise<void>;
  /** 锁屏. */
  readonly lock: () => Promise<void>;
  /** By the own password or somebody's PIN; null when it is open. */
  readonly unlock: (by: UnlockBy) => Promise<Refusal | null>;
  /** 先记后登. */
  readonly lockBox: LockBox;
  readonly leave: () => Promise<void>;
}

const LOOK_AT_LOCK_MS = 30_000;

export function createDeskStore(): DeskStore {
  let state = emptyDesk(newId());
  let connection: Connection | null = null;
  const listeners = new Set<() => void>();
  const { client } = state;
  const lockBox = createLockBox({
    now,
    onSigned: (signed) => dispatch({ type: 'signed', signed }),
    isLoggedIn: () => state.session === 'in',
  });
  const outbox: Outbox = createOutbox({
    client,
    kept: () => state,
    online: isOpen,
    send: (message) => connection?.send(message),
    onAdopted: (entries) => dispatch({ type: 'adopted', entries }),
    onDeparted: (key, opId) => dispatch({ type: 'departed', key, opId }),
    onStorageFailed: () => dispatch({ type: 'storage-failed' }),
  });

  function dispatch(action: Action): void {
    const before = state;
    state = reduce(before, action);
    if (state === before) return;
    if (state.unsent !== before.unsent || state.strangers !== before.strangers) outbox.follow(before, state);
    const wasOpen = before.link.state === 'open' && before.lock === null;
    if (isOpen() && !wasOpen) {
      outbox.resume();
      for (const command of state.commands.values()) if (command.refusal === null) send(command.message);
    }
    if (state.session === 'out' && before.session === 'in') disconnect();
    for (const listener of listeners) listener();
  }

  /** The service hears us and we may say something. */
  function isOpen(): boolean {
    return state.link.state === 'open' && state.lock === null;
  }

  function send(message: ClientMessage): void {
    if (isOpen()) connection?.send(message);
  }

  function command(wish: Wish): string {
    const opId = newId();
    const message = { ...wish, opId } as Command['message'];
    dispatch({ type: 'commanded', message });
    send(message);
    return opId;
  }

  function connect(): void {
    connection ??= createConnection({
      client,
      position: () => state.position,
      onMessage: (message) => {
        dispatch({ type: 'message', message, mono: performance.now() });
        if (message.type === 'unlocked') connection?.hello();
      },
      onLink: (link) => dispatch({ type: 'link', state: link, mono: performance.now() }),
      onMe: (me) => dispatch({ type: 'logged-in', me }),
      onLoggedOut: () => dispatch({ type: 'logged-out', why: null }),
    });
  }

  function disconnect(): void {
    connection?.close();
    connection = null;
  }

  async function begin(): Promise<void> {
    const who = await whoAmI();
    if (who.kind === 'out') return dispatch({ type: 'logged-out', why: null });
    if (who.kind === 'in') {
      dispatch({ type: 'logged-in', me: who.me });
      await lookAtLock();
    }
    // Nothing live to follow, and the service would close the socket.
    if (who.kind === 'in' && !seesRooms(who.me)) return;
    // What an earlier load left is in place before there is a field to type into.
    await outbox.adopt();
    connect();
  }

  /** Administrators and auditors have no socket that would tell them whether the screen is locked. */
  async function lookAtLock(): Promise<void> {
    if (state.session !== 'in' || state.me === null || seesRooms(state.me)) return;
    const view = await readLock();
    if (view !== undefined && state.session === 'in') dispatch({ type: 'lock-told', view });
  }

  followActivity({
    // A person who only listens touches no key.
    busy: () => [...state.calls.values()].some((call) => talksHere(call, phoneOfSeat(state))),
    lockAfterMs: () => state.lockAfterMs,
    lock: () => {
      const view = state.link.state === 'open' ? null : lockedAlone(state);
      if (view !== null) dispatch({ type: 'lock-told', view });
    },
    tell: () => {
      if (state.session !== 'in' || state.lock !== null) return;
      void tellActive().then((locked) => (locked ? lookAtLock() : undefined));
    },
  });
  setInterval(() => void lookAtLock(), LOOK_AT_LOCK_MS);

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') outbox.flush();
  });
  window.addEventListener('pagehide', () => outbox.flush());

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read: () => state,
    dispatch,
    command,
    takeTheirs: (record, field) => {
      dispatch({ type: 'set-aside', record, field, opId: newId(), at: Date.now() });
      dispatch({ type: 'take-theirs', record, field });
    },
    openByHand: () => {
      const record = newId();
      dispatch({ type: 'open-by-hand', record, opId: newId(), at: Math.round(now()) });
      return record;
    },
    type: (record, field, value, base) =>
      dispatch({ type: 'typed', record, field, value, base, at: Date.now() }),
    hold: (record, field, text) => send({ type: 'hold', record, field, text }),
    release: (record, field) => send({ type: 'release', record, field }),
    takeOver: (record, field) => {
      send({ type: 'take-over', record, field });
      dispatch({ type: 'took-over', record, field });
    },
    flush: outbox.flush,
    now,
    begin,
    lockBox,
    lock: async () => {
      outbox.flush();
      if (await askLock()) await lookAtLock();
    },
    unlock: async (by) => {
      await lockBox.flush();
      const refusal = await unlock(by);
      if (refusal !== null) return refusal;
      lockBox.forgetSaved();
      if (state.me !== null && !seesRooms(state.me)) dispatch({ type: 'lock-told', view: null });
      return null;
    },
    leave: async () => {
      outbox.flush();
      await logOut();
      dispatch({ type: 'logged-out', why: null });
    },
  };

  function now(): number {
    return serverNow(state.clock, performance.now()) ?? Date.now();
  }
}
