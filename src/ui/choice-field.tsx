/** 类别 and the like: chosen, never typed. A native select: it opens by key on every office browser and cannot fight an input method. */
import type { ReactElement } from 'react';
import type { FieldName } from '../records/field.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { FieldNotes } from './field-notes.tsx';
import { fieldKey } from './unsent.ts';
import { useDesk, useDeskState } from './use-desk.tsx';

export function ChoiceField(props: {
  readonly record: RecordView;
  readonly field: FieldName;
  readonly label: string;
  /** What stands there while nothing is chosen. */
  readonly none: string;
  readonly choices: readonly (readonly [value: string, word: string])[];
  readonly disabled: boolean;
}): ReactElement {
  const { record, field, label } = props;
  const { store } = useDesk();
  const entry = useDeskState((state) => state.unsent.get(fieldKey(record.id, field)));
  const unsent = entry?.kind === 'text' ? entry : null;
  const value = unsent?.value ?? record.fields[field].value;
  return (
    <div className={`field field-choice field-${field}`}>
      <label htmlFor={`field-${field}`}>{label}</label>
      <div className="field-body">
        <select
          id={`field-${field}`}
          value={value}
          disabled={props.disabled}
          onChange={(event) => {
            store.type(record.id, field, event.target.value, record.fields[field].version);
            store.flush();
          }}
        >
          <option value="">{props.none}</option>
          {props.choices.map(([choice, word]) => (
            <option key={choice} value={choice}>
              {word}
            </option>
          ))}
        </select>
        <FieldNotes record={record} field={field} label={label} text={{ unsent, takenOverBy: null }} />
      </div>
    </div>
  );
}
