/** The only user of excelts: a list as .xlsx, written row by row. */
import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import { WorkbookWriter } from '@cj-tech-master/excelts';
import { cellText, type FormSheet, rowHeight, type Sheet } from './sheet.ts';

/** Longest text of one cell in Excel. */
const LONGEST_CELL = 32_767;
/** A4, as wide as the paper and as many pages as it takes; margins in inches. */
const ON_A4 = {
  ...{ paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  margins: { left: 0.6, right: 0.6, top: 0.7, bottom: 0.7, header: 0.3, footer: 0.3 },
} as const;

/**
 * The file as a stream; it fails when the rows do, so that nobody takes half a file for a whole one. Cells are texts: a
 * leading = stays a sign, and a telephone number keeps its zeros.
 */
export function workbookStream(sheet: Sheet): Readable {
  const out = new PassThrough({ highWaterMark: 262_144 });
  write(sheet, out).catch((error: unknown) => {
    out.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return out;
}

async function write({ name, columns, rows }: Sheet, out: PassThrough): Promise<void> {
  const book = new WorkbookWriter({ stream: out, useSharedStrings: false, useStyles: true });
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { ...ON_A4, orientation: 'landscape', printTitlesRow: '1:1' },
  });
  sheet.columns = columns.map(({ width }) => ({
    width,
    style: { alignment: { vertical: 'top', wrapText: true } },
  }));
  const head = sheet.addRow(columns.map(({ title }) => title));
  head.font = { bold: true };
  head.commit();
  for await (const piece of rows) {
    // Who asked has gone: nobody reads on.
    if (out.destroyed) return;
    for (const cells of piece) {
      const texts = cells.map((text) => cellText(text).slice(0, LONGEST_CELL));
      const row = sheet.addRow(texts);
      row.height = rowHeight(texts.map((text, index) => [text, columns[index]?.width ?? 10]));
      row.commit();
    }
    if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), once(out, 'close')]);
  }
  sheet.commit();
  await book.commit();
}

/** A form as a file: framed, merged and wrapped as it is on paper. */
export function formStream({ name, widths, rows, merges, titles, heights, onEachPage }: FormSheet): Readable {
  const out = new PassThrough({ highWaterMark: 262_144 });
  const book = new WorkbookWriter({ stream: out, useSharedStrings: false, useStyles: true });
  const sheet = book.addWorksheet(name, {
    pageSetup: { ...ON_A4, orientation: 'portrait', printTitlesRow: `${onEachPage}:${onEachPage}` },
  });
  sheet.columns = widths.map((width) => ({ width }));
  const line = { style: 'thin' } as const;
  /** A cell that is merged with those on its right has their width, too. */
  const widthOf = (at: number, row: number) => {
    const own = String.fromCharCode(65 + at);
    const merged = merges.find((range) => range.startsWith(`${own}${row}:`));
    const last = merged === undefined ? at : (merged.split(':')[1]?.charCodeAt(0) ?? 65 + at) - 65;
    return widths.slice(at, last + 1).reduce((sum, width) => sum + width, 0);
  };
  const framed = rows.map((cells, index) => {
    const texts = cells.map((text) => cellText(text).slice(0, LONGEST_CELL));
    const row = sheet.addRow(texts);
    const isTitle = titles.includes(index + 1);
    row.height = heights[index + 1] ?? rowHeight(texts.map((text, at) => [text, widthOf(at, index + 1)]));
    row.eachCell({ includeEmpty: true }, (cell) => {
      cell.border = { top: line, bottom: line, left: line, right: line };
      cell.alignment = {
        ...{ vertical: 'middle', wrapText: true },
        ...(isTitle ? { horizontal: 'center' as const } : {}),
      };
      cell.font = { name: '宋体', size: index === 0 ? 16 : 11, bold: isTitle };
    });
    return row;
  });
  // A row that has left for the file can be merged no more.
  for (const range of merges) sheet.mergeCells(range);
  for (const row of framed) row.commit();
  sheet.commit();
  book.commit().catch((error: unknown) => {
    out.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  return out;
}
