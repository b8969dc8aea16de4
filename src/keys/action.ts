/** What keys do: the one table of all actions, where each works, and the keys it has until somebody chooses others. */

/** `rooms`: every screen of who stands in a duty room. `call`: where a call's sound is. `lists`: where a list can be searched. */
export type Where =
  | 'rooms'
  | 'desk'
  | 'call'
  | 'replay'
  | 'confirm'
  | 'watch'
  | 'roster'
  | 'lists'
  | 'everywhere';

interface Row {
  readonly name: string;
  readonly where: Where;
  /** As `chord.ts` writes them; the first is the one that is said. */
  readonly keys: readonly [string, ...string[]];
  /** Means the same in every program: it stays. */
  readonly fixed?: true;
}

export const ACTIONS = [
  { name: 'notes', where: 'rooms', keys: ['F1'] },
  { name: 'newest', where: 'rooms', keys: ['F2', 'Alt+J'] },
  { name: 'jot', where: 'call', keys: ['Alt+N'] },
  { name: 'check', where: 'desk', keys: ['Ctrl+Enter'] },
  { name: 'handle', where: 'desk', keys: ['Alt+H'] },
  { name: 'attachments', where: 'desk', keys: ['Alt+K'] },
  { name: 'back-3', where: 'call', keys: ['F8'] },
  { name: 'play-pause', where: 'call', keys: ['F9'] },
  { name: 'clip-from', where: 'call', keys: ['A'] },
  { name: 'clip-to', where: 'call', keys: ['B'] },
  { name: 'clip-export', where: 'call', keys: ['E'] },
  { name: 'no-record', where: 'desk', keys: ['D'] },
  { name: 'search', where: 'lists', keys: ['/'] },
  { name: 'drawer', where: 'desk', keys: ['F6'] },
  { name: 'change-person', where: 'rooms', keys: ['Alt+U'] },
  { name: 'lock', where: 'everywhere', keys: ['Alt+L'] },
  { name: 'confirm', where: 'confirm', keys: ['Y'] },
  { name: 'watch-probe', where: 'watch', keys: ['S'] },
  { name: 'watch-dismiss', where: 'watch', keys: ['N'] },
  { name: 'watch-close', where: 'watch', keys: ['C'] },
  { name: 'roster-copy', where: 'roster', keys: ['W'] },
  { name: 'replay-toggle', where: 'replay', keys: ['Space'] },
  { name: 'replay-back', where: 'replay', keys: ['ArrowLeft'] },
  { name: 'replay-on', where: 'replay', keys: ['ArrowRight'] },
  { name: 'replay-back-1', where: 'replay', keys: ['Shift+ArrowLeft'] },
  { name: 'replay-on-1', where: 'replay', keys: ['Shift+ArrowRight'] },
  { name: 'replay-home', where: 'replay', keys: ['Home'] },
  { name: 'replay-slower', where: 'replay', keys: ['['] },
  { name: 'replay-faster', where: 'replay', keys: [']'] },
  // The sign of the same key without Shift.
  { name: 'replay-zoom-in', where: 'replay', keys: ['+', '='] },
  { name: 'replay-zoom-out', where: 'replay', keys: ['-'] },
  { name: 'replay-zoom-whole', where: 'replay', keys: ['0'] },
  { name: 'replay-note', where: 'replay', keys: ['M'] },
  { name: 'replay-next', where: 'replay', keys: ['Enter'] },
  { name: 'replay-up', where: 'replay', keys: ['ArrowUp'], fixed: true },
  { name: 'replay-down', where: 'replay', keys: ['ArrowDown'], fixed: true },
  { name: 'harmless', where: 'everywhere', keys: ['Ctrl+S'], fixed: true },
  { name: 'escape', where: 'everywhere', keys: ['Escape'], fixed: true },
] as const satisfies readonly Row[];

export type ActionName = (typeof ACTIONS)[number]['name'];
export type FreeAction = Exclude<(typeof ACTIONS)[number], { readonly fixed: true }>['name'];

/** Alt+1 … Alt+9 mean the first to the ninth of what stands in a row: 要素, steps of 接入向导. They stay. */
export type KeyAction = ActionName | { readonly element: number };

/** Those whose keys a person may choose. */
export const FREE_ACTIONS: readonly (Row & { readonly name: FreeAction })[] = ACTIONS.filter(
  (row): row is Extract<(typeof ACTIONS)[number], { readonly name: FreeAction }> => !('fixed' in row),
);

/** 1 to 9; null: another chord. */
export function elementOf(chord: string): number | null {
  const digit = /^Alt\+([1-9])$/.exec(chord)?.[1];
  return digit === undefined ? null : Number(digit);
}
