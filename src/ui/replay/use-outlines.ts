/** The outlines of a call's sounds, each asked for once; what owes a reason comes when the reason was given. */
import { useEffect, useState } from 'react';
import type { Outline } from '../../sound/peaks.ts';
import type { RecordingView } from '../../web/protocol/call-view.ts';
import { openListening } from '../listening.ts';
import { type PeaksAnswer, readOutlines } from './replay-api.ts';

export interface Outlines {
  readonly known: ReadonlyMap<string, readonly Outline[]>;
  readonly reading: boolean;
  /** A reason is owed before anything of the sound may be seen. */
  readonly owed: boolean;
}

const NONE: Outlines = { known: new Map(), reading: false, owed: false };

export function useOutlines(sounds: readonly RecordingView[], reason: string | null): Outlines {
  const [outlines, setOutlines] = useState<Outlines>(NONE);
  const wanted = sounds.filter(({ peaks, check }) => peaks && check !== 'altered' && check !== 'missing');
  const ids = wanted.map(({ id }) => id).join(' ');

  useEffect(() => {
    if (ids === '') {
      setOutlines(NONE);
      return;
    }
    const stopped = new AbortController();
    setOutlines((before) => ({ ...before, reading: true }));
    const asked = ids.split(' ').map(async (id): Promise<readonly [string, PeaksAnswer]> => {
      const answer = await readOutlines(id, stopped.signal);
      if (answer.kind !== 'say-why' || reason === null || stopped.signal.aborted) return [id, answer];
      const opened = await openListening(id, reason);
      return [id, opened.kind === 'may' ? await readOutlines(id, stopped.signal) : answer];
    });
    void Promise.all(asked).then((answers) => {
      if (stopped.signal.aborted) return;
      const known = new Map(
        answers.flatMap(([id, answer]) => (answer.kind === 'peaks' ? [[id, answer.outlines] as const] : [])),
      );
      setOutlines({ known, reading: false, owed: answers.some(([, { kind }]) => kind === 'say-why') });
    });
    return () => stopped.abort();
  }, [ids, reason]);
  return outlines;
}
