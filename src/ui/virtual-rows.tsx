/**
 * Rows of one height, as many as there are: only those in sight stand in the page, and the one that has the mark, because
 * `aria-activedescendant` must name something. It stands directly in the part that scrolls, beside whatever else is there.
 */
import { type CSSProperties, type ReactElement, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { scrollToSee, windowOf } from './window-of.ts';

export interface VirtualRowsProps {
  readonly id: string;
  /** Name of this part of the list, where the list has several. */
  readonly label?: string;
  readonly count: number;
  /** Height of a row in px. */
  readonly row: number;
  /** The row that has the mark; −1: none. */
  readonly marked: number;
  readonly render: (index: number, style: CSSProperties) => ReactElement;
}

/** What is drawn before the place is measured. */
const FIRST = { from: 0, to: 40 };

export function VirtualRows({ id, label, count, row, marked, render }: VirtualRowsProps): ReactElement {
  const region = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(FIRST);

  const look = useCallback((): void => {
    const own = region.current;
    const box = own?.parentElement;
    if (own == null || box == null) return;
    const top = box.getBoundingClientRect().top + box.clientTop - own.getBoundingClientRect().top;
    const next = windowOf(top, box.clientHeight, count, row);
    setSeen((before) => (before.from === next.from && before.to === next.to ? before : next));
  }, [count, row]);

  // After every rendering: what stands above may have grown.
  useLayoutEffect(look);
  useLayoutEffect(() => {
    const box = region.current?.parentElement;
    if (box == null) return;
    box.addEventListener('scroll', look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(box);
    return () => {
      box.removeEventListener('scroll', look);
      sizes.disconnect();
    };
  }, [look]);

  const to = Math.min(seen.to, count);
  const from = Math.min(seen.from, to);
  const drawn = Array.from({ length: to - from }, (_, at) => from + at);
  if (marked >= 0 && marked < count && (marked < from || marked >= to)) drawn.push(marked);
  // A part without rows is none: nothing would stand in it.
  const part =
    label === undefined || count === 0 ? { role: 'presentation' } : { role: 'group', 'aria-label': label };
  return (
    <div ref={region} id={id} className="virtual-rows" {...part} style={{ height: count * row }}>
      {drawn.map((index) => render(index, { top: index * row, height: row }))}
    </div>
  );
}

/** Scrolls the list, never the focus, so that a row of these rows is seen; `under` px are covered by a heading that stays. */
export function revealRow(id: string, index: number, row: number, under = 0): void {
  const own = document.getElementById(id);
  const box = own?.parentElement;
  if (own == null || box == null || index < 0) return;
  const above = own.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientTop;
  const top = box.scrollTop + above + index * row;
  box.scrollTop = scrollToSee(
    { scroll: box.scrollTop, height: box.clientHeight, under },
    { top, height: row },
  );
}
