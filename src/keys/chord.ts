/**
 * A key, or keys pressed together, as one text: `F2`, `Alt+J`, `Ctrl+Enter`, `D`, `Shift+ArrowLeft`. So it is kept and compared.
 * With Ctrl or Alt a letter is told by its place on the keyboard (`code`), since Alt+letter gives other letters on some
 * layouts; without them by what it writes, so that D is D with Shift and with Caps Lock.
 */

/** What is read of a `KeyboardEvent`. */
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

const MOVING = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
] as const;
const NAMED: readonly string[] = [
  ...MOVING,
  'Enter',
  'Escape',
  'Space',
  'Tab',
  'Backspace',
  'Delete',
  'Insert',
];
const FUNCTION = /^F(?:[1-9]|1\d|2[0-4])$/;

/** By `code`: where no letter or digit stands. */
const SIGNS: Readonly<Record<string, string>> = {
  Slash: '/',
  Backslash: '\\',
  Period: '.',
  Comma: ',',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Minus: '-',
  Equal: '=',
  Backquote: '`',
};

/**
 * The chord of a key that went down. Null: none of ours, which is a modifier alone, a key with the Windows key, one that writes
 * what no office keyboard has a key for, and every key while an input method composes (keyCode 229 where the browser does not
 * yet say `isComposing`).
 */
export function chordOf(press: KeyPress): string | null {
  if (press.isComposing || press.keyCode === 229 || press.metaKey) return null;
  const { ctrlKey, altKey } = press;
  const named = namedKey(press.key);
  const plain = ctrlKey || altKey ? keyAtPlace(press.code) : keyThatWrites(press.key);
  const base = named ?? plain;
  if (base === null) return null;
  // A sign that is written tells by itself whether Shift was down.
  const shifted = press.shiftKey && (named !== null || ctrlKey || altKey);
  return `${ctrlKey ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${shifted ? 'Shift+' : ''}${base}`;
}

export interface ChordParts {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly base: string;
}

/** Null: this text is no chord. */
export function partsOf(chord: string): ChordParts | null {
  const [, ctrl, alt, shift, base = ''] = /^(Ctrl\+)?(Alt\+)?(Shift\+)?(.+)$/.exec(chord) ?? [];
  const isKey = NAMED.includes(base) || FUNCTION.test(base) || keyThatWrites(base) === base;
  if (!isKey) return null;
  return { ctrl: ctrl !== undefined, alt: alt !== undefined, shift: shift !== undefined, base };
}

/** In a field it writes, deletes or moves the caret, so that it is a key of ours only while no field has the focus. */
export function writes({ ctrl, alt, base }: ChordParts): boolean {
  return !ctrl && !alt && !FUNCTION.test(base) && base !== 'Escape';
}

/** The same of a key that goes down. */
export function wouldWrite(press: KeyPress): boolean {
  const parts = partsOf(chordOf(press) ?? '');
  return parts !== null && writes(parts);
}

/** On a slider it moves the slider. */
export function moves({ base }: ChordParts): boolean {
  return (MOVING as readonly string[]).includes(base);
}

export function isFunctionKey({ base }: ChordParts): boolean {
  return FUNCTION.test(base);
}

export function isNamed({ base }: ChordParts): boolean {
  return NAMED.includes(base);
}

function namedKey(key: string): string | null {
  const name = key === ' ' ? 'Space' : key;
  return NAMED.includes(name) || FUNCTION.test(name) ? name : null;
}

function keyAtPlace(code: string): string | null {
  return /^(?:Key([A-Z])|(?:Digit|Numpad)(\d))$/.exec(code)?.slice(1).find(Boolean) ?? SIGNS[code] ?? null;
}

function keyThatWrites(key: string): string | null {
  return /^[!-~]$/.test(key) ? key.toUpperCase() : null;
}
