/** Channel variables on one way through the dialplan. Immutable, and quick to compare: a walk asks at every step whether it was here before. */
import { isKnown, unknown } from './unknown-text.ts';

export interface Variables {
  /** By name, without the underscores of `__NAME`. */
  readonly byName: ReadonlyMap<string, Variable>;
  /** Two of 32 bits, the same for the same variables in whatever order they were set. */
  readonly print: readonly [number, number];
}

interface Variable {
  readonly value: string;
  /** How many channels on it is inherited: `_NAME` by one, `__NAME` by all. */
  readonly reach: 0 | 1 | 2;
}

export const NO_VARIABLES: Variables = { byName: new Map(), print: [0, 0] };

/** Sets a variable as Set() does: `__NAME`, `_NAME` or `NAME`. */
export function withVariable(variables: Variables, name: string, value: string): Variables {
  const plain = name.replace(/^_{1,2}/, '');
  const reach = name.startsWith('__') ? 2 : name.startsWith('_') ? 1 : 0;
  const before = variables.byName.get(plain);
  if (before?.value === value && before.reach === reach) return variables;
  const byName = new Map(variables.byName).set(plain, { value, reach });
  const added = sum(variables.print, printOf(plain, { value, reach }));
  return { byName, print: before === undefined ? added : difference(added, printOf(plain, before)) };
}

/** What a Local channel gets of them. */
export function inherited({ byName }: Variables): Variables {
  return collected(
    [...byName].flatMap(([name, { value, reach }]) =>
      reach === 0 ? [] : [[name, { value, reach: reach === 2 ? 2 : 0 }]],
    ),
  );
}

const ARGUMENT = /^ARG(C|\d+)$/;

/** A subroutine's arguments in place of those before. */
export function withArguments({ byName }: Variables, given: readonly string[]): Variables {
  const others = [...byName].filter(([name]) => !ARGUMENT.test(name));
  const own = given.map((value, at): Entry => [`ARG${at + 1}`, { value, reach: 0 }]);
  return collected([...others, ...own, ['ARGC', { value: String(given.length), reach: 0 }]]);
}

export function restoredArguments({ byName }: Variables, before: Variables): Variables {
  const others = [...byName].filter(([name]) => !ARGUMENT.test(name));
  return collected([...others, ...[...before.byName].filter(([name]) => ARGUMENT.test(name))]);
}

/** What both have in common; all else is unknown. */
export function joined(one: Variables, other: Variables): Variables {
  const names = new Set([...one.byName.keys(), ...other.byName.keys()]);
  const apart = [...names].filter((name) => {
    const value = one.byName.get(name)?.value;
    return value !== other.byName.get(name)?.value && (value === undefined || isKnown(value));
  });
  if (apart.length === 0) return one;
  // Inherited by all, whoever had it: less is known then, not more.
  const forgotten = apart.map((name): Entry => [name, { value: unknown(`\${${name}}`), reach: 2 }]);
  return collected([...one.byName, ...forgotten]);
}

type Entry = readonly [name: string, variable: Variable];
type Print = Variables['print'];

function collected(entries: readonly Entry[]): Variables {
  const byName = new Map(entries);
  let print: Print = [0, 0];
  for (const [name, variable] of byName) print = sum(print, printOf(name, variable));
  return { byName, print };
}

function sum(one: Print, other: Print): Print {
  return [(one[0] + other[0]) | 0, (one[1] + other[1]) | 0];
}

function difference(one: Print, other: Print): Print {
  return [(one[0] - other[0]) | 0, (one[1] - other[1]) | 0];
}

/** FNV-1a from two beginnings, its bits mixed once more: sums of plain FNV values of like texts meet too easily. */
function printOf(name: string, { value, reach }: Variable): Print {
  const text = `${name}\u0000${reach}\u0000${value}`;
  let [left, right] = [0x811c9dc5, 0x1b873593];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    left = Math.imul(left ^ code, 0x01000193);
    right = Math.imul(right ^ code, 0x85ebca6b);
  }
  return [mixed(left), mixed(right)];
}

function mixed(bits: number): number {
  const half = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  const whole = Math.imul(half ^ (half >>> 13), 0xc2b2ae35);
  return whole ^ (whole >>> 16);
}
