/** One entry, changed in place: Enter saves. What stood before is sent along, so that nobody's change is lost. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import type { ContactView } from '../../web/protocol/directory-view.ts';
import { OutsideText } from '../outside-text.tsx';
import type { DirectoryState } from './directory-api.ts';
import { directoryWords as say } from './words.ts';

const KINDS = ['superior', 'subordinate', 'public'] as const;

export function ContactForm(props: {
  readonly desk: DirectoryState;
  /** As it stands; null: a new one. */
  readonly was: ContactView | null;
  /** What the form begins with. */
  readonly start: ContactView;
  readonly hint: string | null;
  readonly same: readonly ContactView[];
  readonly seesSuperior: boolean;
  readonly onDone: (contact: ContactView | null, said: string) => void;
  readonly onCancel: () => void;
}): ReactElement {
  const { desk, was, same, seesSuperior } = props;
  const [draft, setDraft] = useState(props.start);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  const closed = was?.number === null;
  const first = was !== null ? null : props.start.number === '' ? 'number' : 'unit';
  useEffect(() => {
    if (first !== null) document.getElementById(`directory-${first}`)?.focus();
  }, [first]);

  async function send(removes: readonly ContactView[], put: boolean, said: string): Promise<void> {
    if (busy) return;
    setBusy(true);
    const refused = await desk.change({ puts: put ? [{ contact: draft, was }] : [], removes });
    setBusy(false);
    setTrouble(refused);
    if (refused === null) props.onDone(put ? draft : null, said);
  }

  const line = (field: 'unit' | 'person' | 'title' | 'number', label: string): ReactElement => (
    <label className="directory-line">
      <span>{label}</span>
      <input
        id={`directory-${field}`}
        value={draft[field] ?? ''}
        autoComplete="off"
        inputMode={field === 'number' ? 'tel' : 'text'}
        disabled={closed}
        onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
      />
    </label>
  );
  return (
    <form
      className="directory-form"
      aria-label={was === null ? say.fresh : say.change}
      onSubmit={(event) => {
        event.preventDefault();
        void send([], true, say.saved);
      }}
    >
      <h2>{was === null ? say.fresh : say.change}</h2>
      {props.hint !== null && <p className="note">{props.hint}</p>}
      {line('number', say.number)}
      {line('unit', say.unit)}
      {line('person', say.person)}
      {line('title', say.titleOf)}
      <label className="directory-line">
        <span>{say.kind}</span>
        <select
          value={draft.class ?? 'unknown'}
          disabled={closed}
          onChange={(event) =>
            setDraft({ ...draft, class: KINDS.find((kind) => kind === event.target.value) ?? null })
          }
        >
          {KINDS.filter((kind) => seesSuperior || closed || kind !== 'superior').map((kind) => (
            <option key={kind} value={kind}>
              {say.kinds[kind]}
            </option>
          ))}
          <option value="unknown">{say.kinds.unknown}</option>
        </select>
      </label>
      {closed && <p className="note">{say.superiorClosed}</p>}
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      {!closed && (
        <p className="directory-actions">
          <Button type="primary" htmlType="submit" disabled={busy}>
            {busy ? say.saving : say.save}
          </Button>
          <Button onClick={props.onCancel}>{was === null ? say.cancel : say.reset}</Button>
          {was !== null && (
            <Button
              danger
              className="directory-remove"
              disabled={busy}
              onBlur={() => setSure(false)}
              onClick={() => (sure ? void send([was], false, say.removed) : setSure(true))}
            >
              {sure ? say.removeSure : say.remove}
            </Button>
          )}
        </p>
      )}
      {was !== null && same.length > 0 && (
        <section className="directory-same">
          <h3>{say.sameNumber}</h3>
          <ul className="card-rows">
            {same.map((other) => (
              <li key={other.id}>
                <span className="row-text">
                  <OutsideText text={[other.unit, other.person, other.title].filter(Boolean).join(' ')} />
                </span>
                <Button size="small" disabled={busy} onClick={() => void send([other], true, say.merged)}>
                  {say.merge}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </form>
  );
}
