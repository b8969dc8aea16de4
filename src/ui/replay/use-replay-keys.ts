/** Listens to the keys of 回放 as long as it is open. */
import { useEffect, useRef } from 'react';
import { keyPlaceOf, type ReplayKey, replayKey } from './replay-keys.ts';

export function useReplayKeys(act: (key: ReplayKey) => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const key = replayKey(event, keyPlaceOf(document.activeElement));
      if (key === null) return;
      event.preventDefault();
      latest.current(key);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
