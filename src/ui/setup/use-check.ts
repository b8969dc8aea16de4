/** Doctor's checks: run when the page opens and when asked for; how long it takes is told while it runs. */
import { useCallback, useEffect, useState } from 'react';
import type { CheckView } from '../../web/protocol/setup-view.ts';
import { sendSetup } from './setup-api.ts';

export interface Check {
  readonly view: CheckView | null;
  readonly trouble: string | null;
  /** Seconds since it began; null: none runs. */
  readonly runningFor: number | null;
  readonly run: () => void;
}

export function useCheck(): Check {
  const [view, setView] = useState<CheckView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [runningFor, setRunningFor] = useState<number | null>(null);
  const run = useCallback(() => {
    const begun = performance.now();
    setRunningFor(0);
    const timer = setInterval(() => setRunningFor(Math.floor((performance.now() - begun) / 1_000)), 500);
    void sendSetup<CheckView>('/check', {}).then((answer) => {
      clearInterval(timer);
      setRunningFor(null);
      setTrouble(answer.ok ? null : answer.zh);
      if (answer.ok) setView(answer.value);
    });
  }, []);
  useEffect(run, [run]);
  return { view, trouble, runningFor, run };
}
