/** A list as CSV: RFC 4180, and no cell that a spreadsheet would take for a formula. */
import { cellText, type Sheet } from './sheet.ts';

/** The file in pieces, title row first. */
export async function* csvPieces({ columns, rows }: Sheet): AsyncGenerator<string> {
  yield csvLine(columns.map(({ title }) => title));
  for await (const piece of rows) yield piece.map(csvLine).join('');
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A leading = + - @, tab or line end would be run by Excel and WPS when the file is opened: an apostrophe stands before it. */
export function csvCell(text: string): string {
  const plain = cellText(text);
  const safe = /^[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
