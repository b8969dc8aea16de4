/** Which page is shown: log in, seat, or the desk. */
import { Button, ConfigProvider } from 'antd';
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { seesRooms } from './desk-state.ts';
import { createDrillBox } from './drill/drill-box.ts';
import { LockScreen } from './lock/lock-screen.tsx';
import { Login } from './login.tsx';
import { useNight } from './night.ts';
import { OfficeShell } from './office-shell.tsx';
import { SeatChoice } from './seat-choice.tsx';
import { Shell } from './shell.tsx';
import { antdTheme } from './theme.ts';
import { type Desk, DeskContext, useDesk, useDeskState } from './use-desk.tsx';
import { words } from './words.ts';

export function App(props: Omit<Desk, 'drills'>): ReactElement {
  const night = useNight();
  const theme = useMemo(() => antdTheme(night), [night]);
  const { store, sound, uploads } = props;
  const desk = useMemo(() => ({ store, sound, uploads, drills: createDrillBox() }), [store, sound, uploads]);
  return (
    <ConfigProvider theme={theme} button={{ autoInsertSpace: false }}>
      <DeskContext.Provider value={desk}>
        <Page />
      </DeskContext.Provider>
    </ConfigProvider>
  );
}

function Page(): ReactElement {
  const session = useDeskState((state) => state.session);
  const room = useDeskState((state) => state.room);
  const me = useDeskState((state) => state.me);
  const lock = useDeskState((state) => state.lock);
  if (session === 'out') return <Login />;
  if (lock !== null) return <LockScreen view={lock} />;
  if (session === 'in' && me !== null && !seesRooms(me)) return <OfficeShell />;
  if (session === 'unknown' || room === null || me === null) return <Waiting />;
  const mustSit = me.seat === null && (me.role === 'officer' || me.role === 'leader');
  return mustSit ? <SeatChoice room={room} /> : <Shell />;
}

/** Nothing for 400 ms, then what is being waited for, then what to do. */
function Waiting(): ReactElement {
  const { store } = useDesk();
  const remark = useDeskState((state) => state.remark);
  const session = useDeskState((state) => state.session);
  const [waited, setWaited] = useState(0);
  useEffect(() => {
    const soon = setTimeout(() => setWaited(1), 400);
    const late = setTimeout(() => setWaited(2), 5_000);
    return () => {
      clearTimeout(soon);
      clearTimeout(late);
    };
  }, []);
  return (
    <main className="waiting" aria-live="polite">
      {waited > 0 && <p>{words.start.connecting}</p>}
      {remark !== null ? <p className="wrong">{remark.zh}</p> : waited > 1 && <p>{words.start.slow}</p>}
      {session === 'in' && remark !== null && (
        <Button onClick={() => void store.leave()}>{words.top.logOut}</Button>
      )}
    </main>
  );
}
