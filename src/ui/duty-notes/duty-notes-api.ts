/** Reads 本班须知 of the own room, and writes it. */
import { useCallback, useEffect, useState } from 'react';
import type { DutyNotes } from '../../duty/duty-notes.ts';
import type { ShutParts } from '../../duty/notes-parts.ts';
import type { Refusal } from '../../records/command.ts';
import type { DutyNotesView } from '../../web/protocol/duty-notes-view.ts';
import { useDeskState } from '../use-desk.tsx';
import { dutyNotesWords as say } from './words.ts';

export interface DutyNotesVersion {
  readonly version: number;
  readonly notes: DutyNotes;
  readonly at: number;
  readonly by: string | null;
  readonly shut: ShutParts;
}

export interface DutyNotesState {
  readonly view: DutyNotesView<DutyNotes> | null;
  readonly trouble: string | null;
  /** Null when it was written; else why not. */
  readonly save: (notes: DutyNotes, base: number) => Promise<string | null>;
  /** Has it noted down that this version is printed. Null when it was; else why not. */
  readonly printed: (version: number) => Promise<string | null>;
  readonly history: () => Promise<readonly DutyNotesVersion[] | string>;
}

/** Read at once, and again whenever the room is told anew. */
export function useDutyNotes(): DutyNotesState {
  const [view, setView] = useState<DutyNotesView<DutyNotes> | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const room = useDeskState((state) => state.room);
  const path = room === null ? null : `/api/duty-notes/${encodeURIComponent(room.id)}`;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another view of the same room asks for the notes again.
  useEffect(() => {
    if (path === null) return;
    const stopped = new AbortController();
    void ask<DutyNotesView<DutyNotes>>(path, { signal: stopped.signal }, say.unreachable).then((answer) => {
      if (stopped.signal.aborted) return;
      setTrouble(typeof answer === 'string' ? answer : null);
      if (typeof answer !== 'string') setView(answer);
    });
    return () => stopped.abort();
  }, [path, room]);

  const send = useCallback(
    async (to: string, body: object, otherwise: string) => {
      if (path === null) return otherwise;
      const headers = { 'content-type': 'application/json' };
      return ask<null>(`${path}${to}`, { method: 'POST', headers, body: JSON.stringify(body) }, otherwise);
    },
    [path],
  );
  const save = useCallback(
    (notes: DutyNotes, base: number) => send('', { base, notes }, say.notSent),
    [send],
  );
  const printed = useCallback((version: number) => send('/printed', { version }, say.notPrinted), [send]);
  const history = useCallback(async () => {
    if (path === null) return say.unreachable;
    const answer = await ask<{ readonly versions: readonly DutyNotesVersion[] }>(
      `${path}/history`,
      {},
      say.unreachable,
    );
    return typeof answer === 'string' ? answer : answer.versions;
  }, [path]);
  return { view, trouble, save, printed, history };
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
