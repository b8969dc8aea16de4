/** What stands round every screen: top bar, strip, rail, notices and keys. No event moves the focus but F2 and this seat's phone. */
import { lazy, type ReactElement, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { KeyAction } from '../keys/action.ts';
import { talksHere } from './alarms.ts';
import { CallStrip } from './call-strip.tsx';
import { DemoBand } from './demo-band.tsx';
import { DeskScreen } from './desk-screen.tsx';
import { DrillBand } from './drill/drill-band.tsx';
import { runningDrill } from './drill/drill-box.ts';
import { useDrills } from './drill/use-drills.ts';
import { focusField } from './focus-field.ts';
import { KeyBar } from './key-bar.tsx';
import { Notices } from './notices.tsx';
import { Rail } from './rail.tsx';
import { ScreenFrame } from './screen-frame.tsx';
import { type ScreenKeyHandler, ScreenKeys } from './screen-keys.ts';
import { screensOf } from './screens.tsx';
import { phoneOfSeat } from './seat-phone.ts';
import { TopBar } from './top-bar.tsx';
import { useAlarms } from './use-alarms.ts';
import { useDesk, useDeskState } from './use-desk.tsx';
import { hasFieldFocus, useKeys } from './use-keys.ts';
import { useMay } from './use-may.ts';
import { useScreen } from './use-screen.ts';
import { liveCalls, newestCall, opened } from './work-items.ts';

/** Loaded when F1 is first pressed. */
const DutyNotesPanel = lazy(() =>
  import('./duty-notes/duty-notes-panel.tsx').then((file) => ({ default: file.DutyNotesPanel })),
);

export type Layer = 'notes' | 'change-person' | 'list';

/** For everybody who stands in a duty room. */
export function Shell(): ReactElement {
  const { store } = useDesk();
  const [layer, setLayer] = useState<Layer | null>(null);
  const place = useScreen();
  const { go } = place;
  const keys = useRef<ScreenKeyHandler | null>(null);
  const alarm = useAlarms();
  const drill = runningDrill(useDrills());
  const sits = useMay('sit');
  const openCall = useCallback(
    (id: string) => {
      store.dispatch({ type: 'select', selected: { kind: 'call', id } });
      setLayer(null);
      go('desk');
      setTimeout(() => focusField('content'));
    },
    [store, go],
  );
  useOwnPhone(openCall);
  useFirstCall((id) => store.dispatch({ type: 'select', selected: { kind: 'call', id } }));

  function act(action: KeyAction): boolean {
    switch (action) {
      case 'change-person':
        if (!sits) return false;
        setLayer(layer === action ? null : action);
        return true;
      case 'notes':
        setLayer(layer === action ? null : action);
        return true;
      case 'drawer':
        setLayer(layer === 'list' ? null : 'list');
        return true;
      case 'newest': {
        // While a drill runs there is no real call: its end comes with the first ring of one.
        if (place.screen === 'drill' && drill !== null && keys.current?.(action) === true) return true;
        const newest = newestCall(store.read());
        if (newest !== null) openCall(newest.id);
        return true;
      }
      case 'lock':
        void store.lock();
        return true;
      case 'harmless':
        store.flush();
        return true;
      case 'escape':
        if (layer !== null) setLayer(null);
        else keys.current?.(action);
        return true;
      default:
        return keys.current?.(action) ?? false;
    }
  }
  useKeys(act);

  const role = useDeskState((state) => state.me?.role ?? 'officer');
  // An address of a screen that is not this role's leads to the desk.
  const screen = screensOf(role).find(({ id }) => id === place.screen);
  const call = opened(store.read()).call;
  return (
    <ScreenKeys.Provider value={keys}>
      <div className="desk">
        <TopBar open={layer === 'change-person'} onLayer={setLayer} onWatch={() => go('watch')} />
        <DemoBand />
        <DrillBand here={place.screen === 'drill'} onOpen={() => go('drill')} />
        <CallStrip onOpen={openCall} />
        <div className="panes">
          <Rail onLayer={setLayer} screen={place.screen} onGo={go} />
          {screen === undefined || screen.view === null ? (
            <DeskScreen
              listOpen={layer === 'list'}
              onCloseList={() => setLayer(null)}
              onWatch={(line) => go('watch', line)}
            />
          ) : (
            <ScreenFrame
              screen={screen}
              argument={place.argument}
              openCall={call?.id ?? null}
              onOpenCall={openCall}
              onGo={go}
            />
          )}
          {layer === 'notes' && (
            <Suspense fallback={null}>
              <DutyNotesPanel onClose={() => setLayer(null)} />
            </Suspense>
          )}
        </div>
        <Notices
          alarm={alarm}
          onOpenCall={openCall}
          onRoster={place.screen === 'roster' ? null : () => go('roster')}
        />
        <KeyBar onKey={act} />
      </div>
    </ScreenKeys.Provider>
  );
}

/** Picking up this seat's phone opens its call, when nobody is writing. */
function useOwnPhone(open: (call: string) => void): void {
  const calls = useDeskState((state) => state.calls);
  const seatPhone = useDeskState((state) => phoneOfSeat(state));
  const talking = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    const now = new Set([...calls.values()].filter((call) => talksHere(call, seatPhone)).map(({ id }) => id));
    const before = talking.current;
    talking.current = now;
    // At the first look nobody has just picked up: the page was opened in mid-call.
    if (before === null || hasFieldFocus()) return;
    for (const id of now) if (!before.has(id)) return open(id);
  }, [calls, seatPhone, open]);
}

/** A call that comes while no form is open is shown, without the focus. */
function useFirstCall(show: (call: string) => void): void {
  const calls = useDeskState((state) => state.calls);
  const selected = useDeskState((state) => state.selected);
  useEffect(() => {
    const [newest] = liveCalls({ calls });
    if (selected === null && newest !== undefined && !hasFieldFocus()) show(newest.id);
  }, [calls, selected, show]);
}
