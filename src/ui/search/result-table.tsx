/** What was found, newest first: one line a record, moved through by ↑ ↓ Home End, opened by Enter, marked by the blank. */
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactElement,
  type Ref,
  useEffect,
  useRef,
} from 'react';
import { categoryName } from '../../records/names.ts';
import { VERDICT_NAMES } from '../../records/review.ts';
import type { SearchHitView } from '../../web/protocol/search-view.ts';
import { listMoment } from '../format.ts';
import { Mark } from '../icons.tsx';
import { RecordMark } from '../state-mark.tsx';
import { revealRow, VirtualRows } from '../virtual-rows.tsx';
import { searchWords as say } from './words.ts';

/** Height of a row and of the heading over them, px. */
const ROW = 34;
const ROWS = 'search-rows';

export function ResultTable(props: {
  readonly hits: readonly SearchHitView[];
  readonly now: number;
  readonly active: string | null;
  readonly picked: ReadonlySet<string>;
  /** Names of rooms by id where there are several; null: the column is left out. */
  readonly roomNames: ReadonlyMap<string, string> | null;
  readonly list: Ref<HTMLDivElement>;
  readonly onActive: (id: string) => void;
  readonly onOpen: (hit: SearchHitView) => void;
  readonly onPick: (id: string) => void;
  readonly onMore: () => void;
}): ReactElement {
  const { hits, active } = props;
  const at = hits.findIndex(({ id }) => id === active);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (at < 0 || shown.current === active) return;
    shown.current = active;
    revealRow(ROWS, at, ROW, ROW);
  }, [active, at]);

  function move(to: number): void {
    const hit = hits[Math.max(0, Math.min(hits.length - 1, to))];
    if (hit !== undefined) props.onActive(hit.id);
    // The next page is there before one arrives at it.
    if (to >= hits.length - 5) props.onMore();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const hit = hits[at];
    if (event.key === 'ArrowDown') move(at + 1);
    else if (event.key === 'ArrowUp') move(at - 1);
    else if (event.key === 'PageDown') move(at + 10);
    else if (event.key === 'PageUp') move(at - 10);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(hits.length - 1);
    else if (event.key === 'Enter' && hit !== undefined) props.onOpen(hit);
    else if (event.key === ' ' && hit !== undefined) props.onPick(hit.id);
    else return;
    event.preventDefault();
  }

  return (
    <div
      className="search-list"
      ref={props.list}
      tabIndex={0}
      role="listbox"
      aria-label={say.list}
      aria-multiselectable
      aria-activedescendant={active === null ? undefined : rowId(active)}
      onKeyDown={onKeyDown}
    >
      <div className="search-row search-head" aria-hidden="true">
        <Head name="pick" word={say.columns.pick} />
        <Head name="time" word={say.columns.time} />
        <Head name="state" word={say.columns.state} />
        <Head name="number" word={say.columns.number} />
        <Head name="who" word={say.columns.unit} />
        <Head name="caller" word={say.columns.caller} />
        <Head name="category" word={say.columns.category} />
        <Head name="content" word={say.columns.content} />
        <Head name="recorder" word={say.columns.recorder} />
        {props.roomNames !== null && <Head name="room" word={say.columns.room} />}
      </div>
      <VirtualRows
        id={ROWS}
        count={hits.length}
        row={ROW}
        marked={at}
        render={(index, style) => {
          const hit = hits[index];
          if (hit === undefined) return <div key={index} />;
          return <Row key={hit.id} {...props} hit={hit} index={index} count={hits.length} style={style} />;
        }}
      />
    </div>
  );
}

function Head({ name, word }: { readonly name: string; readonly word: string }): ReactElement {
  return <span className={`search-${name}-cell`}>{word}</span>;
}

function Row(props: {
  readonly hit: SearchHitView;
  readonly index: number;
  readonly count: number;
  readonly style: CSSProperties;
  readonly now: number;
  readonly active: string | null;
  readonly picked: ReadonlySet<string>;
  readonly roomNames: ReadonlyMap<string, string> | null;
  readonly onActive: (id: string) => void;
  readonly onOpen: (hit: SearchHitView) => void;
  readonly onPick: (id: string) => void;
}): ReactElement {
  const { hit } = props;
  const time = listMoment(hit.at, props.now);
  const isPicked = props.picked.has(hit.id);
  const who = [hit.unit, hit.person].filter((part) => part !== '').join('　');
  const content = hit.shut === null ? hit.excerpt : hit.shut === 'isolated' ? say.hidden : say.destroyed;
  const isActive = hit.id === props.active;
  return (
    <div
      id={rowId(hit.id)}
      role="option"
      tabIndex={-1}
      aria-selected={isPicked}
      aria-posinset={props.index + 1}
      aria-setsize={props.count}
      style={props.style}
      className={`search-row${isActive ? ' search-active' : ''}${hit.state === 'void' ? ' search-void' : ''}`}
      onClick={() => props.onActive(hit.id)}
      onDoubleClick={() => props.onOpen(hit)}
      onKeyDown={undefined}
    >
      <span className="search-pick-cell" title={say.pickOne(time)}>
        <PickBox picked={isPicked} onPick={() => props.onPick(hit.id)} />
      </span>
      <time className="search-time-cell">{time}</time>
      <span className="search-state-cell">
        <RecordMark state={hit.state} />
        {hit.outcome === 'missed' && (
          <span className="search-missed" title={say.missed}>
            <Mark name="triangle" />
            <span className="unseen">{say.missed}</span>
          </span>
        )}
        {hit.sound && (
          <span title={say.sound1}>
            <Mark name="speaker" />
            <span className="unseen">{say.sound1}</span>
          </span>
        )}
        {hit.review !== null && (
          <span className={`review-${hit.review}`} title={VERDICT_NAMES[hit.review]}>
            <Mark name={hit.review === 'proper' ? 'seal' : 'flag'} />
            <span className="unseen">{VERDICT_NAMES[hit.review]}</span>
          </span>
        )}
        {hit.archived && (
          <span title={say.filed}>
            <Mark name="tick" />
            <span className="unseen">{say.filed}</span>
          </span>
        )}
      </span>
      <span className="search-number-cell" title={hit.number ?? undefined}>
        {hit.number ?? ''}
      </span>
      <span className="search-who-cell" title={who}>
        {hit.direction === 'outbound' && <span className="badge soft-cyan">{say.outbound}</span>} {who}
      </span>
      <span className="search-caller-cell" title={hit.rawCaller ?? hit.caller}>
        {hit.caller}
      </span>
      <span className="search-category-cell">{categoryName(hit.category)}</span>
      <span className="search-content-cell" title={content}>
        {content}
      </span>
      <span className="search-recorder-cell">{hit.recorder}</span>
      {props.roomNames !== null && (
        <span className="search-room-cell" title={props.roomNames.get(hit.room)}>
          {props.roomNames.get(hit.room)}
        </span>
      )}
    </div>
  );
}

/** For the mouse; the keyboard marks by the blank, and the row itself says whether it is marked. */
function PickBox(props: { readonly picked: boolean; readonly onPick: () => void }): ReactElement {
  return (
    <span
      className={props.picked ? 'search-box search-box-on' : 'search-box'}
      aria-hidden="true"
      onClick={props.onPick}
    >
      {props.picked && <Mark name="tick" />}
    </span>
  );
}

function rowId(id: string): string {
  return `found-${id}`;
}
