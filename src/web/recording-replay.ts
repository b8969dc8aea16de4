/** Sound for those who may hear it: by opaque id, by range, and with an audit fact before the first byte leaves. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import type { Intake } from '../intake.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import { createCheckedOpening } from '../recordings/vault/checked-open.ts';
import type { RecordingRow, Store } from '../storage/store.ts';
import type { Listening } from './listening.ts';
import type { Log } from './log.ts';
import type { OfficeIndex } from './office-index.ts';
import { parseHeardBody, parseReasonBody } from './parse-request-body.ts';
import {
  BAD_REQUEST,
  NOT_FOUND,
  NOT_LOGGED_IN,
  RECORDING_CHANGED,
  RECORDING_GONE,
  RECORDING_NOT_READY,
  RECORDING_SHUT,
} from './refusals.ts';
import { refuse, type SoundToSend, sendSound } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

/** A player asks for many ranges; what the same log-in hears of one recording within this time is one replay. */
const ONE_REPLAY_MS = 5 * 60_000;
const REPLAYS_KEPT = 1_000;

export interface ReplayDeps {
  readonly store: Pick<Store, 'recording' | 'shutOfCall'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly library: Pick<RecordingLibrary, 'open' | 'digest'>;
  readonly listening: Listening;
  readonly offices: OfficeIndex;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly clock: () => number;
  readonly log: Log;
}

/** The playable copy where there is one, the original as it was taken over, and the waveform. */
const KINDS = ['', 'original', 'peaks'] as const;
type Kind = (typeof KINDS)[number];

interface ById {
  readonly Params: { readonly id: string };
}

export function addRecordingReplay(app: FastifyInstance, deps: ReplayDeps): void {
  const heard = new Map<string, number>();
  const opening = createCheckedOpening(deps.library);

  for (const kind of KINDS) {
    app.route<ById>({
      method: ['GET', 'HEAD'],
      url: kind === '' ? '/api/recordings/:id' : `/api/recordings/:id/${kind}`,
      handler: (request, reply) =>
        withAudible(request, reply, async (visitor, row) => {
          const owed = await deps.listening.refusalFor(visitor, row);
          return owed === null ? serve(request, reply, visitor, row, kind) : refuse(reply, 403, owed);
        }),
    });
  }

  app.get<ById>('/api/recordings/:id/check', (request, reply) =>
    withAudible(request, reply, async (_visitor, row) => {
      const original = fileOf(row, 'original');
      if (original === null) return refuse(reply, 409, RECORDING_NOT_READY);
      const opened = await opening.open(original.file, original.sha256 ?? '');
      const check = opened.state === 'open' ? await opened.check : opened;
      if (check.state !== 'unreadable' && check.state !== row.checkState) await reportCheck(row, check.state);
      return reply.send({ check: check.state });
    }),
  );

  async function reportCheck(row: RecordingRow, state: 'verified' | 'altered' | 'missing'): Promise<void> {
    const report = { type: 'recording-verified', recording: row.id, state, at: deps.clock() } as const;
    await deps.intake.work({ type: 'recording-report', report });
  }

  app.post<ById>('/api/recordings/:id/listen', { preHandler: deps.refuseForeign }, (request, reply) =>
    withAudible(request, reply, async (visitor, row) => {
      const body = parseReasonBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const opened = await deps.listening.open(visitor, row, body.reason);
      return opened.ok ? reply.send({ listen: opened.listen }) : refuse(reply, 403, opened.refusal);
    }),
  );

  app.post<ById>('/api/listens/:id', { preHandler: deps.refuseForeign }, async (request, reply) => {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    const body = parseHeardBody(request.body);
    if (body === null) return refuse(reply, 400, BAD_REQUEST);
    const refusal = await deps.listening.heard(visitor, request.params.id, body.seconds);
    return refusal === null ? reply.code(204).send() : refuse(reply, 404, refusal);
  });

  async function withAudible(
    request: FastifyRequest<ById>,
    reply: FastifyReply,
    act: (visitor: Visitor, row: RecordingRow) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    const row = await audible(visitor, request.params.id);
    if (row === null) {
      await audit(visitor, 'replay-refused', null, { asked: request.params.id.slice(0, 64) });
      return refuse(reply, 404, NOT_FOUND);
    }
    if (row.call !== null && (await deps.store.shutOfCall(row.call)) !== null) {
      await audit(visitor, 'replay-refused', row.id, { shut: 'yes' });
      return refuse(reply, 409, RECORDING_SHUT);
    }
    return act(visitor, row);
  }

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
    kind: Kind,
  ): Promise<FastifyReply> {
    const wanted = fileOf(row, kind);
    if (wanted === null) return refuse(reply, 409, RECORDING_NOT_READY);
    const opened = await opening.open(wanted.file, wanted.sha256 ?? '');
    if (opened.state === 'missing') return refuse(reply, 410, RECORDING_GONE);
    if (opened.state === 'unreadable') return refuse(reply, 409, opened.trouble);
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
