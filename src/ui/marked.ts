/** Rows chosen together, for 无需记录 of several at once. Pure; only drafts can be chosen. */
import type { RecordView } from '../web/protocol/record-view.ts';
import type { WorkItem } from './work-items.ts';

export type Marked = ReadonlySet<string>;

export const NONE_MARKED: Marked = new Set();

/** A call that still lives may yet need its form. */
export function mayMark({ call, record }: Pick<WorkItem, 'call' | 'record'>): boolean {
  return record?.state === 'draft' && record.shut === null && (call === null || call.phase === 'ended');
}

/** Space: chosen, or no longer. */
export function toggled(marked: Marked, item: WorkItem): Marked {
  const next = new Set(marked);
  if (!next.delete(item.key) && mayMark(item)) next.add(item.key);
  return next;
}

/** Shift+↑↓: both ends of the step are chosen. */
export function stretched(marked: Marked, from: WorkItem | undefined, to: WorkItem | undefined): Marked {
  const ends = [from, to].filter((item) => item !== undefined && mayMark(item));
  return new Set([...marked, ...ends.map((item) => item?.key ?? '')]);
}

/** The records of what is chosen and still may be, in the order of the list. */
export function markedRecords(marked: Marked, items: readonly WorkItem[]): readonly string[] {
  return items.flatMap((item) =>
    marked.has(item.key) && mayMark(item) && item.record !== null ? [item.record.id] : [],
  );
}

/** Of those that were put aside together, which still are: what 撤销 brings back. */
export function putAside(
  ids: readonly string[],
  records: ReadonlyMap<string, Pick<RecordView, 'state'>>,
): readonly string[] {
  return ids.filter((id) => records.get(id)?.state === 'no-record');
}

/** Without what can no longer be chosen; the same set when all still can. */
export function stillMarked(marked: Marked, items: readonly WorkItem[]): Marked {
  const may = new Set(items.filter(mayMark).map(({ key }) => key));
  const next = [...marked].filter((key) => may.has(key));
  return next.length === marked.size ? marked : new Set(next);
}
