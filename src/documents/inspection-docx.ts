/** 值班工作检查记录表 for Word: the same table, A4 upright. */
import {
  AlignmentType,
  convertMillimetersToTwip,
  type Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  VerticalAlign,
  VerticalMergeType,
  WidthType,
} from 'docx';
import {
  A4,
  CELL,
  CELL_MARGINS,
  exactly,
  HEADING,
  type Look,
  margins,
  packed,
  pageNumber,
  paragraph,
  TITLE,
} from './docx-look.ts';
import type { InspectionPaper, InspectionRow } from './inspection-paper.ts';

const WIDTH = convertMillimetersToTwip(210 - 22 - 22);
const TABLE = [11, 13, 34, 42];
const ANNEX = [6, 28, 66];
/** The label of a hand's signature, and the line under it. */
const SIGN: Look = { ...CELL, size: 12, line: 20 };

export function inspectionDocx(paper: InspectionPaper): Promise<Uint8Array> {
  const { title, annex } = paper;
  const whole = [
    {
      properties: { page: { size: A4, margin: margins(22, 22, 20, 22) } },
      footers: { default: pageNumber() },
      children: [
        paragraph(title, TITLE, { alignment: AlignmentType.CENTER, spacing: exactly(36, 8) }),
        ...headLines(paper.head),
        inspectionTable(paper),
        ...paper.signatures.flatMap(({ label, confirmed }) => [
          paragraph(`${label}：`, SIGN, { spacing: { ...exactly(20), before: 200 } }),
          ...(confirmed === null ? [] : [paragraph(confirmed, CELL)]),
        ]),
        ...(annex === null ? [] : annexOf(annex)),
      ],
    },
  ];
  return packed(title, whole);
}

/** On one line as in the seed; an office with a long name has a line of its own. */
function headLines(head: InspectionPaper['head']): readonly Paragraph[] {
  const [unit = '', ...rest] = head.map(({ label, value }) => `${label}：${value}`);
  const tabStops = [
    { type: TabStopType.LEFT, position: Math.round(WIDTH * 0.4) },
    { type: TabStopType.RIGHT, position: WIDTH },
  ];
  const line = (texts: readonly string[]) => paragraph(texts.join('\t'), CELL, { tabStops });
  return [...unit].length <= LONGEST_BESIDE ? [line([unit, ...rest])] : [line([unit]), line(rest)];
}

/** Signs of 12 points that fit before the first tab stop. */
const LONGEST_BESIDE = 15;

function inspectionTable({ columns, rows, remark }: InspectionPaper): Table {
  return table(TABLE, [
    new TableRow({
      tableHeader: true,
      cantSplit: true,
      children: [
        cell([columns.what], TABLE, 0, { span: 3, center: true }),
        cell([columns.situation], TABLE, 3, { center: true }),
      ],
    }),
    ...rows.map(
      (row) =>
        new TableRow({
          cantSplit: true,
          children: [
            side(row.section, 0),
            side(row.group, 1),
            cell([row.item], TABLE, 2),
            cell(row.situation, TABLE, 3),
          ],
        }),
    ),
    new TableRow({ cantSplit: true, children: [cell([remark], TABLE, 0, { span: 4 })] }),
  ]);
}

/** Word merges downwards: the rows below have a cell too, that goes on. */
function side(group: InspectionRow['group'], index: number): TableCell {
  return cell(group === null ? [] : [group.text], TABLE, index, {
    center: true,
    merge: group === null ? VerticalMergeType.CONTINUE : VerticalMergeType.RESTART,
  });
}

function annexOf(annex: NonNullable<InspectionPaper['annex']>): readonly (Paragraph | Table)[] {
  return [
    paragraph('附：系统掌握情况', HEADING, { alignment: AlignmentType.CENTER, pageBreakBefore: true }),
    table(
      ANNEX,
      annex.map(
        ({ item, said }, index) =>
          new TableRow({
            cantSplit: true,
            children: [
              cell([String(index + 1)], ANNEX, 0, { center: true }),
              cell([item], ANNEX, 1),
              cell(said, ANNEX, 2),
            ],
          }),
      ),
    ),
  ];
}

function table(shares: readonly number[], rows: readonly TableRow[]): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: WIDTH, type: WidthType.DXA },
    columnWidths: shares.map((_share, index) => widthOf(shares, index, 1)),
    rows: [...rows],
  });
}

function widthOf(shares: readonly number[], first: number, span: number): number {
  return shares.slice(first, first + span).reduce((sum, share) => sum + Math.round((WIDTH * share) / 100), 0);
}

function cell(
  texts: readonly string[],
  shares: readonly number[],
  index: number,
  given: {
    readonly span?: number;
    readonly center?: boolean;
    readonly merge?: (typeof VerticalMergeType)[keyof typeof VerticalMergeType];
  } = {},
): TableCell {
  const { span = 1, center = false, merge } = given;
  const options = center ? { alignment: AlignmentType.CENTER } : {};
  return new TableCell({
    width: { size: widthOf(shares, index, span), type: WidthType.DXA },
    columnSpan: span,
    ...(merge === undefined ? {} : { verticalMerge: merge }),
    verticalAlign: VerticalAlign.CENTER,
    margins: CELL_MARGINS,
    children: (texts.length === 0 ? [''] : texts).map((text) => paragraph(text, CELL, options)),
  });
}
