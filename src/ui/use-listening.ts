/** One recording being listened to: opened before the first byte, told as it plays, told to the end when it closes. */
import { useEffect, useRef, useState } from 'react';
import type { Refusal } from '../records/command.ts';
import { askForCheck, createHeardSeconds, openListening, tellHeard } from './listening.ts';

export interface Listening {
  /** True when sound may be asked for. */
  readonly open: (reason: string | null) => Promise<boolean>;
  readonly at: (seconds: number) => void;
  readonly paused: () => void;
  /** A reason is owed. */
  readonly asks: boolean;
  readonly refusal: Refusal | null;
}

export function useListening(recording: string): Listening {
  const listen = useRef<string | null>(null);
  const [heard] = useState(createHeardSeconds);
  const [asks, setAsks] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  useEffect(() => {
    const tell = (): void => {
      if (listen.current !== null) tellHeard(listen.current, heard.take());
    };
    window.addEventListener('pagehide', tell);
    return () => {
      window.removeEventListener('pagehide', tell);
      tell();
    };
  }, [heard]);

  return {
    asks,
    refusal,
    open: async (reason) => {
      if (listen.current !== null) return true;
      const answer = await openListening(recording, reason);
      setAsks(answer.kind === 'say-why');
      setRefusal(answer.kind === 'refused' ? answer.refusal : null);
      if (answer.kind === 'may') {
        listen.current = answer.listen;
        askForCheck(recording);
      }
      return answer.kind === 'may';
    },
    at: heard.at,
    paused: () => {
      heard.pause();
      if (listen.current !== null) tellHeard(listen.current, heard.take());
    },
  };
}
