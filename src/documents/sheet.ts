/** A list to be taken along: columns and rows of text, in pieces, so that a long one never lies in memory as a whole. */
export interface Sheet {
  readonly name: string;
  readonly columns: readonly { readonly title: string; readonly width: number }[];
  readonly rows: AsyncIterable<readonly (readonly string[])[]>;
}

/** Without what no spreadsheet can hold: control signs and halves of signs. Line ends and tabs stay. */
export function cellText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\p{Cc}|[\ufffe\uffff]/gu, (sign) => (/[\t\r\n]/.test(sign) ? sign : '\ufffd'));
}

/** A form of some dozens of rows, that looks in a spreadsheet as it does on paper. Rows count from 1. */
export interface FormSheet {
  readonly name: string;
  /** In characters. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly string[])[];
  /** `A1:D1`. */
  readonly merges: readonly string[];
  /** Rows that stand in the middle and in bold; the first is the heading of the paper. */
  readonly titles: readonly number[];
  /** The row that is printed again at the head of each page. */
  readonly onEachPage: number;
  /** Of rows, in points; the others are as high as their words. */
  readonly heights: Readonly<Record<number, number>>;
}

/** Of one line of 11 points, and what stands over and under the words of a row; in points. */
const LINE = 15;
const ROUND = 5;
/** The highest row of Excel. */
const HIGHEST = 409;

/**
 * How high a row must be for its words, in points: LibreOffice and WPS take a row without a height for one of one line. `cells`
 * are texts with the width they have, in characters; a Chinese one is two wide.
 */
export function rowHeight(cells: readonly (readonly [text: string, width: number])[]): number {
  const lines = cells.map(([text, width]) => {
    // A word that does not fit moves down as a whole: what is left of its line is lost.
    const room = Math.max(2, width - 2);
    return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / room)), 0);
  });
  return Math.min(HIGHEST, Math.max(1, ...lines) * LINE + ROUND);
}

function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) width += sign < '\u2000' ? 1 : 2;
  return width;
}
