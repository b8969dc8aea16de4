/** How names and texts are set on a screen of 1920 × 1080, so that nothing scrolls and nothing is cut. Sizes in px of that. Pure. */
import type { WallPerson, WallText } from '../../duty/wall.ts';

/** Beside the label of a row. */
const NAMES_WIDTH = 1_540;
/** Of both rows together. */
const NAMES_HEIGHT = 384;
const LINE_OF_NAMES = 1.3;
/** Large where there are few; never below 72, which is read across a hall. */
const SMALLEST = 72;
const SIZES = [112, 96, 84, SMALLEST];

export interface SetNames {
  readonly size: number;
  /** One screen after the other, where they do not fit on one. */
  readonly screens: readonly {
    readonly leaders: readonly WallPerson[];
    readonly officers: readonly WallPerson[];
  }[];
}

/** The largest size at which all fit on one screen; else the smallest, on as many as it takes. */
export function setNames(leaders: readonly WallPerson[], officers: readonly WallPerson[]): SetNames {
  const size = SIZES.find((one) => heightOf(leaders, one) + heightOf(officers, one) <= NAMES_HEIGHT);
  if (size !== undefined) return { size, screens: [{ leaders, officers }] };
  const lines = Math.floor(NAMES_HEIGHT / (SMALLEST * LINE_OF_NAMES));
  // The leaders have what the officers leave, and at least half of it.
  const above = Math.min(linesOf(leaders), Math.max(lines / 2, lines - linesOf(officers)));
  const [tops, belows] = [inScreens(leaders, above), inScreens(officers, lines - above)];
  const count = Math.max(tops.length, belows.length);
  return {
    size: SMALLEST,
    screens: Array.from({ length: count }, (_, index) => ({
      leaders: tops[index % tops.length] ?? [],
      officers: belows[index % belows.length] ?? [],
    })),
  };
}

function heightOf(people: readonly WallPerson[], size: number): number {
  return linesOf(people, size) * size * LINE_OF_NAMES;
}

/** Never less than one: somebody is missing is a line, too. */
function linesOf(people: readonly WallPerson[], size = SMALLEST): number {
  let lines = 1;
  let used = 0;
  for (const person of people) {
    const width = personWidth(person);
    const line = NAMES_WIDTH / size;
    if (used > 0 && used + width > line) {
      lines += 1;
      used = 0;
    }
    // One alone may be longer than a line.
    lines += used === 0 ? Math.max(0, Math.ceil(width / line) - 1) : 0;
    used += width;
  }
  return lines;
}

/** As many as fit on `lines` at the smallest size; one who is longer than all of them has a screen alone. */
function inScreens(people: readonly WallPerson[], lines: number): readonly (readonly WallPerson[])[] {
  const screens: WallPerson[][] = [[]];
  for (const person of people) {
    const last = screens.slice(-1)[0] ?? [];
    if (last.length > 0 && linesOf([...last, person]) > lines) screens.push([person]);
    else last.push(person);
  }
  return screens;
}

/** In em: name, title and telephone with what parts them, and the gap to the next. */
function personWidth({ name, title, phone }: WallPerson): number {
  const parts = [name, title ?? '', phone ?? ''].filter((part) => part !== '');
  return parts.reduce((sum, part) => sum + widthOf(part) + 0.4, 0.2);
}

const TEXT_WIDTH = 1_760;
/** How large a text is set, and how many lines of it fit below its title. */
const TEXT_SIZES = [
  { size: 52, lines: 3 },
  { size: 44, lines: 4 },
  { size: 36, lines: 5 },
] as const;

export interface TextScreen {
  readonly title: string;
  readonly size: number;
  readonly lines: readonly string[];
  /** Which part of its text, from 1; null: it is all of it. */
  readonly part: number | null;
}

/** Each text at the largest size at which it fits on a screen; a longer one at the smallest, on as many as it takes. */
export function setTexts(texts: readonly WallText[]): readonly TextScreen[] {
  return texts.flatMap(({ title, text }): readonly TextScreen[] => {
    const set = TEXT_SIZES.map(({ size, lines: most }) => {
      const lines = text.split('\n').flatMap((line) => brokenLines(line, TEXT_WIDTH / size));
      return { size, most, lines };
    });
    const fits = set.find(({ most, lines }) => lines.length <= most);
    if (fits !== undefined) return [{ title, size: fits.size, lines: fits.lines, part: null }];
    return set.slice(-1).flatMap(({ size, most, lines }) =>
      Array.from({ length: Math.ceil(lines.length / most) }, (_, index) => ({
        ...{ title, size, part: index + 1 },
        lines: lines.slice(index * most, (index + 1) * most),
      })),
    );
  });
}

/** Marks that may not begin a line: they hang over the edge instead, which has room for one. */
const NEVER_FIRST = '，。、；：！？）》」』”’…';

function brokenLines(text: string, most: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const letter of text) {
    const width = widthOf(letter);
    if (used + width > most - 1 && !(NEVER_FIRST.includes(letter) && used + width <= most)) {
      lines.push(line);
      line = '';
      used = 0;
    }
    line += letter;
    used += width;
  }
  return [...lines, line];
}

/** In em: a Chinese character is one wide, a Latin letter or a digit a little more than half of it. */
function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += /[\u0020-\u007e]/.test(letter) ? 0.6 : 1;
  return width;
}
