/** 抽查: which offices are called, and the table of what came of it, to be printed. */
import './spot-check.css';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import type { WatchedLineView } from '../../web/protocol/watch-view.ts';
import { clockSecond } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { PaperMenu } from '../paper-menu.tsx';
import { useScreenKeys } from '../screen-keys.ts';
import type { ScreenProps } from '../screens.tsx';
import { Badge } from '../state-mark.tsx';
import { useDeskState } from '../use-desk.tsx';
import { type StartedRound, startRound, useRound, useSubordinates } from './spot-check-api.ts';
import { type SpotRow, spotRow } from './spot-rows.ts';
import { spotCheckWords as say } from './words.ts';

export interface SpotCheckProps extends Pick<ScreenProps, 'onGo'> {
  readonly lines: readonly WatchedLineView[];
}

/** Before a round. */
export function SpotCheck({
  lines,
  onGo,
  onStarted,
}: SpotCheckProps & { readonly onStarted: (round: StartedRound) => void }): ReactElement {
  const contacts = useSubordinates();
  const [units, setUnits] = useState<ReadonlySet<string>>(new Set());
  const [others, setOthers] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const known = new Map(lines.map(({ unitId, unit }) => [unitId, unit]));
  const count = lines.filter(({ unitId }) => units.has(unitId)).length + others.size;
  useEscape(() => onGo('watch'));
  async function start(): Promise<void> {
    setAsking(true);
    const started = await startRound([...units], [...others]);
    setAsking(false);
    if (typeof started === 'string') setSaid(started);
    else onStarted(started);
  }
  return (
    <section className="spot-check" aria-label={say.title}>
      <header className="page-head">
        <h1>{say.title}</h1>
        <Button type="primary" disabled={asking || count === 0} onClick={() => void start()}>
          {asking ? say.asking : say.start(count)}
        </Button>
        <Button onClick={() => onGo('watch')}>{say.back}</Button>
      </header>
      <p>{say.explain}</p>
      {said !== null && (
        <p className="wrong" role="alert">
          {said}
        </p>
      )}
      <Choice
        title={say.units}
        items={[...known].map(([id, name]) => ({
          id,
          name,
          note: say.lines(lines.filter(({ unitId }) => unitId === id).length),
        }))}
        chosen={units}
        onChosen={setUnits}
      />
      <Choice
        title={say.contacts}
        items={contacts.map(({ id, unit, person, number }) => ({
          id,
          name: unit ?? person ?? '',
          note: number ?? '',
        }))}
        chosen={others}
        onChosen={setOthers}
      />
      {contacts.length === 0 && <p className="note">{say.noContacts}</p>}
    </section>
  );
}

interface ChoiceProps {
  readonly title: string;
  readonly items: readonly { readonly id: string; readonly name: string; readonly note: string }[];
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
}

function Choice({ title, items, chosen, onChosen }: ChoiceProps): ReactElement {
  function toggle(id: string): void {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChosen(next);
  }
  const isAll = items.length > 0 && items.every(({ id }) => chosen.has(id));
  return (
    <fieldset className="spot-choice">
      <legend>{title}</legend>
      {items.length > 1 && (
        <label>
          <input
            type="checkbox"
            checked={isAll}
            onChange={() => onChosen(new Set(isAll ? [] : items.map(({ id }) => id)))}
          />
          <b>{say.all}</b>
        </label>
      )}
      {items.map(({ id, name, note }) => (
        <label key={id}>
          <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />
          <OutsideText text={name} /> <span className="note">{note}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A round that runs or is over. */
export function SpotRound({
  lines,
  round,
  left,
  onGo,
  onAgain,
}: SpotCheckProps & {
  readonly round: string;
  /** Known to who has just begun it. */
  readonly left: StartedRound['left'];
  readonly onAgain: () => void;
}): ReactElement {
  const shown = useRound(round);
  const online = useDeskState((state) => state.link.state === 'open');
  useEscape(() => onGo('watch'));
  const rows = shown.kind === 'probes' ? shown.probes.map((probe) => spotRow(probe, lines)) : [];
  const done = rows.filter(({ over }) => over).length;
  const paper = `/api/papers/round?round=${encodeURIComponent(round)}`;
  return (
    <section className="spot-check" aria-label={say.title}>
      <header className="page-head">
        <h1>{say.title}</h1>
        {shown.kind === 'probes' && <span role="status">{say.progress(done, rows.length)}</span>}
        {rows.length > 0 && (
          <PaperMenu
            button={say.print}
            label={say.printLabel}
            online={online}
            choices={[
              { word: say.paper, kind: 'print', url: paper, alone: null },
              { word: say.word, kind: 'file', url: `${paper}&format=docx`, alone: null },
            ]}
          />
        )}
        <Button onClick={onAgain}>{say.again}</Button>
        <Button onClick={() => onGo('watch')}>{say.back}</Button>
      </header>
      {shown.kind === 'gone' && <p className="wrong">{say.gone}</p>}
      {shown.kind === 'probes' && shown.failed && (
        <p className="wrong" role="alert">
          {say.failed}
        </p>
      )}
      {left.length > 0 && (
        <>
          <h2>{say.left}</h2>
          <ul>
            {left.map(({ number, refusal }) => (
              <li key={number}>{say.leftOne(number, refusal.zh)}</li>
            ))}
          </ul>
        </>
      )}
      <Results rows={rows} />
    </section>
  );
}

const TONES = { clean: 'green', suspect: 'amber', unknown: 'grey' } as const;
const MARKS = { clean: 'tick', suspect: 'question', unknown: 'hatched' } as const;

function Results({ rows }: { readonly rows: readonly SpotRow[] }): ReactElement {
  const found = (what: SpotRow['forwarding']): ReactElement | null =>
    what === null ? null : <Badge tone={TONES[what]} mark={MARKS[what]} word={say.found[what]} />;
  return (
    <table className="spot-table">
      <thead>
        <tr>
          {say.columns.map((word) => (
            <th key={word} scope="col">
              {word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <OutsideText text={row.office} />
            </td>
            <td>{row.number}</td>
            <td>{row.at !== null && clockSecond(row.at)}</td>
            <td>{row.rang}</td>
            <td>{row.heard}</td>
            <td>{found(row.forwarding)}</td>
            <td>{found(row.ringback)}</td>
            <td>{row.outcome}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useEscape(leave: () => void): void {
  useScreenKeys((action) => {
    if (action !== 'escape') return false;
    leave();
    return true;
  });
}
