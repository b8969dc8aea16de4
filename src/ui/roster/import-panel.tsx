/** A spreadsheet for 值班表: what was understood and what not, row by row. Nothing is written yet; then all of it or nothing. */
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type { RosterImportPreview } from '../../duty/roster-import-view.ts';
import type { Post } from '../../duty/roster-plan.ts';
import type { RosterView } from '../../duty/roster-view.ts';
import { OutsideText } from '../outside-text.tsx';
import type { RosterState } from './roster-api.ts';
import { rosterWords as say } from './words.ts';

/** Drawn at most; all of them are imported. */
const SHOWN = 200;

export function ImportPanel(props: {
  readonly desk: RosterState;
  readonly view: RosterView;
  readonly onDone: (said: string) => void;
  readonly onCancel: () => void;
}): ReactElement {
  const { desk, view } = props;
  const [preview, setPreview] = useState<RosterImportPreview | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const names = (posts: readonly Post[]) =>
    posts
      .map(({ role, person }) => `${role} ${view.people.find(({ id }) => id === person)?.name ?? person}`)
      .join(say.separator) || say.nobody;

  async function read(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setBusy(true);
    const answer = await desk.preview(file);
    setBusy(false);
    setTrouble(typeof answer === 'string' ? answer : null);
    setPreview(typeof answer === 'string' ? null : answer);
  }
  async function write(): Promise<void> {
    if (preview === null) return;
    setBusy(true);
    const shifts = preview.shifts.map(({ from, to, name, posts, base }) => ({ from, to, name, posts, base }));
    const refused = await desk.send('import', { shifts });
    setBusy(false);
    setTrouble(refused);
    if (refused === null) props.onDone(say.imported(shifts.length));
  }
  return (
    <section className="roster-panel-body" aria-label={say.importTitle}>
      <h2>{say.importTitle}</h2>
      <p className="note">{say.importHint}</p>
      <input
        type="file"
        aria-label={say.importFile}
        accept=".xlsx,.csv,.txt"
        disabled={busy}
        onChange={({ target }) => void read(target.files?.[0])}
      />
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      <p className="roster-actions">
        {preview !== null && preview.shifts.length > 0 && (
          <Button type="primary" disabled={busy} onClick={() => void write()}>
            {say.importConfirm(preview.shifts.length)}
          </Button>
        )}
        <Button onClick={props.onCancel}>{say.cancel}</Button>
      </p>
      {preview !== null && (
        <>
          <p className="note">
            {say.understood(preview.columns.map(({ heading, as }) => `${heading}→${as}`).join(say.separator))}
            {preview.ignored.length > 0 && say.ignored(preview.ignored.join(say.separator))}
          </p>
          {preview.troubles.length > 0 && <h3>{say.importTroubles(preview.troubles.length)}</h3>}
          {preview.troubles.slice(0, SHOWN).map(({ row, column, text, zh }) => (
            <p key={`${row} ${column} ${text} ${zh}`} className="roster-change">
              <span className="wrong">
                {say.rowOf(row)} {column} <OutsideText text={text} />
              </span>
              <span>{zh}</span>
            </p>
          ))}
          <h3>{say.importShifts(preview.shifts.length)}</h3>
          {preview.shifts.slice(0, SHOWN).map(({ day, name, posts, before, rows, from }) => (
            <p key={from} className="roster-change">
              <span className="note">{`${day} ${name}（${rows.map(say.rowOf).join(say.separator)}）`}</span>
              <span>
                {names(posts)}
                {before.length > 0 && (
                  <span className="note">
                    {' '}
                    {names(before) === names(posts) ? say.same : say.replaces(names(before))}
                  </span>
                )}
              </span>
            </p>
          ))}
        </>
      )}
    </section>
  );
}
