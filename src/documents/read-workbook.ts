/** Reads the first sheet of an .xlsx as text; excelts is asked only after the file was looked into. */
import { Workbook } from '@cj-tech-master/excelts';
import { unpacked } from './zip-check.ts';

/** More than a telephone book has; less than what stops the service. */
const MOST_ROWS = 6_000;
const MOST_CELLS = 100_000;
const MOST_COLUMNS = 50;

/**
 * Rows of cells; null when it is no workbook, or too large a one. Formulas are never computed: they come as their text. `merged`:
 * whether areas may be merged; 'filled' reads a sheet as it looks: every cell of an area has its text, a formula what Excel kept of it.
 */
export async function readWorkbook(
  bytes: Buffer,
  merged: 'refused' | 'filled',
): Promise<readonly (readonly string[])[] | null> {
  const parts = unpacked(bytes);
  if (parts === null || !parts.has('xl/workbook.xml')) return null;
  for (const [name, part] of parts) {
    if (/\.(xml|rels)$/.test(name) && (part.includes('<!DOCTYPE') || part.includes('<!ENTITY'))) return null;
    if (!name.startsWith('xl/worksheets/')) continue;
    // excelts makes an object for each cell of a merged area and each column of a span: 17 billion from 30 bytes.
    if (hasWideColumns(part)) return null;
    if (merged === 'refused' ? part.includes('<mergeCell') : mergedCells(part) > MOST_CELLS) return null;
    if (countOf(part, '<row') > MOST_ROWS || countOf(part, '<c ') + countOf(part, '<c>') > MOST_CELLS)
      return null;
  }
  try {
    const book = new Workbook();
    await book.xlsx.load(bytes);
    const [sheet] = book.worksheets;
    if (sheet === undefined || sheet.rowCount > MOST_ROWS) return null;
    const rows: string[][] = [];
    for (let row = 1; row <= sheet.rowCount; row += 1) {
      const cells: string[] = [];
      const columns = Math.min(sheet.columnCount, MOST_COLUMNS);
      for (let column = 1; column <= columns; column += 1)
        cells.push(textOf(asItLooks(sheet.getRow(row).getCell(column).value, merged)));
      rows.push(cells);
    }
    return rows;
  } catch {
    return null;
  }
}

/** A date that is the one above it and one day more stands in many a roster. */
function asItLooks(value: unknown, merged: 'refused' | 'filled'): unknown {
  if (merged === 'refused' || typeof value !== 'object' || value === null) return value;
  // Drawn down a column it stands once, and the others share it.
  const isFormula = 'formula' in value || 'sharedFormula' in value;
  return isFormula && 'result' in value ? value.result : value;
}

/** No text of a telephone book is longer; one shared string may stand in every cell. */
const LONGEST_TEXT = 500;

function textOf(value: unknown): string {
  return wholeTextOf(value).slice(0, LONGEST_TEXT);
}

function wholeTextOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value as string | number | boolean);
  if ('formula' in value) return `=${String(value.formula)}`;
  if ('richText' in value && Array.isArray(value.richText))
    return value.richText.map((run: { readonly text?: unknown }) => textOf(run.text)).join('');
  if ('text' in value) return textOf(value.text);
  return '';
}

/** How many cells lie in merged areas; infinitely many where an area cannot be read. */
function mergedCells(part: Buffer): number {
  let count = 0;
  for (let at = part.indexOf('<mergeCell '); at >= 0; at = part.indexOf('<mergeCell ', at + 11)) {
    const end = part.indexOf('>', at);
    const tag = part.subarray(at, end < 0 ? part.length : Math.min(end, at + 200)).toString('latin1');
    const area = /\sref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/.exec(tag);
    if (area === null) return Number.POSITIVE_INFINITY;
    const [, left = '', top = '', right = '', bottom = ''] = area;
    const cells = (columnNumber(right) - columnNumber(left) + 1) * (Number(bottom) - Number(top) + 1);
    // Written backwards it would count for nothing.
    if (columnNumber(right) < columnNumber(left) || Number(bottom) < Number(top))
      return Number.POSITIVE_INFINITY;
    count += cells;
  }
  return count;
}

/** `AB` is 28. */
function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}

/** `<col min=… max=…>` beyond the last column there is (16,384). */
function hasWideColumns(part: Buffer): boolean {
  for (let at = part.indexOf('<col '); at >= 0; at = part.indexOf('<col ', at + 5)) {
    const end = part.indexOf('>', at);
    const tag = part.subarray(at, end < 0 ? part.length : Math.min(end, at + 500)).toString('latin1');
    const max = /\bmax="(\d{1,12})"/.exec(tag)?.[1];
    if (max === undefined || Number(max) > 16_384) return true;
  }
  return false;
}

function countOf(part: Buffer, wanted: string): number {
  let count = 0;
  for (let at = part.indexOf(wanted); at >= 0; at = part.indexOf(wanted, at + wanted.length)) count += 1;
  return count;
}
