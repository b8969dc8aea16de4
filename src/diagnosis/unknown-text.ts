/** Text of which a part is known only to a real call: that part stands between two private characters, as the dialplan writes it. */

const OPEN = '\ue000';
const CLOSE = '\ue001';

/** A part nobody can know beforehand, by its name in the dialplan: `${DIALSTATUS}`. */
export function unknown(name: string): string {
  return `${OPEN}${shownText(name)}${CLOSE}`;
}

export function isKnown(text: string): boolean {
  return !text.includes(OPEN);
}

/** For people: unknown parts as the dialplan writes them. */
export function shownText(text: string): string {
  return text.replaceAll(/[\ue000\ue001]/g, '');
}

/** Unknown parts as blanks of the same length: every other character stays where it was. */
export function withoutUnknown(text: string): string {
  return text.replaceAll(/\ue000[^\ue001]*\ue001/g, (part) => ' '.repeat(part.length));
}

/** The text before the first unknown part, and behind the last. */
export function knownEnds(text: string): { readonly before: string; readonly behind: string } {
  const first = text.indexOf(OPEN);
  if (first === -1) return { before: text, behind: '' };
  return { before: text.slice(0, first), behind: text.slice(text.lastIndexOf(CLOSE) + 1) };
}

/** Whether both can be the same when a call fills in what is unknown: null when it depends. */
export function sameText(one: string, other: string): boolean | null {
  if (isKnown(one) && isKnown(other)) return one === other;
  if (!isKnown(one) && !isKnown(other)) return null;
  const [fixed, open] = isKnown(one) ? [one, knownEnds(other)] : [other, knownEnds(one)];
  const fits =
    fixed.length >= open.before.length + open.behind.length &&
    fixed.startsWith(open.before) &&
    fixed.endsWith(open.behind);
  return fits ? null : false;
}

/**
 * Cuts at `separator`, but not inside brackets or inside an unknown part, as Asterisk's applications cut their arguments.
 * At most `most` parts: the last keeps the rest.
 */
export function splitOutside(text: string, separator: string, most = Number.POSITIVE_INFINITY): string[] {
  const parts: string[] = [''];
  let depth = 0;
  let isUnknown = false;
  for (const letter of text) {
    if (letter === OPEN) isUnknown = true;
    else if (letter === CLOSE) isUnknown = false;
    else if (!isUnknown && (letter === '(' || letter === '[')) depth += 1;
    else if (!isUnknown && (letter === ')' || letter === ']')) depth = Math.max(depth - 1, 0);
    if (letter === separator && depth === 0 && !isUnknown && parts.length < most) parts.push('');
    else parts.push((parts.pop() ?? '') + letter);
  }
  return parts;
}
