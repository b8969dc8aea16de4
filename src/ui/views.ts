/** A record that exists only here so far: 人工补记 while it is on its way to the server. Pure. */
import { FIELDS, type FieldName } from '../records/field.ts';
import type { FieldView, RecordView } from '../web/protocol/record-view.ts';

/** An empty draft written by hand. `at` in ms UTC; its fields stand at version 0 until the server answers. */
export function draftByHand(record: string, room: string, at: number): RecordView {
  const blank: FieldView = { value: '', version: 0, by: null, at };
  const fields = Object.fromEntries(FIELDS.map((field) => [field, blank])) as Record<FieldName, FieldView>;
  return {
    id: record,
    room,
    call: null,
    direction: 'inbound',
    state: 'draft',
    number: null,
    registeredAt: null,
    openedAt: at,
    updatedAt: at,
    byHand: true,
    noRecordReason: null,
    voidReason: null,
    fields,
    corrections: [],
    entries: [],
    attachments: [],
    archivedAt: null,
    linkedTo: null,
    mergedInto: null,
    emergency: null,
    shut: null,
  };
}

/**
 * The newer of two views of one record: whole, but no field ever goes back to an older version of itself. A record that was
 * shut away comes blank and must be so here too; opened again it is what the server says.
 */
export function newerRecord(before: RecordView | undefined, view: RecordView): RecordView {
  if (before === undefined || view.shut !== null || before.shut !== null) return view;
  const fields = Object.fromEntries(
    FIELDS.map((field) => [
      field,
      before.fields[field].version > view.fields[field].version ? before.fields[field] : view.fields[field],
    ]),
  ) as Record<FieldName, FieldView>;
  return { ...view, fields };
}

/** The view with one field as the server has just accepted it. */
export function withField(view: RecordView, field: FieldName, value: FieldView): RecordView {
  if (view.shut !== null || view.fields[field].version >= value.version) return view;
  return { ...view, fields: { ...view.fields, [field]: value } };
}
