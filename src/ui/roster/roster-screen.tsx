/** 值班表: a week or a month to look at, one shift to change beside it; everything by the keyboard. */
import './roster.css';
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { day as dayIn } from '../format.ts';
import { useScreenKeys } from '../screen-keys.ts';
import { useDeskState, useServerNow } from '../use-desk.tsx';
import { useOwnKeys } from '../use-own-keys.ts';
import { plusDays, shownSpan, steppedDay, type ViewKind } from './calendar.ts';
import { ImportPanel } from './import-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { PublishPanel, ReportPanel } from './publish-panel.tsx';
import { useRoster } from './roster-api.ts';
import { RosterBands } from './roster-bands.tsx';
import { type Place, RosterGrid } from './roster-grid.tsx';
import { RosterSheet } from './roster-sheet.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { ShiftPanel } from './shift-panel.tsx';
import { type Said, useCopyWeek } from './use-copy-week.ts';
import { rosterWords as say } from './words.ts';

interface Span {
  readonly from: string;
  readonly to: string;
}

/** What stands on the right. */
type Mode =
  | { readonly kind: 'shift' | 'publish' | 'people' | 'rules' | 'import' }
  | { readonly kind: 'report'; readonly span: Span };

const ON_SHIFT: Mode = { kind: 'shift' };

export function RosterScreen(): ReactElement {
  const today = dayIn(useServerNow(60_000));
  const [kind, setKind] = useState<ViewKind>('week');
  const [chosen, setChosen] = useState<Place>({ day: today, index: 0 });
  const [mode, setMode] = useState<Mode>(ON_SHIFT);
  const wantsPanel = useRef(false);
  const panelPane = useRef<HTMLElement>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const keys = useOwnKeys();
  const shown = shownSpan(kind, chosen.day);
  const desk = useRoster(shown);
  const { view } = desk;
  const copyWeek = useCopyWeek(desk, view);
  const room = useDeskState((state) => state.room);
  // Of a month its own days only: the grid shows whole weeks.
  const month = chosen.day.slice(0, 7);
  const span: Span =
    kind === 'week'
      ? { from: shown.from, to: plusDays(shown.from, 6) }
      : { from: `${month}-01`, to: plusDays(steppedDay('month', chosen.day, 1), -1) };
  const shift = view?.shifts.filter(({ day }) => day === chosen.day)[chosen.index];
  const isCurrent = view !== null && view.from === shown.from && view.days === shown.days;

  function toGrid(): void {
    setMode(ON_SHIFT);
    document.querySelector<HTMLElement>('.roster-grid [tabindex="0"]')?.focus();
  }
  const mayCopy = view?.mayEdit === true && kind === 'week' && isCurrent;
  async function copy(): Promise<void> {
    if (!mayCopy) return;
    setMode(ON_SHIFT);
    const done = await copyWeek();
    if (done !== null) setSaid(done);
  }
  useScreenKeys((action) => {
    if (action === 'roster-copy' && mayCopy) {
      void copy();
      return true;
    }
    if (action !== 'escape') return false;
    const active = document.activeElement;
    if (mode.kind === 'shift' && active?.closest('.roster-panel') === null) return false;
    toGrid();
    return true;
  });
  function open(place: Place): void {
    setSaid(null);
    setChosen(place);
    setMode(ON_SHIFT);
    wantsPanel.current = true;
  }
  async function print(): Promise<void> {
    if ((await desk.send('printed', span)) === null) window.print();
  }
  const step = (by: 1 | -1) => setChosen({ ...chosen, day: steppedDay(kind, chosen.day, by) });
  const panel = (next: Mode) => () => {
    setSaid(null);
    setMode(next);
  };
  useEffect(() => {
    // What was opened by a key goes on by keys.
    if (mode.kind !== 'shift')
      panelPane.current?.querySelector<HTMLElement>('input, select, button')?.focus();
  }, [mode]);
  const dayShifts = view?.shifts.filter(({ day }) => day === chosen.day) ?? [];

  return (
    <main className="screen roster" aria-label={say.title}>
      <header className="roster-head">
        <h1>{say.title}</h1>
        {(['week', 'month'] as const).map((one) => (
          <Button
            key={one}
            type={one === kind ? 'primary' : 'default'}
            aria-pressed={one === kind}
            onClick={() => setKind(one)}
          >
            {say[one]}
          </Button>
        ))}
        <Button aria-label={say.before} onClick={() => step(-1)}>
          ‹
        </Button>
        <Button onClick={() => setChosen({ day: today, index: 0 })}>{say.today}</Button>
        <Button aria-label={say.after} onClick={() => step(1)}>
          ›
        </Button>
        <span className="roster-span">{say.span(span.from, span.to)}</span>
        <span className="roster-tools">
          {view?.mayEdit === true && (
            <>
              <Button type="primary" onClick={panel({ kind: 'publish' })}>
                {say.publish}
              </Button>
              <Button onClick={panel({ kind: 'report', span })}>{say.report}</Button>
              <Button onClick={panel({ kind: 'import' })}>{say.import}</Button>
              {kind === 'week' && (
                <Button disabled={!mayCopy} onClick={() => void copy()}>
                  {`${say.copyWeek}${keys.behind('roster-copy')}`}
                </Button>
              )}
            </>
          )}
          {desk.sheet !== null && (
            <Button href={desk.sheet} download>
              {say.export}
            </Button>
          )}
          <Button onClick={() => void print()}>{say.print}</Button>
          <Button onClick={panel({ kind: 'people' })}>{say.people}</Button>
          {view?.mayEdit === true && <Button onClick={panel({ kind: 'rules' })}>{say.rules}</Button>}
        </span>
      </header>
      {desk.trouble !== null && (
        <p className="wrong" role="alert">
          {desk.trouble} <Button onClick={desk.reload}>{say.again}</Button>
        </p>
      )}
      {view === null ? (
        desk.trouble === null && <p className="empty-say">{say.loading}</p>
      ) : (
        <>
          <RosterBands
            desk={desk}
            view={view}
            onReport={({ from, to }) => setMode({ kind: 'report', span: { from, to } })}
          />
          <div className="roster-panes">
            <div className="roster-left">
              <RosterGrid
                view={view}
                kind={kind}
                today={today}
                month={month}
                chosen={chosen}
                onChoose={setChosen}
                onOpen={open}
                onLeave={(day) => setChosen({ ...chosen, day })}
              />
              <p className="note">{say.hint}</p>
            </div>
            <aside ref={panelPane} className="roster-panel">
              {said !== null && <SaidNote said={said} />}
              {mode.kind === 'publish' && (
                <PublishPanel desk={desk} view={view} span={span} onDone={toGrid} />
              )}
              {mode.kind === 'report' && (
                <ReportPanel
                  key={`${mode.span.from} ${mode.span.to}`}
                  desk={desk}
                  view={view}
                  span={mode.span}
                  onDone={toGrid}
                />
              )}
              {mode.kind === 'people' && <PeoplePanel desk={desk} view={view} />}
              {mode.kind === 'rules' && <RulesPanel desk={desk} view={view} onDone={toGrid} />}
              {mode.kind === 'import' && (
                <ImportPanel
                  desk={desk}
                  view={view}
                  onCancel={toGrid}
                  onDone={(sentence) => {
                    toGrid();
                    setSaid({ sentence, lines: [], isWrong: false });
                  }}
                />
              )}
              {mode.kind === 'shift' && dayShifts.length > 1 && kind === 'month' && (
                <p className="roster-actions">
                  {dayShifts.map(({ name, from }, index) => (
                    <Button
                      key={from}
                      size="small"
                      type={index === chosen.index ? 'primary' : 'default'}
                      onClick={() => open({ day: chosen.day, index })}
                    >
                      {name}
                    </Button>
                  ))}
                </p>
              )}
              {mode.kind === 'shift' &&
                (shift === undefined || !isCurrent ? (
                  <p className="empty-say">{say.choose}</p>
                ) : (
                  <ShiftPanel
                    key={`${shift.from}-${shift.to}`}
                    desk={desk}
                    view={view}
                    shift={shift}
                    wantsFocus={wantsPanel}
                  />
                ))}
            </aside>
          </div>
          <RosterSheet view={view} room={room?.name ?? ''} span={span} />
        </>
      )}
    </main>
  );
}

function SaidNote({ said }: { readonly said: Said }): ReactElement {
  return (
    <div
      className={said.isWrong ? 'roster-said soft-red' : 'roster-said'}
      role={said.isWrong ? 'alert' : 'status'}
    >
      <p>{said.sentence}</p>
      {said.lines.map((line) => (
        <p key={line} className="note">
          {line}
        </p>
      ))}
    </div>
  );
}
