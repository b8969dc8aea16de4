/** The shell hears every key and does what is its own; the rest goes to the screen that is open. */
import { createContext, useContext, useEffect, useLayoutEffect, useRef } from 'react';
import type { KeyAction } from '../keys/action.ts';

/** True when the screen did something with it. */
export type ScreenKeyHandler = (action: KeyAction) => boolean;

export const ScreenKeys = createContext<{ current: ScreenKeyHandler | null } | null>(null);

/** Takes the keys that the shell does not use, as long as this screen is open. */
export function useScreenKeys(handle: ScreenKeyHandler): void {
  const keys = useContext(ScreenKeys);
  const latest = useRef(handle);
  // With what is shown, not some time after it: a key may come in between.
  useLayoutEffect(() => {
    latest.current = handle;
  });
  useEffect(() => {
    if (keys === null) return;
    const mine: ScreenKeyHandler = (action) => latest.current(action);
    keys.current = mine;
    return () => {
      if (keys.current === mine) keys.current = null;
    };
  }, [keys]);
}
