/** One line or area of the form that is written in, with everything that can happen to it shown where it happens. */
import { type KeyboardEvent, type ReactElement, type ReactNode, useLayoutEffect, useState } from 'react';
import { FIELD_LIMITS, type FieldName } from '../records/field.ts';
import type { RecordView } from '../web/protocol/record-view.ts';
import { FieldNotes } from './field-notes.tsx';
import { Suggestions, suggestionId } from './suggestions.tsx';
import { useDesk } from './use-desk.tsx';
import { useFieldText } from './use-field-text.ts';
import { words } from './words.ts';

export interface FieldProps {
  readonly record: RecordView;
  readonly field: FieldName;
  readonly label: string;
  readonly kind: 'line' | 'grow' | 'area';
  readonly suggestions?: readonly string[];
  readonly trace?: ReactNode;
  readonly placeholder?: string;
}

const TALLEST_GROWN = 96;

export function Field(props: FieldProps): ReactElement {
  const { record, field, label, kind } = props;
  const { store } = useDesk();
  const text = useFieldText<HTMLTextAreaElement & HTMLInputElement>(record, field);
  const [listOpen, setListOpen] = useState(false);
  const [picked, setPicked] = useState(-1);
  const { element, shown, hold } = text;
  const choices = listOpen && props.suggestions !== undefined ? fitting(props.suggestions, shown) : [];

  // After every rendering: the text, the width and the kind of field all change how tall it is.
  useLayoutEffect(() => {
    if (kind === 'grow' && element.current !== null) grow(element.current);
  });

  function take(choice: string): void {
    text.write(choice);
    setListOpen(false);
    setPicked(-1);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (choices.length === 0) {
      if (event.key === 'ArrowDown' && props.suggestions !== undefined) setListOpen(true);
      return;
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setPicked((picked + step + choices.length) % choices.length);
    else if (event.key === 'Enter' && !event.ctrlKey && choices[picked] !== undefined) take(choices[picked]);
    else if (event.key === 'Escape') setListOpen(false);
    else return;
    event.preventDefault();
  }

  const shared = {
    ref: element,
    id: `field-${field}`,
    defaultValue: shown,
    readOnly: hold !== null,
    'aria-label': label,
    autoComplete: 'off',
    spellCheck: false,
    maxLength: FIELD_LIMITS[field] * 2,
    placeholder: props.placeholder,
    ...(props.suggestions === undefined ? {} : asCombobox(field, choices, picked)),
    onKeyDown,
    ...text.handlers,
    onFocus: () => {
      text.handlers.onFocus();
      setListOpen(shown === '');
    },
    onInput: () => {
      text.handlers.onInput();
      setListOpen(true);
    },
    onBlur: () => {
      text.handlers.onBlur();
      setListOpen(false);
      setPicked(-1);
    },
  };

  const isAsked = (text.unsent?.conflict ?? text.unsent?.refusal ?? null) !== null;
  return (
    <div
      className={`field field-${kind} field-${field}${hold === null ? '' : ' field-held'}${isAsked ? ' field-asked' : ''}`}
    >
      <label htmlFor={`field-${field}`}>{label}</label>
      <div className="field-body">
        {kind === 'line' ? (
          <input type="text" {...shared} />
        ) : (
          <textarea rows={kind === 'grow' ? 1 : 3} {...shared} />
        )}
        {choices.length > 0 && (
          <Suggestions id={listId(field)} choices={choices} picked={picked} onTake={take} />
        )}
        {hold !== null && (
          <p className="note held-note">
            <span>{words.form.holding(hold.person)}</span>
            <button
              type="button"
              className="text-button"
              onClick={() => {
                store.takeOver(record.id, field);
                setTimeout(() => element.current?.focus());
              }}
            >
              {words.form.takeOver}
            </button>
          </p>
        )}
        <FieldNotes record={record} field={field} label={label} text={text} />
        {props.trace}
      </div>
    </div>
  );
}

/** What is offered, and which of it the arrows stand on, for who hears the page. */
function asCombobox(field: FieldName, choices: readonly string[], picked: number) {
  const isOpen = choices.length > 0;
  return {
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': isOpen,
    'aria-controls': isOpen ? listId(field) : undefined,
    'aria-activedescendant':
      isOpen && choices[picked] !== undefined ? suggestionId(listId(field), picked) : undefined,
  } as const;
}

function listId(field: FieldName): string {
  return `offered-${field}`;
}

function grow(area: HTMLElement): void {
  area.style.height = 'auto';
  area.style.height = `${Math.min(area.scrollHeight + 2, TALLEST_GROWN)}px`;
}

/** What fits the text so far; 未说明 first when nothing stands there. At most 8. */
function fitting(known: readonly string[], text: string): readonly string[] {
  const wanted = text.trim();
  if (wanted === '') return [words.notSaid, ...known].slice(0, 8);
  return known.filter((choice) => choice !== wanted && choice.includes(wanted)).slice(0, 8);
}
