/** 待处理 above 今日通话: two lines a row, one roving mark, no buttons in rows. */
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { ChosenBar } from './bulk-bar.tsx';
import { ClockRows } from './clock-rows.tsx';
import type { Selected } from './desk-state.ts';
import { listMoment } from './format.ts';
import { markedRecords, NONE_MARKED, stillMarked, stretched, toggled } from './marked.ts';
import { DayPapers } from './paper-choices.tsx';
import { lastFineProbe } from './room-watch.ts';
import { saidGap } from './said-gap.ts';
import { useDesk, useDeskState, useServerNow } from './use-desk.tsx';
import { useMay } from './use-may.ts';
import { useOwnKeys } from './use-own-keys.ts';
import { revealRow, VirtualRows } from './virtual-rows.tsx';
import { WatchRows } from './watch-rows.tsx';
import { words } from './words.ts';
import { search, type WorkItem, workList } from './work-items.ts';
import { WorkRow } from './work-row.tsx';

/** Two lines, px. */
const ROW = 52;
/** The heading of a part stays over its rows, px. */
const HEADING = 27;

type Part = 'open' | 'today';
/** Ids of what stands there while a part is empty. */
const NOTHING: Readonly<Record<Part, string>> = { open: 'nothing-open', today: 'nothing-today' };

export function WorkList(props: {
  /** Enter: into the form. */
  readonly onOpen: (selected: Selected) => void;
  /** Click: shown, the focus stays. */
  readonly onShow: (selected: Selected) => void;
  readonly onNoRecord: (selected: Selected) => void;
  /** To 检测 of a line. */
  readonly onWatch: (line: string) => void;
  /** Of several drafts at once. */
  readonly onNoRecordOf: (records: readonly string[]) => void;
  readonly foot: ReactNode;
}): ReactElement {
  const { store } = useDesk();
  const calls = useDeskState((state) => state.calls);
  const records = useDeskState((state) => state.records);
  const gaps = useDeskState((state) => state.gaps);
  const selected = useDeskState((state) => state.selected);
  const keys = useOwnKeys();
  const watch = useDeskState((state) => state.room?.watch);
  const now = useServerNow(30_000);
  const probed = lastFineProbe(watch ?? [], now);
  const [wanted, setWanted] = useState('');
  const [active, setActive] = useState<string | null>(null);
  const [marked, setMarked] = useState(NONE_MARKED);
  const list = useRef<HTMLDivElement>(null);
  // Rows are chosen together for 无需记录 alone.
  const writes = useMay('write-record');
  const work = useMemo(() => workList({ calls, records }), [calls, records]);
  // What was put aside or registered does not come back as chosen.
  useEffect(() => {
    setMarked((before) => stillMarked(before, [...work.open, ...work.today]));
  }, [work]);
  const open = useMemo(() => search(work.open, wanted), [work, wanted]);
  const today = useMemo(() => search(work.today, wanted), [work, wanted]);
  const all = [...open, ...today];
  const current =
    all.find((item) => item.key === active) ?? all.find(({ selected: own }) => isSame(own, selected));

  // What the form shows is seen in the list too; this scrolls the pane, never the focus.
  const shown = useRef<Selected | null>(null);
  useEffect(() => {
    const item = [...open, ...today].find(({ selected: own }) => isSame(own, selected));
    if (item === undefined || isSame(item.selected, shown.current)) return;
    shown.current = item.selected;
    reveal(item, open, today);
  }, [selected, open, today]);
  // Idle means: the list has the focus.
  useEffect(() => list.current?.focus({ preventScroll: true }), []);

  function move(to: WorkItem | undefined): void {
    if (to === undefined) return;
    setActive(to.key);
    reveal(to, open, today);
  }

  const chosen = markedRecords(marked, all);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    // The action is of the desk too, for the form that stands open; here it is about what is marked.
    const isNoRecord = keys.actionOf(event.nativeEvent, 'free') === 'no-record';
    if (!isNoRecord && (event.ctrlKey || event.altKey)) return;
    const at = current === undefined ? -1 : all.indexOf(current);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.shiftKey && step !== 0 && writes) {
      const to = all[Math.max(0, Math.min(at + step, all.length - 1))];
      setMarked(stretched(marked, current, to));
      move(to);
    } else if (event.key === ' ' && current !== undefined && writes) setMarked(toggled(marked, current));
    else if (event.key === 'Escape' && marked.size > 0) setMarked(NONE_MARKED);
    else if (isNoRecord && chosen.length > 0) props.onNoRecordOf(chosen);
    else if (event.key === 'ArrowDown') move(all[Math.min(at + 1, all.length - 1)]);
    else if (event.key === 'ArrowUp') move(all[Math.max(at - 1, 0)]);
    else if (event.key === 'Home') move(all[0]);
    else if (event.key === 'End') move(all[all.length - 1]);
    else if (event.key === 'Enter' && current !== undefined) props.onOpen(current.selected);
    else if (isNoRecord && current !== undefined) props.onNoRecord(current.selected);
    else return;
    event.preventDefault();
  }

  function rows(part: Part, items: readonly WorkItem[]): ReactElement {
    return (
      <VirtualRows
        id={rowsId(part)}
        label={`${words.list[part]} ${items.length}`}
        count={items.length}
        row={ROW}
        marked={current === undefined ? -1 : items.indexOf(current)}
        render={(index, style) => {
          const item = items[index];
          return item === undefined ? <div key={index} /> : row(item, index, items.length, style);
        }}
      />
    );
  }

  function row(item: WorkItem, index: number, count: number, style: CSSProperties): ReactElement {
    return (
      <WorkRow
        key={item.key}
        id={rowId(item)}
        item={item}
        place={{ index, count, style }}
        now={now}
        active={item === current}
        shown={isSame(item.selected, selected)}
        marked={chosen.length === 0 ? null : marked.has(item.key)}
        onShow={() => {
          setActive(item.key);
          props.onShow(item.selected);
        }}
        onMark={() => {
          if (!writes) return;
          // D must reach the list, not the form that stands open beside it.
          list.current?.focus({ preventScroll: true });
          setActive(item.key);
          setMarked(toggled(marked, item));
        }}
      />
    );
  }

  // A list may own nothing but rows and their parts: what else stands in it belongs to its description.
  const shownGaps = [...gaps.values()];
  const saidBeside = [
    ...(open.length === 0 ? [NOTHING.open] : []),
    ...shownGaps.map(({ id }) => gapId(id)),
    ...(today.length === 0 ? [NOTHING.today] : []),
  ];
  const box = {
    tabIndex: 0,
    // A list box without a row is none: then the sentences are read.
    ...(all.length === 0 ? { role: 'group' } : { role: 'listbox', 'aria-multiselectable': true }),
    'aria-label': words.list.label,
    'aria-activedescendant': current === undefined ? undefined : rowId(current),
    'aria-describedby': saidBeside.join(' ') || undefined,
    onKeyDown,
  };
  return (
    <div className="work">
      <div className="work-head">
        <input
          id="search"
          type="search"
          className="search"
          placeholder={`${words.list.search}${keys.behind('search')}`}
          aria-label={`${words.list.search}${keys.behind('search')}`}
          autoComplete="off"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setWanted('');
            if (event.key !== 'Escape' && event.key !== 'ArrowDown') return;
            event.preventDefault();
            list.current?.focus();
          }}
        />
        <DayPapers />
      </div>
      <ClockRows />
      <WatchRows now={now} onOpen={props.onWatch} />
      <div className="rows" ref={list} {...box}>
        <Heading part="open" count={open.length} />
        {rows('open', open)}
        {open.length === 0 && (
          <p id={NOTHING.open} className="empty-say" role="presentation">
            {wanted === '' ? words.list.nothingOpen : ''}
          </p>
        )}
        <Heading part="today" count={today.length} />
        {shownGaps.map((gap) => (
          <p key={gap.id} id={gapId(gap.id)} className="gap-row" role="presentation">
            {saidGap(gap, store.now())}
          </p>
        ))}
        {rows('today', today)}
        {today.length === 0 && (
          <p id={NOTHING.today} className="empty-say" role="presentation">
            {wanted !== ''
              ? words.list.nothingFound
              : open.length > 0
                ? words.list.allOpen
                : `${words.list.nothingToday}${probed === null ? words.list.linesFine : words.watch.fineToday(listMoment(probed, now))}`}
          </p>
        )}
      </div>
      <ChosenBar
        count={chosen.length}
        onNoRecord={() => props.onNoRecordOf(chosen)}
        onClear={() => setMarked(NONE_MARKED)}
      />
      {props.foot}
    </div>
  );
}

/** Seen only: the part itself says its name and number. */
function Heading({ part, count }: { readonly part: Part; readonly count: number }): ReactElement {
  return (
    <h2 role="presentation">
      {words.list[part]} {count}
    </h2>
  );
}

function gapId(gap: string): string {
  return `gap-${gap}`;
}

function rowsId(part: Part): string {
  return `work-${part}`;
}

function reveal(item: WorkItem, open: readonly WorkItem[], today: readonly WorkItem[]): void {
  const at = open.indexOf(item);
  if (at >= 0) revealRow(rowsId('open'), at, ROW, HEADING);
  else revealRow(rowsId('today'), today.indexOf(item), ROW, HEADING);
}

function rowId(item: WorkItem): string {
  return `row-${item.key.replace(':', '-')}`;
}

function isSame(left: Selected, right: Selected | null): boolean {
  return right !== null && left.kind === right.kind && left.id === right.id;
}
