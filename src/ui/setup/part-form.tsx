/** A short form of the page 系统: Enter saves; what is refused stays typed, with the sentence under it. */
import { Button } from 'antd';
import { type ReactElement, type ReactNode, useState } from 'react';
import { setupWords as say } from './setup-words.ts';

export function PartForm(props: {
  readonly title: string;
  readonly children: ReactNode;
  /** Null when it was saved, else why not. */
  readonly save: () => Promise<string | null>;
  /** Null: there is nothing to leave. */
  readonly onCancel: (() => void) | null;
}): ReactElement {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  async function save(): Promise<void> {
    if (busy) return;
    setBusy(true);
    setTrouble(await props.save());
    setBusy(false);
  }
  return (
    <form
      className="setup-form"
      aria-label={props.title}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h4>{props.title}</h4>
      {props.children}
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      <p className="panel-buttons">
        <Button type="primary" htmlType="submit" disabled={busy}>
          {busy ? say.saving : say.save}
        </Button>
        {props.onCancel !== null && <Button onClick={props.onCancel}>{say.cancel}</Button>}
      </p>
    </form>
  );
}

export function TextLine(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactElement {
  return (
    <label>
      <span>{props.label}</span>
      <input value={props.value} autoComplete="off" onChange={({ target }) => props.onChange(target.value)} />
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
              <span className="row-text">{said}</span>
            ) : (
              <button type="button" className="text-button row-text" onClick={() => onOpen(id)}>
                {said}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
