/** What a figure counts: calls open at the desk or in 回放, findings in 检测, clocks in 突发. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import type { CountedItemView, CountedView } from '../../duty/assessment/view.ts';
import { listMoment } from '../format.ts';
import { readAssessment } from './assessment-api.ts';
import { assessmentWords as say } from './words.ts';

export function CountedList(props: {
  readonly title: string;
  /** `figure=…&way=…&key=…` with the days. */
  readonly query: string;
  readonly onOpen: (item: CountedItemView) => void;
  readonly onClose: () => void;
}): ReactElement {
  const [view, setView] = useState<CountedView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const stopped = new AbortController();
    setView(null);
    head.current?.focus();
    void readAssessment<CountedView>(`/items?${props.query}`, stopped.signal).then((answer) => {
      if (stopped.signal.aborted) return;
      setTrouble(answer.ok ? null : answer.zh);
      if (answer.ok) setView(answer.value);
    });
    return () => stopped.abort();
  }, [props.query]);
  return (
    <section className="card assessment-list" aria-label={props.title}>
      <header className="assessment-list-head">
        <h2 ref={head} tabIndex={-1}>
          {props.title}
        </h2>
        <span className="note" role="status">
          {view === null ? (trouble ?? say.loading) : say.total(view.total, view.items.length)}
        </span>
        <Button size="small" onClick={props.onClose}>
          {say.close}
        </Button>
      </header>
      <ul className="card-rows">
        {view?.items.map((item) => (
          <li key={`${item.kind} ${item.id}`}>
            {item.kind !== 'turn' ? (
              <button type="button" className="text-button row-text" onClick={() => props.onOpen(item)}>
                {saidOf(item)}
              </button>
            ) : (
              <span className="row-text">{saidOf(item)}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function saidOf({ at, room, line, officers, ringMs, state }: CountedItemView): string {
  return [
    listMoment(at, Date.now()),
    line ?? room,
    say.states[state] ?? state,
    ringMs === null ? '' : say.rang(ringMs),
    officers.join('、'),
  ]
    .filter((text) => text !== '')
    .join('　');
}
