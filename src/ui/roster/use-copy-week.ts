import { useRef } from 'react';
import type { RosterView } from '../../duty/roster-view.ts';
import { plusDays } from './calendar.ts';
import { copyWeek, saidCopy } from './copy-week.ts';
import type { RosterState } from './roster-api.ts';

/** What was done, and what was not in lines below; or why nothing was. */
export interface Said {
  readonly sentence: string;
  readonly lines: readonly string[];
  readonly isWrong: boolean;
}

/** Plans the week in view as the one before; null: the last time it was asked for is still under way. */
export function useCopyWeek(
  { read, send }: Pick<RosterState, 'read' | 'send'>,
  view: RosterView | null,
): () => Promise<Said | null> {
  const copying = useRef(false);

  async function copy(week: RosterView): Promise<Said> {
    const before = await read(plusDays(week.from, -7), 7);
    if (typeof before === 'string') return { sentence: before, lines: [], isWrong: true };
    const copied = copyWeek(week, before.shifts);
    const refused = copied.shifts.length === 0 ? null : await send('plan', { shifts: copied.shifts });
    return refused === null
      ? { sentence: saidCopy(copied), lines: copied.reasons, isWrong: false }
      : { sentence: refused, lines: [], isWrong: true };
  }

  return async () => {
    // Pressed twice, the second would be refused for what the first has written.
    if (view === null || copying.current) return null;
    copying.current = true;
    try {
      return await copy(view);
    } finally {
      copying.current = false;
    }
  };
}
