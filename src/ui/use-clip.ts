/** The stretch of a recording that is being marked, and what became of its export. */
import { useState } from 'react';
import { exportClip, type Stretch } from './clip.ts';
import { words } from './words.ts';

export interface MarkedClip {
  readonly from: number | null;
  readonly to: number | null;
  /** Both ends are set. */
  readonly ready: boolean;
  readonly busy: boolean;
  /** A reason is owed. */
  readonly asks: boolean;
  /** What came of the last export. */
  readonly said: { readonly isWrong: boolean; readonly text: string } | null;
  readonly mark: (end: 'from' | 'to', at: number) => void;
  /** Lets go of both ends. */
  readonly clear: () => void;
  readonly run: (reason: string | null) => void;
}

export function useClip(recording: string): MarkedClip {
  const [ends, setEnds] = useState<{ from: number | null; to: number | null }>({ from: null, to: null });
  const [busy, setBusy] = useState(false);
  const [asks, setAsks] = useState(false);
  const [said, setSaid] = useState<MarkedClip['said']>(null);
  const { from, to } = ends;
  const stretch: Stretch | null = from === null || to === null ? null : { from, to };

  async function run(reason: string | null): Promise<void> {
    if (stretch === null || busy) return;
    setBusy(true);
    const answer = await exportClip(recording, stretch, reason);
    setBusy(false);
    setAsks(answer.kind === 'say-why');
    if (answer.kind === 'saved') setSaid({ isWrong: false, text: words.clip.saved(answer.sha256) });
    else setSaid(answer.kind === 'refused' ? { isWrong: true, text: answer.refusal.zh } : null);
  }

  return {
    from,
    to,
    ready: stretch !== null,
    busy,
    asks,
    said,
    mark: (end, at) => {
      setEnds((before) => moved(before, end, Math.round(at * 10) / 10));
      setAsks(false);
      setSaid(null);
    },
    clear: () => {
      setEnds({ from: null, to: null });
      setAsks(false);
      setSaid(null);
    },
    run: (reason) => void run(reason),
  };
}

/** The other end is let go where the two would stand the wrong way round. */
function moved(
  before: { from: number | null; to: number | null },
  end: 'from' | 'to',
  at: number,
): { from: number | null; to: number | null } {
  if (end === 'from') return { from: at, to: before.to !== null && before.to > at ? before.to : null };
  return { from: before.from !== null && before.from < at ? before.from : null, to: at };
}
