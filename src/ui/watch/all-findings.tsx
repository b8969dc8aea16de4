/** 检测记录: every finding of the lines one may see, by state; printed for an inspection (迎检). */
import './all-findings.css';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { createPortal } from 'react-dom';
import type { FindingState } from '../../diagnosis/finding.ts';
import type { FindingView, WatchedLineView } from '../../web/protocol/watch-view.ts';
import { formMoment, typedForm } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { useScreenKeys } from '../screen-keys.ts';
import type { ScreenProps } from '../screens.tsx';
import { Badge } from '../state-mark.tsx';
import { FINDING_LOOK } from './verdicts.ts';
import { tellPrinted } from './watch-api.ts';
import { watchWords as say } from './words.ts';

const STATES = ['suspect', 'confirmed', 'dismissed', 'closed'] as const satisfies readonly FindingState[];

interface Row {
  readonly line: WatchedLineView;
  readonly finding: FindingView;
}

export function AllFindings(
  props: { readonly lines: readonly WatchedLineView[]; readonly now: number } & Pick<ScreenProps, 'onGo'>,
): ReactElement {
  const [state, setState] = useState<FindingState | 'all'>('all');
  const [said, setSaid] = useState<string | null>(null);
  const every = props.lines
    .flatMap((line) => line.findings.map((finding) => ({ line, finding })))
    .sort((one, other) => other.finding.lastAt - one.finding.lastAt);
  const rows = every.filter(({ finding }) => state === 'all' || finding.state === state);
  useScreenKeys((action) => {
    if (action !== 'escape') return false;
    props.onGo('watch');
    return true;
  });
  async function print(): Promise<void> {
    const refusal = await tellPrinted(state);
    setSaid(refusal);
    if (refusal === null) window.print();
  }
  return (
    <section className="watch-all" aria-label={say.all.title}>
      <header className="page-head">
        <h1>{say.all.title}</h1>
        <label>
          {say.all.states}{' '}
          <select value={state} onChange={(event) => setState(event.target.value as FindingState | 'all')}>
            {(['all', ...STATES] as const).map((one) => (
              <option key={one} value={one}>
                {one === 'all' ? say.all.everything : say.findingStates[one]}{' '}
                {every.filter(({ finding }) => one === 'all' || finding.state === one).length}
              </option>
            ))}
          </select>
        </label>
        <Button onClick={() => void print()} disabled={rows.length === 0}>
          {say.all.print}
        </Button>
        <Button onClick={() => props.onGo('watch')}>{say.toLines}</Button>
      </header>
      {said !== null && (
        <p className="wrong" role="alert">
          {said}
        </p>
      )}
      {rows.length === 0 ? (
        <p className="empty-say">{say.all.none}</p>
      ) : (
        <div className="watch-table">
          <Table rows={rows} onOpen={(finding) => props.onGo('watch', finding)} />
        </div>
      )}
      {createPortal(
        <article className="sheet watch-sheet" aria-hidden="true">
          <h1>{say.all.paper(state === 'all' ? '' : say.findingStates[state])}</h1>
          <p>{say.all.printed(formMoment(props.now))}</p>
          <Table rows={rows} onOpen={null} />
        </article>,
        document.body,
      )}
    </section>
  );
}

function Table(props: {
  readonly rows: readonly Row[];
  /** Null: on paper. */
  readonly onOpen: ((finding: string) => void) | null;
}): ReactElement {
  const { onOpen } = props;
  return (
    <table>
      <thead>
        <tr>
          {say.all.columns.map((word) => (
            <th key={word} scope="col">
              {word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ line, finding }) => (
          <tr key={finding.id}>
            <td>
              {line.number}
              <br />
              <span className="note">
                {line.unit} {line.roomName}
              </span>
            </td>
            <td>
              {onOpen === null ? (
                say.kinds[finding.kind]
              ) : (
                <button type="button" className="text-button" onClick={() => onOpen(finding.id)}>
                  {say.kinds[finding.kind]}
                </button>
              )}
            </td>
            <td>
              <Badge
                tone={FINDING_LOOK[finding.state].tone}
                mark={FINDING_LOOK[finding.state].mark}
                word={say.findingStates[finding.state]}
              />
            </td>
            <td>{typedForm(finding.openedAt)}</td>
            <td>{typedForm(finding.lastAt)}</td>
            <td>{finding.times}</td>
            <td>
              {finding.notes.map((note) => (
                <p key={note.at}>
                  {say.findings.note(
                    typedForm(note.at),
                    note.by ?? say.findings.somebody,
                    say.findings.decisions[note.decision],
                  )}
                  {note.text !== '' && (
                    <>
                      ：<OutsideText text={note.text} />
                    </>
                  )}
                </p>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
