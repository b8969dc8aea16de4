/**
 * 附件 inside a write transaction. A row is there before its file, so that 涉密误录处置 reaches the file of an upload that broke
 * off; it is seen once its file is kept. Removed, the file goes everywhere by a job; who, when, why and the digest stay.
 */
import type { AttachmentLimits, AttachmentType } from '../records/attachment.ts';
import type { Refusal } from '../records/command.ts';
import { objectionToReason } from '../records/field-text.ts';
import { isClosed } from '../records/record.ts';
import { refusals } from '../records/refusal.ts';
import type { AttachmentTable } from './attachment-table.ts';
import { appendFact, type Desk, noteChange } from './desk.ts';
import { DONE, type Outcome } from './outcome.ts';
import { loadRecord } from './record-rows.ts';
import { shutAmong } from './shut-reads.ts';

interface Hand {
  readonly account: string | null;
  readonly person: string | null;
  /** As shown beside the file. */
  readonly name: string | null;
}

export type AttachmentWork =
  | {
      readonly type: 'attachment-begin';
      /** Made by the service, never by a client: files are named by it. */
      readonly id: string;
      readonly opId: string;
      readonly record: string;
      readonly name: string;
      readonly kind: AttachmentType;
      readonly bytes: number;
      readonly sha256: string;
      readonly file: string;
      readonly by: Hand;
      readonly limits: AttachmentLimits;
      readonly at: number;
    }
  /** The file is whole and on the disk. */
  | { readonly type: 'attachment-kept'; readonly id: string; readonly at: number }
  | {
      readonly type: 'attachment-remove';
      readonly id: string;
      readonly reason: string;
      readonly by: Hand;
      readonly at: number;
    };

type Begin = Extract<AttachmentWork, { type: 'attachment-begin' }>;
type Remove = Extract<AttachmentWork, { type: 'attachment-remove' }>;

/** Writes one step of an attachment's life. Repeats are harmless. */
export async function writeAttachment(desk: Desk, work: AttachmentWork): Promise<Outcome> {
  if (work.type === 'attachment-begin') return begin(desk, work);
  const row = await desk.db
    .selectFrom('attachments')
    .selectAll()
    .where('id', '=', work.id)
    .executeTakeFirst();
  if (row === undefined) return { ok: false, refusal: unknown };
  return work.type === 'attachment-kept' ? kept(desk, row, work.at) : remove(desk, row, work);
}

async function begin(desk: Desk, work: Begin): Promise<Outcome> {
  const objection = await objectionTo(desk, work.record);
  if (objection !== null) return { ok: false, refusal: objection };
  const there = await desk.db
    .selectFrom('attachments')
    .select('id')
    .where('record_id', '=', work.record)
    .where('removed_at', 'is', null)
    .where('kept_at', 'is not', null)
    .execute();
  if (there.length >= work.limits.mostOfRecord)
    return { ok: false, refusal: tooMany(work.limits.mostOfRecord) };
  const { id, opId, record, name, kind, bytes, sha256, file, by, at } = work;
  await desk.db
    .insertInto('attachments')
    .values({
      ...{ id, op_id: opId, record_id: record, name, kind, bytes, sha256, file, begun_at: at, kept_at: null },
      ...{ by_account: by.account, by_person: by.person, by_name: by.name },
      ...{ removed_at: null, removed_by_name: null, removed_reason: null },
    })
    .execute();
  return DONE;
}

async function kept(desk: Desk, row: AttachmentTable, at: number): Promise<Outcome> {
  if (row.kept_at !== null) return DONE;
  const record = await loadRecord(desk, row.record_id);
  const shut = await shutAmong(desk, 'record_id', [row.record_id]);
  // It was destroyed while the file came in: the file must go the same way.
  if (record === undefined || shut.get(row.record_id) === 'destroyed') {
    desk.effects.push({ id: desk.newId(), kind: 'erase-attachment', attachment: row.id });
    return { ok: false, refusal: refusals.shut };
  }
  await desk.db.updateTable('attachments').set({ kept_at: at }).where('id', '=', row.id).execute();
  await touch(desk, record.id);
  tell(desk, row, 'attachment-added', at, row.by_person);
  desk.effects.push({ id: desk.newId(), kind: 'copy-attachment', attachment: row.id });
  noteChange(desk, 'record', record.id, record.room);
  const { by_account: account, by_person: person, kind, bytes, sha256 } = row;
  const payload = { attachment: row.id, type: kind, bytes, sha256 };
  desk.audits.push({ at, account, person, kind: 'attachment-added', subject: record.id, payload });
  return DONE;
}

async function remove(desk: Desk, row: AttachmentTable, work: Remove): Promise<Outcome> {
  if (row.kept_at === null) return { ok: false, refusal: unknown };
  const objection = objectionToReason(work.reason) ?? (await objectionTo(desk, row.record_id));
  if (objection !== null) return { ok: false, refusal: objection };
  if (row.removed_at !== null) return DONE;
  const { reason, by, at } = work;
  await desk.db
    .updateTable('attachments')
    .set({ removed_at: at, removed_by_name: by.name, removed_reason: reason.trim() })
    .where('id', '=', row.id)
    .execute();
  tell(desk, row, 'attachment-removed', at, by.person);
  desk.effects.push({ id: desk.newId(), kind: 'erase-attachment', attachment: row.id });
  const record = await loadRecord(desk, row.record_id);
  if (record !== undefined) noteChange(desk, 'record', record.id, record.room);
  const { account, person } = by;
  const payload = { attachment: row.id, sha256: row.sha256, reason: reason.trim() };
  desk.audits.push({ at, account, person, kind: 'attachment-removed', subject: row.record_id, payload });
  return DONE;
}

/** 涉密误录处置: the names go here and now, the files by jobs; kinds and digests stay. */
export async function destroyAttachments(desk: Desk, record: string): Promise<void> {
  const rows = await desk.db.selectFrom('attachments').select('id').where('record_id', '=', record).execute();
  await desk.db
    .updateTable('attachments')
    .set({ name: null, removed_reason: null })
    .where('record_id', '=', record)
    .execute();
  for (const { id } of rows)
    desk.effects.push({ id: desk.newId(), kind: 'erase-attachment', attachment: id });
}

/** Why nothing may be added to or taken from this record; null when it may. Its row stays locked until the commit. */
async function objectionTo(desk: Desk, id: string): Promise<Refusal | null> {
  const record = await loadRecord(desk, id);
  if (record === undefined) return refusals.noSuchRecord;
  if ((await shutAmong(desk, 'record_id', [id])).size > 0) return refusals.shut;
  return isClosed(record) ? refusals.closed : null;
}

/** A draft with an attachment never goes away by itself. */
export async function touch(desk: Pick<Desk, 'db'>, record: string): Promise<void> {
  await desk.db.updateTable('records').set({ touched: 1 }).where('id', '=', record).execute();
}

/** Ids, a kind, a length and a digest: no name. */
function tell(
  desk: Desk,
  row: AttachmentTable,
  kind: 'attachment-added' | 'attachment-removed',
  at: number,
  by: string | null,
): void {
  const { id, record_id: record, kind: type, bytes, sha256 } = row;
  appendFact(desk, {
    fact_key: `attachment:${id}:${kind}`,
    stream: 'attachment',
    stream_id: id,
    kind,
    at,
    fact_json: JSON.stringify({ kind, attachment: id, record, type, bytes, sha256, by, at }),
    context_json: null,
  });
}

const unknown: Refusal = {
  code: 'attachment-unknown',
  zh: '找不到这个附件。',
  en: 'There is no such attachment.',
};

function tooMany(most: number): Refusal {
  return {
    code: 'attachments-too-many',
    zh: `每张记录单最多 ${most} 个附件，没有上传。`,
    en: `A record takes at most ${most} attachments; this one was not kept.`,
  };
}
