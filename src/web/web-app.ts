/** Fastify as every address of the service has it: limits, headers, cookies, HTTPS, what is said of an error. */
import type { Server } from 'node:http';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Fastify from 'fastify';
import { answerErrors, answerUnreadable } from './answer-errors.ts';
import { limitBodies } from './body-time.ts';
import { sendToHttps } from './https-only.ts';
import type { Log } from './log.ts';
import { TOO_MANY } from './refusals.ts';
import { addSecurityHeaders } from './security-headers.ts';
import type { SeenFrom } from './seen-from.ts';
import { addCookies } from './session-cookie.ts';

export interface WebAppDeps {
  /** What it listens on. */
  readonly server: Server;
  readonly bodyMs: number | undefined;
  readonly seenFrom: (request: FastifyRequest) => SeenFrom;
  readonly mustUseHttps: (from: SeenFrom) => boolean;
  readonly log: Log;
}

export interface WebApp {
  readonly app: FastifyInstance;
  /** What is answered, as `GET /api/me`: grows with every route that is added. */
  readonly routes: readonly string[];
}

export async function createWebApp({
  server,
  bodyMs,
  seenFrom,
  mustUseHttps,
  log,
}: WebAppDeps): Promise<WebApp> {
  const app = Fastify({
    serverFactory: () => server,
    bodyLimit: 16_384,
    logger: false,
    frameworkErrors: answerUnreadable,
  });
  limitBodies(app, bodyMs);
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    routes.push(...[method].flat().map((one) => `${one} ${url}`));
  });
  app.addHook('onRequest', (request, reply, done) => {
    const from = seenFrom(request);
    if (mustUseHttps(from)) sendToHttps(request, reply, from);
    else done();
  });
  await addCookies(app);
  await addSecurityHeaders(app);
  await app.register(rateLimit, {
    global: false,
    keyGenerator: (request) => seenFrom(request).address,
    errorResponseBuilder: () => Object.assign(new Error(TOO_MANY.code), { statusCode: 429 }),
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') || request.url.startsWith('/health')) {
      reply.header('cache-control', 'no-store');
    }
  });
  answerErrors(app, log);
  return { app, routes };
}
