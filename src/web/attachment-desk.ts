/**
 * 附件 over HTTP: taken in whole, told apart by content, kept encrypted beside the sound, and never shown by the browser
 * itself: a file goes out as something to save, whatever it is.
 */

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Action } from '../accounts/access.ts';
import { may } from '../accounts/access.ts';
import { attachmentTypeOf } from '../documents/attachment-type.ts';
import type { Intake } from '../intake.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import { createCheckedOpening } from '../recordings/vault/checked-open.ts';
import { type AttachmentLimits, attachmentName } from '../records/attachment.ts';
import { refusals } from '../records/refusal.ts';
import type { AttachmentRow } from '../storage/attachment-reads.ts';
import { newId } from '../storage/new-id.ts';
import type { Store } from '../storage/store.ts';
import { createUploadSlots, keepUpload, type Upload } from './attachment-upload.ts';
import { auditBy } from './audit-line.ts';
import { parseRemovalBody, parseUploadQuery } from './bodies/attachment.ts';
import type { Log } from './log.ts';
import { shownName, standingOf } from './me.ts';
import type { OfficeIndex } from './office-index.ts';
import type { RecordView } from './protocol/record-view.ts';
import {
  ATTACHMENT_AWAY,
  ATTACHMENT_KIND,
  ATTACHMENT_REMOVED,
  attachmentTooLarge,
  BAD_REQUEST,
  NOT_ALLOWED,
  NOT_FOUND,
  NOT_LOGGED_IN,
  UPLOADS_BUSY,
} from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

export interface AttachmentDeskDeps {
  readonly store: Pick<Store, 'recordView' | 'attachment' | 'attachmentOfOperation' | 'seat' | 'person'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly offices: OfficeIndex;
  readonly library: Pick<RecordingLibrary, 'open' | 'digest' | 'keepStream'>;
  readonly limits: AttachmentLimits;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly clock: () => number;
  readonly log: Log;
}

interface ById {
  readonly Params: { readonly id: string };
}

const UPLOADS_A_MINUTE = 60;
const DOWNLOADS_A_MINUTE = 120;
const AN_ID = /^[0-9A-Za-z-]{1,64}$/;

export function addAttachmentDesk(app: FastifyInstance, deps: AttachmentDeskDeps): void {
  const { store, limits } = deps;
  const audit = auditBy(deps);
  const opening = createCheckedOpening(deps.library);
  const slots = createUploadSlots();
  const writers = new WeakMap<FastifyRequest, { readonly visitor: Visitor; readonly record: RecordView }>();

  /** Before a byte of the body is read: who may not write here costs no memory. */
  async function admit(request: FastifyRequest<ById>, reply: FastifyReply): Promise<void> {
    await deps.refuseForeign(request, reply);
    if (reply.sent) return;
    const allowed = await allowedRecord(request, reply, request.params.id, 'write-record');
    if (allowed === null) await reply;
    else if (slots.take(reply)) writers.set(request, allowed);
    else await refuse(reply, 503, UPLOADS_BUSY);
  }

  // In a scope of its own: nowhere else is a body of such a size taken.
  void app.register((scope, _options, done) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.setErrorHandler((error: FastifyError, _request, reply) => {
      if (error.statusCode === 413) return refuse(reply, 413, attachmentTooLarge(limits.mostBytes));
      throw error;
    });
    scope.post<ById>(
      '/api/records/:id/attachments',
      {
        onRequest: admit,
        bodyLimit: limits.mostBytes,
        config: { rateLimit: { max: UPLOADS_A_MINUTE, timeWindow: 60_000 }, slowBody: true },
      },
      async (request, reply) => {
        const writer = writers.get(request);
        const asked = parseUploadQuery(request.query);
        if (writer === undefined || asked === null || !Buffer.isBuffer(request.body))
          return refuse(reply, 400, BAD_REQUEST);
        return take(reply, writer.visitor, writer.record.id, { ...asked, content: request.body });
      },
    );
    done();
  });

  app.get<ById>(
    '/api/attachments/:id',
    { config: { rateLimit: { max: DOWNLOADS_A_MINUTE, timeWindow: 60_000 } } },
    async (request, reply) => {
      const row = await attachmentNamed(request.params.id);
      const allowed = await allowedRecord(request, reply, row?.record ?? null, 'export');
      if (allowed === null || row === null) return reply;
      if (allowed.record.shut !== null || row.name === null) return refuse(reply, 409, refusals.shut);
      if (row.isRemoved) return refuse(reply, 409, ATTACHMENT_REMOVED);
      return send(reply, allowed.visitor, row, row.name);
    },
  );

  app.post<ById>(
    '/api/attachments/:id/remove',
    { preHandler: deps.refuseForeign },
    async (request, reply) => {
      const row = await attachmentNamed(request.params.id);
      const allowed = await allowedRecord(request, reply, row?.record ?? null, 'write-record');
      if (allowed === null || row === null) return reply;
      const body = parseRemovalBody(request.body);
      if (body === null) return refuse(reply, 400, BAD_REQUEST);
      const by = await handOf(allowed.visitor);
      const { reason } = body;
      const work = { type: 'attachment-remove', id: row.id, reason, by, at: deps.clock() } as const;
      const removed = await deps.intake.work(work);
      return removed.ok ? reply.code(204).send() : refuse(reply, 409, removed.refusal);
    },
  );

  async function take(
    reply: FastifyReply,
    visitor: Visitor,
    record: string,
    upload: { readonly name: string; readonly op: string; readonly content: Buffer },
  ): Promise<FastifyReply> {
    const type = attachmentTypeOf(upload.content);
    if (type === null) return refuse(reply, 415, ATTACHMENT_KIND);
    const begun = await store.attachmentOfOperation(upload.op);
    if (begun !== undefined && (begun.record !== record || begun.type !== type))
      return refuse(reply, 400, BAD_REQUEST);
    if (begun?.isKept === true) return reply.code(200).send({ attachment: begun.id });
    const made: Upload = {
      id: begun?.id ?? newId(),
      isBegun: begun !== undefined,
      opId: upload.op,
      record,
      name: attachmentName(upload.name, type),
      type,
      content: upload.content,
      by: await handOf(visitor),
    };
    const kept = await keepUpload(made, deps);
    return kept.ok ? reply.code(201).send({ attachment: made.id }) : refuse(reply, kept.status, kept.refusal);
  }

  async function send(
    reply: FastifyReply,
    visitor: Visitor,
    row: AttachmentRow,
    name: string,
  ): Promise<FastifyReply> {
    const opened = await opening.open(row.file, row.sha256);
    const check = opened.state === 'open' ? (opened.known ?? (await opened.check)) : opened;
    if (opened.state !== 'open' || check.state !== 'verified') {
      await audit(visitor, 'attachment-unreadable', row.record, { attachment: row.id, state: check.state });
      return refuse(reply, 409, ATTACHMENT_AWAY);
    }
    await audit(visitor, 'attachment-downloaded', row.record, { attachment: row.id, sha256: row.sha256 });
    return reply
      .headers({
        'content-type': 'application/octet-stream',
        'content-length': String(opened.sound.bytes),
        'content-disposition': asAttachment(name, row.type),
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      .send(opened.sound.stream(0, opened.sound.bytes - 1));
  }

  async function attachmentNamed(id: string): Promise<AttachmentRow | null> {
    const row = AN_ID.test(id) ? await store.attachment(id) : undefined;
    return row?.isKept === true ? row : null;
  }

  /** Answers, and is null, for who may not: what does not exist and what may not be seen get the same answer. */
  async function allowedRecord(
    request: FastifyRequest,
    reply: FastifyReply,
    id: string | null,
    action: Action,
  ): Promise<{ readonly visitor: Visitor; readonly record: RecordView } | null> {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return nothing(refuse(reply, 401, NOT_LOGGED_IN));
    const record = id !== null && AN_ID.test(id) ? await store.recordView(id) : undefined;
    const unit = record === undefined ? null : await deps.offices.unitOfRoom(record.room);
    const sees = record !== undefined && unit !== null && may(visitor.scope, 'see-room', unit);
    if (sees && may(visitor.scope, action, unit)) return { visitor, record };
    await audit(visitor, 'access-refused', id?.slice(0, 64) ?? null, { asked: 'attachment' });
    return nothing(sees ? refuse(reply, 403, NOT_ALLOWED) : refuse(reply, 404, NOT_FOUND));
  }

  async function handOf(visitor: Visitor) {
    const { me } = await standingOf(store, visitor);
    return { account: me.account, person: me.person?.id ?? null, name: shownName(me) };
  }
}

function nothing(_answered: FastifyReply): null {
  return null;
}

/** RFC 6266: a plain name for old readers, the true one in UTF-8. */
function asAttachment(name: string, type: string): string {
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="attachment.${type}"; filename*=UTF-8''${encoded}`;
}
