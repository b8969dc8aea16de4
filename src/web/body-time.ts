/**
 * How long the body of a request may take. Nearly all are a few kilobytes: one that is not there within half a minute is an
 * attack or a dead link. A file (附件) takes minutes on a poor line: that one may, as long as it comes.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body may take longer than others, as long as it comes. */
    slowBody?: boolean;
  }
}

const BODY_MS = 30_000;
/** Of a slow body at least so much comes in that time: 4 kbit/s, a tenth of the poorest line an office has. */
const LEAST_BYTES = 16_384;
const TOO_SLOW = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';

/** Ends the connection of who is slower. */
export function limitBodies(app: FastifyInstance, bodyMs = BODY_MS): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { headers } = request.raw;
    if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined)
      watch(request, reply, bodyMs);
    done();
  });
}

function watch(request: FastifyRequest, reply: FastifyReply, bodyMs: number): void {
  const { raw } = request;
  const { socket } = raw;
  const isSlow = request.routeOptions.config.slowBody === true;
  let before = socket.bytesRead;
  const watching = setInterval(() => {
    const came = socket.bytesRead - before;
    before += came;
    if (isSlow && came >= LEAST_BYTES && !raw.complete) return;
    clearInterval(watching);
    if (raw.complete) return;
    // Who was answered before his body was read gets no second answer.
    if (reply.raw.headersSent) socket.destroy();
    else socket.end(TOO_SLOW, () => socket.destroy());
  }, bodyMs);
  raw.once('close', () => clearInterval(watching));
}
