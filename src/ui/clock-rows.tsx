/** 临近时限 among 待处理: quiet lines over the list, which open the incident. No event of them moves the focus. */
import type { ReactElement } from 'react';
import { phaseOf } from '../duty/incident-clock.ts';
import type { RoomClock } from '../web/protocol/room-view.ts';
import { nearest } from './clocks.ts';
import { emergencyWords as say } from './emergency-words.ts';
import { Mark } from './icons.tsx';
import { OutsideText } from './outside-text.tsx';
import { useDeskState, useServerNow } from './use-desk.tsx';
import { useScreen } from './use-screen.ts';

const LOOK_MS = 5_000;
const NO_CLOCKS: readonly RoomClock[] = [];
/** More would push the list out of a low window. */
const MOST = 3;

export function ClockRows(): ReactElement {
  const { go } = useScreen();
  const clocks = useDeskState((state) => state.room?.clocks ?? NO_CLOCKS);
  const now = useServerNow(LOOK_MS);
  const rows = nearest(clocks, now);
  return (
    <section className="watch-rows" aria-label={say.clocks} aria-live="polite">
      {rows.slice(0, MOST).map((clock) => (
        <button
          key={`${clock.incident} ${clock.clock}`}
          type="button"
          className={`watch-open-row ${toneOf(clock, now)}`}
          // The caret stays where somebody types.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => go('incident', clock.incident)}
        >
          <Mark name="triangle" />
          <b>{say.clock(clock.name, standing(clock, now))}</b>
          <span>
            <OutsideText text={clock.title === '' ? say.hidden : clock.title} />
          </span>
          <span className="watch-open-go">{say.go}</span>
        </button>
      ))}
    </section>
  );
}

function toneOf({ dueAt }: RoomClock, now: number): string {
  return phaseOf({ dueAt, doneAt: null }, now) === 'near' ? 'soft-amber' : 'soft-red';
}

function standing({ dueAt }: RoomClock, now: number): string {
  if (dueAt === null) return say.atOnce;
  const minutes = Math.ceil(Math.abs(now - dueAt) / 60_000);
  return now > dueAt ? say.over(minutes) : say.left(minutes);
}
