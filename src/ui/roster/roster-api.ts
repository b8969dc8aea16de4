/** Reads 值班表 of the own room, and writes it. */
import { useCallback, useEffect, useState } from 'react';
import type { RosterImportPreview } from '../../duty/roster-import-view.ts';
import type { RosterChangeView, RosterView } from '../../duty/roster-view.ts';
import type { Refusal } from '../../records/command.ts';
import { useDeskState } from '../use-desk.tsx';
import { rosterWords as say } from './words.ts';

export interface RosterState {
  readonly view: RosterView | null;
  readonly trouble: string | null;
  readonly reload: () => void;
  /** Other days, as they stand; or why not, in Chinese. */
  readonly read: (from: string, days: number) => Promise<RosterView | string>;
  /** `plan`, `publish` …; null when it was written, else why not, in Chinese. */
  readonly send: (path: string, body: unknown) => Promise<string | null>;
  readonly changes: (shift: {
    readonly from: number;
    readonly to: number;
  }) => Promise<readonly RosterChangeView[] | string>;
  readonly preview: (file: File) => Promise<RosterImportPreview | string>;
  /** Address of these days as a spreadsheet. */
  readonly sheet: string | null;
}

/** Read at once, and again whenever the room is told anew: that is how others' changes are heard of. */
export function useRoster({ from, days }: { readonly from: string; readonly days: number }): RosterState {
  const [view, setView] = useState<RosterView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const room = useDeskState((state) => state.room);
  const base = room === null ? null : `/api/roster/${encodeURIComponent(room.id)}`;
  const query = `?from=${from}&days=${days}`;
  const reload = useCallback(() => setAsked((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again, or another view of the room, restarts the reading.
  useEffect(() => {
    if (base === null) return;
    const stopped = new AbortController();
    void ask<RosterView>(`${base}${query}`, { signal: stopped.signal }, say.unreachable).then((answer) => {
      if (stopped.signal.aborted) return;
      setTrouble(typeof answer === 'string' ? answer : null);
      if (typeof answer !== 'string') setView(answer);
    });
    return () => stopped.abort();
  }, [asked, room, base, query]);

  const send = useCallback(
    async (path: string, body: unknown) => {
      if (base === null) return say.notSent;
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      const refused = await ask<null>(`${base}/${path}`, init, say.notSent);
      reload();
      return refused;
    },
    [base, reload],
  );
  return {
    view,
    trouble,
    reload,
    read: (day, count) =>
      base === null
        ? Promise.resolve(say.unreachable)
        : ask<RosterView>(`${base}?from=${day}&days=${count}`, {}, say.unreachable),
    send,
    async changes(shift) {
      const path = `${base}/changes?from=${shift.from}&to=${shift.to}`;
      const answer = await ask<{ readonly changes: readonly RosterChangeView[] }>(path, {}, say.unreachable);
      return typeof answer === 'string' ? answer : answer.changes;
    },
    async preview(file) {
      const headers = { 'content-type': 'application/octet-stream' };
      return ask<RosterImportPreview>(
        `${base}/preview`,
        { method: 'POST', headers, body: file },
        say.unreachable,
      );
    },
    sheet: base === null ? null : `${base}/xlsx${query}`,
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
