/** 记录查询: conditions, what was found, and what is taken along of it. */
import { Button } from 'antd';
import { type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import type { RoomView } from '../../web/protocol/room-view.ts';
import type { SearchHitView } from '../../web/protocol/search-view.ts';
import { day } from '../format.ts';
import { useScreenKeys } from '../screen-keys.ts';
import type { ScreenProps } from '../screens.tsx';
import { useDesk, useDeskState, useServerNow } from '../use-desk.tsx';
import { useMay } from '../use-may.ts';
import { ExportBar } from './export-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { type Filters, NO_FILTERS, queryOf, wrongIn } from './filters.ts';
import { Preview } from './preview.tsx';
import { ResultTable } from './result-table.tsx';
import './search.css';
import { useSearch } from './use-search.ts';
import { searchWords as say } from './words.ts';

const MOST_PRINTED = 50;

/** The address may bring words to look for: `/records/停电`. */
export function SearchScreen(props: ScreenProps): ReactElement {
  const { store } = useDesk();
  const now = useServerNow(60_000);
  const deskRoom = useDeskState((state) => state.room?.id ?? null);
  const [filters, setFilters] = useState<Filters>({ ...NO_FILTERS, text: props.argument ?? '' });
  const [composing, setComposing] = useState(false);
  const [active, setActive] = useState<string | null>(null);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [preview, setPreview] = useState<string | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const rooms = useRooms();
  const wrong = useMemo(() => wrongIn(filters, now), [filters, now]);
  const ready = Object.keys(wrong).length === 0;
  const query = ready && !composing ? queryOf(filters, now).toString() : null;
  const { found, trouble, late, more, again } = useSearch(query);
  const hits = found?.hits ?? [];
  const current = hits.some(({ id }) => id === active) ? active : (hits[0]?.id ?? null);
  const roomNames = useMemo(
    () => (rooms.length > 1 ? new Map(rooms.map(({ id, name }) => [id, name])) : null),
    [rooms],
  );
  useEffect(() => search.current?.focus(), []);
  useScreenKeys((action) => {
    if (action === 'search') search.current?.focus();
    else if (action === 'escape') {
      setPreview(null);
      list.current?.focus();
    } else return false;
    return true;
  });

  function open(hit: SearchHitView): void {
    if (hit.room !== deskRoom) {
      setPreview(hit.id);
      return;
    }
    store.dispatch({
      type: 'select',
      selected: hit.call === null ? { kind: 'record', id: hit.id } : { kind: 'call', id: hit.call },
    });
    props.onGo('desk');
  }

  function pick(id: string): void {
    const next = new Set(picked);
    // No more are printed at once.
    if (!next.delete(id) && next.size < MOST_PRINTED) next.add(id);
    setPicked(next);
  }

  const may = useMay('export');
  const mayHear = useMay('hear');
  const lookingBack = found !== null && found.next !== null && found.lookedBackTo !== null && late;
  return (
    <main className="screen search-screen" aria-label={say.title}>
      <header className="page-head">
        <h1>{say.title}</h1>
        <span className="note" role="status" aria-live="polite">
          {lookingBack && found.lookedBackTo !== null
            ? say.lookingBack(day(found.lookedBackTo))
            : late
              ? say.searching
              : found !== null && say.shown(hits.length, found.next !== null)}
        </span>
        {may && picked.size > 0 && (
          <a
            className="text-button search-print"
            href={`/api/papers/records?ids=${[...picked].join(',')}&form=seed&format=html`}
            target="_blank"
            rel="noreferrer"
          >
            {say.picked(picked.size)}
          </a>
        )}
        <Button onClick={() => props.onGo('assessment')}>{say.assessment}</Button>
        {may && <ExportBar query={query} />}
      </header>
      <FilterBar
        filters={filters}
        wrong={wrong}
        rooms={rooms}
        search={search}
        onChange={setFilters}
        onComposing={setComposing}
        onToList={() => list.current?.focus()}
      />
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble} <Button onClick={again}>{say.again}</Button>
        </p>
      )}
      <div className={late ? 'search-late' : 'search-line'} />
      <div className="search-found">
        <ResultTable
          hits={hits}
          now={now}
          active={current}
          picked={picked}
          roomNames={roomNames}
          list={list}
          onActive={setActive}
          onOpen={open}
          onPick={pick}
          onMore={more}
        />
        {preview !== null && (
          <Preview
            record={preview}
            now={now}
            onReplay={mayHear ? (call) => props.onGo('replay', call) : null}
            onClose={() => setPreview(null)}
          />
        )}
      </div>
      {found !== null && hits.length === 0 && found.next === null && (
        <p className="empty-say">{query === '' ? say.nothingYet : say.none}</p>
      )}
      {found !== null && found.next !== null && (
        <Button className="search-more" onClick={more}>
          {say.more}
        </Button>
      )}
    </main>
  );
}

/** Rooms this person may see, for choosing one; none while unknown. */
function useRooms(): readonly RoomView[] {
  const [rooms, setRooms] = useState<readonly RoomView[]>([]);
  useEffect(() => {
    const stopped = new AbortController();
    fetch('/api/rooms', { cache: 'no-store', signal: stopped.signal })
      .then(async (answer) => (answer.ok ? ((await answer.json()) as { rooms: RoomView[] }).rooms : []))
      .then(setRooms)
      // Without the choice all rooms are searched.
      .catch(() => undefined);
    return () => stopped.abort();
  }, []);
  return rooms;
}
