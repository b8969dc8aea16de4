import type { HeaderOrder, HeaderRule } from './header-order.ts';

/**
 * How far a paragraph follows the order of its event.
 *
 * `whole`: every header is there, in order. `broken`: it follows the order up to a header that may hold text of a caller
 * and leaves it behind one. `not-this`: it leaves the order where no caller can have written, so Asterisk did not write it.
 */
export type Reading = 'whole' | 'broken' | 'not-this';

/**
 * Reads a paragraph's header names along the order of its event.
 *
 * A header that the table does not know is let through late in the packet, behind one that no caller can write, because
 * newer versions add some (22 added TechCause). Behind text of a caller it is what the caller wrote; and in the beginning
 * it is refused, or a caller could let the genuine lines between two texts of his pass for unknown ones.
 *
 * @param order the order of the event
 * @param names names of the paragraph's lines, the first being `Event`
 * @returns the reading
 */
export function readInOrder(order: HeaderOrder, names: readonly string[]): Reading {
  let next = 0;
  /** Whether the last header may hold text of a caller, a Local channel's name too. */
  let fromCaller = false;
  let reachedCaller = false;
  for (const name of names) {
    const place = placeFrom(order.rules, next, name);
    const rule = order.rules[place];
    if (rule !== undefined) {
      fromCaller = rule.fromCaller || rule.namesChannel;
      reachedCaller ||= rule.fromCaller;
      next = rule.presence === 'repeated' ? place : place + 1;
    } else if (!reachedCaller || fromCaller || order.names.has(name) || !isHeaderName(name)) {
      return reachedCaller ? 'broken' : 'not-this';
    }
  }
  if (!isMissing(order.rules, next)) return 'whole';
  return reachedCaller ? 'broken' : 'not-this';
}

export interface OrderFollower {
  /** Takes the next line's name, '' for a blank line or one without colon. */
  take(name: string): void;
  mayEnd(): boolean;
}

/**
 * Follows the lines of an event in which a caller has written, to know when its genuine end may have come.
 *
 * Lines that no rule explains are allowed behind text of a caller, blank ones too; headers no caller can write must
 * follow each other directly. All ways to explain the lines are followed at once, so that no line written by the caller
 * can lead astray.
 *
 * @param order the order of the event
 * @returns `take(line)` for each line, and `mayEnd()`: whether all that must be there has come, the last line being its end
 */
export function createOrderFollower(order: HeaderOrder): OrderFollower {
  /** Numbers of the rules that the last line may have followed; -1 before the first line. */
  let reached: ReadonlySet<number> = new Set([-1]);

  return {
    take(name: string): void {
      const next = new Set<number>();
      for (const place of reached) {
        const rule = order.rules[place];
        const following = placeFrom(order.rules, rule?.presence === 'repeated' ? place : place + 1, name);
        if (following >= 0) next.add(following);
        if (rule?.fromCaller) next.add(place);
      }
      reached = next;
    },
    mayEnd: () => [...reached].some((place) => !isMissing(order.rules, place + 1)),
  };
}

/**
 * Finds the rule that a name follows, passing over what may be missing.
 *
 * @param rules rules of the event
 * @param from number of the first rule that may come now
 * @param name name of the line
 * @returns the rule's number, -1 when this name may not come now
 */
export function placeFrom(rules: readonly HeaderRule[], from: number, name: string): number {
  const inside = rules[from - 1]?.group ?? 0;
  for (let place = from; place < rules.length; place++) {
    const rule = rules[place];
    if (rule === undefined) return -1;
    if (rule.name === name) return entersWhole(rules, place, inside) ? place : -1;
    if (isDue(rule, inside)) return -1;
  }
  return -1;
}

/** Whether this rule must come: optional blocks are passed whole, but one that has begun is due to its end. */
function isDue(rule: HeaderRule, inside: number): boolean {
  return rule.presence === 'always' && (rule.group === 0 || rule.group === inside);
}

function entersWhole(rules: readonly HeaderRule[], place: number, inside: number): boolean {
  const group = rules[place]?.group ?? 0;
  return group === 0 || group === inside || rules[place - 1]?.group !== group;
}

function isMissing(rules: readonly HeaderRule[], from: number): boolean {
  const inside = rules[from - 1]?.group ?? 0;
  return rules.slice(from).some((rule) => isDue(rule, inside));
}

function isHeaderName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]*$/.test(name);
}
