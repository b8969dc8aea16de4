/**
 * The socket to the service: says hello with the last position, comes back by itself with growing jittered pauses, at once
 * when the network returns. A link that is silently dead (pulled cable, sleeping laptop) is noticed by missing answers.
 */
import { type ClientMessage, PROTOCOL } from '../web/protocol/client-message.ts';
import type { Me } from '../web/protocol/room-view.ts';
import type { ServerMessage } from '../web/protocol/server-message.ts';
import { whoAmI } from './api.ts';

const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 8_000;
const PING_EVERY_MS = 8_000;
const SILENT_AFTER_MS = 20_000;

export interface Connection {
  /** Sends when the link is open; what is not open is repeated by opId when it is. */
  readonly send: (message: ClientMessage) => void;
  /** Begins anew on the same link. */
  readonly hello: () => void;
  readonly close: () => void;
}

export function createConnection(deps: {
  readonly client: string;
  readonly position: () => number | null;
  readonly onMessage: (message: ServerMessage) => void;
  readonly onLink: (state: 'connecting' | 'open' | 'down') => void;
  /** The cookie's session, looked up before each connection: another tab may have logged in as somebody else. */
  readonly onMe: (me: Me) => void;
  readonly onLoggedOut: () => void;
}): Connection {
  let socket: WebSocket | null = null;
  let closed = false;
  let opening = false;
  let pause = FIRST_PAUSE_MS;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let heardAt = 0;
  /** The server has answered on this socket: only then is anything else sent. */
  let greeted = false;

  async function open(): Promise<void> {
    if (closed || opening || socket !== null) return;
    opening = true;
    clearTimeout(retry);
    const who = await whoAmI();
    opening = false;
    if (closed) return;
    if (who.kind === 'out') return deps.onLoggedOut();
    if (who.kind === 'unreachable') return comeBack();
    deps.onMe(who.me);
    if (!closed) connect();
  }

  function connect(): void {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const made = new WebSocket(`${scheme}//${location.host}/live`);
    socket = made;
    heardAt = performance.now();
    made.onopen = () => {
      if (socket !== made) return;
      hello();
      // Somebody who missed nothing may get no answer to his hello: the pong tells that we are heard.
      transmit({ type: 'ping', at: Date.now() });
    };
    made.onmessage = (event: MessageEvent<string>) => {
      if (socket !== made) return;
      heardAt = performance.now();
      const message = JSON.parse(event.data) as ServerMessage;
      deps.onMessage(message);
      if (greeted || message.type === 'logged-out' || message.type === 'reload') return;
      greeted = true;
      pause = FIRST_PAUSE_MS;
      deps.onLink('open');
    };
    made.onclose = () => {
      if (socket !== made) return;
      dropped();
    };
  }

  function dropped(): void {
    if (socket === null) return;
    const old = socket;
    socket = null;
    greeted = false;
    old.close();
    if (!closed) comeBack();
  }

  function comeBack(): void {
    deps.onLink('down');
    clearTimeout(retry);
    retry = setTimeout(() => void open(), pause * (0.5 + Math.random()));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  function hello(): void {
    transmit({ type: 'hello', protocol: PROTOCOL, client: deps.client, position: deps.position() });
  }

  function transmit(message: ClientMessage): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  const atOnce = (): void => {
    pause = FIRST_PAUSE_MS;
    void open();
  };
  const whenSeen = (): void => {
    if (document.visibilityState === 'visible') atOnce();
  };
  const beat = setInterval(() => {
    if (socket === null) return;
    if (performance.now() - heardAt > SILENT_AFTER_MS) return dropped();
    transmit({ type: 'ping', at: Date.now() });
  }, PING_EVERY_MS);
  window.addEventListener('online', atOnce);
  window.addEventListener('offline', dropped);
  document.addEventListener('visibilitychange', whenSeen);
  void open();

  return {
    send: transmit,
    hello,
    close: () => {
      closed = true;
      clearTimeout(retry);
      clearInterval(beat);
      window.removeEventListener('online', atOnce);
      window.removeEventListener('offline', dropped);
      document.removeEventListener('visibilitychange', whenSeen);
      const old = socket;
      socket = null;
      old?.close();
    },
  };
}
