/** A row for each line, by unit: 接听, 呼转, 彩铃. One stop of Tab; arrows move over the cells, Enter opens. */
import type { KeyboardEvent, ReactElement, ReactNode, Ref } from 'react';
import type { Topic } from '../../diagnosis/suspicion.ts';
import type { WatchedTopic } from '../../diagnosis/verdict.ts';
import type { WatchedLineView } from '../../web/protocol/watch-view.ts';
import { Mark } from '../icons.tsx';
import { probeWords } from './probe-words.ts';
import { byUnit, openFindings, TOPICS, VERDICT_LOOK, verdictMoment, verdictScope } from './verdicts.ts';
import { watchWords as say } from './words.ts';

export interface Cell {
  readonly line: string;
  readonly topic: Topic;
}

export function LineGrid(props: {
  readonly ref: Ref<HTMLDivElement>;
  readonly lines: readonly WatchedLineView[];
  readonly now: number;
  /** Where the keyboard stands. */
  readonly at: Cell | null;
  readonly open: Cell | null;
  readonly onAt: (cell: Cell) => void;
  readonly onOpen: (cell: Cell) => void;
}): ReactElement {
  const { lines, at, open, now } = props;
  const units = byUnit(lines);
  const ordered = units.flatMap((unit) => unit.lines);

  function onKeyDown(event: KeyboardEvent, from: Cell): void {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.shiftKey) return;
    const to = cellBeside(from, event.key, ordered);
    if (to === null) return;
    event.preventDefault();
    props.onAt(to);
    document.getElementById(cellId(to))?.focus();
  }

  function cell(line: WatchedLineView, topic: Topic, look: string, says: ReactNode): ReactElement {
    const own: Cell = { line: line.line, topic };
    const isOpen = isSame(own, open);
    return (
      <button
        id={cellId(own)}
        type="button"
        className={`${look}${isOpen ? ' watch-open' : ''}`}
        aria-current={isOpen}
        aria-keyshortcuts="ArrowUp ArrowDown ArrowLeft ArrowRight"
        tabIndex={isSame(own, at) ? 0 : -1}
        onKeyDown={(event) => onKeyDown(event, own)}
        onFocus={() => props.onAt(own)}
        onClick={() => props.onOpen(own)}
      >
        {says}
      </button>
    );
  }

  function lineCell(line: WatchedLineView): ReactElement {
    const count = openFindings(line, 'answering').length;
    return cell(
      line,
      'answering',
      'watch-line',
      <>
        <strong>{line.number}</strong>
        <span>{line.roomName}</span>
        {line.probing && (
          <span className="badge soft-cyan">
            <Mark name="wave" />
            {probeWords.now}
          </span>
        )}
        {count > 0 && (
          <span className="badge soft-amber">
            <Mark name="question" />
            {say.answeringOpen(count)}
          </span>
        )}
      </>,
    );
  }

  function verdictCell(line: WatchedLineView, topic: WatchedTopic): ReactElement {
    const verdict = line[topic];
    const { tone, mark } = VERDICT_LOOK[verdict.state];
    const moment = verdictMoment(verdict, now);
    const scope = verdictScope(verdict);
    const reason = verdict.state === 'unknown' ? say.why[verdict.why ?? 'never'] : scope;
    return cell(
      line,
      topic,
      `watch-cell soft-${tone} watch-${verdict.state}`,
      <>
        <span className="unseen">{line.number} </span>
        <span className="watch-word">
          <small>{say.topics[topic]}</small>
          <Mark name={mark} />
          {say.states[verdict.state]}
        </span>
        <span className="watch-moment">{moment}</span>
        <span className="watch-why" title={reason}>
          {reason}
        </span>
      </>,
    );
  }

  return (
    <div ref={props.ref} className="watch-grid">
      {units.map((unit) => (
        <section key={unit.id} aria-label={unit.name}>
          <h2>{unit.name}</h2>
          <ul>
            {unit.lines.map((line) => (
              <li key={line.line} className="watch-row">
                {lineCell(line)}
                {verdictCell(line, 'forwarding')}
                {verdictCell(line, 'ringback')}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Null: that key moves to nowhere. */
function cellBeside(from: Cell, key: string, lines: readonly WatchedLineView[]): Cell | null {
  const row = lines.findIndex(({ line }) => line === from.line);
  const rows: Readonly<Record<string, number>> = {
    ArrowUp: row - 1,
    ArrowDown: row + 1,
    Home: 0,
    End: lines.length - 1,
  };
  const line = lines[Math.max(0, Math.min(lines.length - 1, rows[key] ?? row))]?.line;
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  const column = TOPICS.indexOf(from.topic) + step;
  const topic = TOPICS[Math.max(0, Math.min(TOPICS.length - 1, column))];
  if (line === undefined || topic === undefined || (step === 0 && rows[key] === undefined)) return null;
  return { line, topic };
}

function isSame(one: Cell, other: Cell | null): boolean {
  return other !== null && one.line === other.line && one.topic === other.topic;
}

function cellId({ line, topic }: Cell): string {
  return `watch-${topic}-${line}`;
}
