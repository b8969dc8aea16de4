/** A paper on its way to the browser: shown as a page, or taken along as a file under a name people can read. */
import type { FastifyReply } from 'fastify';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(html);
}

export function sendFile(
  reply: FastifyReply,
  type: string,
  name: string,
  body: Buffer | NodeJS.ReadableStream,
): FastifyReply {
  const ending = name.slice(name.lastIndexOf('.') + 1);
  return reply
    .type(type)
    .header(
      'content-disposition',
      `attachment; filename="paper.${ending}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
    )
    .send(body);
}
