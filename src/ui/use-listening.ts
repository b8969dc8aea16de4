/** One recording being listened to: opened before the first byte, told as it plays, told to the end when it closes. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Refusal } from '../records/command.ts';
import type { RecordingView } from '../web/protocol/call-view.ts';
import { askForCheck, type Checked, createHeardSeconds, openListening, tellHeard } from './listening.ts';

export interface Listening {
  /** True when sound may be asked for. */
  readonly open: (reason: string | null) => Promise<boolean>;
  readonly at: (seconds: number) => void;
  readonly paused: () => void;
  /** It goes on somewhere else: what lies between was not heard. */
  readonly jumped: () => void;
  /** A reason is owed. */
  readonly asks: boolean;
  readonly refusal: Refusal | null;
  /** Why nothing may be played: the file is not what was kept. */
  readonly stopped: 'altered' | 'missing' | null;
  readonly check: () => void;
}

export function useListening({ id: recording, check: told }: RecordingView): Listening {
  const listen = useRef<string | null>(null);
  const [heard] = useState(createHeardSeconds);
  const [asks, setAsks] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [checked, setChecked] = useState<Checked>(null);
  const check = (): void => void askForCheck(recording).then(setChecked);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is told later, such as a restored file, holds over what was asked.
  useEffect(() => setChecked(null), [told]);

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

  const paused = useCallback((): void => {
    heard.pause();
    if (listen.current !== null) tellHeard(listen.current, heard.take());
  }, [heard]);

  return {
    asks,
    refusal,
    stopped: badOf(checked) ?? badOf(told),
    check,
    open: async (reason) => {
      if (listen.current !== null) return true;
      const answer = await openListening(recording, reason);
      setAsks(answer.kind === 'say-why');
      setRefusal(answer.kind === 'refused' ? answer.refusal : null);
      if (answer.kind === 'may') {
        listen.current = answer.listen;
        check();
      }
      return answer.kind === 'may';
    },
    at: heard.at,
    paused,
    jumped: heard.pause,
  };
}

function badOf(check: RecordingView['check']): 'altered' | 'missing' | null {
  return check === 'altered' || check === 'missing' ? check : null;
}
