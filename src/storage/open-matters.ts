/** 移交事项: whatever is open in a room now, by the tables that know it. */
import type { OpenMatter } from '../duty/hand-over.ts';
import { openCallbacks } from './callback-views.ts';
import { clockMatters, undecidedEmergencies } from './incident-reads.ts';
import type { ReadDeps } from './read.ts';
import { callsWithoutSound } from './sound-reads.ts';

const MOST = 500;

/** Drafts, 待回拨, clocks and findings however old; calls without their sound that ended since `from` (ms UTC). */
export async function openMatters(
  deps: ReadDeps,
  room: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly OpenMatter[]> {
  const drafts = await deps.db
    .selectFrom('records')
    .select('id')
    .where('room', '=', room)
    .where('state', '=', 'draft')
    // 去电 is no open work until somebody has touched it (D4).
    .where((is) => is.or([is('direction', '!=', 'outbound'), is('touched', '=', 1)]))
    .orderBy('opened_at')
    .limit(MOST)
    .execute();
  const callbacks = await openCallbacks(deps, room, MOST);
  const findings = await deps.db
    .selectFrom('findings')
    .select('id')
    .where('room', '=', room)
    .where('state', 'in', ['suspect', 'confirmed'])
    .orderBy('opened_at')
    .limit(MOST)
    .execute();
  const silent = (await callsWithoutSound(deps, from, to)).filter((call) => call.room === room);
  const undecided = await undecidedEmergencies(deps, room, to);
  const clocks = await clockMatters(deps, room, to);
  return [
    ...undecided.map(({ record }): OpenMatter => ({ kind: 'emergency-undecided', id: record })),
    ...clocks.map((id): OpenMatter => ({ kind: 'clock', id })),
    ...drafts.map(({ id }): OpenMatter => ({ kind: 'draft', id })),
    ...callbacks.map((id): OpenMatter => ({ kind: 'callback', id })),
    ...findings.map(({ id }): OpenMatter => ({ kind: 'finding', id })),
    ...silent.slice(0, MOST).map(({ call }): OpenMatter => ({ kind: 'missing-sound', id: call })),
  ];
}
