/**
 * The WebSocket at `/live`; only user of `ws`. Everything is refused before it costs anything: path, origin and cookie
 * before the upgrade, size before parsing, pace before queueing, and a first message before long.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { RawData } from 'ws';
import { WebSocket, WebSocketServer } from 'ws';
import type { Wire } from './live-outlet.ts';
import type { LiveSession } from './live-session.ts';
import type { Log } from './log.ts';
import { LARGEST_FRAME } from './parse-client-message.ts';
import type { SeenFrom } from './seen-from.ts';
import { isSameOrigin } from './seen-from.ts';
import type { Sessions, Visitor } from './sessions.ts';
import { createInbox, type InboxLimits } from './socket-inbox.ts';

export interface SocketLimits extends InboxLimits {
  /** From the upgrade to `hello`; other traffic does not extend it. */
  readonly helloMs: number;
  readonly heartbeatMs: number;
  /** How often the log-in behind an open socket is checked again. */
  readonly recheckMs: number;
  readonly mostSockets: number;
  readonly mostOfOneSession: number;
}

export const SOCKET_LIMITS: SocketLimits = {
  helloMs: 10_000,
  heartbeatMs: 15_000,
  recheckMs: 30_000,
  burst: 200,
  perSecond: 50,
  mostWaiting: 5_000,
  mostUnread: 4_194_304,
  unreadMs: 30_000,
  mostSockets: 1_000,
  mostOfOneSession: 30,
};

export interface LiveSocketDeps {
  readonly sessions: Sessions;
  readonly tokenOf: (request: IncomingMessage, seen: SeenFrom) => string | undefined;
  readonly seenFrom: (request: IncomingMessage) => SeenFrom;
  /** True when plain HTTP from there is not served. */
  readonly mustUseHttps: (seen: SeenFrom) => boolean;
  readonly open: (wire: Wire, visitor: Visitor, insecure: boolean) => LiveSession;
  readonly limits: SocketLimits;
  readonly clock: () => number;
  readonly log: Log;
}

export interface LiveSocket {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Cuts every socket. Before the HTTP server closes: it waits for open upgrades for ever (fastify 5.12). */
  close(): void;
}

export function createLiveSocket(deps: LiveSocketDeps): LiveSocket {
  const { limits } = deps;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_FRAME,
    perMessageDeflate: false,
    clientTracking: true,
  });
  const bySession = new Map<string, Set<LiveSession>>();
  let closed = false;

  deps.sessions.on((id, event) => {
    for (const session of bySession.get(id) ?? []) {
      if (event === 'ended') session.logOut();
      else if (event === 'locked') session.lock();
      else session.unlock();
    }
  });

  async function admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const seen = deps.seenFrom(request);
    const path = (request.url ?? '').split('?')[0];
    if (path !== '/live') return turnAway(socket, '404 Not Found');
    if (deps.mustUseHttps(seen) || !isSameOrigin(request.headers.origin, seen)) {
      deps.log('warn', 'socket-foreign-origin', { address: seen.address });
      return turnAway(socket, '403 Forbidden');
    }
    if (closed || server.clients.size >= limits.mostSockets) {
      return turnAway(socket, '503 Service Unavailable');
    }
    // A locked one may come: it hears of the telephone and of nothing else.
    const standing = await deps.sessions.find(deps.tokenOf(request, seen));
    if (standing === null) return turnAway(socket, '401 Unauthorized');
    const { visitor } = standing;
    if ((bySession.get(visitor.session.id)?.size ?? 0) >= limits.mostOfOneSession) {
      return turnAway(socket, '429 Too Many Requests');
    }
    if (closed || socket.destroyed) return turnAway(socket, '503 Service Unavailable');
    server.handleUpgrade(request, socket, head, (ws) => {
      serve(ws, visitor, seen.protocol === 'http' && !seen.loopback);
    });
  }

  function serve(ws: WebSocket, visitor: Visitor, insecure: boolean): void {
    const session = deps.open(wireOf(ws), visitor, insecure);
    const siblings = bySession.get(visitor.session.id) ?? new Set();
    bySession.set(visitor.session.id, siblings.add(session));
    const hello = setTimeout(() => {
      if (!session.hasBegun()) ws.close(4001, 'hello first');
    }, limits.helloMs);
    const heart = beat(ws, limits.heartbeatMs);
    const recheck = setInterval(() => {
      session.recheck().catch((error: unknown) => {
        deps.log('error', 'session-not-checked', { error: String(error) });
      });
    }, limits.recheckMs);
    const inbox = createInbox(ws, limits, deps.clock, {
      handle: async (frame) => {
        await session.receive(frame);
        if (session.hasBegun()) clearTimeout(hello);
      },
      cut: () => {
        deps.log('warn', 'unread-page-cut', { account: visitor.account.id });
        ws.terminate();
      },
    });

    ws.on('message', (data, isBinary) => {
      if (isBinary) return ws.close(1003, 'text only');
      inbox.put(bufferOf(data));
    });
    // Reset, time-out, frame too large: `close` follows and does the work.
    ws.on('error', (error) => deps.log('info', 'socket-error', { error: error.message }));
    ws.on('close', () => {
      clearTimeout(hello);
      clearInterval(heart);
      clearInterval(recheck);
      inbox.close();
      session.close();
      siblings.delete(session);
      if (siblings.size === 0) bySession.delete(visitor.session.id);
    });
  }

  return {
    upgrade: (request, socket, head) => {
      // Node takes its own listener off at the upgrade: without one, a reset would end the process.
      socket.on('error', () => socket.destroy());
      admit(request, socket, head).catch((error: unknown) => {
        deps.log('error', 'upgrade-failed', { error: String(error) });
        turnAway(socket, '500 Internal Server Error');
      });
    },
    close: () => {
      closed = true;
      for (const ws of server.clients) ws.terminate();
      server.close();
    },
  };
}

function wireOf(ws: WebSocket): Wire {
  return {
    send: (data) => {
      if (ws.readyState === WebSocket.OPEN) ws.send(data, { binary: false });
    },
    sendParts: (parts) => {
      if (ws.readyState !== WebSocket.OPEN) return;
      for (const [at, part] of parts.entries())
        ws.send(part, { binary: false, fin: at === parts.length - 1 });
    },
    bufferedAmount: () => ws.bufferedAmount,
    end: (code, reason) => ws.close(code, reason),
    drop: (code, reason) => {
      ws.close(code, reason);
      ws.terminate();
    },
  };
}

/** Pings; a peer that did not answer the last one is gone (a pulled cable sends no FIN for hours). */
function beat(ws: WebSocket, everyMs: number): NodeJS.Timeout {
  let answered = true;
  ws.on('pong', () => {
    answered = true;
  });
  return setInterval(() => {
    // While we do not read, its answers wait in the network.
    if (ws.isPaused) return;
    if (!answered) return ws.terminate();
    answered = false;
    ws.ping();
  }, everyMs);
}

function bufferOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

function turnAway(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  // A client that never closes its half must not keep the socket.
  setTimeout(() => socket.destroy(), 1_000).unref();
}
