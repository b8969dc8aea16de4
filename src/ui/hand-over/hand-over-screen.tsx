/** 交接班 on one page: 本班情况, 移交事项, 签名. A quiet shift takes a few keys and the PINs; a call that rings changes nothing here. */
import './hand-over.css';
import { Button } from 'antd';
import { lazy, type ReactElement, Suspense, useState } from 'react';
import type { HandOverView } from '../../duty/hand-over-view.ts';
import { clockMinute, listMoment } from '../format.ts';
import { Mark } from '../icons.tsx';
import { useScreenKeys } from '../screen-keys.ts';
import type { ScreenProps } from '../screens.tsx';
import { useDeskState, useServerNow } from '../use-desk.tsx';
import { useOwnKeys } from '../use-own-keys.ts';
import { DevicePart } from './device-part.tsx';
import { useHandOver } from './hand-over-api.ts';
import { MattersPart } from './matters-part.tsx';
import { PastPart } from './past-part.tsx';
import { nameOf, namesOf } from './saying.ts';
import { ShiftPart } from './shift-part.tsx';
import { SigningPart } from './signing-part.tsx';
import { handOverWords as say } from './words.ts';

const DutyNotesPanel = lazy(() =>
  import('../duty-notes/duty-notes-panel.tsx').then((file) => ({ default: file.DutyNotesPanel })),
);

/** Begun so long ago and not signed: it may be another's turn by now (`write-hand-over.ts`). */
const STALE_MS = 2 * 3_600_000;
/** `/hand-over/past` and `/hand-over/past/<id>`. */
const PAST = 'past';

export function HandOverScreen(props: ScreenProps): ReactElement {
  const { argument, onGo, onOpenCall } = props;
  const desk = useHandOver();
  const { view } = desk;
  const now = useServerNow(10_000);
  const me = useDeskState((state) => state.me);
  const leaders = useDeskState((state) => state.room?.onDuty.leaders) ?? [];
  const [trouble, setTrouble] = useState<string | null>(null);
  const [notesOpen, setNotesOpen] = useState(false);
  const isPast = argument === PAST || argument?.startsWith(`${PAST}/`) === true;
  useScreenKeys((action) => {
    if (action !== 'escape' || !notesOpen) return false;
    setNotesOpen(false);
    return true;
  });
  const stands = view?.open ?? view?.next ?? null;
  const leaderNames = leaders.map(({ name }) => name).join(say.separator) || say.noLeader;

  return (
    <main className="screen hand-over" aria-label={say.title}>
      <header className="hand-over-header">
        <h1>{say.title}</h1>
        {(['now', 'past'] as const).map((one) => (
          <Button
            key={one}
            type={(one === 'past') === isPast ? 'primary' : 'default'}
            aria-pressed={(one === 'past') === isPast}
            onClick={() => (one === 'past' ? onGo('hand-over', PAST) : onGo('hand-over'))}
          >
            {say[one]}
          </Button>
        ))}
        {stands !== null && !isPast && (
          <span className="hand-over-span">
            {say.since(listMoment(stands.handOver.from, now))}
            {view?.open != null && `　${say.begun(clockMinute(view.open.handOver.begunAt))}`}
          </span>
        )}
        {view?.mayHandOver === true && view.open === null && !isPast && (
          <Button
            type="primary"
            className="hand-over-begin"
            // Whoever opens this page comes for it, and nothing is written by looking.
            autoFocus
            onClick={() => void desk.send('').then(setTrouble)}
          >
            {say.begin}
          </Button>
        )}
        {view !== null && !view.mayHandOver && <span className="note">{say.readOnly}</span>}
      </header>
      {[desk.trouble, trouble].map(
        (sentence, index) =>
          sentence !== null && (
            <p key={index === 0 ? 'read' : 'written'} className="wrong" role="alert">
              {sentence} {index === 0 && <Button onClick={desk.reload}>{say.again}</Button>}
            </p>
          ),
      )}
      {view === null || stands === null ? (
        desk.trouble === null && <p className="empty-say">{say.loading}</p>
      ) : (
        <>
          <Bands
            view={view}
            now={now}
            seated={me?.person?.id ?? null}
            onAnew={() => void desk.send('').then(setTrouble)}
          />
          {isPast ? (
            <PastPart
              desk={desk}
              view={view}
              now={now}
              chosen={argument?.slice(PAST.length + 1) || null}
              onChoose={(id) => onGo('hand-over', `${PAST}/${id}`)}
              onOpenCall={onOpenCall}
            />
          ) : (
            <div className="hand-over-columns">
              <div>
                <DevicePart
                  desk={desk}
                  handOver={stands.handOver}
                  now={now}
                  mayTick={view.mayHandOver && view.open !== null}
                />
                <ShiftPart view={view} stands={stands} />
              </div>
              <MattersPart
                desk={desk}
                view={view}
                stands={stands}
                now={now}
                onOpenCall={onOpenCall}
                onIncident={(record) => onGo('incident', `from-${record}`)}
              />
              <SigningPart
                desk={desk}
                view={view}
                stands={stands}
                seated={me?.person?.id ?? null}
                leaders={leaderNames}
                onNotes={() => setNotesOpen(true)}
              />
            </div>
          )}
        </>
      )}
      {notesOpen && (
        <Suspense fallback={null}>
          <DutyNotesPanel onClose={() => setNotesOpen(false)} />
        </Suspense>
      )}
    </main>
  );
}

/** What has to be said before anything is signed. */
function Bands(props: {
  readonly view: HandOverView;
  readonly now: number;
  readonly seated: string | null;
  readonly onAnew: () => void;
}): ReactElement {
  const { view, now } = props;
  const keys = useOwnKeys();
  const { people, open } = view;
  const broken = view.past.find(({ handOver }) => handOver.id === view.broken);
  const [last] = view.past;
  const takers = last?.handOver.takers.map(({ person }) => person) ?? [];
  const isStale = open !== null && open.handOver.giver === null && now - open.handOver.begunAt >= STALE_MS;
  return (
    <>
      {view.broken !== null && (
        <p className="hand-over-band soft-red" role="alert">
          <Mark name="triangle" />
          {say.broken(broken === undefined ? view.broken : listMoment(broken.closedAt, now))}
        </p>
      )}
      {open === null && last?.handOver.state === 'done' && (
        <p className="hand-over-band soft-green" role="status">
          <Mark name="tick" />
          {say.done(
            listMoment(last.closedAt, now),
            nameOf(people, last.handOver.giver?.person ?? ''),
            namesOf(people, takers),
          )}
          {props.seated !== null &&
            !takers.includes(props.seated) &&
            ` ${say.changePerson(nameOf(people, props.seated), keys.behind('change-person'))}`}
        </p>
      )}
      {isStale && view.mayHandOver && (
        <p className="hand-over-band soft-amber">
          <Mark name="triangle" />
          {say.stale(listMoment(open.handOver.begunAt, now))}{' '}
          <Button size="small" onClick={props.onAnew}>
            {say.beginAnew}
          </Button>
        </p>
      )}
    </>
  );
}
