/** 类别: chosen, never typed. A native select: it opens by key on every office browser and cannot fight an input method. */
import type { KeyboardEvent, ReactElement } from 'react';
import { CATEGORIES } from '../records/field.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { FieldNotes } from './field-notes.tsx';
import { focusAfter } from './field-order.ts';
import { fieldKey } from './unsent.ts';
import { useDesk, useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

export function CategoryField(props: {
  readonly record: RecordView;
  readonly disabled: boolean;
}): ReactElement {
  const { record } = props;
  const { store } = useDesk();
  const entry = useDeskState((state) => state.unsent.get(fieldKey(record.id, 'category')));
  const unsent = entry?.kind === 'text' ? entry : null;
  const value = unsent?.value ?? record.fields.category.value;
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Tab' && focusAfter('category', event.shiftKey)) event.preventDefault();
  }
  return (
    <div className="field field-category">
      <label htmlFor="field-category">{words.field.category}</label>
      <div className="field-body">
        <select
          id="field-category"
          value={value}
          disabled={props.disabled}
          onChange={(event) => {
            store.type(record.id, 'category', event.target.value, record.fields.category.version);
            store.flush();
          }}
          onKeyDown={onKeyDown}
        >
          <option value="">{words.form.categoryNone}</option>
          {CATEGORIES.map((category) => (
            <option key={category} value={category}>
              {words.category[category]}
            </option>
          ))}
        </select>
        <FieldNotes
          record={record}
          field="category"
          label={words.field.category}
          text={{ unsent, takenOverBy: null }}
        />
      </div>
    </div>
  );
}
