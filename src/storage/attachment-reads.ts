import type { AttachmentType } from '../records/attachment.ts';
import type { AttachmentView } from '../web/protocol/record-view.ts';
import type { AttachmentTable } from './attachment-table.ts';
import type { ReadDeps } from './read.ts';

/** An attachment as the service needs it to hand out, copy or destroy its file. */
export interface AttachmentRow {
  readonly id: string;
  readonly record: string;
  /** Null once destroyed. */
  readonly name: string | null;
  readonly type: AttachmentType;
  readonly bytes: number;
  readonly sha256: string;
  readonly file: string;
  /** False: its upload broke off. */
  readonly isKept: boolean;
  readonly isRemoved: boolean;
}

export async function attachment({ db }: ReadDeps, id: string): Promise<AttachmentRow | undefined> {
  const row = await db.selectFrom('attachments').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : rowOf(row);
}

/** What this upload has become; undefined when it is new. */
export async function attachmentOfOperation(
  { db }: ReadDeps,
  opId: string,
): Promise<AttachmentRow | undefined> {
  const row = await db.selectFrom('attachments').selectAll().where('op_id', '=', opId).executeTakeFirst();
  return row === undefined ? undefined : rowOf(row);
}

/** Files that must be on the disk, by id; `after` is the last of the page before. */
export async function keptAttachments(
  { db }: ReadDeps,
  after: string | null,
  limit: number,
): Promise<readonly AttachmentRow[]> {
  const rows = await db
    .selectFrom('attachments')
    .selectAll()
    .where('kept_at', 'is not', null)
    .where('removed_at', 'is', null)
    .where('name', 'is not', null)
    .where('id', '>', after ?? '')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(rowOf);
}

/** As the page sees those of one record, in the order they came. */
export function attachmentViews(rows: readonly AttachmentTable[]): readonly AttachmentView[] {
  return rows
    .filter(({ kept_at }) => kept_at !== null)
    .toSorted((a, b) => (a.kept_at ?? 0) - (b.kept_at ?? 0) || (a.id < b.id ? -1 : 1))
    .map((row) => ({
      id: row.id,
      name: row.name ?? '',
      type: row.kind as AttachmentType,
      bytes: row.bytes,
      sha256: row.sha256,
      at: row.kept_at ?? row.begun_at,
      by: row.by_name,
      removed:
        row.removed_at === null
          ? null
          : { at: row.removed_at, by: row.removed_by_name ?? '', reason: row.removed_reason ?? '' },
    }));
}

function rowOf(row: AttachmentTable): AttachmentRow {
  return {
    id: row.id,
    record: row.record_id,
    name: row.name,
    type: row.kind as AttachmentType,
    bytes: row.bytes,
    sha256: row.sha256,
    file: row.file,
    isKept: row.kept_at !== null,
    isRemoved: row.removed_at !== null,
  };
}
