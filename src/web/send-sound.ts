/** A file of sound by HTTP ranges: RFC 9110 §14, one range, an ETag that is its digest, no copy left in the browser. */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Refusal } from '../records/command.ts';
import { parseByteRange } from './byte-range.ts';
import type { Log } from './log.ts';
import { BAD_RANGE } from './refusals.ts';

export interface SoundToSend {
  readonly bytes: number;
  readonly contentType: string;
  readonly etag: string;
  stream(start: number, end: number): Readable;
}

/** Sends what the request asks for. `beforeFirstByte` may still refuse by throwing: nothing has left then. */
export async function sendSound(
  request: FastifyRequest,
  reply: FastifyReply,
  sound: SoundToSend,
  { log, about, beforeFirstByte }: { log: Log; about: string; beforeFirstByte: () => Promise<void> },
): Promise<FastifyReply> {
  const etag = `"${sound.etag}"`;
  // No copy of the sound may stay behind in the browser: an erased recording must be gone there too (D11).
  reply.headers({ 'accept-ranges': 'bytes', etag, 'cache-control': 'no-store' });
  reply.header('content-type', sound.contentType);
  reply.header('content-disposition', 'inline');
  if (sound.bytes === 0) return reply.header('content-length', '0').send();
  // A part of another file than the player began with would be noise: then it gets the whole.
  const ifRange = request.headers['if-range'];
  const header = ifRange === undefined || ifRange === etag ? request.headers.range : undefined;
  const range = parseByteRange(header, sound.bytes);
  if (range.kind === 'unsatisfiable') {
    return refuse(reply.header('content-range', `bytes */${sound.bytes}`), 416, BAD_RANGE);
  }
  const [start, end] = range.kind === 'part' ? [range.start, range.end] : [0, sound.bytes - 1];
  if (range.kind === 'part') reply.code(206).header('content-range', `bytes ${start}-${end}/${sound.bytes}`);
  reply.header('content-length', String(end - start + 1));
  if (request.method === 'HEAD') return reply.send();
  await beforeFirstByte();
  reply.hijack();
  reply.raw.writeHead(reply.statusCode, headersOf(reply));
  try {
    await pipeline(sound.stream(start, end), reply.raw);
  } catch (error) {
    // Players break off whenever somebody jumps; a file that cannot be read ends the connection, never a short file.
    log('info', 'replay-broke-off', { recording: about, error: String(error) });
    reply.raw.destroy();
  }
  return reply;
}

/** A refusal as JSON, kept by no cache. */
export function refuse(reply: FastifyReply, status: number, refusal: Refusal): FastifyReply {
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(refusal);
}

function headersOf(reply: FastifyReply): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'number' ? String(value) : value]],
    ),
  );
}
