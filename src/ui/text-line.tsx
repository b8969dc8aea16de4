/** An auto-filled line: text with 改, which turns it into an input. 来电时间 is typed as people write times. */
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import type { FieldName } from '../records/field.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { FieldNotes, said } from './field-notes.tsx';
import { typedForm, typedMoment } from './format.ts';
import { OutsideText } from './outside-text.tsx';
import { useDesk } from './use-desk.tsx';
import { useFieldText } from './use-field-text.ts';
import { words } from './words.ts';

export function TextLine(props: {
  readonly record: RecordView;
  readonly field: FieldName;
  readonly label: string;
  /** Null: may not be changed here; else the word of the button (改, 更正) and what it does. */
  readonly action: {
    readonly word: string;
    /** For whom does not see beside which line it stands. */
    readonly whole: string;
    readonly onClick: (() => void) | null;
  } | null;
  readonly trace?: ReactNode;
}): ReactElement {
  const { record, field, label, action } = props;
  const text = useFieldText<HTMLInputElement>(record, field);
  const [editing, setEditing] = useState(false);
  const shown = said(field, text.shown);
  return (
    <div className={`field field-text field-${field}`}>
      <span className="label">{label}</span>
      <div className="field-body">
        {editing ? (
          <Editor record={record} field={field} label={label} onClose={() => setEditing(false)} />
        ) : (
          <span className="text-line">
            <span className={shown === '' ? 'empty' : undefined}>
              {shown === '' ? words.form.empty : <OutsideText text={shown} />}
            </span>
            {action !== null && (
              <button
                type="button"
                className="text-button"
                aria-label={action.whole}
                onClick={action.onClick ?? (() => setEditing(true))}
              >
                {action.word}
              </button>
            )}
          </span>
        )}
        <FieldNotes record={record} field={field} label={label} text={text} />
        {props.trace}
      </div>
    </div>
  );
}

function Editor(props: {
  readonly record: RecordView;
  readonly field: FieldName;
  readonly label: string;
  readonly onClose: () => void;
}): ReactElement {
  const { record, field, label, onClose } = props;
  const { store } = useDesk();
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);
  const [seen] = useState(record.fields[field].version);
  const [start] = useState(() => startOf(field, record.fields[field].value));

  useEffect(() => input.current?.focus(), []);

  function close(): void {
    const value = input.current?.value ?? start;
    const meant = field === 'callTime' && value !== start ? typedMoment(value, store.now()) : value;
    if (meant === null) {
      setWrong(true);
      return;
    }
    if (value !== start) store.type(record.id, field, String(meant), seen);
    onClose();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.ctrlKey) close();
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
  }

  return (
    <>
      <input
        ref={input}
        type="text"
        id={`field-${field}`}
        aria-label={label}
        aria-invalid={wrong}
        defaultValue={start}
        placeholder={field === 'callTime' ? words.form.timeHint : undefined}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {wrong && (
        <p className="wrong" role="alert">
          {words.form.timeWrong}
        </p>
      )}
    </>
  );
}

function startOf(field: FieldName, current: string): string {
  return field === 'callTime' && current !== '' ? typedForm(Number(current)) : current;
}
