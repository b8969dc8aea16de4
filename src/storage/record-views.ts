import type { Entry } from '../records/entry.ts';
import { FIELDS, type FieldName } from '../records/field.ts';
import type { EntryView, FieldView, RecordView } from '../web/protocol/record-view.ts';
import { among } from './among.ts';
import { attachmentViews } from './attachment-reads.ts';
import { fieldView } from './field-view.ts';
import type { ReadDeps } from './read.ts';
import { recordOf } from './record-rows.ts';
import type { RecordRevisionTable, RecordTable } from './record-tables.ts';
import { shutAmong } from './shut-reads.ts';
import { emergencyDecisions } from './undecided-emergencies.ts';

/** Records as the page sees them, in the order of the rows, each with its corrections oldest first. */
export async function recordViews(
  deps: ReadDeps,
  rows: readonly RecordTable[],
): Promise<readonly RecordView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const { dialect } = deps;
  const [fields, entries, revisions, attachments, shut, emergencies] = await Promise.all([
    deps.db
      .selectFrom('record_fields')
      .selectAll()
      .where(among(dialect, 'record_id', ids))
      .execute(),
    deps.db
      .selectFrom('record_entries')
      .selectAll()
      .where(among(dialect, 'record_id', touchedOnly(rows)))
      .orderBy('at')
      .orderBy('id')
      .execute(),
    deps.db
      .selectFrom('record_revisions')
      .selectAll()
      .where(among(dialect, 'record_id', correctedOnly(rows)))
      .orderBy('at')
      .orderBy('version')
      .execute(),
    deps.db
      .selectFrom('attachments')
      .selectAll()
      .where(among(dialect, 'record_id', ids))
      .execute(),
    shutAmong(deps, 'record_id', ids),
    emergencyDecisions(deps, ids),
  ]);
  const fieldsByRecord = Map.groupBy(fields, (field) => field.record_id);
  const entriesByRecord = Map.groupBy(entries, (entry) => entry.record_id);
  const attachmentsByRecord = Map.groupBy(attachments, (attachment) => attachment.record_id);
  const revisionsByRecord = Map.groupBy(revisions, (revision) => revision.record_id);
  return rows.map((row) => {
    const isShut = shut.get(row.id) ?? null;
    const seen = <Row>(of: Map<string, Row[]>) => (isShut === null ? (of.get(row.id) ?? []) : []);
    const record = recordOf(row, seen(fieldsByRecord), seen(entriesByRecord));
    const views = FIELDS.map((field): [FieldName, FieldView] => [field, fieldView(record.fields[field])]);
    return {
      id: record.id,
      room: record.room,
      call: record.call,
      direction: record.direction,
      state: record.state,
      number: record.number?.text ?? null,
      registeredAt: record.registeredAt,
      openedAt: record.openedAt,
      updatedAt: record.updatedAt,
      byHand: record.byHand,
      noRecordReason: record.noRecordReason,
      voidReason: isShut === null ? record.voidReason : null,
      fields: Object.fromEntries(views) as Record<FieldName, FieldView>,
      corrections: corrections(seen(revisionsByRecord)),
      entries: record.entries.map(entryView),
      attachments: attachmentViews(seen(attachmentsByRecord)),
      archivedAt: record.archivedAt,
      linkedTo: record.linkedTo,
      mergedInto: record.mergedInto,
      emergency: emergencies.get(record.id) ?? null,
      shut: isShut,
    };
  });
}

/** Drafts have no corrections; their many strokes need not be read. */
function correctedOnly(rows: readonly RecordTable[]): readonly string[] {
  return rows.filter((row) => row.serial !== null).map((row) => row.id);
}

/** Only what a person touched can have entries. */
function touchedOnly(rows: readonly RecordTable[]): readonly string[] {
  return rows.filter((row) => row.touched === 1).map((row) => row.id);
}

function entryView({ by, confirmed, withdrawn, ...entry }: Entry): EntryView {
  return {
    ...entry,
    by: by?.name ?? null,
    confirmed: confirmed === null ? null : { at: confirmed.at, by: confirmed.by.name },
    withdrawn:
      withdrawn === null ? null : { at: withdrawn.at, by: withdrawn.by.name, reason: withdrawn.reason },
  };
}

function corrections(revisions: readonly RecordRevisionTable[]): RecordView['corrections'] {
  return revisions
    .filter((revision) => revision.kind === 'corrected')
    .map((revision) => ({
      at: revision.at,
      by: revision.by_name ?? '',
      field: revision.field as FieldName,
      from: valueBefore(revisions, revision),
      to: revision.value ?? '',
      reason: revision.reason ?? '',
    }));
}

function valueBefore(revisions: readonly RecordRevisionTable[], corrected: RecordRevisionTable): string {
  const before = revisions.find(
    (revision) => revision.field === corrected.field && revision.version === (corrected.version ?? 0) - 1,
  );
  return before?.value ?? '';
}
