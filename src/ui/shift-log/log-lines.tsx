/** Lines of a log: arrows move, the blank ticks, Enter opens one to be rewritten in its place; a new one stands last. */
import { type KeyboardEvent, type ReactElement, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { LogLine } from '../../duty/shift-log.ts';
import type { ShiftLogView } from '../../duty/shift-log-view.ts';
import { listMoment } from '../format.ts';
import { movedFocus } from '../moved-focus.ts';
import { OutsideText } from '../outside-text.tsx';
import { LineForm } from './line-form.tsx';
import type { ShiftLogDesk } from './shift-log-api.ts';
import { shiftLogWords as say } from './words.ts';

export function LogLines(props: {
  readonly desk: ShiftLogDesk;
  readonly log: ShiftLogView;
  readonly part: LogLine['part'];
  readonly mayWrite: boolean;
}): ReactElement {
  const { desk, log, part, mayWrite } = props;
  const [open, setOpen] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  // Sealed under the hands of somebody who writes: his words stay, and are refused in a sentence.
  const [isTyped, setTyped] = useState(false);
  const rows = useRef<HTMLUListElement>(null);
  const { from } = log.shift;
  const lines = log.lines.filter((line) => line.part === part);
  const stop = lines.some(({ id }) => id === current) ? current : (lines[0]?.id ?? null);

  function back(id: string): void {
    // Drawn at once: after an answer of the server React 19 draws when it pleases, and the box of the line would not be there yet.
    flushSync(() => setOpen(null));
    rows.current?.querySelector<HTMLElement>(`[data-line="${id}"]`)?.focus();
  }
  async function tick(line: LogLine): Promise<void> {
    setTrouble(await desk.send('ticks', { from, line: line.id, ticked: !line.ticked }));
  }
  function onKeyDown(event: KeyboardEvent, line: LogLine): void {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    setOpen(line.id);
  }

  return (
    <>
      {lines.length === 0 && <p className="note">{part === 'event' ? say.noEvents : say.noRemarks}</p>}
      <ul ref={rows} className="shift-log-lines" onKeyDown={(event) => movedFocus(event, '.shift-log-tick')}>
        {lines.map((line) =>
          open === line.id ? (
            <li key={line.id}>
              <LineForm
                part={part}
                line={line}
                now={log.at}
                word={say.save}
                onSend={({ happenedAt, text }) =>
                  desk.send('edits', { from, line: line.id, happenedAt, text })
                }
                onDone={() => back(line.id)}
              />
            </li>
          ) : (
            <li key={line.id} className={line.ticked ? 'shift-log-line' : 'shift-log-line shift-log-off'}>
              {mayWrite && (
                <input
                  type="checkbox"
                  className="shift-log-tick"
                  data-line={line.id}
                  checked={line.ticked}
                  tabIndex={line.id === stop ? 0 : -1}
                  aria-label={`${listMoment(line.at, log.at)} ${line.text ?? say.gone}`}
                  aria-keyshortcuts="Enter"
                  onFocus={() => setCurrent(line.id)}
                  onChange={() => void tick(line)}
                  onKeyDown={(event) => onKeyDown(event, line)}
                />
              )}
              {part === 'event' && <time>{listMoment(line.at, log.at)}</time>}
              <LineText line={line} now={log.at} onOpen={mayWrite ? () => setOpen(line.id) : null} />
            </li>
          ),
        )}
      </ul>
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      {(mayWrite || isTyped) && (
        <LineForm
          part={part}
          line={null}
          now={log.at}
          word={say.add}
          onSend={({ happenedAt, text }, opId) => desk.send('lines', { opId, from, part, happenedAt, text })}
          onTyped={setTyped}
          onDone={null}
        />
      )}
      {mayWrite && part === 'event' && lines.length > 0 && <p className="note">{say.hint}</p>}
    </>
  );
}

/** A click opens it as Enter does. */
function LineText(props: {
  readonly line: LogLine;
  readonly now: number;
  readonly onOpen: (() => void) | null;
}): ReactElement {
  const { line, now, onOpen } = props;
  const marks = [
    ...(line.source === null ? [] : [say.sources[line.source.kind]]),
    ...(line.late ? [say.late(listMoment(line.enteredAt, now))] : []),
    ...(line.edited && line.by !== null
      ? [line.source === null ? say.byHand(line.by.name) : say.edited(line.by.name)]
      : []),
  ];
  const text = line.text === null ? say.gone : <OutsideText text={line.text} />;
  return (
    <span className="shift-log-text">
      {onOpen === null ? (
        text
      ) : (
        // Enter on its box does the same: it is no stop of its own.
        <button type="button" tabIndex={-1} aria-keyshortcuts="Enter" onClick={onOpen}>
          {text}
        </button>
      )}{' '}
      <span className={line.late ? 'note shift-log-late' : 'note'}>{marks.join('　')}</span>
    </span>
  );
}
