/** A person's own keys: which action a key means for him. */
import {
  ACTIONS,
  type ActionName,
  elementOf,
  FREE_ACTIONS,
  type FreeAction,
  type KeyAction,
} from './action.ts';
import { chordOf, type KeyPress, moves, partsOf, writes } from './chord.ts';
import { refuseKey } from './refuse-key.ts';

/** Only what he has changed. */
export type KeyMap = Readonly<Partial<Record<FreeAction, readonly string[]>>>;

/** As many as an action has by itself. */
export const MOST_KEYS = 2;

/** Where the keyboard stands: in a text, on a slider, on a button or link, or nowhere in particular. */
export type KeyPlace = 'text' | 'slider' | 'button' | 'free';

export interface OwnKeys {
  /** The chords of an action, the one that is said first; empty where another action has taken its only one. */
  readonly of: (action: ActionName) => readonly string[];
  /** What a key means here; null: nothing of ours. */
  readonly actionOf: (press: KeyPress, place: KeyPlace) => KeyAction | null;
}

/** The keys that hold for somebody who has changed these. */
export function ownKeys(own: KeyMap): OwnKeys {
  const chosen = new Map<ActionName, readonly string[]>(chosenKeys(own));
  // A later version may give a new action the key that somebody has chosen for another: his choice holds.
  const taken = new Set([...chosen.values()].flat());
  const keys = new Map(
    ACTIONS.map(({ name, keys }) => {
      const usual: readonly string[] = keys;
      return [name, chosen.get(name) ?? usual.filter((key) => !taken.has(key))] as const;
    }),
  );
  const actions = new Map(
    [...keys].flatMap(([name, chords]) => chords.map((chord) => [chord, name] as const)),
  );
  return {
    of: (action) => keys.get(action) ?? [],
    actionOf: (press, place) => {
      const chord = chordOf(press);
      if (chord === null || !reaches(chord, place)) return null;
      const element = elementOf(chord);
      return element === null ? (actions.get(chord) ?? null) : { element };
    },
  };
}

/** `own` with another key in one place of an action; without an entry where that is what the action has by itself. */
export function withKey(own: KeyMap, action: FreeAction, place: number, chord: string): KeyMap {
  const keys = ownKeys(own).of(action);
  const next = keys.length === 0 ? [chord] : keys.map((key, at) => (at === place ? chord : key));
  const others = withoutAction(own, action);
  return isUsual(action, next) ? others : { ...others, [action]: next };
}

/** 恢复默认 of one action. */
export function withoutAction(own: KeyMap, action: FreeAction): KeyMap {
  return Object.fromEntries(chosenKeys(own).filter(([name]) => name !== action));
}

/** Which key of an action as it is by itself has been chosen for another; null: it can have them back. */
export function usualKeyTaken(
  own: KeyMap,
  action: FreeAction,
): { readonly chord: string; readonly by: FreeAction } | null {
  const usual: readonly string[] = FREE_ACTIONS.find(({ name }) => name === action)?.keys ?? [];
  for (const [by, keys] of chosenKeys(own)) {
    const chord = by === action ? undefined : keys.find((key) => usual.includes(key));
    if (chord !== undefined) return { chord, by };
  }
  return null;
}

/** Whether a person may have these: each key allowed, and none chosen for two actions. */
export function isSound(own: KeyMap): boolean {
  const chosen = chosenKeys(own);
  const chords = chosen.flatMap(([, keys]) => keys);
  return (
    new Set(chords).size === chords.length &&
    chosen.every(([name, keys]) => keys.every((chord) => refuseKey(name, chord) === null))
  );
}

/** What he has changed of what there is: an action of another version is left out. */
export function chosenKeys(own: KeyMap): readonly (readonly [FreeAction, readonly string[]])[] {
  return FREE_ACTIONS.flatMap(({ name }) => {
    const keys = own[name];
    return keys === undefined ? [] : [[name, keys] as const];
  });
}

function isUsual(action: FreeAction, keys: readonly string[]): boolean {
  const usual = FREE_ACTIONS.find(({ name }) => name === action)?.keys ?? [];
  return usual.join(' ') === keys.join(' ');
}

/** A text takes what it writes, a button its blank and Enter, a slider its arrows. */
function reaches(chord: string, place: KeyPlace): boolean {
  const parts = partsOf(chord);
  if (parts === null) return false;
  switch (place) {
    case 'text':
      return !writes(parts);
    case 'button':
      return chord !== 'Space' && chord !== 'Enter';
    case 'slider':
      return !moves(parts);
    case 'free':
      return true;
  }
}
