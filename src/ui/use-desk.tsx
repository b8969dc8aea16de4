/** How components reach the desk: its state, its store, the sound box, files on their way and the server's clock. */
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import type { DeskState } from './desk-state.ts';
import type { DeskStore } from './desk-store.ts';
import type { DrillBox } from './drill/drill-box.ts';
import type { SoundBox } from './sound.ts';
import type { Uploads } from './uploads.ts';

export interface Desk {
  readonly store: DeskStore;
  readonly sound: SoundBox;
  readonly drills: DrillBox;
  readonly uploads: Uploads;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk outside of DeskContext');
  return desk;
}

/** A part of the state. The selector must return the same reference for the same state. */
export function useDeskState<Part>(select: (state: DeskState) => Part): Part {
  const { store } = useDesk();
  return useSyncExternalStore(store.subscribe, () => select(store.read()));
}

/** The server's clock, ms UTC, read again every `everyMs`. */
export function useServerNow(everyMs = 1_000): number {
  const { store } = useDesk();
  const [now, setNow] = useState(() => store.now());
  useEffect(() => {
    const tick = setInterval(() => setNow(store.now()), everyMs);
    return () => clearInterval(tick);
  }, [store, everyMs]);
  return now;
}
