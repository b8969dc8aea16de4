/** 电话记录单: as they stand, as they stood, found again, and the 附件 that belong to them. */
import type { HandWritten } from '../../duty/hand-written.ts';
import type { RecordView, RevisionView } from '../../web/protocol/record-view.ts';
import { among } from '../among.ts';
import {
  type AttachmentRow,
  attachment,
  attachmentOfOperation,
  keptAttachments,
} from '../attachment-reads.ts';
import { roomOfWritten } from '../hand-written.ts';
import { unconfirmedInstructions } from '../instruction-reads.ts';
import { type Matters, mattersOf } from '../matters.ts';
import type { ReadDeps } from '../read.ts';
import { recordHistory } from '../record-history.ts';
import { recordViews } from '../record-views.ts';
import { type SearchPage, type SearchQuery, searchRecords } from '../search.ts';

export interface StoredRecords {
  recordView(id: string): Promise<RecordView | undefined>;
  /** Many at the cost of one, in any order; ids of nothing are left out. */
  recordViews(ids: readonly string[]): Promise<readonly RecordView[]>;
  /** Every text that stood in a record's fields, oldest first. */
  recordHistory(id: string): Promise<readonly RevisionView[]>;
  /** 记录查询, newest first; `before` is a number from `readCursor`, null begins at the newest. */
  searchRecords(query: SearchQuery, before: number | null, limit: number): Promise<SearchPage>;
  /** Last calls and open matters of one number within these rooms. */
  mattersOf(rooms: readonly string[], number: string): Promise<Matters>;
  /** Records of these rooms with a 批示 that was not confirmed, the longest waiting first. */
  unconfirmedInstructions(rooms: readonly string[]): Promise<readonly string[]>;
  /** The room of what was written by hand; null: there is no such text. */
  roomOfWritten(written: HandWritten): Promise<string | null>;

  attachment(id: string): Promise<AttachmentRow | undefined>;
  attachmentOfOperation(opId: string): Promise<AttachmentRow | undefined>;
  /** 附件 whose file must be there, by id; `after` is the last of the page before. */
  keptAttachments(after: string | null, limit: number): Promise<readonly AttachmentRow[]>;
}

export function storedRecords(deps: ReadDeps): StoredRecords {
  const recordsOf = async (ids: readonly string[]) => {
    if (ids.length === 0) return [];
    const rows = await deps.db
      .selectFrom('records')
      .selectAll()
      .where(among(deps.dialect, 'id', ids))
      .execute();
    return recordViews(deps, rows);
  };
  return {
    recordView: async (id) => (await recordsOf([id]))[0],
    recordViews: recordsOf,
    recordHistory: (id) => recordHistory(deps, id),
    searchRecords: (query, before, limit) => searchRecords(deps, query, before, limit),
    mattersOf: (rooms, number) => mattersOf(deps, rooms, number),
    unconfirmedInstructions: (rooms) => unconfirmedInstructions(deps, rooms),
    roomOfWritten: (written) => roomOfWritten(deps, written),
    attachment: (id) => attachment(deps, id),
    attachmentOfOperation: (opId) => attachmentOfOperation(deps, opId),
    keptAttachments: (after, limit) => keptAttachments(deps, after, limit),
  };
}
