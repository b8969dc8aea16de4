/** 抽查 and the service behind it. */
import { useEffect, useState } from 'react';
import type { Refusal } from '../../records/command.ts';
import type { ContactView, DirectoryView } from '../../web/protocol/directory-view.ts';
import type { ProbeView } from '../../web/protocol/probe-view.ts';
import { spotCheckWords as say } from './words.ts';

export interface StartedRound {
  readonly round: string;
  /** Numbers that are not called, and why. */
  readonly left: readonly { readonly number: string; readonly refusal: Refusal }[];
}

/** What was left out of this round, where it is the one that was begun here. */
export function leftOf(begun: StartedRound | null, round: string): StartedRound['left'] {
  return begun?.round === round ? begun.left : [];
}

export async function startRound(
  units: readonly string[],
  contacts: readonly string[],
): Promise<StartedRound | string> {
  try {
    const answer = await fetch('/api/probes/round', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ units, contacts }),
    });
    const body: unknown = await answer.json();
    return answer.ok ? (body as StartedRound) : (body as Refusal).zh;
  } catch {
    return say.failed;
  }
}

/** Telephones of lower offices that are in no room of ours. */
export function useSubordinates(): readonly ContactView[] {
  const [contacts, setContacts] = useState<readonly ContactView[]>([]);
  useEffect(() => {
    const stopped = new AbortController();
    void (async () => {
      try {
        const answer = await fetch('/api/directory', { cache: 'no-store', signal: stopped.signal });
        if (!answer.ok) return;
        const view = (await answer.json()) as DirectoryView;
        setContacts(view.contacts.filter((contact) => contact.class === 'subordinate'));
      } catch {
        // Without the book the own units can still be called.
      }
    })();
    return () => stopped.abort();
  }, []);
  return contacts;
}

export type Round =
  | { readonly kind: 'reading' | 'gone' }
  | { readonly kind: 'probes'; readonly probes: readonly ProbeView[]; readonly failed: boolean };

const EVERY_MS = 2_000;

/** The probes of a round, until the last one is over. */
export function useRound(round: string): Round {
  const [shown, setShown] = useState<Round>({ kind: 'reading' });
  useEffect(() => {
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function read(): Promise<void> {
      const found = await readRound(round, stopped.signal);
      if (stopped.signal.aborted) return;
      if (found === 'gone') return setShown({ kind: 'gone' });
      setShown((before) =>
        found === 'failed'
          ? before.kind === 'probes'
            ? { ...before, failed: true }
            : before
          : { kind: 'probes', probes: found, failed: false },
      );
      const isOver = found !== 'failed' && found.every(({ state }) => state === 'done' || state === 'failed');
      if (!isOver) timer = setTimeout(() => void read(), EVERY_MS);
    }
    void read();
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [round]);
  return shown;
}

async function readRound(
  round: string,
  signal: AbortSignal,
): Promise<readonly ProbeView[] | 'gone' | 'failed'> {
  try {
    const answer = await fetch(`/api/probes?round=${encodeURIComponent(round)}`, {
      cache: 'no-store',
      signal,
    });
    if (answer.status === 404) return 'gone';
    if (!answer.ok) return 'failed';
    return ((await answer.json()) as { readonly probes: readonly ProbeView[] }).probes;
  } catch {
    return 'failed';
  }
}
