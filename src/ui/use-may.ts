import { type Action, scopeOf } from '../accounts/access.ts';
import { useDeskState } from './use-desk.tsx';

/** Whether this person's role may do this anywhere: what it may not is not offered. The service judges each thing again. */
export function useMay(action: Action): boolean {
  return useDeskState(({ me }) => me !== null && scopeOf(me.role, action) !== 'none');
}
