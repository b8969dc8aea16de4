/** The dialplan functions that decide where a call goes, as far as their answer is known beforehand. Null: a call decides. */
import { evaluate, truthOf } from './dialplan-expression.ts';
import { isKnown, splitOutside } from './unknown-text.ts';

/** What a function may look at. */
export interface FunctionValues {
  variable(name: string): string | null;
  /** Value in AstDB, '' for a key that is not there. */
  database(key: string): string | null;
  global(name: string): string | null;
}

export function callFunction(name: string, argument: string, values: FunctionValues): string | null {
  switch (name.toUpperCase()) {
    case 'DB':
      return isKnown(argument) ? values.database(argument) : null;
    case 'DB_EXISTS': {
      const value = isKnown(argument) ? values.database(argument) : null;
      return value === null ? null : yesNo(value !== '');
    }
    case 'GLOBAL':
      return isKnown(argument) ? values.global(argument) : null;
    case 'IF':
      return chosen(argument);
    case 'CUT':
      return cut(argument, values);
    case 'REPLACE':
      return replaced(argument, values);
    case 'ISNULL':
      return isKnown(argument) ? yesNo(argument === '') : null;
    case 'EXISTS':
      return isKnown(argument) ? yesNo(argument !== '') : null;
    case 'LEN':
      return isKnown(argument) ? String(argument.length) : null;
    case 'MATH':
      return isKnown(argument) ? evaluate(argument.split(',')[0] ?? '') : null;
    // The contacts of a phone: it is taken to be registered, as `device states` tell whether it is.
    case 'PJSIP_DIAL_CONTACTS':
      return `PJSIP/${argument.split(',')[0] ?? ''}`;
    default:
      return null;
  }
}

function yesNo(value: boolean): string {
  return value ? '1' : '0';
}

/** IF(condition?yes:no). */
function chosen(argument: string): string | null {
  const [condition = '', branches = ''] = splitOutside(argument, '?', 2);
  const truth = truthOf(condition);
  const [yes = '', no = ''] = splitOutside(branches, ':', 2);
  if (truth === null) return yes === no ? yes : null;
  return truth ? yes : no;
}

/** CUT(variable,delimiter,fields): fields `2`, `2-`, `-3`, `2-4`, counted from 1. */
function cut(argument: string, values: FunctionValues): string | null {
  const [name = '', delimiter = '-', fields = ''] = argument.split(',');
  const value = values.variable(name);
  const range = /^(\d*)(-?)(\d*)$/.exec(fields);
  if (value === null || !isKnown(value) || !isKnown(argument) || range === null) return null;
  const letter = delimiter === '' ? '-' : (delimiter.replace(/^\\/, '')[0] ?? '-');
  const from = range[1] === '' ? 1 : Number(range[1]);
  const to = range[2] === '' ? from : range[3] === '' ? Number.POSITIVE_INFINITY : Number(range[3]);
  return value
    .split(letter)
    .slice(from - 1, to)
    .join(letter);
}

/** REPLACE(variable,characters[,replacement]): each of the characters by the replacement, or by nothing. */
function replaced(argument: string, values: FunctionValues): string | null {
  const [name = '', letters = '', by = ''] = argument.split(',');
  const value = values.variable(name);
  if (value === null || !isKnown(value) || !isKnown(argument)) return null;
  return [...value].map((letter) => (letters.includes(letter) ? (by[0] ?? '') : letter)).join('');
}
