/**
 * What was typed into a 交接班 and not sent yet: it stays while somebody answers a call at the desk and comes back. A PIN waits
 * for nobody else: it is forgotten when the screen is locked, and everything when somebody logs out.
 */
import { useState } from 'react';
import type { DeskStore } from '../desk-store.ts';
import { useDesk } from '../use-desk.tsx';

/** How the name of a PIN ends. */
export const PIN = ' pin';

const kept = new Map<string, string>();
let watched: DeskStore | null = null;

/** As `useState` of a text, under a name that is the same when the page is opened again. */
export function useKeptInput(name: string, first: string): readonly [string, (text: string) => void] {
  const { store } = useDesk();
  watch(store);
  const [, setShown] = useState(0);
  return [
    kept.get(name) ?? first,
    (text) => {
      kept.set(name, text);
      setShown((count) => count + 1);
    },
  ];
}

/** Sent, or no longer wanted. */
export function forgetInput(name: string): void {
  kept.delete(name);
}

function watch(store: DeskStore): void {
  if (watched === store) return;
  watched = store;
  store.subscribe(() => {
    const { lock, session } = store.read();
    if (session === 'out') kept.clear();
    if (lock === null) return;
    for (const name of kept.keys()) if (name.endsWith(PIN)) kept.delete(name);
  });
}
