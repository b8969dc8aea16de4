/** Asks while a person types, keeps what is shown until the answer is there, and goes on where a page was short. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Refusal } from '../../records/command.ts';
import type { SearchAnswer, SearchHitView } from '../../web/protocol/search-view.ts';
import { searchWords as say } from './words.ts';

export interface Found {
  readonly hits: readonly SearchHitView[];
  readonly next: string | null;
  /** So far back (ms UTC) everything was looked through, and it goes on. */
  readonly lookedBackTo: number | null;
}

export interface SearchState {
  /** Null before the first answer. */
  readonly found: Found | null;
  readonly trouble: string | null;
  /** An answer is awaited for longer than one notices. */
  readonly late: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

/** Pause in typing after which is asked. */
const PAUSE_MS = 200;
const LATE_MS = 400;
const PAGE = 50;

/** `query` null: what is typed cannot be meant yet, and nothing is asked. */
export function useSearch(query: string | null): SearchState {
  const [found, setFound] = useState<Found | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [late, setLate] = useState(false);
  const [round, setRound] = useState(0);
  const running = useRef<AbortController | null>(null);

  const read = useCallback(async (asked: string, before: Found | null): Promise<void> => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    const timer = setTimeout(() => setLate(true), LATE_MS);
    let sofar: Found = before ?? { hits: [], next: null, lookedBackTo: null };
    const wanted = sofar.hits.length + PAGE;
    try {
      do {
        const page = await ask(asked, sofar.next, mine.signal);
        sofar = { ...page, hits: [...sofar.hits, ...page.hits] };
        if (mine.signal.aborted) return;
        setTrouble(null);
        setFound(sofar);
      } while (sofar.next !== null && sofar.hits.length < wanted);
    } catch (error) {
      if (!mine.signal.aborted) setTrouble(error instanceof Refused ? error.message : say.failed);
    } finally {
      clearTimeout(timer);
      if (running.current === mine) setLate(false);
    }
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round asks again.
  useEffect(() => {
    if (query === null) return;
    const timer = setTimeout(() => void read(query, null), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [query, round, read]);
  useEffect(() => () => running.current?.abort(), []);

  return {
    found,
    trouble,
    late,
    more: () => {
      if (query !== null && found !== null && found.next !== null) void read(query, found);
    },
    again: () => setRound((count) => count + 1),
  };
}

class Refused extends Error {}

async function ask(query: string, before: string | null, signal: AbortSignal): Promise<SearchAnswer> {
  const address = new URLSearchParams(query);
  if (before !== null) address.set('before', before);
  const answer = await fetch(`/api/search?${address.toString()}`, { cache: 'no-store', signal });
  const body: unknown = await answer.json();
  if (!answer.ok) throw new Refused((body as Refusal).zh);
  return body as SearchAnswer;
}
