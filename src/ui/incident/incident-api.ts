/** Reads 突发事件 of the own room, and writes them. */
import { useCallback, useEffect, useState } from 'react';
import type { IncidentPageView, IncidentView } from '../../duty/incident-view.ts';
import type { Refusal } from '../../records/command.ts';
import type { CallView } from '../../web/protocol/call-view.ts';
import { newId } from '../ids.ts';
import { useDeskState } from '../use-desk.tsx';
import { incidentWords as say } from './words.ts';

export interface Read<View> {
  readonly view: View | null;
  readonly trouble: string | null;
  readonly reload: () => void;
}

export interface IncidentDesk {
  readonly page: Read<IncidentPageView>;
  /** A step of an incident; null when it was written, else why not, in Chinese. */
  readonly send: (incident: string, ask: object) => Promise<string | null>;
  /** 不需上报. */
  readonly sayNotReportable: (said: {
    readonly record: string;
    readonly reason: string;
    readonly asked: string;
  }) => Promise<string | null>;
}

export function useIncidents(): IncidentDesk {
  const base = useBase();
  const page = useRead<IncidentPageView>(base);
  const { reload } = page;
  const write = useCallback(
    async (path: string, body: object) => {
      if (base === null) return say.notSent;
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ opId: newId(), ...body }),
      };
      const refused = await ask<null>(`${base}${path}`, init, say.notSent);
      reload();
      return refused;
    },
    [base, reload],
  );
  return {
    page,
    send: useCallback((incident, step) => write('', { incident, ask: step }), [write]),
    sayNotReportable: useCallback((said) => write('/not-reportable', said), [write]),
  };
}

/** One incident; read again whenever the room is told anew, and when a call that went out was answered or has its sound. */
export function useIncident(id: string): Read<IncidentView> {
  const base = useBase();
  const talks = useDeskState((state) => talksOf(state.calls));
  return useRead<IncidentView>(base === null ? null : `${base}/${encodeURIComponent(id)}`, talks);
}

/** What of the calls that went out may be offered as a report, as one text. */
function talksOf(calls: ReadonlyMap<string, CallView>): string {
  return [...calls.values()]
    .filter(({ direction, answeredAt }) => direction === 'outbound' && answeredAt !== null)
    .map(({ id, phase, recordings }) => `${id} ${phase} ${recordings.map(({ state }) => state).join()}`)
    .join();
}

function useBase(): string | null {
  const id = useDeskState((state) => state.room?.id ?? null);
  return id === null ? null : `/api/incidents/${encodeURIComponent(id)}`;
}

/** Read at once, and again whenever the room is told anew: that is how others' steps are heard of. */
function useRead<View>(path: string | null, also = ''): Read<View> {
  const [read, setRead] = useState<{ readonly path: string; readonly view: View } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const room = useDeskState((state) => state.room);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again, or another view of the room, restarts the reading.
  useEffect(() => {
    if (path === null) return;
    const stopped = new AbortController();
    void ask<View>(path, { signal: stopped.signal }, say.unreachable).then((answer) => {
      if (stopped.signal.aborted) return;
      setTrouble(typeof answer === 'string' ? answer : null);
      if (typeof answer !== 'string') setRead({ path, view: answer });
    });
    return () => stopped.abort();
  }, [asked, room, path, also]);
  return {
    view: read !== null && read.path === path ? read.view : null,
    trouble,
    reload: useCallback(() => setAsked((count) => count + 1), []),
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
