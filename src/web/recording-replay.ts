/** Sound for those who may hear it: by opaque id, by range, and with an audit fact before the first byte leaves. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CheckedOpening, DigestCheck } from '../recordings/vault/checked-open.ts';
import type { RecordingRow } from '../storage/store/recordings.ts';
import type { SoundGate, SoundRequest } from './audible.ts';
import type { Listening } from './listening.ts';
import type { Log } from './log.ts';
import { parseHeardBody, parseReasonBody } from './parse-request-body.ts';
import {
  BAD_REQUEST,
  NOT_LOGGED_IN,
  RECORDING_CHANGED,
  RECORDING_GONE,
  RECORDING_NOT_READY,
} from './refusals.ts';
import { refuse, type SoundToSend, sendSound } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

/** A player asks for many ranges; what the same log-in hears of one recording within this time is one replay. */
const ONE_REPLAY_MS = 5 * 60_000;
const REPLAYS_KEPT = 1_000;

export interface ReplayDeps {
  readonly gate: SoundGate;
  readonly opening: CheckedOpening;
  readonly listening: Listening;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly clock: () => number;
  readonly log: Log;
}

/** The playable copy where there is one, the original as it was taken over, and the waveform. */
const KINDS = ['', 'original', 'peaks'] as const;
type Kind = (typeof KINDS)[number];

export function addRecordingReplay(app: FastifyInstance, deps: ReplayDeps): void {
  const { opening } = deps;
  const { withAudible, audit, noteCheck } = deps.gate;
  const heard = new Map<string, number>();

  for (const kind of KINDS) {
    app.route<SoundRequest>({
      method: ['GET', 'HEAD'],
      url: kind === '' ? '/api/recordings/:id' : `/api/recordings/:id/${kind}`,
      handler: (request, reply) =>
        withAudible(request, reply, async (visitor, row) => {
          const owed = await deps.listening.refusalFor(visitor, row);
          return owed === null ? serve(request, reply, visitor, row, kind) : refuse(reply, 403, owed);
        }),
    });
  }

  app.get<SoundRequest>('/api/recordings/:id/check', (request, reply) =>
    withAudible(request, reply, async (_visitor, row) => {
      const original = fileOf(row, 'original');
      if (original === null) return refuse(reply, 409, RECORDING_NOT_READY);
      const check = await checkAll([original, row.judgement?.playable ?? null]);
      await noteCheck(row, check);
      return reply.send({ check: check.state });
    }),
  );

  /** The first that is not as it was kept speaks for all: what is heard may be the copy, what counts is the original. */
  async function checkAll(files: readonly (WantedFile | null)[]): Promise<DigestCheck> {
    for (const wanted of files) {
      if (wanted === null) continue;
      const opened = await opening.open(wanted.file, wanted.sha256 ?? '');
      const check = opened.state === 'open' ? await opened.check : opened;
      if (check.state !== 'verified') return check;
    }
    return { state: 'verified' };
  }

  app.post<SoundRequest>('/api/recordings/:id/listen', { preHandler: deps.refuseForeign }, (request, reply) =>
    withAudible(request, reply, async (visitor, row) => {
      const body = parseReasonBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const opened = await deps.listening.open(visitor, row, body.reason);
      return opened.ok ? reply.send({ listen: opened.listen }) : refuse(reply, 403, opened.refusal);
    }),
  );

  app.post<SoundRequest>('/api/listens/:id', { preHandler: deps.refuseForeign }, async (request, reply) => {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    const body = parseHeardBody(request.body);
    if (body === null) return refuse(reply, 400, BAD_REQUEST);
    const refusal = await deps.listening.heard(visitor, request.params.id, body.seconds);
    return refusal === null ? reply.code(204).send() : refuse(reply, 404, refusal);
  });

  async function serve(
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: Visitor,
    row: RecordingRow,
    kind: Kind,
  ): Promise<FastifyReply> {
    const wanted = fileOf(row, kind);
    if (wanted === null) return refuse(reply, 409, RECORDING_NOT_READY);
    const opened = await opening.open(wanted.file, wanted.sha256 ?? '');
    if (opened.state === 'missing') return refuse(reply, 410, RECORDING_GONE);
    if (opened.state === 'unreadable') return refuse(reply, 409, opened.trouble);
    if (opened.state === 'altered') return refuse(reply, 409, RECORDING_CHANGED);
    const { sound, known } = opened;
    if (wanted.bytes !== null && sound.bytes !== wanted.bytes) return refuse(reply, 409, RECORDING_CHANGED);
    // Of an hour the verdict comes a second after the first byte: `/check` waits for it.
    if (known?.state === 'altered') return refuse(reply, 409, RECORDING_CHANGED);
    const toSend: SoundToSend = {
      bytes: sound.bytes,
      contentType: sound.contentType,
      etag: wanted.sha256 ?? row.id,
      stream: (start, end) => sound.stream(start, end),
    };
    return sendSound(request, reply, toSend, {
      log: deps.log,
      about: row.id,
      beforeFirstByte: () => (kind === 'peaks' ? Promise.resolve() : auditReplay(visitor, row)),
    });
  }

  async function auditReplay(visitor: Visitor, row: RecordingRow): Promise<void> {
    const key = `${visitor.session.id} ${row.id}`;
    const now = deps.clock();
    const before = heard.get(key) ?? Number.NEGATIVE_INFINITY;
    if (now - before < ONE_REPLAY_MS) return;
    const reason = deps.listening.reasonOf(visitor, row);
    await audit(visitor, 'recording-replayed', row.id, { call: row.call, reason });
    heard.delete(key);
    heard.set(key, now);
    const oldest = heard.keys().next().value;
    if (heard.size > REPLAYS_KEPT && oldest !== undefined) heard.delete(oldest);
  }
}

interface WantedFile {
  readonly file: string;
  readonly bytes: number | null;
  readonly sha256: string | null;
}

/** Null: there is no such file of this recording, or not yet. */
function fileOf(row: RecordingRow, kind: Kind): WantedFile | null {
  if (row.state !== 'attached' || row.file === null) return null;
  const original = { file: row.file, bytes: row.bytes, sha256: row.sha256 };
  if (kind === 'original') return original;
  if (kind === 'peaks') return row.judgement?.peaks ?? null;
  return row.judgement?.playable ?? original;
}
