/** Which sounds a locked page makes: as the desk does for a call that rings and a line that is down. Pure. */

import type { LockView } from '../../web/protocol/lock-view.ts';
import type { Due } from '../alarms.ts';

/** What was heard so far, in ms of one clock. */
export interface LockHeard {
  readonly rings: ReadonlyMap<string, { readonly since: number; readonly last: number }>;
  readonly downAt: number | null;
}

export const NOTHING_HEARD_LOCKED: LockHeard = { rings: new Map(), downAt: null };

const INSIST_AFTER_MS = 15_000;
const INSIST_EVERY_MS = 4_000;
const DOWN_EVERY_MS = 30_000;

export function dueWhileLocked(
  heard: LockHeard,
  view: Pick<LockView, 'calls' | 'line'>,
  now: number,
): { readonly heard: LockHeard; readonly due: readonly Due[] } {
  const due: Due[] = [];
  const rings = new Map<string, { since: number; last: number }>();
  for (const { id, direction, phase } of view.calls) {
    if (direction !== 'inbound' || (phase !== 'ringing' && phase !== 'arriving')) continue;
    const before = heard.rings.get(id);
    const insist =
      before !== undefined && now - before.since >= INSIST_AFTER_MS && now - before.last >= INSIST_EVERY_MS;
    const sounds = before === undefined || insist;
    if (sounds) due.push({ sound: 'ring', loudness: 1 });
    rings.set(id, { since: before?.since ?? now, last: sounds ? now : before.last });
  }
  const down = view.line === 'down';
  const again = heard.downAt === null || now - heard.downAt >= DOWN_EVERY_MS;
  if (down && again) due.push({ sound: 'down', loudness: 1 });
  return { heard: { rings, downAt: down ? (again ? now : heard.downAt) : null }, due };
}
