/** For who sees no duty room (administrator, auditor): no strip, no calls, only the screens of the role. */
import { type ReactElement, useRef } from 'react';
import { Rail } from './rail.tsx';
import { ScreenFrame } from './screen-frame.tsx';
import { type ScreenKeyHandler, ScreenKeys } from './screen-keys.ts';
import { screensOf } from './screens.tsx';
import { useDesk, useDeskState } from './use-desk.tsx';
import { useKeys } from './use-keys.ts';
import { useScreen } from './use-screen.ts';
import { words } from './words.ts';

export function OfficeShell(): ReactElement {
  const { store } = useDesk();
  const me = useDeskState((state) => state.me);
  const place = useScreen();
  const keys = useRef<ScreenKeyHandler | null>(null);
  useKeys((action) => {
    if (action !== 'lock') return keys.current?.(action) ?? false;
    void store.lock();
    return true;
  });
  const screens = me === null ? [] : screensOf(me.role);
  const screen = screens.find(({ id }) => id === place.screen) ?? screens[0];
  return (
    <ScreenKeys.Provider value={keys}>
      <div className="desk">
        <header className="top">
          <strong className="top-room">{words.app.product}</strong>
          <span className="top-unclassified">{words.app.unclassified}</span>
          <span className="top-people">{me?.name}</span>
        </header>
        <div className="panes">
          <Rail onLayer={null} screen={screen?.id ?? 'desk'} onGo={place.go} />
          {screen === undefined ? (
            <main className="screen">
              <p className="empty-say">{words.screen.none}</p>
            </main>
          ) : (
            <ScreenFrame
              screen={screen}
              argument={screen.id === place.screen ? place.argument : null}
              openCall={null}
              onOpenCall={() => undefined}
              onGo={place.go}
            />
          )}
        </div>
      </div>
    </ScreenKeys.Provider>
  );
}
