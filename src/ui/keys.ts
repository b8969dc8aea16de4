/** Which key does what. Pure: a key event's facts in, the name of an action out. */
export type KeyAction =
  | 'notes'
  | 'newest'
  | 'drawer'
  | 'back-3'
  | 'play-pause'
  | 'harmless'
  | 'check'
  | 'jot'
  | 'handle'
  | 'attachments'
  | 'change-person'
  | 'escape'
  | 'lock'
  | 'search'
  | 'no-record'
  | 'confirm'
  | 'clip-from'
  | 'clip-to'
  | 'clip-export'
  | { readonly element: number };

export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

const PLAIN: Readonly<Record<string, KeyAction>> = {
  F1: 'notes',
  F2: 'newest',
  F6: 'drawer',
  F8: 'back-3',
  F9: 'play-pause',
  Escape: 'escape',
};

/** Single letters are keys only while nobody writes. */
const LETTERS: Readonly<Record<string, KeyAction>> = {
  '/': 'search',
  d: 'no-record',
  y: 'confirm',
  a: 'clip-from',
  b: 'clip-to',
  e: 'clip-export',
};

/** By `code`, since Alt+letter gives other letters on some layouts. */
const ALT: Readonly<Record<string, KeyAction>> = {
  KeyH: 'handle',
  KeyJ: 'newest',
  KeyL: 'lock',
  KeyK: 'attachments',
  KeyN: 'jot',
  KeyU: 'change-person',
};

/** The action of a key, or null. While an input method composes (keyCode 229), every key is its own. */
export function keyAction(press: KeyPress, fieldHasFocus: boolean): KeyAction | null {
  if (press.isComposing || press.keyCode === 229 || press.metaKey) return null;
  if (press.ctrlKey && !press.altKey && !press.shiftKey) {
    if (press.key === 'Enter') return 'check';
    return press.code === 'KeyS' ? 'harmless' : null;
  }
  if (press.altKey && !press.ctrlKey && !press.shiftKey) {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1];
    return digit === undefined ? (ALT[press.code] ?? null) : { element: Number(digit) };
  }
  if (press.ctrlKey || press.altKey) return null;
  const plain = press.shiftKey ? undefined : PLAIN[press.key];
  if (plain !== undefined) return plain;
  if (fieldHasFocus) return null;
  return LETTERS[press.key.toLowerCase()] ?? null;
}
