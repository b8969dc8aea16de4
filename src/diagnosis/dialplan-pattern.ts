/**
 * Extension patterns as Asterisk 16 and 22 read them (`main/pbx.c`, measured by `test/diagnosis/pattern-order.test.ts`):
 * `X` 0–9, `Z` 1–9, `N` 2–9, `[1-5-9]` sets, `.` one character or more, `!` none or more. Dashes outside a set count
 * for nothing, in patterns, names and numbers alike.
 */

type Place =
  | { readonly kind: 'set'; readonly letters: ReadonlySet<string> }
  | { readonly kind: 'rest'; readonly least: 0 | 1 };

const RANGES: Readonly<Record<string, readonly [first: string, last: string]>> = {
  X: ['0', '9'],
  Z: ['1', '9'],
  N: ['2', '9'],
};

export function isPattern(name: string): boolean {
  return name.startsWith('_');
}

/** Whether an extension of this name takes a call to a number. Its name is read once, for many numbers. */
export function matcherOf(name: string): (number: string) => boolean {
  const plain = withoutFluff(name);
  if (!isPattern(name)) return (number) => name === number || plain === withoutFluff(number);
  const places = placesOf(name);
  return (number) => name === number || fits(places, [...withoutFluff(number)]);
}

function fits(places: readonly Place[], letters: readonly string[]): boolean {
  for (const [at, place] of places.entries()) {
    if (place.kind === 'rest') return letters.length - at >= place.least;
    const letter = letters[at];
    if (letter === undefined || !place.letters.has(letter)) return false;
  }
  return letters.length === places.length;
}

/** Negative when Asterisk tries `one` before `other`: names before patterns, then fewer possible characters first. */
export function compareExtensions(one: string, other: string): number {
  if (!isPattern(one) || !isPattern(other)) {
    if (isPattern(one) !== isPattern(other)) return isPattern(one) ? 1 : -1;
    return compareText(withoutFluff(one), withoutFluff(other));
  }
  const [left, right] = [placesOf(one), placesOf(other)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = rankOf(left[at]) - rankOf(right[at]);
    if (order !== 0) return order;
    const bySet = compareSets(left[at], right[at]);
    if (bySet !== 0) return bySet;
  }
  return 0;
}

/** A number that the extension takes: itself, or for a pattern the lowest that fits. */
export function sampleOf(name: string): string {
  if (!isPattern(name)) return name;
  return placesOf(name)
    .map((place) => {
      if (place.kind === 'rest') return '1'.repeat(place.least);
      // A dash in a set takes none: those of the number are passed over.
      return [...place.letters].find((letter) => letter !== '-') ?? '';
    })
    .join('');
}

function placesOf(name: string): readonly Place[] {
  const places: Place[] = [];
  for (let at = 1; at < name.length && name[at] !== '/'; at += 1) {
    const letter = name[at] ?? '';
    if (letter === ' ' || letter === '-') continue;
    if (letter === '.' || letter === '!') {
      places.push({ kind: 'rest', least: letter === '.' ? 1 : 0 });
      break;
    }
    const end = letter === '[' ? name.indexOf(']', at + 1) : -1;
    if (end !== -1) {
      const letters = setOf(name.slice(at + 1, end));
      // Asterisk passes over an empty set.
      if (letters.size > 0) places.push({ kind: 'set', letters });
      at = end;
      continue;
    }
    const range = RANGES[letter.toUpperCase()];
    places.push({ kind: 'set', letters: range === undefined ? new Set([letter]) : lettersFrom(...range) });
  }
  return places;
}

function setOf(text: string): ReadonlySet<string> {
  const letters = new Set<string>();
  for (let at = 0; at < text.length; at += 1) {
    const isRange = text[at + 1] === '-' && at + 2 < text.length;
    const last = (isRange ? text[at + 2] : text[at]) ?? '';
    for (const letter of lettersFrom(text[at] ?? '', last)) letters.add(letter);
    if (isRange) at += 2;
  }
  return new Set([...letters].sort());
}

function lettersFrom(first: string, last: string): ReadonlySet<string> {
  const letters = new Set<string>();
  for (let code = first.charCodeAt(0); code <= last.charCodeAt(0); code += 1) {
    letters.add(String.fromCharCode(code));
  }
  return letters;
}

/** Of characters that may stand here, how many, then the lowest; after all sets `.`, then `!`, then the end. */
function rankOf(place: Place | undefined): number {
  if (place === undefined) return 0x3_0000;
  if (place.kind === 'rest') return place.least === 1 ? 0x1_8000 : 0x2_8000;
  return (place.letters.size << 8) | ([...place.letters][0]?.charCodeAt(0) ?? 0);
}

/** Two sets of as many characters with the same lowest one: the one with the lower next character comes first. */
function compareSets(one: Place | undefined, other: Place | undefined): number {
  if (one?.kind !== 'set' || other?.kind !== 'set') return 0;
  return compareText([...one.letters].join(''), [...other.letters].join(''));
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Dashes and blanks in names and numbers are for people's eyes. */
export function withoutFluff(text: string): string {
  return text.replaceAll(/[- ]/g, '');
}
