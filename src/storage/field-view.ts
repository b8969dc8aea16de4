import type { RecordField } from '../records/record.ts';
import type { FieldView } from '../web/protocol/record-view.ts';

/** A field as the page sees it. */
export function fieldView(field: RecordField): FieldView {
  return { value: field.value, version: field.version, by: field.by?.name ?? null, at: field.at };
}
