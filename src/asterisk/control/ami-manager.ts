/**
 * The only user of asterisk-manager (0.2.0). It keeps one log-in to one PBX alive and carries actions and their answers.
 *
 * The library's parser state, its `authenticated` mark and its waiting callbacks all survive a lost connection, so each
 * connection gets a fresh instance and everything around it is ours: reconnecting, the actions that wait for an answer
 * (`pending-actions.ts`), and a gate in front of the library's own dispatcher. The gate is needed because the library emits
 * every event under the event's own name: a packet `Event: rawevent`, which a caller can forge (telephone numbers with CR
 * and LF reach AMI decoded, Asterisk 16 and 22), would make it call itself for ever.
 */
import Manager from 'asterisk-manager';
import type { TlsTrust } from '../tls-connection.ts';
import { type Answer, failed, type Trouble, trouble } from '../trouble.ts';
import { type AmiAction, isSafeAction, normalisePacket } from './action.ts';
import { type AmiReply, createPendingActions, type ListLimits, type Until } from './pending-actions.ts';
import { openTlsRelay, type TlsRelay } from './tls-relay.ts';

export interface ManagerAccess {
  readonly host: string;
  readonly port: number;
  /** Null: plain TCP. */
  readonly tls: TlsTrust | null;
  readonly username: string;
  readonly secret: string;
}

export type LinkState =
  | { readonly state: 'connecting' }
  | { readonly state: 'up' }
  | { readonly state: 'down'; readonly trouble: Trouble };

export interface AmiManager {
  state(): LinkState;
  /** Sends one action and waits for its response. Never rejects. */
  send(action: AmiAction): Promise<Answer<AmiReply>>;
  /** Sends a list action and collects its events until the one that says `EventList: Complete`. Never rejects. */
  collect(action: AmiAction, limits?: ListLimits): Promise<Answer<AmiReply>>;
  /** Ends the session for good; what waits fails. */
  stop(): Promise<void>;
}

export interface ManagerTiming {
  readonly connectWithinMs: number;
  readonly answerWithinMs: number;
  readonly pingEveryMs: number;
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
}

export const DEFAULT_TIMING: ManagerTiming = {
  connectWithinMs: 10_000,
  answerWithinMs: 5_000,
  pingEveryMs: 15_000,
  firstRetryMs: 500,
  longestRetryMs: 30_000,
};

interface Connection {
  readonly library: Library;
  readonly relay: TlsRelay | null;
  connected: boolean;
}

type Library = InstanceType<typeof Manager>;

/**
 * Starts a session and keeps it: connects at once, again after each loss. `onState` hears every change of state.
 * With `timing` a test may make it impatient.
 */
export function createAmiManager(
  access: ManagerAccess,
  onState: (state: LinkState) => void,
  timing: ManagerTiming = DEFAULT_TIMING,
): AmiManager {
  const pending = createPendingActions(timing.answerWithinMs);
  let state: LinkState = { state: 'connecting' };
  let current: Connection | null = null;
  let attempt = 0;
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;
  let ping: NodeJS.Timeout | undefined;

  function become(next: LinkState): void {
    state = next;
    onState(next);
  }

  async function connect(): Promise<void> {
    if (stopped) return;
    let relay: TlsRelay | null = null;
    try {
      relay = access.tls ? await openTlsRelay(access.host, access.port, access.tls) : null;
    } catch (failure) {
      lose(
        null,
        trouble(isNetworkFailure(failure) ? 'ami-unreachable' : 'ami-tls-failed', messageOf(failure)),
      );
      return;
    }
    if (stopped) {
      await relay?.close();
      return;
    }
    const library = new Manager(null, '', access.username, access.secret, false);
    const connection: Connection = { library, relay, connected: false };
    current = connection;
    guard(connection);
    const late = setTimeout(() => lose(connection, trouble('ami-not-asterisk')), timing.connectWithinMs);
    const fail = (reason: Trouble) => {
      clearTimeout(late);
      lose(connection, reason);
    };
    library.on('error', (failure) => {
      if (failure instanceof Error) fail(trouble('ami-unreachable', failure.message));
    });
    // A forged `Event: close` arrives here as an object; the socket's own close says a boolean.
    library.on('close', (hadError) => {
      if (typeof hadError === 'boolean')
        fail(trouble(state.state === 'up' ? 'ami-connection-lost' : 'ami-not-asterisk'));
    });
    library.connect(relay ? relay.path : access.port, relay ? undefined : access.host, () => {
      connection.connected = true;
      if (current !== connection) {
        library.disconnect();
        return;
      }
      library.login((refused) => {
        clearTimeout(late);
        if (current !== connection) return;
        if (refused) lose(connection, trouble('ami-wrong-password', normalisePacket(refused).get('message')));
        else begin(connection);
      });
    });
  }

  /** Lets through to the library only the log-in's answer, and to us only what carries one of our ActionIDs. */
  function guard(connection: Connection): void {
    const { library } = connection;
    const own = library.listeners('rawevent');
    library.removeAllListeners('rawevent');
    let loggedIn = false;
    library.on('rawevent', (item) => {
      if (current !== connection) return;
      const packet = normalisePacket(item);
      if (loggedIn) {
        pending.hear(packet);
        return;
      }
      // Before the log-in is answered nothing but that answer can come, so it cannot be forged.
      if (!packet.has('response') || packet.has('event')) return;
      loggedIn = packet.get('response') === 'Success';
      for (const listener of own) listener(item);
    });
  }

  function begin(connection: Connection): void {
    attempt = 0;
    become({ state: 'up' });
    ping = setInterval(() => void checkAlive(connection), timing.pingEveryMs);
    // The library's own `Event: off` in the log-in is not a header AMI knows, so the PBX would send us every event.
    void transmit({ action: 'Events', headers: { EventMask: 'off' } }, 'response');
  }

  async function checkAlive(connection: Connection): Promise<void> {
    const answer = await transmit({ action: 'Ping', headers: {} }, 'response');
    if (!answer.ok && current === connection) lose(connection, trouble('ami-no-answer'));
  }

  function transmit(action: AmiAction, until: Until, limits?: ListLimits): Promise<Answer<AmiReply>> {
    if (!isSafeAction(action)) return Promise.resolve(failed('ami-unsafe-value'));
    const connection = current;
    if (connection === null || state.state !== 'up') return Promise.resolve(failed('ami-not-connected'));
    const send = (id: string) => {
      connection.library.action({ ...action.headers, action: action.action, actionid: id }, () => undefined);
      // Answers reach us by `pending.hear`; the library's own listener would stay for ever where no answer comes.
      connection.library.removeAllListeners(id);
    };
    return pending.ask(action.action, until, send, limits);
  }

  function lose(connection: Connection | null, reason: Trouble): void {
    if (connection !== null) {
      if (current !== connection) return;
      release(connection);
    }
    if (stopped) return;
    become({ state: 'down', trouble: reason });
    // Half fixed, half by chance, so that the sessions of many sites do not come back in step after a restart.
    const longest = Math.min(timing.longestRetryMs, timing.firstRetryMs * 2 ** Math.min(attempt, 16));
    attempt += 1;
    retry = setTimeout(
      () => {
        become({ state: 'connecting' });
        void connect();
      },
      longest / 2 + Math.random() * (longest / 2),
    );
  }

  function release(connection: Connection): void {
    current = null;
    clearInterval(ping);
    for (const name of ['rawevent', 'error', 'close']) connection.library.removeAllListeners(name);
    // An 'error' event without a listener would end the process.
    connection.library.on('error', () => undefined);
    // It cannot close a socket that is still connecting, only forget it; then the connect callback closes it.
    if (connection.connected) connection.library.disconnect();
    void connection.relay?.close();
    pending.fail();
  }

  void connect();

  return {
    state: () => state,
    send: (action) => transmit(action, 'response'),
    collect: (action, limits) => transmit(action, 'complete', limits),
    stop() {
      stopped = true;
      clearTimeout(retry);
      const connection = current;
      if (connection) release(connection);
      return connection?.relay?.close() ?? Promise.resolve();
    },
  };
}

function isNetworkFailure(failure: unknown): boolean {
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
  return /^E(CONN|HOST|NET|TIMEDOUT|NOTFOUND|AI_AGAIN|ADDR)/.test(code);
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : '';
}
