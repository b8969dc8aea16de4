/**
 * The words by which a text is found again. Chinese has no blanks between words, so that every two neighbouring characters
 * are a word (停电现场 → 停电 电现 现场): a two-character word is found exactly, wherever it stands. Latin letters and digits
 * are whole words; a long row of digits is found by its last four and more, as people remember telephone numbers.
 */

/** Shortest tail of a telephone number one may ask for. */
export const SHORTEST_TAIL = 4;
const LONGEST_TAIL = 15;
/** A row of digits this long may be a telephone number. */
const NUMBER_LENGTH = 7;
/** A letter or digit word is kept by its beginning; nobody types more. */
const LONGEST_WORD = 40;

const RUN = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu;
const GROUPED = /\b(1[3-9]\d)[ -](\d{4})[ -](\d{4})\b|\b(0\d{2,3})[ -](\d{7,8})\b/g;

/** One form for what reads alike: full-width as plain, capitals as small, grouped telephone numbers as one row of digits. */
export function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(GROUPED, (_all, ...parts: (string | undefined)[]) => parts.slice(0, 5).join(''));
}

/** Every word of a text. */
export function wordsOf(text: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const [run] of normalised(text).matchAll(RUN)) {
    if (isHan(run)) for (const word of pairsOf(run)) words.add(word);
    else for (const word of wordsOfRun(run)) words.add(word);
  }
  return words;
}

/** The words of a name of a person or an office: besides those of a text each character, since surnames have but one. */
export function wordsOfName(name: string): ReadonlySet<string> {
  const words = new Set(wordsOf(name));
  for (const [run] of normalised(name).matchAll(RUN)) if (isHan(run)) for (const sign of run) words.add(sign);
  return words;
}

/** The words of initials (固原市应急局 → `gysyjj`): all of them, and each ending, so that `yjj` finds it too. */
export function wordsOfInitials(initials: string): readonly string[] {
  const kept = initials.toLowerCase().slice(0, LONGEST_WORD);
  return Array.from({ length: Math.max(0, kept.length - 1) }, (_, from) => kept.slice(from));
}

/** Longer texts than a form ever holds are kept by so many words. */
export const MOST_WORDS = 50_000;

function pairsOf(run: string): readonly string[] {
  const signs = [...run];
  return signs.length === 1 ? signs : signs.slice(1).map((sign, before) => `${signs[before]}${sign}`);
}

function* wordsOfRun(run: string): Generator<string> {
  yield run.slice(0, LONGEST_WORD);
  for (const [digits] of run.matchAll(/\d+/g)) {
    if (digits.length >= SHORTEST_TAIL && digits.length < run.length) yield digits.slice(0, LONGEST_WORD);
    if (digits.length < NUMBER_LENGTH) continue;
    const longest = Math.min(LONGEST_TAIL, digits.length);
    for (let length = SHORTEST_TAIL; length <= longest; length += 1) yield digits.slice(-length);
  }
}

function isHan(run: string): boolean {
  return /^\p{Script=Han}/u.test(run);
}

/** One thing that is looked for. */
export interface Term {
  /** Normalised, to be compared with normalised texts. */
  readonly text: string;
  /** All of these must be among the words. */
  readonly words: readonly string[];
  /** The words alone prove it: nothing has to be compared. */
  readonly exact: boolean;
}

const MOST_TERMS = 8;
/** Of a long row of characters a few pairs find it, and the rest is compared. */
const MOST_PAIRS = 4;

/** What a person typed, taken apart at its blanks: every term must be found. Signs alone ask for nothing. */
export function termsOf(typed: string): readonly Term[] {
  return normalised(typed.slice(0, 200))
    .split(/\s+/)
    .map(termOf)
    .filter((term) => term.words.length > 0)
    .slice(0, MOST_TERMS);
}

function termOf(text: string): Term {
  const runs = [...text.matchAll(RUN)].map(([run]) => run);
  const [only] = runs;
  if (only !== undefined && only === text && !isHan(only)) {
    return { text, words: [only.slice(0, LONGEST_WORD)], exact: only.length <= LONGEST_WORD };
  }
  // A single character beside other signs is no word of its own where it stands among characters.
  const long = runs.filter((run) => !isHan(run) || [...run].length > 1 || runs.length === 1);
  const words = [
    ...new Set(long.flatMap((run) => (isHan(run) ? spread(pairsOf(run)) : [run.slice(0, LONGEST_WORD)]))),
  ];
  return { text, words, exact: runs.length === 1 && only === text && [...text].length <= 2 };
}

function spread(pairs: readonly string[]): readonly string[] {
  if (pairs.length <= MOST_PAIRS) return pairs;
  return Array.from(
    { length: MOST_PAIRS },
    (_, at) => pairs[Math.round((at * (pairs.length - 1)) / (MOST_PAIRS - 1))] ?? '',
  );
}

/** Where a term begins in a text, for an excerpt; -1 when it is not there. */
export function placeOf(text: string, terms: readonly Term[]): number {
  const plain = normalised(text);
  const places = terms.map((term) => plain.indexOf(term.text)).filter((at) => at >= 0);
  return places.length === 0 ? -1 : Math.min(...places);
}
