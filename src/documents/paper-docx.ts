/** The same papers as Word documents: A4, fonts of official documents by name, exact line spacing. */
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Footer,
  Header,
  type IParagraphOptions,
  type ISectionOptions,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { fullShares, mayBreak, type Paper, type PaperPart } from '../records/form-layout.ts';
import type { ListPaper, ListTable } from './list-paper.ts';

const FANG_SONG = '仿宋_GB2312';
const KAI_TI = '楷体_GB2312';
const XIAO_BIAO_SONG = '方正小标宋简体';
const HEI_TI = '黑体';

/** Between the margins of 附件2 (28 and 26 mm), of 完整版 (22 and 20 mm) and of the list (18 and 18 mm). */
export const SEED_WIDTH = convertMillimetersToTwip(210 - 28 - 26);
const FULL_WIDTH = convertMillimetersToTwip(210 - 22 - 20);
const LIST_WIDTH = convertMillimetersToTwip(297 - 18 - 18);
export const A4 = { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) };

/** How a piece of text looks: points of type and of line, exact. */
export interface Look {
  readonly font: string;
  readonly size: number;
  readonly line: number;
  /** Struck through: it stays, and it does not count. */
  readonly struck?: boolean;
}

const BODY: Look = { font: FANG_SONG, size: 16, line: 28 };
export const CELL: Look = { font: FANG_SONG, size: 12, line: 19 };
export const LABEL: Look = { font: KAI_TI, size: 12, line: 19 };
const LIST: Look = { font: FANG_SONG, size: 10.5, line: 15 };
export const NOTE: Look = { ...CELL, line: 20 };
export const HEADING: Look = { font: HEI_TI, size: 12, line: 20 };
export const TITLE: Look = { font: XIAO_BIAO_SONG, size: 22, line: 36 };

/** One paper after the other, each begins on a page of its own. `blank`: ruled for a pen. */
export function papersDocx(papers: readonly Paper[], blank = false): Promise<Uint8Array> {
  return packed(
    papers[0]?.title ?? '',
    papers.map((paper) => section(paper, blank)),
  );
}

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

export const CELL_MARGINS = { top: 40, bottom: 40, left: 90, right: 90 };

export async function packed(title: string, sections: readonly ISectionOptions[]): Promise<Uint8Array> {
  const file = new Document({
    title,
    creator: '值班台',
    styles: { default: { document: { run: { font: fontOf(FANG_SONG), size: 32 } } } },
    sections: [...sections],
  });
  return Packer.toBuffer(file);
}

function section(paper: Paper, blank: boolean): ISectionOptions {
  const { title, head, mark, form } = paper;
  return {
    properties: {
      page: {
        size: A4,
        margin: form === 'seed' ? margins(37, 26, 35, 28) : margins(25, 20, 22, 22),
        pageNumbers: { start: 1 },
      },
    },
    headers: { default: stamp(mark) },
    footers: { default: blank ? new Footer({ children: [] }) : pageNumber() },
    children: [
      paragraph(title, TITLE, { alignment: AlignmentType.CENTER, spacing: exactly(36, 14) }),
      headLine(head, BODY, form === 'seed' ? SEED_WIDTH : FULL_WIDTH),
      ...(form === 'seed'
        ? paper.parts.flatMap((part) => seedLines(part, blank, mark === '已撤回'))
        : [fullTable(paper, blank)]),
    ],
  };
}

/** 作废 and 草稿, large, on every page. */
export function stamp(mark: string | null): Header {
  if (mark === null) return new Header({ children: [] });
  const run = new TextRun({
    text: mark,
    font: fontOf(HEI_TI),
    size: 104,
    bold: true,
    color: mark === '作废' ? 'C00000' : '808080',
  });
  return new Header({
    children: [new Paragraph({ alignment: AlignmentType.RIGHT, spacing: exactly(60), children: [run] })],
  });
}

export function pageNumber(): Footer {
  const run = new TextRun({
    children: ['— ', PageNumber.CURRENT, ' —'],
    font: fontOf('宋体'),
    size: 28,
  });
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [run] })] });
}

/** `struck`: the texts are, as in the print; what stands in a line of its own (why it was withdrawn) is not. */
function seedLines(part: PaperPart, blank: boolean, struck: boolean): readonly Paragraph[] {
  if (part.kind === 'section') return [];
  if (part.kind === 'items') {
    const said = part.items.map(({ label, value }) => `${label}：${value}`).join('\t');
    return [
      paragraph(said, BODY, { tabStops: [{ type: TabStopType.LEFT, position: Math.round(SEED_WIDTH / 2) }] }),
    ];
  }
  return [
    paragraph(`${part.label}：`, BODY, { keepNext: true }),
    ...part.paragraphs.map((text) =>
      paragraph(text, { ...BODY, struck }, { indent: { firstLine: 640 }, alignment: AlignmentType.BOTH }),
    ),
    ...freeLines(part, BODY, blank),
  ];
}

function fullTable({ parts, number, column }: Paper, blank: boolean): Table {
  const widths = fullShares(column !== null).map((share) => Math.round((FULL_WIDTH * share) / 100));
  const free = (children: readonly Paragraph[], isFirst: boolean, isLast: boolean): readonly TableCell[] =>
    column === null
      ? []
      : [
          new TableCell({
            width: { size: widths[4] ?? 0, type: WidthType.DXA },
            borders: isFirst ? { bottom: NO_LINE } : { top: NO_LINE, ...(isLast ? {} : { bottom: NO_LINE }) },
            margins: CELL_MARGINS,
            children: [...children],
          }),
        ];
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: [
      tableCell([paragraph(number ?? '', LABEL)], 4, widths),
      ...free([paragraph(column ?? '', LABEL, { alignment: AlignmentType.CENTER })], true, false),
    ],
  });
  const rows = parts.map(
    (part, index) =>
      new TableRow({
        // A text longer than a page has to go on overleaf; all others stay whole.
        cantSplit: !mayBreak(part),
        children: [
          ...rowCells(part, widths, blank),
          ...free([paragraph('', CELL)], false, index === parts.length - 1),
        ],
      }),
  );
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: FULL_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    rows: [head, ...rows],
  });
}

const NO_LINE = { style: BorderStyle.NIL, size: 0, color: 'auto' };

function rowCells(part: PaperPart, widths: readonly number[], blank: boolean): readonly TableCell[] {
  if (part.kind === 'section')
    return [
      tableCell(
        [paragraph(part.label, LABEL, { alignment: AlignmentType.CENTER, keepNext: true })],
        4,
        widths,
      ),
    ];
  if (part.kind === 'text') {
    const text = part.paragraphs.map((one) => paragraph(one, CELL));
    const all = [...text, ...freeLines(part, CELL, blank)];
    return [
      tableCell([paragraph(part.label, LABEL)], 1, widths),
      tableCell(all.length === 0 ? [paragraph('', CELL)] : all, 3, widths, 1),
    ];
  }
  const span = part.items.length === 1 ? 3 : 1;
  return part.items.flatMap(({ label, value }, index) => [
    tableCell([paragraph(label, LABEL)], 1, widths, 2 * index),
    tableCell([paragraph(value, CELL)], span, widths, 2 * index + 1),
  ]);
}

export function tableCell(
  children: readonly Paragraph[],
  span: number,
  widths: readonly number[],
  first = 0,
  isCentred = false,
): TableCell {
  const size = widths.slice(first, first + span).reduce((sum, width) => sum + width, 0);
  return new TableCell({
    columnSpan: span,
    width: { size, type: WidthType.DXA },
    verticalAlign: isCentred ? VerticalAlign.CENTER : VerticalAlign.TOP,
    margins: CELL_MARGINS,
    children: [...children],
  });
}

/** What a text leaves free of the lines it was promised. */
function freeLines(
  { lines, paragraphs }: Extract<PaperPart, { kind: 'text' }>,
  look: Look,
  blank: boolean,
): readonly Paragraph[] {
  const rule = { style: BorderStyle.SINGLE, size: 4, color: '000000', space: 1 };
  // Two ruled paragraphs that follow each other share one frame; the line between them has to be asked for.
  const ruled = blank && look === BODY ? { border: { bottom: rule, between: rule } } : {};
  return Array.from({ length: Math.max(0, lines - paragraphs.length) }, () => paragraph('', look, ruled));
}

export function headLine(head: ListPaper['head'], look: Look, width: number): Paragraph {
  return paragraph(`${head.room}\t${head.date}`, look, {
    tabStops: [{ type: TabStopType.RIGHT, position: width }],
  });
}

/** One paragraph of one look; a tab in `text` goes to the next tab stop. */
export function paragraph(
  text: string,
  { font, size, line, struck = false }: Look,
  options: Partial<IParagraphOptions> = {},
): Paragraph {
  const children = text
    .split('\t')
    .flatMap((piece, index) => [
      ...(index === 0 ? [] : [new TextRun({ children: ['\t'], font: fontOf(font), size: size * 2 })]),
      new TextRun({ text: piece, font: fontOf(font), size: size * 2, strike: struck }),
    ]);
  // As in the print: 2026年11月 without the blanks Word puts between figures and Chinese.
  return new Paragraph({ spacing: exactly(line), autoSpaceEastAsianText: false, ...options, children });
}

export function exactly(points: number, after = 0) {
  return { line: points * 20, lineRule: LineRuleType.EXACT, before: 0, after: after * 20 };
}

/** Chinese and Latin in the same font: figures of official documents stand in it too. */
function fontOf(name: string) {
  return { ascii: name, hAnsi: name, eastAsia: name, cs: name };
}

export function margins(top: number, right: number, bottom: number, left: number) {
  return {
    top: convertMillimetersToTwip(top),
    right: convertMillimetersToTwip(right),
    bottom: convertMillimetersToTwip(bottom),
    left: convertMillimetersToTwip(left),
    header: convertMillimetersToTwip(10),
    footer: convertMillimetersToTwip(bottom - 12),
  };
}
