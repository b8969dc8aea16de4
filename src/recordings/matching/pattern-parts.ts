/**
 * PURE. The parts of a recorder's pattern, and how they take a name. Names are hostile, and two open parts could keep a
 * regular expression busy for minutes: here each place of the name is tried once for each part.
 */
import { isUniqueid } from './file-name.ts';

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'digits'; readonly into: keyof Moment; readonly width: number }
  | { readonly kind: 'direction'; readonly words: readonly [string, string] }
  | { readonly kind: 'number' | 'uniqueid' | 'any' };

export interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** A file name has no more characters. */
export const LONGEST_NAME = 255;
const LONGEST_NUMBER = 32;

/** Whether a part may take more or less of a name. */
export function isOpen(part: Part): boolean {
  return part.kind === 'number' || part.kind === 'uniqueid' || part.kind === 'any';
}

/** The text each part takes so that all of the name is taken; null when it cannot be. */
export function placed(parts: readonly Part[], name: string): readonly string[] | null {
  const failed = new Set<number>();
  const walk = (part: number, from: number): readonly string[] | null => {
    const current = parts[part];
    if (current === undefined) return from === name.length ? [] : null;
    const place = part * (LONGEST_NAME + 1) + from;
    if (failed.has(place)) return null;
    for (const text of takes(current, name, from)) {
      const rest = walk(part + 1, from + text.length);
      if (rest !== null) return [text, ...rest];
    }
    failed.add(place);
    return null;
  };
  return walk(0, 0);
}

/** The texts a part may take at a place, longest first. */
function* takes(part: Part, name: string, from: number): Generator<string> {
  switch (part.kind) {
    case 'text':
      if (name.startsWith(part.text, from)) yield part.text;
      return;
    case 'digits': {
      const text = name.slice(from, from + part.width);
      if (text.length === part.width && /^\d+$/.test(text)) yield text;
      return;
    }
    case 'direction':
      for (const word of part.words) if (name.startsWith(word, from)) yield word;
      return;
    case 'number':
      yield* shrinking(/^[0-9+*#]*/.exec(name.slice(from, from + LONGEST_NUMBER))?.[0] ?? '');
      return;
    case 'uniqueid':
      for (const text of shrinking(/^[A-Za-z0-9_.-]*/.exec(name.slice(from))?.[0] ?? ''))
        if (isUniqueid(text)) yield text;
      return;
    case 'any':
      yield* shrinking(/^[^/]*/.exec(name.slice(from))?.[0] ?? '');
      yield '';
  }
}

/** A text and its beginnings, longest first, never empty. */
function* shrinking(text: string): Generator<string> {
  for (let length = text.length; length > 0; length -= 1) yield text.slice(0, length);
}
