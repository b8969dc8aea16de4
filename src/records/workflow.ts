/**
 * What happens to a record after its registration (已登记 → 办理中 → 已办结), 归档, 续记 and 并入. Pure.
 *
 * 请示, 批示 and 交办 bring a registered record in hand (办理中); 办结 ends it; another step after 办结 opens it again.
 */
import type { RecordCommand, Refusal } from './command.ts';
import { type EntryDraft, MOST_ENTRIES, objectionToEntry, withOwnParts } from './entry.ts';
import { objectionToReason } from './field-text.ts';
import { isClosed, type PhoneRecord, type RecordFact, type Writer } from './record.ts';
import { refusals } from './refusal.ts';

export type WorkflowCommand = Extract<
  RecordCommand,
  { type: 'add-entry' | 'confirm-entry' | 'withdraw-entry' | 'archive' | 'link' | 'merge' }
>;

export interface WorkflowContext {
  readonly at: number;
  readonly by: Writer | null;
  /** The other record that `link` and `merge` name; null when there is none. */
  readonly other: PhoneRecord | null;
}

/** The facts that follow, or why not. */
export type Steps = readonly RecordFact[] | Refusal;

/** Says what a command of the workflow does. Never throws. */
export function workflow(record: PhoneRecord, command: WorkflowCommand, context: WorkflowContext): Steps {
  if (isClosed(record)) return refusals.closed;
  switch (command.type) {
    case 'add-entry':
      return addEntry(record, command.entry, command.draft, context);
    case 'confirm-entry':
      return confirmEntry(record, command.entry, context);
    case 'withdraw-entry':
      return withdrawEntry(record, command, context);
    case 'archive':
      return archive(record, command.archived, context.at);
    case 'link':
      return link(record, command.to, context);
    case 'merge':
      return merge(record, context);
  }
}

function addEntry(record: PhoneRecord, id: string, draft: EntryDraft, context: WorkflowContext): Steps {
  const { at, by } = context;
  const known = record.entries.find((entry) => entry.id === id);
  if (known !== undefined) return refusals.entryExists;
  const objection = objectionToEntry(draft, at);
  if (objection !== null) return objection;
  if (record.entries.length >= MOST_ENTRIES) return refusals.tooManyEntries;
  // 拟办 and 请示 come while the call still lasts; whatever is done about a matter needs its number.
  if (record.state === 'draft' && draft.kind !== 'proposal' && draft.kind !== 'request')
    return refusals.registerFirst;
  const { kind, who, text, way, happenedAt, dueAt, call } = withOwnParts(draft);
  return [{ kind: 'entry-added', at, entry: id, what: kind, who, text, way, happenedAt, dueAt, call, by }];
}

function confirmEntry(record: PhoneRecord, id: string, { at, by }: WorkflowContext): Steps {
  const entry = record.entries.find((one) => one.id === id);
  if (entry === undefined || entry.withdrawn !== null) return refusals.noSuchEntry;
  if (entry.kind !== 'instruction') return refusals.onlyInstructions;
  if (entry.confirmed !== null) return [];
  if (by === null) return refusals.noSuchEntry;
  return [{ kind: 'entry-confirmed', at, entry: id, by }];
}

function withdrawEntry(
  record: PhoneRecord,
  command: Extract<WorkflowCommand, { type: 'withdraw-entry' }>,
  { at, by }: WorkflowContext,
): Steps {
  const entry = record.entries.find((one) => one.id === command.entry);
  if (entry === undefined || entry.withdrawn !== null) return refusals.noSuchEntry;
  if (entry.confirmed !== null) return refusals.entryConfirmed;
  const objection = objectionToReason(command.reason);
  if (objection !== null) return objection;
  if (by === null) return refusals.noSuchEntry;
  return [{ kind: 'entry-withdrawn', at, entry: command.entry, by, text: command.reason }];
}

/** 归档 is a decision per record (国家档案局 8 号令): what needed no handling is not archived. */
function archive(record: PhoneRecord, archived: boolean, at: number): Steps {
  if (record.number === null) return refusals.registerFirst;
  if ((record.archivedAt !== null) === archived) return [];
  return [{ kind: 'record-archived', at, archived }];
}

/** 关联前次 (续记): the matter of an earlier record goes on in this one. */
function link(record: PhoneRecord, to: string | null, { at, other }: WorkflowContext): Steps {
  if (to === record.linkedTo) return [];
  if (to === null) return [{ kind: 'record-linked', at, to: null }];
  if (other === null || other.room !== record.room || other.id === record.id) return refusals.noSuchRecord;
  // A circle of matters would have no first.
  if (other.linkedTo === record.id) return refusals.linkedAlready;
  return [{ kind: 'record-linked', at, to }];
}

/** 并入: a draft that says the same as another record; its number, had it one, would leave a gap. */
function merge(record: PhoneRecord, { at, other }: WorkflowContext): Steps {
  if (record.state !== 'draft') return refusals.onlyDraftMerges;
  if (other === null || other.room !== record.room || other.id === record.id || isClosed(other))
    return refusals.noSuchRecord;
  return [{ kind: 'record-merged', at, into: other.id }];
}
