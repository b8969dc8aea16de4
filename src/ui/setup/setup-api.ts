/** The page 系统 and the service behind it. Each answer is a value or a sentence for the person. */
import { useCallback, useEffect, useState } from 'react';
import type { Refusal } from '../../records/command.ts';
import { setupWords as say } from './setup-words.ts';

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly zh: string };

/** `path` is the whole address below the service. */
export async function readAnswer<T>(path: string, signal?: AbortSignal): Promise<Answer<T>> {
  return answerOf(
    fetch(path, { cache: 'no-store', ...(signal === undefined ? {} : { signal }) }),
    say.unreachable,
  );
}

export function sendSetup<T>(path: string, body: unknown): Promise<Answer<T>> {
  return sendAnswer(`/api/setup${path}`, body);
}

/** `path` is the whole address below the service. */
export async function sendAnswer<T>(path: string, body: unknown): Promise<Answer<T>> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  return answerOf(fetch(path, init), say.notSent);
}

async function answerOf<T>(asked: Promise<Response>, otherwise: string): Promise<Answer<T>> {
  try {
    const answer = await asked;
    if (answer.status === 204) return { ok: true, value: undefined as T };
    const body: unknown = await answer.json();
    return answer.ok ? { ok: true, value: body as T } : { ok: false, zh: (body as Refusal).zh };
  } catch {
    return { ok: false, zh: otherwise };
  }
}

export interface Polled<T> {
  readonly value: T | null;
  /** Why it could not be read; the last value stays. */
  readonly trouble: string | null;
  readonly reload: () => void;
  readonly set: (value: T) => void;
}

/** Reads at once and then every `everyMs`; null: once, and when it is asked for. */
export function usePolled<T>(path: string, everyMs: number | null): Polled<T> {
  const [value, setValue] = useState<T | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const reload = useCallback(() => setAsked((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what restarts the reading.
  useEffect(() => {
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function read(): Promise<void> {
      const answer = await readAnswer<T>(`/api/setup${path}`, stopped.signal);
      if (stopped.signal.aborted) return;
      setTrouble(answer.ok ? null : answer.zh);
      if (answer.ok) setValue(answer.value);
      if (everyMs !== null) timer = setTimeout(() => void read(), everyMs);
    }
    void read();
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [path, everyMs, asked]);
  return { value, trouble, reload, set: setValue };
}
