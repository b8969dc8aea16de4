/** 公示屏: a page of its own for a screen on a wall, without log-in, menu or scrolling. The link carries its token behind `#`. */
import '../old-browsers.ts';
import './wall.css';
import { type ReactElement, StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { wallTextIn } from '../../duty/time-zone.ts';
import { turnedTo, type WallPerson, type WallShift, type WallView, wallFace } from '../../duty/wall.ts';
import { setNames, setTexts } from './lay-out.ts';
import { useWall } from './use-wall.ts';
import { wallWords as say } from './words.ts';

const NAMES_TURN_MS = 10_000;
/** Characters that fit on one line at the usual size. */
const LONG_ROOM = 17;

function WallPage(): ReactElement {
  const [token, setToken] = useState(tokenOfAddress);
  useEffect(() => {
    const read = (): void => setToken(tokenOfAddress());
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  const { view, now, trouble } = useWall(token);
  if (view === null) return <main className="wall wall-empty">{trouble ?? say.loading}</main>;
  return <Shown view={view} now={now} />;
}

function tokenOfAddress(): string {
  return location.hash.slice(1);
}

function Shown({ view, now }: { readonly view: WallView; readonly now: number }): ReactElement {
  const face = wallFace(view, now);
  const clock = wallTextIn(view.timeZone, now);
  const names = setNames(face.leaders, face.officers);
  const turn = turnedTo(names.screens.length, now, NAMES_TURN_MS);
  const shown = names.screens[turn];
  const texts = setTexts(view.texts);
  const turned = turnedTo(texts.length, now);
  const text = texts[turned];
  return (
    <main className="wall">
      <header className="wall-head">
        <div>
          <h1 className={[...view.room].length > LONG_ROOM ? 'wall-long' : undefined}>{view.room}</h1>
          {view.demo && <p className="wall-demo">{say.demo}</p>}
          {face.asOf !== null && (
            <p className="wall-amber wall-as-of">
              {say.asOf(wallTextIn(view.timeZone, face.asOf).slice(11))}
            </p>
          )}
        </div>
        <p className="wall-date">
          {dateIn(clock)}
          <span>{say.weekdays[new Date(`${clock.slice(0, 10)}T00:00Z`).getUTCDay()]}</span>
        </p>
        <p className="wall-clock">
          {clock.slice(11)}
          <small>:{String(Math.floor(now / 1_000) % 60).padStart(2, '0')}</small>
        </p>
      </header>
      <section className="wall-duty" style={{ fontSize: `${names.size / 100}rem` }}>
        {face.isOpen || shown === undefined ? (
          <p className="wall-amber wall-open">{say.open}</p>
        ) : (
          <>
            <Row label={say.leader} people={shown.leaders} />
            <Row label={say.officer} people={shown.officers} />
            {names.screens.length > 1 && (
              <span className="wall-turned">{say.page(turn + 1, names.screens.length)}</span>
            )}
          </>
        )}
      </section>
      <section className="wall-facts">
        <p>
          <b>{say.lines}</b>
          <strong>{view.lines.join('　')}</strong>
        </p>
        <p className="wall-next">
          <b>{say.next}</b>
          {face.next === null ? (
            face.asOf === null ? (
              say.noNext
            ) : (
              say.unknown
            )
          ) : (
            <Next shift={face.next} timeZone={view.timeZone} now={now} />
          )}
        </p>
      </section>
      {text !== undefined && (
        <section className="wall-text">
          <h2>
            {text.title}
            {text.part !== null && say.part(text.part)}
            {texts.length > 1 && <span>{say.page(turned + 1, texts.length)}</span>}
          </h2>
          {text.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name.
            <p key={index} style={{ fontSize: `${text.size / 100}rem` }}>
              {line}
            </p>
          ))}
        </section>
      )}
    </main>
  );
}

function Row(props: { readonly label: string; readonly people: readonly WallPerson[] }): ReactElement {
  return (
    <div className="wall-row">
      <h2>
        <span className="wall-label">{props.label}</span>
      </h2>
      <p>
        {props.people.length === 0 && <span className="wall-amber">{say.toBeSaid}</span>}
        {props.people.map(({ name, title, phone }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two people may have one name.
          <span key={index} className="wall-person">
            <bdi>{name}</bdi>
            {title !== null && title !== '' && <bdi className="wall-title">{title}</bdi>}
            {phone !== null && phone !== '' && <bdi className="wall-phone">{phone}</bdi>}
          </span>
        ))}
      </p>
    </div>
  );
}

function Next(props: {
  readonly shift: WallShift;
  readonly timeZone: string;
  readonly now: number;
}): ReactElement {
  const { names, from, leaders, officers } = props.shift;
  const begins = from === null ? '' : wallTextIn(props.timeZone, from);
  const today = wallTextIn(props.timeZone, props.now).slice(0, 10);
  const when = begins.slice(0, 10) === today ? begins.slice(11) : begins.slice(5);
  const who = (label: string, people: readonly WallPerson[]) =>
    `${label} ${people.map(({ name }) => name).join('、') || say.toBeSaid}`;
  return (
    <span>
      {[`${when} ${names.join('、')}`.trim(), who(say.leader, leaders), who(say.officer, officers)].join(
        '　',
      )}
    </span>
  );
}

function dateIn(clock: string): string {
  const [year = '', month, day] = clock.slice(0, 10).split('-');
  return say.date(year, Number(month), Number(day));
}

const root = document.getElementById('wall');
if (root === null) throw new Error('wall.html has no #wall');
createRoot(root).render(
  <StrictMode>
    <WallPage />
  </StrictMode>,
);
