/** 疑似 among 待处理: quiet lines over the list, which open 检测. No event of them moves the focus. */
import type { ReactElement } from 'react';
import { listMoment } from './format.ts';
import { Mark } from './icons.tsx';
import { openSuspects } from './room-watch.ts';
import { useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

export function WatchRows(props: {
  readonly now: number;
  /** `<line>` or `<line>/<topic>`. */
  readonly onOpen: (argument: string) => void;
}): ReactElement {
  const room = useDeskState((state) => state.room);
  const rows = openSuspects(room?.watch ?? []);
  const numberOf = (id: string): string => room?.lines.find((line) => line.id === id)?.number ?? '';
  return (
    <section className="watch-rows" aria-label={words.watch.list} aria-live="polite">
      {rows.map(({ line, topic, at, count }) => (
        <button
          key={`${line} ${topic ?? ''}`}
          type="button"
          className="watch-open-row soft-amber"
          // The caret stays where somebody types.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => props.onOpen(topic === null ? line : `${line}/${topic}`)}
        >
          <Mark name="question" />
          <b>{topic === null ? words.watch.more(count) : words.watch.suspect(words.top.topics[topic])}</b>
          <span>
            {numberOf(line)} {at !== null && listMoment(at, props.now)}
          </span>
          <span className="watch-open-go">{words.watch.check}</span>
        </button>
      ))}
    </section>
  );
}
