/** What is answered when nobody else answers: every error in the one form of a refusal, and the page for its own addresses. */
import type { ServerResponse } from 'node:http';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { Log } from './log.ts';
import { asksForPage, sendPage } from './page-files.ts';
import { BAD_REQUEST, NOT_FOUND, OUR_FAULT, TOO_MANY } from './refusals.ts';

export function answerErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status === 429) return reply.code(429).send(TOO_MANY);
    if (status < 500) return reply.code(status).send({ ...BAD_REQUEST, en: error.message });
    log('error', 'request-failed', { url: request.routeOptions.url, error: error.stack ?? String(error) });
    return reply.code(500).send(OUR_FAULT);
  });
  app.setNotFoundHandler((request, reply) =>
    asksForPage(request) ? sendPage(reply) : reply.code(404).send(NOT_FOUND),
  );
}

/** An address that the router cannot read comes neither to the error handler nor to any hook. */
export function answerUnreadable(
  error: FastifyError,
  _request: unknown,
  reply: { readonly raw: ServerResponse },
): void {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' };
  reply.raw.writeHead(error.statusCode ?? 400, headers).end(JSON.stringify(BAD_REQUEST));
}
