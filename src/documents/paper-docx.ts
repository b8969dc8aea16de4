/** 附件2 and 完整版 as Word documents. */
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Footer,
  type ISectionOptions,
  type Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  WidthType,
} from 'docx';
import { fullShares, mayBreak, type Paper, type PaperPart } from '../records/paper.ts';
import {
  A4,
  CELL,
  CELL_MARGINS,
  exactly,
  FANG_SONG,
  headLine,
  LABEL,
  type Look,
  margins,
  packed,
  pageNumber,
  paragraph,
  stamp,
  TITLE,
  tableCell,
} from './docx-look.ts';

/** Between the margins of 附件2 (28 and 26 mm) and of 完整版 (22 and 20 mm). */
export const SEED_WIDTH = convertMillimetersToTwip(210 - 28 - 26);
const FULL_WIDTH = convertMillimetersToTwip(210 - 22 - 20);

const BODY: Look = { font: FANG_SONG, size: 16, line: 28 };

/** One paper after the other, each begins on a page of its own. `blank`: ruled for a pen. */
export function papersDocx(papers: readonly Paper[], blank = false): Promise<Uint8Array> {
  return packed(
    papers[0]?.title ?? '',
    papers.map((paper) => section(paper, blank)),
  );
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
