/** A browser as the service sees one: cookie jar, requests, and a page on its socket. No browser behind it. */
import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import type { ClientMessage } from '../../src/web/protocol/client-message.ts';
import { PROTOCOL } from '../../src/web/protocol/client-message.ts';
import type { ServerMessage } from '../../src/web/protocol/server-message.ts';
import { PASSWORD } from './web-bed.ts';

export interface Browser {
  readonly base: string;
  cookie: string;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  logIn(login: string, password?: string): Promise<Response>;
  /** Opens the socket and says hello. */
  open(hello?: Partial<Extract<ClientMessage, { type: 'hello' }>>): Promise<Page>;
}

export interface Page {
  readonly socket: WebSocket;
  readonly client: string;
  readonly all: readonly ServerMessage[];
  send(message: ClientMessage | string): void;
  /** The next message of that type which was not taken before and fits. */
  next<T extends ServerMessage['type']>(
    type: T,
    fits?: (message: Extract<ServerMessage, { type: T }>) => boolean,
  ): Promise<Extract<ServerMessage, { type: T }>>;
  /** Close code, once the socket is closed. */
  readonly closed: Promise<number>;
  close(): void;
}

export function newOpId(): string {
  return randomBytes(12).toString('hex');
}

/** `headers` go with every request: what a proxy on the way adds. */
export function createBrowser(base: string, proxied: Record<string, string> = {}): Browser {
  const browser: Browser = {
    base,
    cookie: '',
    fetch: async (path, init = {}) => {
      const headers = new Headers({ ...proxied, ...Object.fromEntries(new Headers(init.headers)) });
      if (browser.cookie !== '') headers.set('cookie', browser.cookie);
      const response = await fetch(new URL(path, base), { redirect: 'manual', ...init, headers });
      const set = response.headers.get('set-cookie');
      if (set !== null) browser.cookie = set.split(';')[0] ?? '';
      return response;
    },
    logIn: (login, password = PASSWORD) =>
      browser.fetch('/api/login', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: base },
        body: JSON.stringify({ login, password }),
      }),
    open: async (hello = {}) => {
      const page = await openPage(base, browser.cookie, base, '/live', proxied);
      const client = hello.client ?? newOpId();
      page.send({ type: 'hello', protocol: PROTOCOL, position: null, ...hello, client });
      return { ...page, client };
    },
  };
  return browser;
}

/** A browser that is logged in. */
export async function loggedIn(
  base: string,
  login: string,
  proxied: Record<string, string> = {},
): Promise<Browser> {
  const browser = createBrowser(base, proxied);
  const response = await browser.logIn(login);
  if (response.status !== 200)
    throw new Error(`log-in of ${login}: ${response.status} ${await response.text()}`);
  return browser;
}

/** Each account in once for a whole file: argon2id is meant to be slow, and most tests only need somebody who is in. */
export function keptLogins(base: () => string): (login: string) => Promise<Browser> {
  const kept = new Map<string, Promise<Browser>>();
  return (login) => {
    const key = `${base()} ${login}`;
    const browser = kept.get(key) ?? loggedIn(base(), login);
    kept.set(key, browser);
    return browser;
  };
}

/** A socket before its first message. */
export async function openPage(
  base: string,
  cookie: string,
  origin = base,
  path = '/live',
  proxied: Record<string, string> = {},
): Promise<Omit<Page, 'client'>> {
  const socket = new WebSocket(new URL(path, base.replace(/^http/, 'ws')), {
    headers: { ...proxied, cookie },
    origin,
    rejectUnauthorized: false,
  });
  const all: ServerMessage[] = [];
  const untaken: ServerMessage[] = [];
  let wake: () => void = () => {};
  const closed = new Promise<number>((resolve) => {
    socket.on('close', (code) => {
      resolve(code);
      wake();
    });
  });
  socket.on('message', (data) => {
    const message = JSON.parse((data as Buffer).toString()) as ServerMessage;
    all.push(message);
    untaken.push(message);
    wake();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, response) =>
      reject(new Error(`status ${response.statusCode}`)),
    );
    socket.once('error', reject);
  });
  socket.on('error', () => socket.terminate());
  const page: Omit<Page, 'client'> = {
    socket,
    all,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    close: () => socket.terminate(),
    next: async (type, fits = () => true) => {
      for (;;) {
        const at = untaken.findIndex((message) => message.type === type && fits(message as never));
        if (at >= 0) return untaken.splice(at, 1)[0] as never;
        if (socket.readyState === WebSocket.CLOSED) {
          throw new Error(`closed while waiting for ${type}; got ${JSON.stringify(all).slice(0, 2_000)}`);
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
  return page;
}
