/** A short form of the page 系统: Enter saves; what is refused stays typed, with the sentence under it. */
import { Button } from 'antd';
import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { FormEnd } from '../form-end.tsx';
import { setupWords as say } from './setup-words.ts';

export function PartForm(props: {
  readonly title: string;
  readonly children: ReactNode;
  /** Null when it was saved, else why not. */
  readonly save: () => Promise<string | null>;
  /** Null: there is nothing to leave. */
  readonly onCancel: (() => void) | null;
  /** The caret stands in it as soon as it is there. */
  readonly takesFocus?: boolean;
  /** Null when it is gone, else what is in the way; absent: not to be removed here. */
  readonly remove?: () => Promise<string | null>;
}): ReactElement {
  const { remove, takesFocus = false } = props;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (takesFocus) form.current?.querySelector('input')?.focus();
  }, [takesFocus]);

  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  async function act(what: () => Promise<string | null>): Promise<void> {
    if (busy) return;
    setBusy(true);
    setTrouble(await what());
    setBusy(false);
  }
  return (
    <form
      ref={form}
      className="setup-form"
      aria-label={props.title}
      onSubmit={(event) => {
        event.preventDefault();
        void act(props.save);
      }}
    >
      <h4>{props.title}</h4>
      {props.children}
      <FormEnd
        trouble={trouble}
        row="panel-buttons"
        send={busy ? say.saving : say.save}
        busy={busy}
        cancel={say.cancel}
        onCancel={props.onCancel}
      >
        {remove !== undefined && <RemoveButton onRemove={() => void act(remove)} />}
      </FormEnd>
    </form>
  );
}

/** Asks by a second press in the same place. */
function RemoveButton({ onRemove }: { readonly onRemove: () => void }): ReactElement {
  const [asked, setAsked] = useState(false);
  return (
    <Button
      danger={asked}
      onBlur={() => setAsked(false)}
      onClick={() => {
        setAsked(!asked);
        if (asked) onRemove();
      }}
    >
      {asked ? say.people.removeNow : say.people.remove}
    </Button>
  );
}

export function TextLine(props: {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}): ReactElement {
  return (
    <label>
      <span>{props.label}</span>
      <input
        value={props.value}
        placeholder={props.placeholder}
        autoComplete="off"
        onChange={({ target }) => props.onChange(target.value)}
      />
    </label>
  );
}

export function ChoiceLine(props: {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, word: string])[];
  readonly onChange: (value: string) => void;
}): ReactElement {
  return (
    <label>
      <span>{props.label}</span>
      <select value={props.value} onChange={({ target }) => props.onChange(target.value)}>
        {props.choices.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The entries that stand; pressing one takes it into the form. */
export function PartList(props: {
  readonly entries: readonly { readonly id: string; readonly texts: readonly (string | null)[] }[];
  readonly onOpen: ((id: string) => void) | null;
}): ReactElement {
  const { entries, onOpen } = props;
  if (entries.length === 0) return <p className="empty-say">{say.people.none}</p>;
  return (
    <ul className="card-rows setup-list">
      {entries.map(({ id, texts }) => {
        const said = texts.filter((text) => text !== null && text !== '').join('　');
        return (
          <li key={id}>
            {onOpen === null ? (
              <span className="row-text" title={said}>
                {said}
              </span>
            ) : (
              <button type="button" className="text-button row-text" title={said} onClick={() => onOpen(id)}>
                {said}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
