/** Keys that nobody can be given: those of input methods, of the browser and the system, and of writing itself. */
import { ACTIONS, type ActionName, elementOf, FREE_ACTIONS, type FreeAction } from './action.ts';
import { type ChordParts, isFunctionKey, isNamed, partsOf } from './chord.ts';

export type KeyRefusal =
  /** Chinese input methods switch by it: language, width, punctuation, keyboard layout. */
  | { readonly why: 'input-method' }
  /** The browser or Windows acts on it, in part before a page hears of it. */
  | { readonly why: 'system' }
  /** Writes, deletes, or moves in texts and lists. */
  | { readonly why: 'writing' }
  /** Another action has it. */
  | { readonly why: 'taken'; readonly by: ActionName | 'element' };

/** Ctrl with these: close, new tab, new window, reload, print, find, zoom. */
const BROWSER_CTRL = new Set('WTNRPF-=+0123456789'.split(''));
/** Ctrl with these: cut, copy, paste, mark all, undo, redo. */
const EDITING_CTRL = new Set('XCVAZY'.split(''));
/** Reload, caret browsing, full screen, tools. F6 leads to the address bar; only the drawer's own key may be it. */
const BROWSER_FUNCTION = new Set(['F5', 'F6', 'F7', 'F11', 'F12']);
const FIXED: ReadonlyMap<string, ActionName> = new Map(
  ACTIONS.flatMap((row) => ('fixed' in row ? row.keys.map((key) => [key, row.name] as const) : [])),
);

/** Null: the action may have this key, as far as the key itself goes. What an action has by itself it may always have. */
export function refuseKey(action: FreeAction, chord: string): KeyRefusal | null {
  const parts = partsOf(chord);
  if (parts === null) return { why: 'system' };
  if (FREE_ACTIONS.some(({ name, keys }) => name === action && keys.includes(chord))) return null;
  if (elementOf(chord) !== null) return { why: 'taken', by: 'element' };
  const fixed = FIXED.get(chord);
  if (fixed !== undefined) return { why: 'taken', by: fixed };
  if (isOfInputMethods(parts)) return { why: 'input-method' };
  if (isOfSystem(parts)) return { why: 'system' };
  return isOfWriting(parts) ? { why: 'writing' } : null;
}

/** Null: `action` may have this key as well as all that `keysOf` answers now, also for itself. */
export function refuseNewKey(
  keysOf: (action: ActionName) => readonly string[],
  action: FreeAction,
  chord: string,
): KeyRefusal | null {
  const refusal = refuseKey(action, chord);
  if (refusal !== null) return refusal;
  const holder = ACTIONS.find(({ name }) => keysOf(name).includes(chord));
  return holder === undefined ? null : { why: 'taken', by: holder.name };
}

function isOfInputMethods({ ctrl, alt, shift, base }: ChordParts): boolean {
  if ((ctrl || alt) && shift) return true;
  return (ctrl || shift) && base === 'Space' ? true : ctrl && (base === '.' || base === ',');
}

function isOfSystem(parts: ChordParts): boolean {
  const { ctrl, alt, shift, base } = parts;
  // Windows starts programs by it, and AltGr is the same two keys.
  if (ctrl && alt) return true;
  if (isFunctionKey(parts)) return ctrl || alt || BROWSER_FUNCTION.has(base) || (shift && base === 'F10');
  if (alt) return isNamed(parts);
  return ctrl && (BROWSER_CTRL.has(base) || base === 'Tab' || base === 'Escape');
}

function isOfWriting(parts: ChordParts): boolean {
  const { ctrl, alt, base } = parts;
  if (ctrl) return EDITING_CTRL.has(base) || (isNamed(parts) && base !== 'Enter');
  // Digits choose in panels.
  return !alt && (isNamed(parts) || /^\d$/.test(base));
}
