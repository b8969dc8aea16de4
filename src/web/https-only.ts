/** Where the port speaks TLS, whoever comes from another machine must use it: a page is sent there, all else is refused. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HTTPS_ONLY } from './refusals.ts';
import type { SeenFrom } from './seen-from.ts';
import type { WebOptions } from './web-options.ts';

/** Whether what came from there must come by HTTPS. */
export function createMustUseHttps({
  certificate,
  allowPlainHttp,
}: Pick<WebOptions, 'certificate' | 'allowPlainHttp'>): (from: SeenFrom) => boolean {
  return (from) => certificate !== null && from.protocol === 'http' && !from.loopback && !allowPlainHttp;
}

/** Answers what must come by HTTPS: sends on what only reads, refuses what was to change something. */
export function sendToHttps(request: FastifyRequest, reply: FastifyReply, from: SeenFrom): void {
  const readable = request.method === 'GET' || request.method === 'HEAD';
  if (readable && URL.canParse(`https://${from.host}`)) {
    const target = new URL(request.url.replace(/^\/+/, '/'), `https://${from.host}`);
    reply.redirect(target.href, 307);
  } else {
    reply.code(403).send(HTTPS_ONLY);
  }
}
