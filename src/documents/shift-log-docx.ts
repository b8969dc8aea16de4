/** 值班日志 as a Word document. */
import { AlignmentType, type Paragraph, Table, TableLayoutType, TableRow, WidthType } from 'docx';
import {
  A4,
  CELL,
  exactly,
  headLine,
  LABEL,
  margins,
  NOTE,
  packed,
  pageNumber,
  paragraph,
  stamp,
  TITLE,
  tableCell,
} from './docx-look.ts';
import { SEED_WIDTH } from './paper-docx.ts';
import type { ShiftLogPaper, ShiftLogRow } from './shift-log-paper.ts';

/** 说明. */
const SMALL = { ...NOTE, size: 10.5, line: 16 };
const WIDTHS = [Math.round(SEED_WIDTH * 0.14), SEED_WIDTH - Math.round(SEED_WIDTH * 0.14)];

export function shiftLogDocx({ title, mark, head, rows, notes }: ShiftLogPaper): Promise<Uint8Array> {
  return packed(title, [
    {
      properties: { page: { size: A4, margin: margins(25, 26, 22, 28), pageNumbers: { start: 1 } } },
      headers: { default: stamp(mark) },
      footers: { default: pageNumber() },
      children: [
        paragraph(title, TITLE, { alignment: AlignmentType.CENTER, spacing: exactly(36, 14) }),
        headLine(head, NOTE, SEED_WIDTH),
        new Table({
          layout: TableLayoutType.FIXED,
          width: { size: SEED_WIDTH, type: WidthType.DXA },
          columnWidths: WIDTHS,
          rows: rows.map(
            (row) =>
              new TableRow({
                // A long shift goes on overleaf; what is short stays whole.
                cantSplit: row.paragraphs.length <= 8,
                children: [
                  tableCell(
                    [paragraph(row.label, LABEL, { alignment: AlignmentType.CENTER })],
                    1,
                    WIDTHS,
                    0,
                    true,
                  ),
                  tableCell(said(row), 1, WIDTHS, 1),
                ],
              }),
          ),
        }),
        ...notes.map((note, index) =>
          paragraph(note, SMALL, { indent: { left: 630, hanging: index === 0 ? 630 : 0 } }),
        ),
      ],
    },
  ]);
}

/** What is free for a hand lies before the signature. */
function said({ paragraphs, signature, lines }: ShiftLogRow): readonly Paragraph[] {
  const free = Array.from({ length: Math.max(0, lines - paragraphs.length - signature.length) }, () => '');
  return [...paragraphs, ...free, ...signature].map((text) =>
    // What only announces the next line stands at the foot of no page.
    paragraph(text, CELL, { keepNext: text.endsWith('：') }),
  );
}
