/** The page 检测 and the service behind it. Outside trouble becomes a sentence; the last view stays. */
import { useCallback, useEffect, useState } from 'react';
import type { FindingDecision } from '../../diagnosis/finding.ts';
import type { Scope } from '../../diagnosis/suspicion.ts';
import type { Refusal } from '../../records/command.ts';
import type { ProbeView } from '../../web/protocol/probe-view.ts';
import type { WatchedLineView } from '../../web/protocol/watch-view.ts';
import { useDeskState } from '../use-desk.tsx';
import { watchWords as say } from './words.ts';

/** What happens in other rooms than one's own is asked for; one's own is told at once. */
const EVERY_MS = 10_000;
const RUNNING_MS = 1_000;

export interface Watch {
  /** Null before the first answer. */
  readonly lines: readonly WatchedLineView[] | null;
  readonly failed: boolean;
  readonly reload: () => void;
}

export function useWatch(): Watch {
  const told = useDeskState((state) => state.room?.watch);
  const [lines, setLines] = useState<readonly WatchedLineView[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [asked, setAsked] = useState(0);
  const reload = useCallback(() => setAsked((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the own room is told, and asking again, restart the reading.
  useEffect(() => {
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function read(): Promise<void> {
      const found = await readLines(stopped.signal);
      if (stopped.signal.aborted) return;
      setFailed(found === null);
      if (found !== null) setLines(found);
      timer = setTimeout(() => void read(), EVERY_MS);
    }
    void read();
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [told, asked]);
  return { lines, failed, reload };
}

async function readLines(signal: AbortSignal): Promise<readonly WatchedLineView[] | null> {
  try {
    const answer = await fetch('/api/watch', { cache: 'no-store', signal });
    if (!answer.ok) return null;
    return ((await answer.json()) as { readonly lines: readonly WatchedLineView[] }).lines;
  } catch {
    return null;
  }
}

/** Null when it is kept; else why not. Under the same `opId` it may be sent again: an answer may be lost after it was kept. */
export async function decide(
  opId: string,
  finding: string,
  decision: FindingDecision,
  reason: string,
): Promise<string | null> {
  const wish = decision.slice('finding-'.length);
  return send(
    `/api/findings/${encodeURIComponent(finding)}/decisions`,
    { opId, decision: wish, reason },
    say.unreached.decision,
  );
}

/** Null when it is under way. `consent`: the duty room agrees to be rung for long, or to have its line busy. */
export async function startProbe(line: string, scope: Scope, consent: boolean): Promise<string | null> {
  return send(`/api/lines/${encodeURIComponent(line)}/probes`, { scope, consent }, say.unreached.start);
}

/** Null when it ends. */
export async function stopProbe(probe: string): Promise<string | null> {
  return send(`/api/probes/${encodeURIComponent(probe)}/stop`, {}, say.unreached.stop);
}

/** 打印 leaves its mark in the audit trail before anything is printed; null when it has. */
export async function tellPrinted(state: string): Promise<string | null> {
  return send('/api/watch/printed', { state }, say.unreached.print);
}

/** `unreached`: what is said when no answer comes. */
async function send(path: string, body: unknown, unreached: string): Promise<string | null> {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return answer.ok ? null : ((await answer.json()) as Refusal).zh;
  } catch {
    return unreached;
  }
}

export type Probes =
  | { readonly kind: 'reading' | 'failed' }
  /** `placed`: one can be placed from here. Those of before are shown all the same. */
  | { readonly kind: 'probes'; readonly placed: boolean; readonly probes: readonly ProbeView[] };

/** The probes of a line, the newest first: every second while one runs. */
export function useProbes(line: string): { readonly shown: Probes; readonly reload: () => void } {
  const [shown, setShown] = useState<Probes>({ kind: 'reading' });
  const [asked, setAsked] = useState(0);
  const reload = useCallback(() => setAsked((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what restarts the reading.
  useEffect(() => {
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function read(): Promise<void> {
      const found = await readProbes(line, stopped.signal);
      if (stopped.signal.aborted) return;
      setShown((before) => (found.kind === 'failed' && before.kind === 'probes' ? before : found));
      const runs = found.kind === 'probes' && found.probes.some(isUnderWay);
      timer = setTimeout(() => void read(), runs ? RUNNING_MS : EVERY_MS);
    }
    void read();
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [line, asked]);
  return { shown, reload };
}

/** The waveform of a probe, read when it is looked at; empty while there is none. */
export function useOutline(probe: string, hasSound: boolean): readonly number[] {
  const [read, setRead] = useState<{ readonly probe: string; readonly peaks: readonly number[] } | null>(
    null,
  );
  useEffect(() => {
    if (!hasSound) return;
    const stopped = new AbortController();
    void readOutline(probe, stopped.signal).then((peaks) => {
      if (!stopped.signal.aborted) setRead({ probe, peaks });
    });
    return () => stopped.abort();
  }, [probe, hasSound]);
  return read?.probe === probe ? read.peaks : NO_PEAKS;
}

const NO_PEAKS: readonly number[] = [];

async function readOutline(probe: string, signal: AbortSignal): Promise<readonly number[]> {
  try {
    const answer = await fetch(`/api/probes/${encodeURIComponent(probe)}`, { cache: 'no-store', signal });
    if (!answer.ok) return NO_PEAKS;
    const { probe: shown } = (await answer.json()) as { readonly probe: ProbeView };
    return shown.result?.heard?.peaks ?? NO_PEAKS;
  } catch {
    return NO_PEAKS;
  }
}

export function isUnderWay({ state }: ProbeView): boolean {
  return state === 'waiting' || state === 'running';
}

async function readProbes(line: string, signal: AbortSignal): Promise<Probes> {
  try {
    const answer = await fetch(`/api/probes?line=${encodeURIComponent(line)}`, { cache: 'no-store', signal });
    if (!answer.ok) return { kind: 'failed' };
    return {
      kind: 'probes',
      ...((await answer.json()) as Omit<Extract<Probes, { kind: 'probes' }>, 'kind'>),
    };
  } catch {
    return { kind: 'failed' };
  }
}
