/** A paper of tables as a Word document. */
import {
  AlignmentType,
  convertMillimetersToTwip,
  type IParagraphOptions,
  PageOrientation,
  type Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  WidthType,
} from 'docx';
import {
  A4,
  CELL_MARGINS,
  exactly,
  FANG_SONG,
  HEADING,
  headLine,
  KAI_TI,
  type Look,
  margins,
  NOTE,
  packed,
  pageNumber,
  paragraph,
  TITLE,
} from './docx-look.ts';
import type { ListPaper, ListTable } from './list-paper.ts';

/** Between its margins of 18 mm. */
const LIST_WIDTH = convertMillimetersToTwip(297 - 18 - 18);
const LIST: Look = { font: FANG_SONG, size: 10.5, line: 15 };

/** A paper of tables, A4 across; a row stays whole, the head of a table stands on every page. */
export function listDocx({ title, head, tables, note }: ListPaper): Promise<Uint8Array> {
  return packed(title, [
    {
      properties: {
        page: {
          // The library turns the sheet itself: it wants the sides as they are upright.
          size: { ...A4, orientation: PageOrientation.LANDSCAPE },
          margin: margins(20, 18, 18, 18),
        },
      },
      footers: { default: pageNumber() },
      children: [
        paragraph(title, TITLE, { alignment: AlignmentType.CENTER }),
        headLine(head, NOTE, LIST_WIDTH),
        ...tables.flatMap(listTable),
        paragraph(note, NOTE),
      ],
    },
  ]);
}

function listTable({ heading, columns, rows, none }: ListTable): readonly (Paragraph | Table)[] {
  const above =
    heading === null
      ? []
      : [
          paragraph(heading, HEADING, {
            keepNext: rows.length > 0 || none !== null,
            spacing: exactly(20, 2),
          }),
        ];
  if (rows.length === 0 && none !== null) return [...above, paragraph(none, NOTE)];
  const widths = columns.map(({ share }) => Math.round((LIST_WIDTH * share) / 100));
  const cell = (text: string, index: number, look: Look, options: Partial<IParagraphOptions> = {}) =>
    new TableCell({
      width: { size: widths[index] ?? 0, type: WidthType.DXA },
      margins: CELL_MARGINS,
      children: text.split('\n').map((line) => paragraph(line, look, options)),
    });
  const table = new Table({
    layout: TableLayoutType.FIXED,
    width: { size: LIST_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map((column, index) =>
          cell(column.title, index, { ...LIST, font: KAI_TI }, { alignment: AlignmentType.CENTER }),
        ),
      }),
      ...rows.map(
        (row) =>
          new TableRow({ cantSplit: true, children: row.map((text, index) => cell(text, index, LIST)) }),
      ),
    ],
  });
  return [...above, table];
}
