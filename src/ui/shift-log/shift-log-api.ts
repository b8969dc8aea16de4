/** Reads the logs of a room, and writes them. */
import { useCallback, useEffect, useState } from 'react';
import type { ShiftLogList, ShiftLogView } from '../../duty/shift-log-view.ts';
import type { Refusal } from '../../records/command.ts';
import { useDeskState, useServerNow } from '../use-desk.tsx';
import { shiftLogWords as say } from './words.ts';

export interface ShiftLogDesk {
  /** With every page that was asked for. */
  readonly list: ShiftLogList | null;
  /** Of the shift that was asked for. */
  readonly log: ShiftLogView | null;
  /** The shift that is asked for, by its beginning; the newest where there is none such. */
  readonly shown: number | null;
  readonly trouble: string | null;
  readonly reload: () => void;
  readonly earlier: () => void;
  /** `lines`, `ticks` …; null when it was written, else why not, in Chinese. */
  readonly send: (path: string, body: object) => Promise<string | null>;
  /** Address of this log as a paper. */
  readonly paper: (format: 'html' | 'docx') => string;
}

/** What is registered meanwhile comes into an open log at the latest so long after. */
const LOOK_AGAIN_MS = 30_000;

/** `from` names the shift, ms UTC; null: the newest. Read again whenever the room is told anew, and twice a minute. */
export function useShiftLog(room: string | null, from: number | null): ShiftLogDesk {
  const [list, setList] = useState<ShiftLogList | null>(null);
  const [log, setLog] = useState<ShiftLogView | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const told = useDeskState((state) => state.room);
  const moment = useServerNow(LOOK_AGAIN_MS);
  const base = room === null ? null : `/api/shift-log/${encodeURIComponent(room)}`;
  const reload = useCallback(() => setAsked((count) => count + 1), []);
  const isThere = list?.shifts.some((shift) => shift.from === from) === true;
  const shown = isThere ? from : (list?.shifts[0]?.from ?? null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again, a word of the room, and time restart the reading.
  useEffect(() => {
    if (base === null) return;
    const stopped = new AbortController();
    void ask<ShiftLogList>(base, { signal: stopped.signal }, say.unreachable).then((answer) => {
      if (stopped.signal.aborted) return;
      setTrouble(typeof answer === 'string' ? answer : null);
      if (typeof answer !== 'string') setList((before) => withEarlier(before, answer));
    });
    return () => stopped.abort();
  }, [asked, told, moment, base]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above.
  useEffect(() => {
    if (base === null || shown === null) return;
    const stopped = new AbortController();
    void ask<ShiftLogView>(`${base}/${shown}`, { signal: stopped.signal }, say.unreachable).then((answer) => {
      if (stopped.signal.aborted) return;
      setTrouble(typeof answer === 'string' ? answer : null);
      if (typeof answer !== 'string') setLog(answer);
    });
    return () => stopped.abort();
  }, [asked, told, moment, base, shown]);

  return {
    ...{ list, log, shown, trouble, reload },
    earlier() {
      if (base === null || list?.before == null) return;
      void ask<ShiftLogList>(`${base}?before=${list.before}`, {}, say.unreachable).then((answer) => {
        if (typeof answer === 'string') return setTrouble(answer);
        setList({ ...list, shifts: [...list.shifts, ...answer.shifts], before: answer.before });
      });
    },
    async send(path, body) {
      if (base === null) return say.notSent;
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      const refused = await ask<null>(`${base}/${path}`, init, say.notSent);
      reload();
      return refused;
    },
    paper: (format) =>
      `/api/papers/shift-log?room=${encodeURIComponent(room ?? '')}&from=${shown ?? 0}&format=${format}`,
  };
}

/** The newest page anew; what lies behind it stays as it was read. */
function withEarlier(before: ShiftLogList | null, now: ShiftLogList): ShiftLogList {
  const last = now.shifts.at(-1)?.from;
  if (before === null || before.room !== now.room || last === undefined) return now;
  const earlier = before.shifts.filter(({ from }) => from < last);
  return earlier.length === 0 ? now : { ...now, shifts: [...now.shifts, ...earlier], before: before.before };
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
