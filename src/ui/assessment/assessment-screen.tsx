/** 考核: the figures of a stretch of time by room, line, officer and day, a chart, and behind every figure what it counts. */
import './assessment.css';
import { Button } from 'antd';
import { type ReactElement, useEffect, useState } from 'react';
import { WAYS, type Way } from '../../duty/assessment/table.ts';
import type { AssessmentView, CountedItemView } from '../../duty/assessment/view.ts';
import type { RoomView } from '../../web/protocol/room-view.ts';
import { day } from '../format.ts';
import type { ScreenProps } from '../screens.tsx';
import { useMay } from '../use-may.ts';
import { readAssessment, tellPrinted } from './assessment-api.ts';
import { AssessmentSheet } from './assessment-sheet.tsx';
import { CountedList } from './counted-list.tsx';
import { type Chosen, FigureTable } from './figure-table.tsx';
import { ShareChart } from './share-chart.tsx';
import { assessmentWords as say } from './words.ts';

const DAY_MS = 86_400_000;
const DAY = /^20\d{2}-\d{2}-\d{2}$/;

export function AssessmentScreen(props: ScreenProps): ReactElement {
  const way = WAYS.find((one) => one === props.argument) ?? 'room';
  const [from, setFrom] = useState(() => `${day(Date.now()).slice(0, 7)}-01`);
  const [to, setTo] = useState(() => day(Date.now()));
  const [room, setRoom] = useState('');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const rooms = useRooms();
  const isSpan = isDays(from, to);
  const span = new URLSearchParams({ from, to, ...(room === '' ? {} : { room }) }).toString();
  const { view, trouble, again } = useAssessment(isSpan ? span : null);
  const [mayExport, mayHear] = [useMay('export'), useMay('hear')];
  const rows = view?.tables[way] ?? [];

  function go(next: Way): void {
    setChosen(null);
    props.onGo('assessment', next);
  }
  async function print(): Promise<void> {
    await tellPrinted({ from, to, way });
    window.print();
  }
  function open({ kind, id }: CountedItemView): void {
    if (kind === 'finding') props.onGo('watch');
    else if (kind === 'clock') props.onGo('incident', id.split(' ')[0]);
    else if (mayHear) props.onGo('replay', id);
    else props.onOpenCall(id);
  }
  return (
    <main className="screen assessment" aria-label={say.title}>
      <header className="page-head">
        <h1>{say.title}</h1>
        <span className="note" role="status">
          {view === null && trouble === null && isSpan ? say.slow : ''}
        </span>
        <Button onClick={() => props.onGo('records')}>{say.back}</Button>
        <Button disabled={rows.length === 0} onClick={() => void print()}>
          {say.print}
        </Button>
        {mayExport && (
          <a className="text-button" href={`/api/assessment/xlsx?${span}&way=${way}`} download>
            {say.excel}
          </a>
        )}
      </header>
      <form className="assessment-asked" onSubmit={(event) => event.preventDefault()}>
        <DayLine label={say.from} value={from} onChange={setFrom} />
        <DayLine label={say.to} value={to} onChange={setTo} />
        <label>
          <span>{say.room}</span>
          <select value={room} onChange={({ target }) => setRoom(target.value)}>
            <option value="">{say.allRooms}</option>
            {rooms.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <fieldset aria-label={say.title}>
          {WAYS.map((one) => (
            <Button
              key={one}
              aria-pressed={one === way}
              type={one === way ? 'primary' : 'default'}
              onClick={() => go(one)}
            >
              {say.ways[one]}
            </Button>
          ))}
        </fieldset>
      </form>
      {!isSpan && (
        <p className="wrong" role="alert">
          {say.badDay}
        </p>
      )}
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble} <Button onClick={again}>{say.again}</Button>
        </p>
      )}
      {view !== null && (
        <div className="assessment-body">
          <div className="assessment-paper">
            {view.ownOnly && <p className="note">{say.ownOnly}</p>}
            {view.tooMany.length > 0 && <p className="wrong">{say.tooMany(view.tooMany.join('、'))}</p>}
            {rows.length === 0 ? (
              <p className="empty-say">{say.none}</p>
            ) : (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard, too.
              <section className="assessment-scroll" tabIndex={0} aria-label={say.ways[way]}>
                <FigureTable way={way} rows={rows} onChoose={setChosen} />
              </section>
            )}
            <p className="note">
              {explain(view)}
              {say.press}
            </p>
            <ShareChart rows={rows} columns={1} />
          </div>
          <AssessmentSheet way={way} rows={rows} span={say.span(from, to)} explain={explain(view)} />
          {chosen !== null && (
            <CountedList
              title={say.list(say.figures[chosen.figure], chosen.name)}
              query={`${span}&figure=${chosen.figure}&way=${way}&key=${encodeURIComponent(chosen.key)}`}
              onOpen={open}
              onClose={() => setChosen(null)}
            />
          )}
        </div>
      )}
    </main>
  );
}

function explain({ limits, handOverWithinMs }: AssessmentView): string {
  return say.explain(limits.goodMs / 1_000, limits.lateMs / 1_000, handOverWithinMs / 60_000);
}

function DayLine(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactElement {
  return (
    <label>
      <span>{props.label}</span>
      <input
        value={props.value}
        placeholder={say.dayHint}
        autoComplete="off"
        onChange={({ target }) => props.onChange(target.value.trim())}
      />
    </label>
  );
}

function isDays(from: string, to: string): boolean {
  if (!DAY.test(from) || !DAY.test(to)) return false;
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return days >= 1 && days <= 366;
}

/** The last answer stays while the next one is counted; null: nothing is asked. */
function useAssessment(span: string | null): {
  readonly view: AssessmentView | null;
  readonly trouble: string | null;
  readonly again: () => void;
} {
  const [view, setView] = useState<AssessmentView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what reads anew.
  useEffect(() => {
    if (span === null) return;
    const stopped = new AbortController();
    void readAssessment<AssessmentView>(`?${span}`, stopped.signal).then((answer) => {
      if (stopped.signal.aborted) return;
      setTrouble(answer.ok ? null : answer.zh);
      if (answer.ok) setView(answer.value);
    });
    return () => stopped.abort();
  }, [span, asked]);
  return { view, trouble, again: () => setAsked((count) => count + 1) };
}

function useRooms(): readonly RoomView[] {
  const [rooms, setRooms] = useState<readonly RoomView[]>([]);
  useEffect(() => {
    const stopped = new AbortController();
    fetch('/api/rooms', { cache: 'no-store', signal: stopped.signal })
      .then(async (answer) => (answer.ok ? ((await answer.json()) as { rooms: RoomView[] }).rooms : []))
      .then(setRooms)
      // Without the choice all rooms are counted.
      .catch(() => undefined);
    return () => stopped.abort();
  }, []);
  return rooms;
}
