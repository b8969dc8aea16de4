/** A file for the telephone book: what was understood and what not, and what becomes of each row. Nothing is written yet. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type { ImportPreview } from '../../web/protocol/directory-import-view.ts';
import type { ContactView } from '../../web/protocol/directory-view.ts';
import { OutsideText } from '../outside-text.tsx';
import { type DirectoryState, previewFile } from './directory-api.ts';
import { type Choice, firstChoices, planOf, targetOf } from './import-plan.ts';
import { directoryWords as say } from './words.ts';

/** Drawn at most; the others keep their choice. */
const SHOWN = 300;

export function ImportPanel(props: {
  readonly desk: DirectoryState;
  readonly onDone: (said: string) => void;
  readonly onCancel: () => void;
}): ReactElement {
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function read(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setBusy(true);
    const answer = await previewFile(file);
    setBusy(false);
    setTrouble(typeof answer === 'string' ? answer : null);
    setPreview(typeof answer === 'string' ? null : answer);
    setChoices(typeof answer === 'string' ? [] : firstChoices(answer.rows));
  }
  async function write(): Promise<void> {
    if (preview === null) return;
    const plan = planOf(preview.rows, choices);
    setBusy(true);
    const refused = await props.desk.importAll(plan);
    setBusy(false);
    setTrouble(refused);
    if (refused === null) props.onDone(say.imported(plan.puts.length));
  }

  const count = preview === null ? 0 : planOf(preview.rows, choices).puts.length;
  return (
    <section className="directory-import" aria-label={say.importTitle}>
      <p className="directory-import-head">
        <label>
          {say.importFile}{' '}
          <input
            id="directory-file"
            type="file"
            accept=".xlsx,.csv,.txt"
            disabled={busy}
            onChange={({ target }) => void read(target.files?.[0])}
          />
        </label>
        {preview !== null && (
          <Button type="primary" disabled={busy || count === 0} onClick={() => void write()}>
            {busy ? say.saving : say.importConfirm(count)}
          </Button>
        )}
        <Button onClick={props.onCancel}>{say.cancel}</Button>
      </p>
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      {preview === null ? (
        <p className="note">{say.importHint}</p>
      ) : (
        <div className="directory-import-body">
          <p className="note">
            {say.understood(preview.columns.map(({ heading }) => heading).join('、'))}
            {preview.ignored.length > 0 && say.ignored(preview.ignored.join('、'))}
          </p>
          {preview.troubles.length > 0 && (
            <>
              <h3>{say.troubles(preview.troubles.length)}</h3>
              <ul className="card-rows">
                {preview.troubles.slice(0, SHOWN).map(({ row, column, text, zh }) => (
                  <li key={`${row} ${column} ${text} ${zh}`} className="directory-trouble">
                    <span>{say.rowOf(row)}</span>
                    <span>{column}</span>
                    <OutsideText text={text} />
                    <span className="row-text">{zh}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <h3>{say.importRows(preview.rows.length)}</h3>
          <ul className="card-rows">
            {preview.rows.slice(0, SHOWN).map((row, index) => (
              <li key={row.contact.id}>
                <span className="note">{say.rowOf(row.row)}</span>
                <span className="row-text">
                  <Said contact={row.contact} />
                </span>
                {row.standing.length === 0 ? (
                  <span>{choices[index] === 'skip' ? say.choices.skip : say.choices.add}</span>
                ) : (
                  <>
                    <span className="note directory-stands">
                      {say.stands} <Said contact={targetOf(row) ?? row.contact} />
                    </span>
                    <select
                      aria-label={say.rowOf(row.row)}
                      value={choices[index]}
                      onChange={({ target }) =>
                        setChoices(
                          choices.map((one, at) =>
                            at === index ? (KINDS.find((kind) => kind === target.value) ?? one) : one,
                          ),
                        )
                      }
                    >
                      {KINDS.map((kind) => (
                        <option key={kind} value={kind}>
                          {say.choices[kind]}
                        </option>
                      ))}
                    </select>
                  </>
                )}
              </li>
            ))}
          </ul>
          {preview.rows.length > SHOWN && <p className="note">{say.moreRows(preview.rows.length - SHOWN)}</p>}
        </div>
      )}
    </section>
  );
}

const KINDS: readonly Choice[] = ['merge', 'replace', 'skip', 'add'];

function Said({ contact }: { readonly contact: ContactView }): ReactElement {
  const { unit, person, title, number, class: kind } = contact;
  return (
    <OutsideText
      text={[unit, person, title, number, kind === null ? null : say.kinds[kind]].filter(Boolean).join(' ')}
    />
  );
}
