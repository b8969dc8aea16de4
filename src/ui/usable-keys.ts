/** Which actions a role can have a use for. Pure. */
import { type Action, type Role, scopeOf } from '../accounts/access.ts';
import { FREE_ACTIONS, type Where } from '../keys/action.ts';

const NEEDS: Readonly<Record<Where, Action | null>> = {
  rooms: 'see-room',
  desk: 'see-room',
  call: 'see-room',
  replay: 'hear',
  confirm: 'decide-finding',
  watch: 'decide-finding',
  lists: null,
  everywhere: null,
};

export function usableActions(role: Role): typeof FREE_ACTIONS {
  return FREE_ACTIONS.filter(({ where }) => {
    const needed = NEEDS[where];
    return needed === null || scopeOf(role, needed) !== 'none';
  });
}
