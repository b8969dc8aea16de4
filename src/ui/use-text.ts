import type { FieldName } from '../records/field.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { fieldKey } from './unsent.ts';
import { useDeskState } from './use-desk.tsx';

/** What stands in a field now: unsent, or somebody's live text, or what is kept. */
export function useText(record: RecordView, field: FieldName): string {
  const key = fieldKey(record.id, field);
  const entry = useDeskState((state) => state.unsent.get(key));
  const hold = useDeskState((state) => state.holds.get(key));
  if (entry?.kind === 'text') return entry.value;
  return hold?.text ?? record.fields[field].value;
}
