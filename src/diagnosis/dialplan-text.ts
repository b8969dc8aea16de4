/**
 * `${…}` and `$[…]` in what an application is told, put in as Asterisk does. What only a real call knows stays in the text as a
 * piece of its own between two marks, so that the rest can still be read: `PJSIP/⟨${OUTNUM}⟩@telco` goes to telco whatever OUTNUM is.
 */
import { evaluate } from './dialplan-expression.ts';
import { isKnown, unknown } from './unknown-text.ts';

/** What a walk knows. Null: only a real call knows. */
export interface Values {
  variable(name: string): string | null;
  call(name: string, argument: string): string | null;
}

/** A value that grows round and round a loop is given up here. */
const LONGEST_VALUE = 600;

export function substitute(text: string, values: Values): string {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const start = nextStart(text, at);
    const end = start === -1 ? -1 : closing(text, start + 1);
    if (end === -1) {
      out += text.slice(at);
      break;
    }
    const inside = substitute(text.slice(start + 2, end), values);
    out += text.slice(at, start) + (text[start + 1] === '{' ? contentOf(inside, values) : evaluate(inside));
    at = end + 1;
  }
  return out.length <= LONGEST_VALUE || text.length > LONGEST_VALUE ? out : unknown(text);
}

function nextStart(text: string, from: number): number {
  for (let at = text.indexOf('$', from); at !== -1; at = text.indexOf('$', at + 1)) {
    if (text[at + 1] === '{' || text[at + 1] === '[') return at;
  }
  return -1;
}

/** Index of the bracket that closes the one at `open`; -1 when none does. */
function closing(text: string, open: number): number {
  const opens = text[open] ?? '';
  const closes = opens === '{' ? '}' : ']';
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === opens) depth += 1;
    else if (text[at] === closes) depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** `NAME`, `FUNCTION(argument)`, each with `:offset:length` behind it or not. */
function contentOf(inside: string, values: Values): string {
  const { name, offset, length } = cutBehind(inside);
  const bracket = name.indexOf('(');
  const value =
    bracket > 0 && name.endsWith(')')
      ? values.call(name.slice(0, bracket), name.slice(bracket + 1, -1))
      : values.variable(name);
  if (value === null) return unknown(`\${${inside}}`);
  if (offset === 0 && length === null) return value;
  return isKnown(value) ? part(value, offset, length) : unknown(`\${${inside}}`);
}

function cutBehind(inside: string): { name: string; offset: number; length: number | null } {
  const behind = /^([\s\S]*?):(-?\d+)(?::(-?\d+))?$/.exec(inside);
  const name = behind?.[1] ?? inside;
  // A colon inside the brackets of a function belongs to its argument.
  if (behind === null || count(name, '(') !== count(name, ')'))
    return { name: inside, offset: 0, length: null };
  return { name, offset: Number(behind[2]), length: behind[3] === undefined ? null : Number(behind[3]) };
}

/** Asterisk's substring: a negative offset counts from the end, a negative length leaves so many out. */
function part(value: string, offset: number, length: number | null): string {
  const from = offset < 0 ? Math.max(value.length + offset, 0) : offset;
  const rest = value.slice(from);
  if (length === null) return rest;
  return length < 0 ? rest.slice(0, Math.max(rest.length + length, 0)) : rest.slice(0, length);
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}
