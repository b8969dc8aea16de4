/** What the system knows of rooms and a stretch, gathered for 检查 and 迎检. */

import type { InspectedRoom } from '../documents/inspection-known.ts';
import type { WatchedNumber } from '../documents/known-telephone.ts';
import type { ShiftEnds } from '../duty/swap.ts';
import type { Store } from '../storage/store.ts';

type Read = Pick<Store, 'office' | 'roomHistory' | 'lineWatch' | 'findingsOfLines' | 'probesOfLines'>;

/** Of one line. */
const MOST_FINDINGS = 300;
const MOST_PROBES = 1_000;

/** Of each room that there is; `now` in ms UTC decides the verdicts. */
export async function inspectedRooms(
  store: Read,
  rooms: readonly string[],
  span: ShiftEnds,
  now: number,
): Promise<readonly InspectedRoom[]> {
  const { lines } = await store.office();
  const found = await Promise.all(
    rooms.map(async (room): Promise<readonly InspectedRoom[]> => {
      const history = await store.roomHistory(room, span);
      if (history === undefined) return [];
      const own = lines.filter((line) => line.room === room);
      const watched = await Promise.all(own.map((line) => watchedNumber(store, line, now)));
      return [{ history, lines: watched.flat() }];
    }),
  );
  return found.flat();
}

async function watchedNumber(
  store: Read,
  { id, number }: { readonly id: string; readonly number: string },
  now: number,
): Promise<readonly WatchedNumber[]> {
  const [[watch], findings, probes] = await Promise.all([
    store.lineWatch([id], now),
    store.findingsOfLines([id], MOST_FINDINGS),
    store.probesOfLines([id], MOST_PROBES, false),
  ]);
  return watch === undefined ? [] : [{ number, watch, findings, probes }];
}
