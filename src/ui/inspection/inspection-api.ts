/** Reads and writes 检查 and 迎检. */
import { useCallback, useEffect, useState } from 'react';
import type { InspectionListView, InspectionPageView } from '../../duty/inspection-view.ts';
import type { ReadinessView } from '../../duty/readiness-view.ts';
import type { Refusal } from '../../records/command.ts';
import type { CallView } from '../../web/protocol/call-view.ts';
import { useDeskState } from '../use-desk.tsx';
import { inspectionWords as say } from './words.ts';

export interface Reading<View> {
  readonly view: View | null;
  readonly trouble: string | null;
  readonly reload: () => void;
}

/** Read at once, and again whenever the room is told anew: that is how others' changes are heard of. `path` null: not at all. */
function useReading<View>(path: string | null): Reading<View> {
  const [read, setRead] = useState<{ readonly path: string; readonly view: View } | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const room = useDeskState((state) => state.room);
  const reload = useCallback(() => setAsked((count) => count + 1), []);

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
  }, [asked, room, path]);
  // What was read of another address is not shown here.
  return { view: read?.path === path ? read.view : null, trouble, reload };
}

export function useInspections(): Reading<InspectionListView> {
  return useReading('/api/inspections');
}

export function useInspection(id: string): Reading<InspectionPageView> {
  return useReading(`/api/inspections/${encodeURIComponent(id)}`);
}

export function useReadiness(
  asked: { readonly room: string; readonly from: number; readonly to: number } | null,
): Reading<ReadinessView> {
  return useReading(
    asked === null
      ? null
      : `/api/readiness/${encodeURIComponent(asked.room)}?from=${asked.from}&to=${asked.to}`,
  );
}

/** Null when it was written, else why not, in Chinese. */
export function send(path: string, body: unknown): Promise<string | null> {
  const headers = { 'content-type': 'application/json' };
  return ask<null>(path, { method: 'POST', headers, body: JSON.stringify(body) }, say.notSent);
}

/** A call with its sound; in words why there is none. */
export async function callOf(id: string): Promise<CallView | string> {
  const answer = await ask<{ readonly call: CallView | null }>(
    `/api/calls/${encodeURIComponent(id)}`,
    {},
    say.unreachable,
  );
  return typeof answer === 'string' ? answer : (answer.call ?? say.unreachable);
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
