/**
 * Which lines of an event are Asterisk's, when a caller has written among them (D2b).
 *
 * Asterisk wrote every header of the event exactly once, each at the beginning of a line, in order; the caller could only
 * add lines behind text of his own. So:
 * - what stands before the first header that may hold text of a caller is genuine;
 * - the headers behind the last such header are genuine in their *last* copy, as nothing of the caller comes after them;
 * - of the headers between, one that occurs exactly once is the genuine one, since the genuine one must be there, and so is
 *   the header that follows a genuine one in which nobody can write; text of a caller counts only when the line after it is the header that must follow, so that it was not cut.
 */
import { CALLER_TEXT_LIMIT, type HeaderOrder, type HeaderRule } from './header-order.ts';
import { placeFrom } from './order-reading.ts';

/** U+FFFD as the three bytes of its UTF-8: stands in the place of a caller's text that cannot be known. */
export const UNREADABLE = '\u00ef\u00bf\u00bd';

interface Found {
  readonly rule: HeaderRule;
  readonly value: string;
}

/**
 * Whether a paragraph can be what follows a caller's text in this event: the event's last headers, and before them no more
 * than the caller can have written.
 *
 * @param order the order of the event
 * @param text the paragraph
 * @returns true when it can; false also for an event that ends with text of a caller
 */
export function canBeRestOf(order: HeaderOrder, text: string): boolean {
  // Most paragraphs end with a header that is none of this event's: no need to look further.
  if (!order.names.has(lineName(text.slice(text.lastIndexOf('\r\n', text.length - 3) + 2)))) return false;
  const rules = order.rules.slice(lastFromCaller(order, () => false) + 1);
  const lines = linesOf([text]);
  const end = rules.some((rule) => !rule.fromCaller) ? longestEnd(rules, lines) : null;
  if (end === null) return false;
  const written = lines.slice(0, lines.length - end.length).reduce((sum, line) => sum + line.length + 2, 0);
  return written <= CALLER_TEXT_LIMIT;
}

/** All lines of some paragraphs, a blank one between each two. */
export function linesOf(paragraphs: readonly string[]): readonly string[] {
  return paragraphs.flatMap((text, place) => [
    ...(place > 0 ? [''] : []),
    ...text.split('\r\n').slice(0, -1),
  ]);
}

/**
 * Finds the headers whose value is Asterisk's own, or a caller's in one piece.
 *
 * @param order the order of the event
 * @param lines all lines from its beginning on
 * @returns their values by name, null when the end of the event is not there
 */
export function genuineHeaders(order: HeaderOrder, lines: readonly string[]): Map<string, string> | null {
  const tail = tailOf(order, lines);
  if (tail === null) return null;
  const found = new Map<string, string>();
  for (const { rule, value } of [...headOf(order, lines), ...middleOf(order, lines), ...tail])
    found.set(rule.name, value);
  return found;
}

function headOf(order: HeaderOrder, lines: readonly string[]): readonly Found[] {
  const found: Found[] = [];
  let next = 0;
  for (const line of lines) {
    const place = placeFrom(order.rules, next, lineName(line));
    const rule = order.rules[place];
    if (rule === undefined || rule.fromCaller) break;
    found.push({ rule, value: lineValue(line) });
    next = place + 1;
  }
  return found;
}

function middleOf(order: HeaderOrder, lines: readonly string[]): readonly Found[] {
  const copies = Map.groupBy(lines.keys(), (place) => lineName(lines[place] ?? ''));
  const onlyCopy = (name: string) => {
    const places = copies.get(name) ?? [];
    return places.length === 1 ? places[0] : undefined;
  };
  const found: Found[] = [];
  /** Where the header before stands, if nobody can have written behind it. */
  let before: number | undefined;
  for (let number = order.firstFromCaller; number < order.rules.length; number++) {
    const rule = order.rules[number];
    if (rule === undefined) continue;
    const next = before === undefined ? undefined : before + 1;
    const follows = next !== undefined && lineName(lines[next] ?? '') === rule.name;
    if (rule.presence !== 'always') {
      // Nobody can have made it stand there, but what it says is a caller's.
      if (rule.presence === 'sometimes' && rule.fromCaller && follows) {
        found.push({ rule, value: UNREADABLE });
        before = undefined;
      }
      continue;
    }
    const place = onlyCopy(rule.name) ?? (follows ? next : undefined);
    before = rule.fromCaller ? undefined : place;
    if (place === undefined || (rule.fromCaller && !isUncut(number, place))) continue;
    found.push({ rule, value: lineValue(lines[place] ?? '') });
  }
  return found;

  function isUncut(number: number, place: number): boolean {
    const following = lines[place + 1];
    if (following === undefined) return number === order.rules.length - 1;
    return (
      placeFrom(order.rules, number + 1, lineName(following)) > number &&
      onlyCopy(lineName(following)) === place + 1
    );
  }
}

/**
 * The headers behind the last text of a caller, from the last lines backwards; null when they are not there.
 *
 * An event that itself ends with text of a caller (DialString, AppData) is read from the text before, if that is in one
 * piece: to feign this he must write all headers between the two, which leaves no room for ids that mean anything.
 */
function tailOf(order: HeaderOrder, lines: readonly string[]): readonly Found[] | null {
  const present = new Set(lines.map(lineName));
  const last = lastFromCaller(order, () => false);
  const before = order.rules
    .slice(0, last)
    .findLastIndex((rule) => rule.fromCaller && rule.presence === 'always');
  const inOnePiece = last === order.rules.length - 1 ? before : last;
  return (
    longestEnd(order.rules.slice(inOnePiece + 1), lines) ??
    longestEnd(order.rules.slice(lastFromCaller(order, (name) => present.has(name)) + 1), lines)
  );
}

/** Number of the last rule that holds text of a caller, of those that are always there or that `isThere` names. */
function lastFromCaller(order: HeaderOrder, isThere: (name: string) => boolean): number {
  return order.rules.findLastIndex(
    (rule) => rule.fromCaller && (rule.presence === 'always' || isThere(rule.name)),
  );
}

/** The most of the last lines that follow these rules, with all that must be there. */
function longestEnd(rules: readonly HeaderRule[], lines: readonly string[]): readonly Found[] | null {
  const needed = rules.filter((rule) => rule.presence === 'always').length;
  for (let length = Math.min(rules.length, lines.length); length >= needed; length--) {
    const found = inOrder(rules, lines.slice(lines.length - length));
    if (found !== null) return found;
  }
  return null;
}

function inOrder(rules: readonly HeaderRule[], lines: readonly string[]): readonly Found[] | null {
  const found: Found[] = [];
  let next = 0;
  for (const line of lines) {
    const place = placeFrom(rules, next, lineName(line));
    const rule = rules[place];
    if (rule === undefined) return null;
    found.push({ rule, value: lineValue(line) });
    next = place + 1;
  }
  return rules.slice(next).some((rule) => rule.presence === 'always') ? null : found;
}

function lineName(line: string): string {
  const colon = line.indexOf(':');
  return colon < 0 ? '' : line.slice(0, colon);
}

function lineValue(line: string): string {
  const colon = line.indexOf(':');
  return line.slice(line.charAt(colon + 1) === ' ' ? colon + 2 : colon + 1);
}
