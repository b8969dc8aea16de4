/**
 * 锁屏待接: clock, line, the calls that live now, one box to write in, and the way back. Records, lists and sound are not here:
 * the service does not tell them to a locked page.
 */
import './lock.css';
import { type ReactElement, useEffect, useRef } from 'react';
import type { LockView } from '../../web/protocol/lock-view.ts';
import { isolated } from '../bidi.ts';
import { clockSecond, day } from '../format.ts';
import { Mark } from '../icons.tsx';
import { useDesk, useDeskState, useServerNow } from '../use-desk.tsx';
import { words } from '../words.ts';
import { dueWhileLocked, type LockHeard, NOTHING_HEARD_LOCKED } from './lock-alarms.ts';
import { LockNote } from './lock-note.tsx';
import { LockStrip, saidLockedNumber } from './lock-strip.tsx';
import { lockWords as say } from './lock-words.ts';
import { UnlockForm } from './unlock-form.tsx';

const LINE_MARKS = { up: 'tick', down: 'triangle', connecting: 'ring', unknown: 'hatched' } as const;

export function LockScreen({ view }: { readonly view: LockView }): ReactElement {
  const link = useDeskState((state) => state.link.state);
  const { seat, calls } = view;
  // Out of reach, the page knows nothing of the line.
  const line = link === 'open' ? view.line : 'unknown';
  useLockAlarms(view);
  return (
    <main className="lock" aria-label={say.title}>
      <header className="top">
        <strong className="top-room">{seat?.room ?? words.app.product}</strong>
        <span className="top-unclassified">{words.app.unclassified}</span>
        <span className="top-people">{seat?.name}</span>
      </header>
      {seat !== null && <LockStrip calls={calls} line={line} />}
      <div className="lock-body">
        <section className="lock-clock">
          <Clock />
          {seat !== null && (
            <p className={`lock-line lock-line-${line}`}>
              <Mark name={LINE_MARKS[line]} />
              {say.lines[line]}
            </p>
          )}
          <p className="lock-who">{say.locked(view.name)}</p>
        </section>
        <div className="lock-forms">
          {seat !== null && <LockNote calls={calls} />}
          <UnlockForm view={view} focusFirst={calls.length === 0} />
        </div>
      </div>
      {link === 'down' && (
        <p className="bar bar-red" role="alert">
          {say.offline}
        </p>
      )}
    </main>
  );
}

function Clock(): ReactElement {
  const now = useServerNow(500);
  return (
    <>
      <time className="lock-time">{clockSecond(now)}</time>
      <p className="lock-day">{day(now)}</p>
    </>
  );
}

/** A call that rings is heard and stands in the tab's title, as at the desk. */
function useLockAlarms(view: LockView): void {
  const { sound } = useDesk();
  const latest = useRef(view);
  const heard = useRef<LockHeard>(NOTHING_HEARD_LOCKED);
  useEffect(() => {
    latest.current = view;
  });
  useEffect(() => {
    let shown = false;
    let half = false;
    const tick = setInterval(() => {
      const { current } = latest;
      const step = dueWhileLocked(heard.current, current, performance.now());
      heard.current = step.heard;
      for (const { sound: name, loudness } of step.due) sound.play(name, loudness);
      half = !half;
      if (half) return;
      const ringing = current.calls.find(
        ({ direction, phase }) => direction === 'inbound' && (phase === 'ringing' || phase === 'arriving'),
      );
      shown = ringing !== undefined && !shown;
      document.title =
        ringing !== undefined && shown
          ? words.strip.titleCall(isolated(saidLockedNumber(ringing)), ringing.caller.unit ?? '')
          : words.app.title;
    }, 500);
    return () => {
      clearInterval(tick);
      document.title = words.app.title;
    };
  }, [sound]);
}
