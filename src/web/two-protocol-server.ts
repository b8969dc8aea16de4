/**
 * One port for HTTPS and HTTP. Officers type `10.x.x.x:8080` without a scheme; a port that only speaks TLS answers that
 * with a broken page. The first byte decides: 0x16 opens a TLS handshake, anything else is HTTP, which the request
 * handler then serves (loopback, explicit key) or redirects.
 */
import type { IncomingMessage, Server as PlainServer, ServerResponse } from 'node:http';
import { createServer as createPlain } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import { createServer as createSecure } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

const TLS_HANDSHAKE = 0x16;
/** A connection that says nothing for so long is closed. */
const FIRST_BYTE_MS = 10_000;

/** Limits of one request, both protocols. That of the whole is for the slowest file: `body-time.ts` is stricter with each. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30 * 60_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
} as const;

export interface TwoProtocolServer {
  /** What fastify listens on and closes. */
  readonly server: PlainServer;
  /** Upgrades of both protocols. */
  onUpgrade(take: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): void;
  /** Ends every connection, TLS ones too. */
  closeConnections(): void;
}

/** `certificate` null: HTTP only (tests and installations behind a proxy that ends TLS). */
export function createTwoProtocolServer(
  certificate: { readonly cert: string; readonly key: string } | null,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): TwoProtocolServer {
  const plain = createPlain(LIMITS, handle);
  const secure =
    certificate === null
      ? null
      : createSecure(
          { ...LIMITS, cert: certificate.cert, key: certificate.key, minVersion: 'TLSv1.2' },
          handle,
        );
  const unsorted = new Set<Socket>();
  if (secure !== null) sortByFirstByte(plain, secure, unsorted);
  return {
    server: plain,
    onUpgrade: (take) => {
      plain.on('upgrade', take);
      secure?.on('upgrade', take);
    },
    closeConnections: () => {
      plain.closeAllConnections();
      secure?.closeAllConnections();
      for (const socket of unsorted) socket.destroy();
    },
  };
}

function sortByFirstByte(plain: PlainServer, secure: SecureServer, unsorted: Set<Socket>): void {
  const asHttp = plain.listeners('connection');
  plain.removeAllListeners('connection');
  // Node starts a server's header and request time-outs on 'listening', which the TLS server never reaches by itself.
  plain.on('listening', () => secure.emit('listening'));
  plain.on('close', () => secure.emit('close'));
  // A failed handshake (a browser that refuses our certificate) is the browser's business, not an error of ours.
  secure.on('tlsClientError', (_error, socket) => socket.destroy());
  plain.on('connection', (socket: Socket) => {
    const silent = setTimeout(() => socket.destroy(), FIRST_BYTE_MS);
    unsorted.add(socket);
    const drop = (): void => {
      clearTimeout(silent);
      unsorted.delete(socket);
      socket.destroy();
    };
    socket.once('error', drop);
    socket.once('close', drop);
    socket.once('readable', () => {
      const first: unknown = socket.read();
      if (!Buffer.isBuffer(first)) return drop();
      clearTimeout(silent);
      unsorted.delete(socket);
      socket.off('error', drop);
      socket.off('close', drop);
      socket.unshift(first);
      if (first[0] === TLS_HANDSHAKE) secure.emit('connection', socket);
      else for (const listener of asHttp) listener.call(plain, socket);
    });
  });
}
