/** Which actions a role can have a use for. Pure. */
import { type Action, type Role, scopeOf } from '../accounts/access.ts';
import { ACTIONS, type ActionName, FREE_ACTIONS, type Where } from '../keys/action.ts';

const NEEDS: Readonly<Record<Where, Action | null>> = {
  rooms: 'see-room',
  desk: 'see-room',
  call: 'hear',
  replay: 'hear',
  confirm: 'decide-finding',
  watch: 'decide-finding',
  roster: 'edit-roster',
  lists: null,
  everywhere: null,
};

/** Where one needs more than the place it works in. */
const NEEDS_MORE: Readonly<Partial<Record<ActionName, Action>>> = {
  check: 'write-record',
  handle: 'write-record',
  'no-record': 'write-record',
  'change-person': 'sit',
  'watch-probe': 'probe',
};

export function isUsable(role: Role, action: ActionName): boolean {
  const where = ACTIONS.find(({ name }) => name === action)?.where ?? 'everywhere';
  const needed = NEEDS_MORE[action] ?? NEEDS[where];
  return needed === null || scopeOf(role, needed) !== 'none';
}

export function usableActions(role: Role): typeof FREE_ACTIONS {
  return FREE_ACTIONS.filter(({ name }) => isUsable(role, name));
}
