/** One upload from its bytes to a kept attachment: the row first, then the file, then the word that it is there. */
import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Intake } from '../intake.ts';
import type { RecordingLibrary } from '../recordings/library.ts';
import { soundFileOf } from '../recordings/vault/sound-name.ts';
import { troubleOf } from '../recordings/vault/sound-trouble.ts';
import type { AttachmentLimits, AttachmentType } from '../records/attachment.ts';
import type { Refusal } from '../records/command.ts';
import type { Log } from './log.ts';
import { ATTACHMENT_NOT_KEPT } from './refusals.ts';

export interface Upload {
  readonly id: string;
  /** Its row is there from an earlier try that broke off. */
  readonly isBegun: boolean;
  readonly opId: string;
  readonly record: string;
  readonly name: string;
  readonly type: AttachmentType;
  readonly content: Buffer;
  readonly by: {
    readonly account: string | null;
    readonly person: string | null;
    readonly name: string | null;
  };
}

export type Kept =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: number; readonly refusal: Refusal };

/** Each holds a whole file in memory. */
const UPLOADS_AT_ONCE = 4;

export async function keepUpload(
  upload: Upload,
  deps: {
    readonly intake: Pick<Intake, 'work'>;
    readonly library: Pick<RecordingLibrary, 'keepStream'>;
    readonly limits: AttachmentLimits;
    readonly clock: () => number;
    readonly log: Log;
  },
): Promise<Kept> {
  const { id, opId, record, name, type: kind, content, by } = upload;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const { length: bytes } = content;
  if (!upload.isBegun) {
    const file = soundFileOf(id, kind);
    const begun = await deps.intake.work({
      type: 'attachment-begin',
      ...{ id, opId, record, name, kind, bytes, sha256, file, by },
      limits: deps.limits,
      at: deps.clock(),
    });
    if (!begun.ok) return { ok: false, status: 409, refusal: begun.refusal };
  }
  try {
    await deps.library.keepStream(id, kind, piecesOf(content));
  } catch (failure) {
    const trouble = troubleOf(failure);
    deps.log('error', 'attachment-not-kept', { attachment: id, reason: trouble.en });
    return { ok: false, status: 503, refusal: ATTACHMENT_NOT_KEPT };
  }
  const kept = await deps.intake.work({ type: 'attachment-kept', id, at: deps.clock() });
  return kept.ok ? { ok: true } : { ok: false, status: 409, refusal: kept.refusal };
}

/** So many uploads at once and no more; a slot is free again when its connection has been answered or is gone. */
export function createUploadSlots(most = UPLOADS_AT_ONCE): { take(reply: FastifyReply): boolean } {
  let taken = 0;
  return {
    take: (reply) => {
      // Gone while it was asked who it is: its `close` has been told and would never free the place.
      if (taken >= most || reply.raw.destroyed) return false;
      taken += 1;
      reply.raw.once('close', () => {
        taken -= 1;
      });
      return true;
    },
  };
}

async function* piecesOf(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}
