/** 突发信息 that waits for a word, then the incidents: those that run first. One roving mark; the row opens. */
import { type KeyboardEvent, type ReactElement, useEffect, useRef } from 'react';
import { LEVEL_NAMES } from '../../duty/incident-names.ts';
import type { IncidentPageView } from '../../duty/incident-view.ts';
import { listMoment } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { ClockMark } from './clock-line.tsx';
import { incidentWords as say } from './words.ts';

export function IncidentList(props: {
  readonly view: IncidentPageView;
  readonly now: number;
  /** The record or incident that stands on the right. */
  readonly shown: string | null;
  readonly onUndecided: (record: string) => void;
  readonly onOpen: (incident: string) => void;
}): ReactElement {
  const { view, now, shown } = props;
  const rows = useRef<HTMLDivElement>(null);
  useEffect(() => rows.current?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true }), []);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey) return;
    const all = [...(rows.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to =
      event.key === 'ArrowDown'
        ? Math.min(at + 1, all.length - 1)
        : event.key === 'ArrowUp'
          ? Math.max(at - 1, 0)
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? all.length - 1
              : -1;
    if (to < 0) return;
    event.preventDefault();
    all[to]?.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows move among the buttons in it.
    <div className="incident-rows" ref={rows} onKeyDown={onKeyDown}>
      {view.undecided.length > 0 && (
        <section aria-label={say.undecided}>
          <h2>{`${say.undecided} ${view.undecided.length}`}</h2>
          <p className="note">{say.undecidedHint}</p>
          {view.undecided.map(({ record, receivedAt, number, unit, content }) => (
            <button
              key={record}
              type="button"
              className={record === shown ? 'incident-row incident-shown' : 'incident-row'}
              aria-pressed={record === shown}
              onClick={() => props.onUndecided(record)}
            >
              <span className="incident-row-head">
                <b>
                  <OutsideText text={unit === '' ? (number ?? say.recordUnnumbered) : unit} />
                </b>
                <span className="note">{listMoment(receivedAt, now)}</span>
              </span>
              <span className="incident-row-text">
                <OutsideText text={content} />
              </span>
            </button>
          ))}
        </section>
      )}
      <section aria-label={say.list}>
        <h2>{`${say.title} ${view.incidents.length}`}</h2>
        {view.incidents.length === 0 && <p className="empty-say">{say.none}</p>}
        {view.incidents.map(({ id, title, level, receivedAt, closedAt, clocks }) => (
          <button
            key={id}
            type="button"
            className={id === shown ? 'incident-row incident-shown' : 'incident-row'}
            aria-pressed={id === shown}
            onClick={() => props.onOpen(id)}
          >
            <span className="incident-row-head">
              <b>
                <OutsideText text={title ?? say.noTitle} />
              </b>
              <span className="note">{`${LEVEL_NAMES[level]} ${listMoment(receivedAt, now)}`}</span>
            </span>
            <span className="incident-marks">
              {clocks.map((clock) => (
                <ClockMark key={clock.id} clock={clock} now={now} />
              ))}
              {closedAt !== null && <span className="incident-mark soft-grey">{say.closed}</span>}
            </span>
          </button>
        ))}
      </section>
    </div>
  );
}
