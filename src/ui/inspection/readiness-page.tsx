/** 迎检: a date or the last 24 hours of a room on one page, each part of it to be printed by itself. */
import { Button } from 'antd';
import { type FormEvent, type ReactElement, type ReactNode, useState } from 'react';
import type { ReadinessView, ReadyPart } from '../../duty/readiness-view.ts';
import { typedForm } from '../format.ts';
import { OutsideText } from '../outside-text.tsx';
import { PaperMenu } from '../paper-menu.tsx';
import type { ScreenProps } from '../screens.tsx';
import { typedDay } from '../search/typed-day.ts';
import { useDeskState, useServerNow } from '../use-desk.tsx';
import { useInspections, useReadiness } from './inspection-api.ts';
import { KnownLines } from './known-lines.tsx';
import { pathOfReadiness, type ReadinessPlace } from './readiness-place.ts';
import { ReadyCalls } from './ready-calls.tsx';
import { inspectionWords } from './words.ts';

const say = inspectionWords.ready;
const DAY_MS = 86_400_000;

export function ReadinessPage(props: {
  /** Null: the last 24 hours of the own room. */
  readonly place: ReadinessPlace | null;
  readonly onGo: ScreenProps['onGo'];
}): ReactElement {
  const { onGo } = props;
  const own = useDeskState((state) => state.room?.id ?? null);
  const now = Math.round(useServerNow(60_000));
  // From when the page was opened: what is looked at does not move under the eyes.
  const [opened] = useState(now);
  const place =
    props.place ??
    (own === null ? null : { room: own, from: opened - DAY_MS, to: opened, only: 'all' as const });
  const { view, trouble } = useReadiness(place);
  return (
    <>
      <header className="inspection-head">
        <h1>{inspectionWords.readiness}</h1>
        {place !== null && <Chooser key={place.room} place={place} now={now} onGo={onGo} />}
        <Button onClick={() => onGo('inspection')}>{inspectionWords.toList}</Button>
        {view !== null && (
          <span className="inspection-stretch">
            <OutsideText text={view.roomName} />　{say.span(typedForm(view.from), typedForm(view.to))}
          </span>
        )}
      </header>
      {trouble !== null && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      {view === null || place === null ? (
        trouble === null && <p className="empty-say">{say.loading}</p>
      ) : (
        <Parts view={view} place={place} onGo={onGo} />
      )}
    </>
  );
}

function Chooser(props: {
  readonly place: ReadinessPlace;
  readonly now: number;
  readonly onGo: ScreenProps['onGo'];
}): ReactElement {
  const { place, now } = props;
  const rooms = useInspections().view?.places.flatMap((one) => one.rooms) ?? [];
  const [room, setRoom] = useState(place.room);
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const go = (from: number, to: number) =>
    props.onGo('inspection', pathOfReadiness({ room, from, to, only: 'all' }));
  function show(event: FormEvent): void {
    event.preventDefault();
    const day = typedDay(typed, now);
    setWrong(day === null);
    if (day !== null) go(day.from, day.to);
  }
  return (
    <form className="inspection-chooser" onSubmit={show}>
      {rooms.length > 1 && (
        <select aria-label={say.room} value={room} onChange={({ target }) => setRoom(target.value)}>
          {rooms.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      <Button onClick={() => go(now - DAY_MS, now)}>{say.last24}</Button>
      <input
        aria-label={say.day}
        placeholder="2026-11-27"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button htmlType="submit">{say.show}</Button>
      {wrong && <span className="wrong">{say.badDay}</span>}
    </form>
  );
}

function Parts(props: {
  readonly view: ReadinessView;
  readonly place: ReadinessPlace;
  readonly onGo: ScreenProps['onGo'];
}): ReactElement {
  const { view, place, onGo } = props;
  const paper = (part: ReadyPart, format: string) =>
    `/api/papers/readiness?room=${encodeURIComponent(view.room)}&from=${view.from}&to=${view.to}&part=${part}${format}`;
  const part = (name: ReadyPart, children: ReactNode) => (
    <section className={`inspection-part inspection-part-${name}`} aria-label={say.parts[name]}>
      <h2>
        {say.parts[name]}
        {view.mayExport && (
          <PaperMenu
            button={say.print}
            label={say.printLabel(say.parts[name])}
            online
            choices={[
              { word: say.print, kind: 'print', url: paper(name, ''), alone: null },
              { word: say.docx, kind: 'file', url: paper(name, '&format=docx'), alone: null },
            ]}
          />
        )}
      </h2>
      {children}
    </section>
  );
  const checks = view.calls.filter(({ isCheck }) => isCheck);
  return (
    <div className="inspection-parts">
      <div>
        {part('roster', <Roster view={view} />)}
        {part(
          'notes',
          <>
            <KnownLines lines={view.notes} onGo={onGo} />
            <p className="note">{say.notesOpen}</p>
          </>,
        )}
        <section className="inspection-part" aria-label={say.shiftLog}>
          <h2>{say.shiftLog}</h2>
          <Button onClick={() => onGo('shift-log', view.room)}>{say.shiftLogOpen}</Button>
        </section>
        {part('lines', <KnownLines lines={view.lines} onGo={onGo} />)}
        {part('clocks', <KnownLines lines={view.clocks} onGo={onGo} />)}
      </div>
      <div>
        {part(
          'calls',
          <>
            <KnownLines lines={view.answering} onGo={onGo} />
            {view.isCut && <p className="wrong">{say.isCut}</p>}
            <ReadyCalls
              view={view}
              only={place.only}
              onOnly={(only) => onGo('inspection', pathOfReadiness({ ...place, only }))}
              onReplay={(id) => onGo('replay', id)}
            />
          </>,
        )}
        {part(
          'checks',
          checks.length === 0 ? (
            <p className="empty-say">{say.noChecks}</p>
          ) : (
            <ul className="inspection-known">
              {checks.map(({ id, at, who, rangMs }) => (
                <li key={id}>
                  <button type="button" className="text-button" onClick={() => onGo('replay', id)}>
                    {typedForm(at)}
                  </button>
                  <OutsideText text={who} />
                  {rangMs !== null && ` ${say.answered(`${Math.round(rangMs / 1_000)} 秒`)}`}
                </li>
              ))}
            </ul>
          ),
        )}
      </div>
    </div>
  );
}

function Roster({ view }: { readonly view: ReadinessView }): ReactElement {
  if (view.shifts.length === 0) return <p className="empty-say">{say.noRoster}</p>;
  return (
    <ul className="inspection-known">
      {view.shifts.map(({ name, from, to, posts }) => (
        <li key={from}>
          <strong>{name}</strong> {typedForm(from)} 至 {typedForm(to)}
          {posts.map(({ role, names }) => (
            <span key={role} className="inspection-post">
              {role}：<OutsideText text={names.join('、')} />
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}
