/** Plays what is due and shows a ringing call in the tab's title. */
import { useEffect, useRef, useState } from 'react';
import { dueSounds, type Heard, isDown, NOTHING_HEARD } from './alarms.ts';
import { isolated } from './bidi.ts';
import { callerInTitle, saidNumber } from './saying.ts';
import { phoneOfSeat } from './seat-phone.ts';
import { useDesk } from './use-desk.tsx';
import { words } from './words.ts';
import { liveCalls } from './work-items.ts';

export interface Alarm {
  readonly acknowledged: boolean;
  readonly acknowledge: () => void;
}

export function useAlarms(): Alarm {
  const { store, sound } = useDesk();
  const [acknowledged, setAcknowledged] = useState(false);
  const heard = useRef<Heard>(NOTHING_HEARD);
  const acknowledgedNow = useRef(false);
  acknowledgedNow.current = acknowledged;

  useEffect(() => {
    const tick = setInterval(() => {
      const state = store.read();
      const calls = [...state.calls.values()];
      const links = [...state.links.values()];
      if (!isDown(calls, links) && acknowledgedNow.current) setAcknowledged(false);
      const step = dueSounds(heard.current, {
        calls,
        links,
        seatPhone: phoneOfSeat(state),
        downAcknowledged: acknowledgedNow.current,
        clocks: state.room?.clocks ?? [],
        serverNow: store.now(),
        now: performance.now(),
      });
      heard.current = step.heard;
      for (const { sound: name, loudness } of step.due) sound.play(name, loudness);
    }, 500);
    return () => clearInterval(tick);
  }, [store, sound]);

  useEffect(() => {
    let shown = false;
    const tick = setInterval(() => {
      const ringing = liveCalls(store.read()).find(
        (call) => call.direction === 'inbound' && (call.phase === 'ringing' || call.phase === 'arriving'),
      );
      shown = ringing !== undefined && !shown;
      document.title =
        ringing !== undefined && shown
          ? words.strip.titleCall(isolated(saidNumber(ringing)), callerInTitle(ringing))
          : words.app.title;
    }, 1_000);
    return () => clearInterval(tick);
  }, [store]);

  return { acknowledged, acknowledge: () => setAcknowledged(true) };
}
