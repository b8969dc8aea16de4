/** The calls that can be replayed, newest first: found by words, day and whether somebody has marked them; moved through by ↑ ↓. */
import { Button } from 'antd';
import { type ReactElement, type Ref, useEffect } from 'react';
import { type ReviewVerdict, VERDICT_NAMES } from '../../records/review.ts';
import type { SearchHitView } from '../../web/protocol/search-view.ts';
import { listMoment } from '../format.ts';
import { Mark } from '../icons.tsx';
import { OutsideText } from '../outside-text.tsx';
import type { SearchState } from '../search/use-search.ts';
import { Badge } from '../state-mark.tsx';
import { useOwnKeys } from '../use-own-keys.ts';
import type { ListFilters } from './list-filters.ts';
import { replayWords as say } from './words.ts';

export function ReplayList(props: {
  readonly filters: ListFilters;
  /** Why the day cannot be meant; null: it can. */
  readonly wrongDay: string | null;
  readonly search: SearchState;
  readonly now: number;
  readonly active: string | null;
  /** Marks of this round, over what the list was read with. */
  readonly marked: ReadonlyMap<string, ReviewVerdict>;
  readonly text: Ref<HTMLInputElement>;
  readonly list: Ref<HTMLDivElement>;
  readonly onFilters: (filters: ListFilters) => void;
  readonly onComposing: (composing: boolean) => void;
  readonly onActive: (call: string) => void;
  readonly onToList: () => void;
}): ReactElement {
  const { filters, wrongDay, search, active } = props;
  const hits = search.found?.hits ?? [];
  const keys = useOwnKeys();
  useEffect(() => {
    if (active !== null) document.getElementById(rowId(active))?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <nav className="replay-list" aria-label={say.title}>
      <form
        className="replay-filters"
        onCompositionStart={() => props.onComposing(true)}
        onCompositionEnd={() => props.onComposing(false)}
        onSubmit={(event) => event.preventDefault()}
        onKeyDown={(event) => {
          const leaves = event.key === 'Enter' || event.key === 'ArrowDown';
          if (!leaves || event.nativeEvent.isComposing || isCheckbox(event.target)) return;
          event.preventDefault();
          props.onToList();
        }}
      >
        <input
          ref={props.text}
          type="search"
          aria-label={`${say.text}${keys.behind('search')}`}
          placeholder={`${say.text}${keys.behind('search')}`}
          autoComplete="off"
          maxLength={200}
          value={filters.text}
          onChange={(event) => props.onFilters({ ...filters, text: event.target.value })}
        />
        <input
          type="text"
          className="replay-day"
          aria-label={say.day}
          aria-invalid={wrongDay !== null}
          aria-describedby={wrongDay === null ? undefined : 'replay-day-wrong'}
          placeholder={say.dayHint}
          title={say.dayHint}
          autoComplete="off"
          maxLength={40}
          value={filters.day}
          onChange={(event) => props.onFilters({ ...filters, day: event.target.value })}
        />
        <label>
          <input
            type="checkbox"
            checked={filters.unmarked}
            onChange={(event) => props.onFilters({ ...filters, unmarked: event.target.checked })}
          />
          {say.unmarked}
        </label>
        {wrongDay !== null && (
          <p id="replay-day-wrong" className="wrong" role="alert">
            {wrongDay}
          </p>
        )}
      </form>
      <div className={search.late ? 'replay-late' : 'replay-line'} />
      {search.trouble !== null && (
        <p className="wrong" role="alert">
          {search.trouble} <Button onClick={search.again}>{say.again}</Button>
        </p>
      )}
      <div
        className="replay-rows"
        ref={props.list}
        tabIndex={0}
        role="listbox"
        aria-label={say.list}
        aria-activedescendant={active === null ? undefined : rowId(active)}
      >
        {hits.map((hit) =>
          hit.call === null ? null : (
            <Row
              key={hit.id}
              hit={hit}
              call={hit.call}
              review={props.marked.get(hit.call) ?? hit.review}
              isActive={hit.call === active}
              now={props.now}
              onActive={props.onActive}
            />
          ),
        )}
      </div>
      {search.found !== null && hits.length === 0 && search.found.next === null && (
        <p className="empty-say">{isEmpty(filters) ? say.nothingYet : say.none}</p>
      )}
      {search.found?.next != null && (
        <Button type="text" className="replay-more" onClick={search.more}>
          {search.late ? say.searching : say.more}
        </Button>
      )}
    </nav>
  );
}

function Row(props: {
  readonly hit: SearchHitView;
  readonly call: string;
  readonly review: ReviewVerdict | null;
  readonly isActive: boolean;
  readonly now: number;
  readonly onActive: (call: string) => void;
}): ReactElement {
  const { hit, review } = props;
  const who = [hit.unit, hit.person].filter((part) => part !== '').join('　');
  const content = hit.shut === null ? hit.excerpt : hit.shut === 'isolated' ? say.hidden : say.destroyed;
  return (
    <div
      id={rowId(props.call)}
      role="option"
      tabIndex={-1}
      aria-selected={props.isActive}
      className={`replay-row${props.isActive ? ' replay-active' : ''}${hit.state === 'void' ? ' replay-void' : ''}`}
      onClick={() => props.onActive(props.call)}
      onKeyDown={undefined}
    >
      <span className="replay-row-top">
        <time>{listMoment(hit.at, props.now)}</time>
        <span className="replay-who" title={who || hit.caller}>
          {hit.direction === 'outbound' && <Badge tone="cyan" word={say.outbound} />}
          <OutsideText text={who || hit.caller} />
        </span>
        {review !== null && (
          <Badge
            tone={review === 'proper' ? 'green' : 'amber'}
            mark={review === 'proper' ? 'seal' : 'flag'}
            word={VERDICT_NAMES[review]}
          />
        )}
      </span>
      <span className="replay-row-foot">
        {!hit.sound && (
          <span className="replay-silent">
            <Mark name="triangle" /> {say.noSound}
          </span>
        )}
        <span className="replay-content">
          <OutsideText text={content || (who === '' ? '' : hit.caller)} />
        </span>
      </span>
    </div>
  );
}

function isCheckbox(target: EventTarget): boolean {
  return target instanceof HTMLInputElement && target.type === 'checkbox';
}

function isEmpty({ text, day, unmarked }: ListFilters): boolean {
  return text.trim() === '' && day.trim() === '' && !unmarked;
}

function rowId(call: string): string {
  return `replayed-${call}`;
}
