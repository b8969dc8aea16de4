/** Sound for those who may hear it: by opaque id, by range, and with an audit fact before the first byte leaves. */
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import type { Intake } from '../intake.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import type { Refusal } from '../records/command.ts';
import type { RecordingRow, Store } from '../storage/store.ts';
import { parseByteRange } from './byte-range.ts';
import type { Log } from './log.ts';
import type { OfficeIndex } from './office-index.ts';
import {
  BAD_RANGE,
  NOT_FOUND,
  NOT_LOGGED_IN,
  RECORDING_CHANGED,
  RECORDING_GONE,
  RECORDING_NOT_READY,
} from './refusals.ts';
import type { Visitor } from './sessions.ts';

/** A player asks for many ranges; what the same log-in hears of one recording within this time is one replay. */
const ONE_REPLAY_MS = 5 * 60_000;
const REPLAYS_KEPT = 1_000;

export interface ReplayDeps {
  readonly store: Pick<Store, 'recording'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly library: Pick<RecordingLibrary, 'open'>;
  readonly offices: OfficeIndex;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly clock: () => number;
  readonly log: Log;
}

export function addRecordingReplay(app: FastifyInstance, deps: ReplayDeps): void {
  const heard = new Map<string, number>();

  app.route<{ Params: { id: string } }>({
    method: ['GET', 'HEAD'],
    url: '/api/recordings/:id',
    handler: async (request, reply) => {
      const visitor = await deps.visitorOf(request);
      if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
      const row = await audible(visitor, request.params.id);
      if (row === null) {
        await audit(visitor, 'replay-refused', null, { asked: request.params.id.slice(0, 64) });
        return refuse(reply, 404, NOT_FOUND);
      }
      return serve(request, reply, visitor, row);
    },
  });

  async function audible(visitor: Visitor, id: string): Promise<RecordingRow | null> {
    const row = /^[0-9A-Za-z-]{1,64}$/.test(id) ? await deps.store.recording(id) : undefined;
    if (row === undefined || row.room === null) return null;
    const unit = await deps.offices.unitOfRoom(row.room);
    return unit !== null && may(visitor.scope, 'hear', unit) ? row : null;
  }

  async function serve(
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: Visitor,
    row: RecordingRow,
  ): Promise<FastifyReply> {
    if (row.state !== 'attached' || row.file === null) return refuse(reply, 409, RECORDING_NOT_READY);
    const sound = await deps.library.open(row.file);
    if (sound === null) return refuse(reply, 410, RECORDING_GONE);
    if (row.bytes !== null && sound.bytes !== row.bytes) return refuse(reply, 409, RECORDING_CHANGED);

    const etag = `"${row.sha256 ?? row.id}"`;
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
    if (range.kind === 'part') {
      reply.code(206).header('content-range', `bytes ${start}-${end}/${sound.bytes}`);
    }
    reply.header('content-length', String(end - start + 1));
    if (request.method === 'HEAD') return reply.send();
    await auditReplay(visitor, row);
    reply.hijack();
    reply.raw.writeHead(reply.statusCode, headersOf(reply));
    try {
      await pipeline(sound.stream(start, end), reply.raw);
    } catch (error) {
      // Players break off whenever somebody jumps; a file that cannot be read ends the connection, never a short file.
      deps.log('info', 'replay-broke-off', { recording: row.id, error: String(error) });
      reply.raw.destroy();
    }
    return reply;
  }

  async function auditReplay(visitor: Visitor, row: RecordingRow): Promise<void> {
    const key = `${visitor.session.id} ${row.id}`;
    const now = deps.clock();
    const before = heard.get(key) ?? Number.NEGATIVE_INFINITY;
    if (now - before < ONE_REPLAY_MS) return;
    await audit(visitor, 'recording-replayed', row.id, { call: row.call });
    heard.delete(key);
    heard.set(key, now);
    const oldest = heard.keys().next().value;
    if (heard.size > REPLAYS_KEPT && oldest !== undefined) heard.delete(oldest);
  }

  async function audit(
    visitor: Visitor,
    kind: string,
    subject: string | null,
    payload: Readonly<Record<string, string | null>>,
  ): Promise<void> {
    const written = await deps.intake.work({
      type: 'audit',
      at: deps.clock(),
      account: visitor.account.id,
      person: visitor.account.person,
      kind,
      subject,
      payload,
    });
    // No replay without its fact.
    if (!written.ok) throw new Error(`audit refused: ${written.refusal.code}`);
  }
}

function headersOf(reply: FastifyReply): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === 'number' ? String(value) : value]],
    ),
  );
}

function refuse(reply: FastifyReply, status: number, refusal: Refusal): FastifyReply {
  return reply
    .code(status)
    .type('application/json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(refusal);
}
