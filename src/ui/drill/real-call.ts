/** Whether there is a real telephone call to be answered, or nobody could see one. Pure. */
import type { DeskState } from '../desk-state.ts';
import { liveCalls } from '../work-items.ts';

/** A real call rings: a drill has to end at once. */
export function rings(state: Pick<DeskState, 'calls'>): boolean {
  return liveCalls(state).some(
    ({ direction, phase, answeredAt }) =>
      direction === 'inbound' && answeredAt === null && (phase === 'arriving' || phase === 'ringing'),
  );
}

/** Why a drill cannot begin now; null: it can. */
export function hinders(state: Pick<DeskState, 'calls' | 'link' | 'links'>): 'real-call' | 'no-sight' | null {
  if (liveCalls(state).length > 0) return 'real-call';
  const sees = state.link.state === 'open' && [...state.links.values()].every((link) => link.state === 'up');
  return sees ? null : 'no-sight';
}
