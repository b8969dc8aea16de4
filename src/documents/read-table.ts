/** A table somebody uploads, by what the file is and not by what it is called: .xlsx, or text with separators. */
import { readWorkbook } from './read-workbook.ts';

export type TableFault = 'old-excel' | 'not-a-table' | 'too-large';

const MOST_ROWS = 6_000;
const MOST_COLUMNS = 50;

/**
 * Rows of cells as text. CSV is UTF-8 (with or without mark) or GB18030; comma, semicolon or tab. `merged`: a workbook may have
 * merged areas; each of their cells then has the text of the area.
 */
export async function readTable(
  bytes: Buffer,
  merged: 'refused' | 'filled' = 'refused',
): Promise<
  | { readonly ok: true; readonly rows: readonly (readonly string[])[] }
  | { readonly ok: false; readonly fault: TableFault }
> {
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])))
    return { ok: false, fault: 'old-excel' };
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    const rows = await readWorkbook(bytes, merged);
    return rows === null ? { ok: false, fault: 'not-a-table' } : { ok: true, rows };
  }
  const text = bytes.includes(0) ? null : textOf(bytes);
  if (text === null || text.trim() === '') return { ok: false, fault: 'not-a-table' };
  const rows = csvRows(text);
  return rows === null ? { ok: false, fault: 'too-large' } : { ok: true, rows };
}

function textOf(bytes: Buffer): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not in this one.
    }
  }
  return null;
}

/** RFC 4180 with any of three separators; null: more than a telephone book has. */
function csvRows(text: string): readonly (readonly string[])[] | null {
  const [firstLine = ''] = text.split('\n', 1);
  const separator = ['\t', ';', ','].find((sign) => firstLine.includes(sign)) ?? ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === separator || sign === '\n') {
      if (row.length < MOST_COLUMNS) row.push(cell.replace(/\r$/, ''));
      cell = '';
      if (sign === separator) continue;
      rows.push(row);
      row = [];
      if (rows.length > MOST_ROWS) return null;
    } else cell += sign;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}
