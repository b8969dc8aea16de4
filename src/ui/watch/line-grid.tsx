/** A row for each line, by unit: 接听, 呼转, 彩铃. Arrows move, Enter opens; the focus stays on the grid as a whole. */
import { type KeyboardEvent, type ReactElement, type Ref, useEffect } from 'react';
import type { Topic } from '../../diagnosis/suspicion.ts';
import type { LineVerdict } from '../../diagnosis/verdict.ts';
import type { WatchedLineView } from '../../web/protocol/watch-view.ts';
import { Mark } from '../icons.tsx';
import {
  openFindings,
  TOPICS,
  VERDICT_LOOK,
  verdictMoment,
  verdictScope,
  verdictSentence,
} from './verdicts.ts';
import type { Cell } from './watch-screen.tsx';
import { watchWords as say } from './words.ts';

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
  const { lines, at } = props;
  const units = [...new Set(lines.map(({ unit }) => unit))];
  const ordered = units.flatMap((unit) => lines.filter((line) => line.unit === unit));
  const row = ordered.findIndex(({ line }) => line === at?.line);
  const here = at === null ? null : cellId(at);
  useEffect(() => {
    if (here !== null) document.getElementById(here)?.scrollIntoView({ block: 'nearest' });
  }, [here]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || at === null) return;
    const to = target(event.key);
    if (event.key === 'Enter' || event.key === ' ') props.onOpen(at);
    else if (to !== null) props.onAt(to);
    else return;
    event.preventDefault();
  }

  function target(key: string): Cell | null {
    if (at === null) return null;
    const column = TOPICS.indexOf(at.topic);
    const rows: Readonly<Record<string, number>> = {
      ArrowUp: row - 1,
      ArrowDown: row + 1,
      Home: 0,
      End: ordered.length - 1,
    };
    const next = rows[key];
    if (next !== undefined) {
      const line = ordered[Math.max(0, Math.min(ordered.length - 1, next))];
      return line === undefined ? null : { line: line.line, topic: at.topic };
    }
    const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    const topic = step === 0 ? undefined : TOPICS[Math.max(0, Math.min(TOPICS.length - 1, column + step))];
    return topic === undefined ? null : { line: at.line, topic };
  }

  const cellOf = (line: WatchedLineView, topic: Topic): Shown => ({
    line,
    topic,
    now: props.now,
    here: at?.line === line.line && at.topic === topic,
    open: props.open?.line === line.line && props.open.topic === topic,
    onOpen: () => props.onOpen({ line: line.line, topic }),
  });

  return (
    <div
      ref={props.ref}
      className="watch-grid"
      role="grid"
      tabIndex={0}
      aria-label={say.grid}
      aria-activedescendant={here ?? undefined}
      onKeyDown={onKeyDown}
    >
      {units.map((unit) => (
        <div key={unit} role="rowgroup" aria-label={unit}>
          <h2>{unit}</h2>
          {ordered
            .filter((line) => line.unit === unit)
            .map((line) => (
              <div key={line.line} role="row" className="watch-row">
                <LineCell {...cellOf(line, 'answering')} />
                <VerdictCell {...cellOf(line, 'forwarding')} verdict={line.forwarding} topic="forwarding" />
                <VerdictCell {...cellOf(line, 'ringback')} verdict={line.ringback} topic="ringback" />
              </div>
            ))}
        </div>
      ))}
    </div>
  );
}

interface Shown extends Cellular {
  readonly topic: Topic;
}

interface Cellular {
  readonly line: WatchedLineView;
  readonly now: number;
  readonly here: boolean;
  readonly open: boolean;
  readonly onOpen: () => void;
}

/** Whose line it is; and what there is about the answering, which has no verdict of its own. */
function LineCell({ line, here, open, onOpen }: Cellular): ReactElement {
  const count = openFindings(line, 'answering').length;
  return (
    <div
      id={cellId({ line: line.line, topic: 'answering' })}
      role="rowheader"
      className={classes('watch-line', here, open)}
      aria-selected={open}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onOpen}
      onKeyDown={undefined}
      tabIndex={-1}
    >
      <strong>{line.number}</strong>
      <span>{line.roomName}</span>
      {count > 0 && (
        <span className="badge soft-amber">
          <Mark name="question" />
          {say.answeringOpen(count)}
        </span>
      )}
    </div>
  );
}

function VerdictCell(
  props: Cellular & { readonly topic: 'forwarding' | 'ringback'; readonly verdict: LineVerdict },
): ReactElement {
  const { line, topic, verdict, now } = props;
  const { tone, mark } = VERDICT_LOOK[verdict.state];
  const moment = verdictMoment(verdict, now);
  const scope = verdictScope(verdict);
  const reason = verdict.state === 'unknown' ? say.why[verdict.why ?? 'never'] : scope;
  return (
    <div
      id={cellId({ line: line.line, topic })}
      role="gridcell"
      className={`${classes('watch-cell', props.here, props.open)} soft-${tone} watch-${verdict.state}`}
      aria-selected={props.open}
      aria-label={`${line.number} ${say.topics[topic]} ${say.states[verdict.state]}。${verdictSentence(topic, verdict, now)}${moment} ${scope}`}
      onMouseDown={(event) => event.preventDefault()}
      onClick={props.onOpen}
      onKeyDown={undefined}
      tabIndex={-1}
    >
      <span className="watch-word">
        <small>{say.topics[topic]}</small>
        <Mark name={mark} />
        {say.states[verdict.state]}
      </span>
      <span className="watch-moment">{moment}</span>
      <span className="watch-why" title={reason}>
        {reason}
      </span>
    </div>
  );
}

function classes(name: string, here: boolean, open: boolean): string {
  return `${name}${here ? ' watch-here' : ''}${open ? ' watch-open' : ''}`;
}

function cellId({ line, topic }: Cell): string {
  return `watch-${topic}-${line}`;
}
