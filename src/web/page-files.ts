/** The built page; only user of `@fastify/static`. Files with a digest in their name are kept by browsers for ever. */
import { join } from 'node:path';
import serveFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export async function addPageFiles(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(serveFiles, {
    root: folder,
    index: ['index.html'],
    dotfiles: 'deny',
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(folder, 'assets'));
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

/** True for an address a person typed or bookmarked inside the page: answered with the page itself. */
export function asksForPage(request: FastifyRequest): boolean {
  const [path = ''] = request.url.split('?');
  const html = (request.headers.accept ?? '').includes('text/html');
  return request.method === 'GET' && html && !path.startsWith('/api/') && !path.slice(1).includes('.');
}

export function sendPage(reply: FastifyReply): FastifyReply {
  return reply.sendFile('index.html');
}
