/** Every text that ever stood in a record, and what lost a conflict: nothing typed disappears (D10). */
import type { FieldName } from '../records/field.ts';
import type { RevisionView } from '../web/protocol/record-view.ts';
import type { ReadDeps } from './read.ts';

/** Strokes come by the hundred; more than this, the newest, is nobody's reading. */
const MOST = 5_000;

/** Oldest first. The strokes of one hand in one field are told as one, by its last text; entries stand on the timeline. */
export async function recordHistory(deps: ReadDeps, record: string): Promise<readonly RevisionView[]> {
  const rows = await deps.db
    .selectFrom('record_revisions')
    .select(['field', 'version', 'value', 'kind', 'reason', 'by_name', 'client', 'at'])
    .where('record_id', '=', record)
    .where('kind', 'in', ['prefilled', 'typed', 'lost', 'corrected'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute();
  rows.reverse();
  return rows
    .filter((row, index) => {
      if (row.kind !== 'typed') return true;
      const next = rows.slice(index + 1).find((later) => later.field === row.field);
      return next === undefined || next.kind !== 'typed' || next.client !== row.client;
    })
    .map((row) => ({
      field: row.field as FieldName,
      kind: row.kind as RevisionView['kind'],
      value: row.value,
      reason: row.reason,
      by: row.by_name,
      at: row.at,
    }));
}
