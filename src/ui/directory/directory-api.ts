/** Reads the telephone book and writes one entry of it. */
import { useCallback, useEffect, useState } from 'react';
import type { Refusal } from '../../records/command.ts';
import type { ImportPreview } from '../../web/protocol/directory-import-view.ts';
import type { ContactView, DirectoryView } from '../../web/protocol/directory-view.ts';
import { useDeskState } from '../use-desk.tsx';
import { directoryWords as say } from './words.ts';

/** What is asked of the service; an entry whose number is not known here cannot be written. */
export interface DirectoryChange {
  readonly puts: readonly { readonly contact: ContactView; readonly was: ContactView | null }[];
  readonly removes: readonly ContactView[];
}

export interface DirectoryState {
  readonly view: DirectoryView | null;
  readonly trouble: string | null;
  readonly reload: () => void;
  /** Null when it was written; else why not, in Chinese. */
  readonly change: (change: DirectoryChange) => Promise<string | null>;
  /** The confirmed rows of a file, all or none. */
  readonly importAll: (change: DirectoryChange) => Promise<string | null>;
}

/** Read at once, and again whenever the room is told anew: that is how others' changes are heard of. */
export function useDirectory(): DirectoryState {
  const [view, setView] = useState<DirectoryView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const room = useDeskState((state) => state.room);
  const reload = useCallback(() => setAsked((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again, or another view of the room, restarts the reading.
  useEffect(() => {
    const stopped = new AbortController();
    void readDirectory(stopped.signal).then((answer) => {
      if (stopped.signal.aborted) return;
      setTrouble(typeof answer === 'string' ? answer : null);
      if (typeof answer !== 'string') setView(answer);
    });
    return () => stopped.abort();
  }, [asked, room]);

  const send = useCallback(
    async (path: string, wanted: DirectoryChange) => {
      const refused = await post(path, wanted);
      reload();
      return refused;
    },
    [reload],
  );
  return {
    view,
    trouble,
    reload,
    change: (wanted) => send('/api/directory', wanted),
    importAll: (wanted) => send('/api/directory/import', wanted),
  };
}

/** What a file would bring, or why it cannot be read. */
export async function previewFile(file: File): Promise<ImportPreview | string> {
  try {
    const answer = await fetch('/api/directory/preview', {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
    const body: unknown = await answer.json();
    return answer.ok ? (body as ImportPreview) : (body as Refusal).zh;
  } catch {
    return say.unreachable;
  }
}

async function readDirectory(signal: AbortSignal): Promise<DirectoryView | string> {
  try {
    const answer = await fetch('/api/directory', { cache: 'no-store', signal });
    const body: unknown = await answer.json();
    return answer.ok ? (body as DirectoryView) : (body as Refusal).zh;
  } catch {
    return say.unreachable;
  }
}

async function post(path: string, body: unknown): Promise<string | null> {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.ok ? null : ((await answer.json()) as Refusal).zh;
  } catch {
    return say.notSent;
  }
}
