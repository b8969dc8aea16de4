/** How every Word document of ours looks: A4, fonts of official documents by name, exact line spacing. */
import {
  AlignmentType,
  convertMillimetersToTwip,
  Document,
  Footer,
  Header,
  type IParagraphOptions,
  type ISectionOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  TableCell,
  TabStopType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import type { ListPaper } from './list-paper.ts';

export const FANG_SONG = '仿宋_GB2312';
export const KAI_TI = '楷体_GB2312';
const XIAO_BIAO_SONG = '方正小标宋简体';
const HEI_TI = '黑体';
export const A4 = { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) };

/** How a piece of text looks: points of type and of line, exact. */
export interface Look {
  readonly font: string;
  readonly size: number;
  readonly line: number;
  /** Struck through: it stays, and it does not count. */
  readonly struck?: boolean;
}

export const CELL: Look = { font: FANG_SONG, size: 12, line: 19 };
export const LABEL: Look = { font: KAI_TI, size: 12, line: 19 };
export const NOTE: Look = { ...CELL, line: 20 };
export const HEADING: Look = { font: HEI_TI, size: 12, line: 20 };
export const TITLE: Look = { font: XIAO_BIAO_SONG, size: 22, line: 36 };

export const CELL_MARGINS = { top: 40, bottom: 40, left: 90, right: 90 };

/** The file: one section after the other. */
export async function packed(title: string, sections: readonly ISectionOptions[]): Promise<Uint8Array> {
  const file = new Document({
    title,
    creator: '值班台',
    styles: { default: { document: { run: { font: fontOf(FANG_SONG), size: 32 } } } },
    sections: [...sections],
  });
  return Packer.toBuffer(file);
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

/** `— 1 —` at the foot. */
export function pageNumber(): Footer {
  const run = new TextRun({
    children: ['— ', PageNumber.CURRENT, ' —'],
    font: fontOf('宋体'),
    size: 28,
  });
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [run] })] });
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

/** The duty room left, the date right. */
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
