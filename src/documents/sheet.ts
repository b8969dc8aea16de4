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
  /** Rows that stand in the middle and in bold. */
  readonly titles: readonly number[];
}
