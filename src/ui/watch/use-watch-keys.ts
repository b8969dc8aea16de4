/** Listens to the keys of 检测 as long as it is open; the shell's own handler, which comes later, sees that they were used. */
import { useEffect, useRef } from 'react';
import { keyPlaceOf } from '../replay/replay-keys.ts';
import { type WatchKey, watchKey } from './watch-keys.ts';

export function useWatchKeys(act: (key: WatchKey) => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const key = watchKey(event, keyPlaceOf(document.activeElement));
      if (key === null) return;
      event.preventDefault();
      latest.current(key);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
