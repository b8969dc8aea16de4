/** Reads 交接班 of the own room, and writes it. */
import { useCallback, useEffect, useState } from 'react';
import type { HandOverView, MatterView } from '../../duty/hand-over-view.ts';
import type { Refusal } from '../../records/command.ts';
import { useDesk, useDeskState } from '../use-desk.tsx';
import { handOverWords as say } from './words.ts';

export interface HandOverDesk {
  readonly view: HandOverView | null;
  readonly trouble: string | null;
  readonly reload: () => void;
  /** `''`, `/matters`, `/signatures` …; null when it was written, else why not, in Chinese. Read anew before it answers. */
  readonly send: (path: string, body?: unknown) => Promise<string | null>;
  readonly pastMatters: (id: string) => Promise<readonly MatterView[] | string>;
}

/** Many texts of one call come as many changes: the room is read again once they pause. */
const PAUSE_MS = 500;

/** Read at once, and again after anything that the room is told: a call that ended is one more draft. */
export function useHandOver(): HandOverDesk {
  const [view, setView] = useState<HandOverView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const { store } = useDesk();
  const room = useDeskState((state) => state.room?.id ?? null);
  const position = useDeskState((state) => state.position);
  const base = room === null ? null : `/api/hand-over/${encodeURIComponent(room)}`;
  const reload = useCallback(() => setAsked((count) => count + 1), []);

  const read = useCallback(
    async (stopped?: AbortSignal) => {
      if (base === null) return;
      const answer = await ask<HandOverView>(
        base,
        stopped === undefined ? {} : { signal: stopped },
        say.unreachable,
      );
      if (stopped?.aborted === true) return;
      setTrouble(typeof answer === 'string' ? answer : null);
      if (typeof answer !== 'string') setView(answer);
    },
    [base],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changed in the room, or asking again, restarts the reading.
  useEffect(() => {
    const stopped = new AbortController();
    const soon = setTimeout(() => void read(stopped.signal), view === null ? 0 : PAUSE_MS);
    return () => {
      clearTimeout(soon);
      stopped.abort();
    };
  }, [read, asked, position]);

  const send = useCallback(
    async (path: string, body: unknown = {}) => {
      if (base === null) return say.notSent;
      // Whoever takes over sits here afterwards: what was typed before goes out under the former name.
      store.flush();
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      const refused = await ask<null>(`${base}${path}`, init, say.notSent);
      await read();
      return refused;
    },
    [base, read, store],
  );
  return {
    view,
    trouble,
    reload,
    send,
    async pastMatters(id) {
      const answer = await ask<{ readonly matters: readonly MatterView[] }>(
        `${base}/past/${encodeURIComponent(id)}`,
        {},
        say.unreachable,
      );
      return typeof answer === 'string' ? answer : answer.matters;
    },
  };
}

/** The answer's body (null for none), or why there is none. */
async function ask<Body>(path: string, init: RequestInit, otherwise: string): Promise<Body | string> {
  try {
    const answer = await fetch(path, { cache: 'no-store', ...init });
    const body: unknown = answer.status === 204 ? null : await answer.json();
    return answer.ok ? (body as Body) : (body as Refusal).zh;
  } catch {
    return otherwise;
  }
}
