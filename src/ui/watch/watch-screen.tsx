/** 值班电话检测: two large verdicts for each line, their evidence beside them, and what a person decides; all of it by keys. */
import './watch.css';
import { Button } from 'antd';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { scopeOf } from '../../accounts/access.ts';
import type { ActionName } from '../../keys/action.ts';
import type { WatchedLineView } from '../../web/protocol/watch-view.ts';
import { useScreenKeys } from '../screen-keys.ts';
import type { ScreenProps } from '../screens.tsx';
import { SpotCheck, SpotRound } from '../spot-check/spot-check.tsx';
import { leftOf, type StartedRound } from '../spot-check/spot-check-api.ts';
import { spotCheckWords } from '../spot-check/words.ts';
import { useDeskState, useServerNow } from '../use-desk.tsx';
import { useOwnKeys } from '../use-own-keys.ts';
import { AllFindings } from './all-findings.tsx';
import { type Cell, LineGrid } from './line-grid.tsx';
import { LinePanel } from './line-panel.tsx';
import { type LineFilter, matches, placeOf } from './verdicts.ts';
import { useWatch } from './watch-api.ts';
import { watchWords as say } from './words.ts';

/** In the address: the list of all findings; 抽查, and one of its rounds. */
const ALL = 'all';
const ROUND = 'round';

export function WatchScreen(props: ScreenProps): ReactElement {
  const watch = useWatch();
  const now = useServerNow(20_000);
  return (
    <main className="screen watch-screen" aria-label={say.title}>
      <NewSuspects lines={watch.lines} />
      {watch.failed && (
        <p className="wrong" role="alert">
          {say.failed}
        </p>
      )}
      {watch.lines === null ? (
        <p className="empty-say">{watch.failed ? '' : say.loading}</p>
      ) : (
        <Part lines={watch.lines} now={now} reload={watch.reload} {...props} />
      )}
    </main>
  );
}

interface Shown extends ScreenProps {
  readonly lines: readonly WatchedLineView[];
  readonly now: number;
  readonly reload: () => void;
}

function Part(props: Shown): ReactElement {
  const { lines, now, argument, onGo } = props;
  const [begun, setBegun] = useState<StartedRound | null>(null);
  if (argument === ALL) return <AllFindings lines={lines} now={now} onGo={onGo} />;
  if (argument === ROUND)
    return (
      <SpotCheck
        lines={lines}
        onGo={onGo}
        onStarted={(started) => {
          setBegun(started);
          onGo('watch', `${ROUND}/${started.round}`);
        }}
      />
    );
  if (argument?.startsWith(`${ROUND}/`) === true) {
    const round = argument.slice(ROUND.length + 1);
    return (
      <SpotRound
        lines={lines}
        round={round}
        left={leftOf(begun, round)}
        onGo={onGo}
        onAgain={() => onGo('watch', ROUND)}
      />
    );
  }
  return <Lines key={argument} {...props} />;
}

type WatchKey = 'probe' | 'confirm' | 'dismiss' | 'close';

const PRESSED: Readonly<Partial<Record<ActionName, WatchKey>>> = {
  confirm: 'confirm',
  'watch-probe': 'probe',
  'watch-dismiss': 'dismiss',
  'watch-close': 'close',
};

function Lines(props: Shown): ReactElement {
  const { lines, now, argument } = props;
  const [filter, setFilter] = useState<LineFilter>('all');
  const [at, setAt] = useState<Cell | null>(() => (argument === null ? null : placeOf(lines, argument)));
  const [open, setOpen] = useState<Cell | null>(at);
  const mayCheck = useDeskState(({ me }) => me !== null && scopeOf(me.role, 'probe') === 'own-and-lower');
  const keys = useOwnKeys();
  const grid = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLElement>(null);
  const shown = lines.filter((line) => matches(line, filter));
  const [first] = shown;
  const here = at ?? (first === undefined ? null : { line: first.line, topic: 'forwarding' as const });
  const cell = shown.some(({ line }) => line === here?.line) ? here : null;
  const line = open === null ? undefined : lines.find((one) => one.line === open.line);
  useEffect(() => {
    if (argument === null) focusCell(grid.current);
    else panel.current?.focus();
  }, [argument]);

  function enter(to: Cell): void {
    setAt(to);
    setOpen(to);
    // Behind the drawing of what was opened.
    setTimeout(() => panel.current?.focus());
  }
  /** The key does what its button says: of the finding that has the focus, else of the first, which is undecided first. */
  function press(key: WatchKey): void {
    const marked = key === 'probe' ? null : document.activeElement?.closest('.watch-finding');
    const click = (): void =>
      (marked ?? panel.current)?.querySelector<HTMLButtonElement>(`[data-key="${key}"]`)?.click();
    // At once: what is typed behind it goes into the field that it opens.
    if (key === 'probe' && line === undefined && cell !== null) {
      enter(cell);
      // Behind the drawing of what was opened just now.
      setTimeout(click);
    } else click();
  }
  useScreenKeys((action) => {
    const key = typeof action === 'string' ? PRESSED[action] : undefined;
    if (key !== undefined) press(key);
    else if (action === 'escape') {
      const cancel = panel.current?.querySelector<HTMLButtonElement>('.watch-cancel');
      if (cancel != null) cancel.click();
      else focusCell(grid.current);
    } else return false;
    return true;
  });

  return (
    <>
      <section className="watch-lines" aria-label={say.title}>
        <header className="watch-head">
          <h1>{say.title}</h1>
          <label>
            {say.filter}{' '}
            <select value={filter} onChange={(event) => setFilter(event.target.value as LineFilter)}>
              {(['all', 'suspect', 'unknown'] as const).map((one) => (
                <option key={one} value={one}>
                  {say.filters[one]} {lines.filter((each) => matches(each, one)).length}
                </option>
              ))}
            </select>
          </label>
          <Button onClick={() => props.onGo('watch', ALL)}>{say.toAll}</Button>
          {mayCheck && <Button onClick={() => props.onGo('watch', ROUND)}>{spotCheckWords.short}</Button>}
        </header>
        {shown.length === 0 ? (
          <p className="empty-say">{lines.length === 0 ? say.noLines : say.noneMatch}</p>
        ) : (
          <LineGrid ref={grid} lines={shown} now={now} at={cell} open={open} onAt={setAt} onOpen={enter} />
        )}
        <p className="note watch-keys">{say.keys(keys.said)}</p>
      </section>
      {line === undefined || open === null ? (
        <section className="watch-panel">
          <p className="empty-say">{say.choose}</p>
        </section>
      ) : (
        <LinePanel
          key={`${line.line} ${open.topic}`}
          ref={panel}
          line={line}
          topic={open.topic}
          now={now}
          onChanged={props.reload}
          onGo={props.onGo}
        />
      )}
    </>
  );
}

/** The one cell that Tab reaches. */
function focusCell(grid: HTMLElement | null): void {
  grid?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus();
}

/** Says aloud what has become suspect since the screen was opened. Nothing moves and nothing takes the focus. */
function NewSuspects({ lines }: { readonly lines: readonly WatchedLineView[] | null }): ReactElement {
  const known = useRef<ReadonlySet<string> | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (lines === null) return;
    const suspects = lines.flatMap((line) =>
      line.findings.filter(({ state }) => state === 'suspect').map(({ id, kind }) => ({ id, kind, line })),
    );
    const before = known.current;
    known.current = new Set([...(before ?? []), ...suspects.map(({ id }) => id)]);
    const fresh = before === null ? undefined : suspects.find(({ id }) => !before.has(id));
    if (fresh !== undefined) setSaid(say.newSuspect(fresh.line.number, say.kinds[fresh.kind]));
  }, [lines]);
  return (
    <p className="unseen" role="status" aria-live="polite">
      {said}
    </p>
  );
}
