/** The page 录音 and the service behind it: read again and again while it is open, and what a person decides. */
import { useCallback, useEffect, useState } from 'react';
import type { Refusal } from '../records/command.ts';
import type { RecordingDeskView } from '../web/protocol/recording-desk-view.ts';
import { words } from './words.ts';

const QUIET_MS = 10_000;
const BUSY_MS = 1_500;

export interface RecordingDeskState {
  readonly view: RecordingDeskView | null;
  /** Why it could not be read; the last view stays. */
  readonly trouble: string | null;
  readonly reload: () => void;
  /** Null when done; else why not. */
  readonly act: (path: string, body?: unknown) => Promise<string | null>;
}

/** Reads at once, then every ten seconds, more often while something runs. */
export function useRecordingDesk(): RecordingDeskState {
  const [view, setView] = useState<RecordingDeskView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const reload = useCallback(() => setAsked((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what restarts the reading.
  useEffect(() => {
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function read(): Promise<void> {
      const answer = await readDesk(stopped.signal);
      if (stopped.signal.aborted) return;
      setTrouble(answer.ok ? null : answer.zh);
      if (answer.ok) setView(answer.view);
      const busy = answer.ok && (answer.view.reconcile.running || answer.view.jobs.running > 0);
      timer = setTimeout(() => void read(), busy ? BUSY_MS : QUIET_MS);
    }
    void read();
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [asked]);

  const act = useCallback(
    async (path: string, body: unknown = {}) => {
      const refusal = await post(path, body);
      reload();
      return refusal?.zh ?? null;
    },
    [reload],
  );
  return { view, trouble, reload, act };
}

type Read =
  | { readonly ok: true; readonly view: RecordingDeskView }
  | { readonly ok: false; readonly zh: string };

async function readDesk(signal: AbortSignal): Promise<Read> {
  try {
    const answer = await fetch('/api/recording-desk', { cache: 'no-store', signal });
    const body: unknown = await answer.json();
    return answer.ok
      ? { ok: true, view: body as RecordingDeskView }
      : { ok: false, zh: (body as Refusal).zh };
  } catch {
    return { ok: false, zh: words.recordingDesk.failed };
  }
}

async function post(path: string, body: unknown): Promise<Refusal | null> {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.ok ? null : ((await answer.json()) as Refusal);
  } catch {
    return { code: 'unreachable', zh: words.recordingDesk.failed, en: 'server unreachable' };
  }
}
