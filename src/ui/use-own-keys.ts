/** The keys of the person who sits here, as the page acts on them and says them: with 换人 they change. */
import type { ActionName } from '../keys/action.ts';
import { type KeyMap, type OwnKeys, ownKeys } from '../keys/own-keys.ts';
import { saidChord } from './key-words.ts';
import { useDeskState } from './use-desk.tsx';

export interface SaidKeys extends OwnKeys {
  /** `F2`; empty where the action has no key. */
  readonly said: (action: ActionName) => string;
  /** `（F2）`, behind what it does. */
  readonly behind: (action: ActionName) => string;
}

/** Nobody is known yet, or nothing was changed. */
const USUAL: KeyMap = {};
const kept = new WeakMap<KeyMap, SaidKeys>();

export function useOwnKeys(): SaidKeys {
  return useDeskState(({ lock, me }) => saidKeys(lock?.keys ?? me?.keys ?? USUAL));
}

/** The same answer for the same map. */
function saidKeys(own: KeyMap): SaidKeys {
  const before = kept.get(own);
  if (before !== undefined) return before;
  const keys = ownKeys(own);
  const said = (action: ActionName): string => {
    const [chord] = keys.of(action);
    return chord === undefined ? '' : saidChord(chord);
  };
  const made: SaidKeys = {
    ...keys,
    said,
    behind: (action) => (said(action) === '' ? '' : `（${said(action)}）`),
  };
  kept.set(own, made);
  return made;
}
