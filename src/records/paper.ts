/** A paper as the print view and the .docx both are told it. Pure. */
import { printable } from './paper-text.ts';

export type FormKind = 'seed' | 'full';

export interface Paper {
  readonly form: FormKind;
  readonly title: string;
  /** 作废, 草稿, 已并入, 无需记录: stamped across the paper. */
  readonly mark: string | null;
  /** The line under the title: the duty room left, the date right. */
  readonly head: { readonly room: string; readonly date: string };
  /** `编号：…`, repeated on every page of 完整版; null: the seed has no number. */
  readonly number: string | null;
  /** A column left empty for handwriting, to the foot of each page. */
  readonly column: string | null;
  readonly parts: readonly PaperPart[];
}

export type PaperPart =
  /** One line of one or two items. */
  | { readonly kind: 'items'; readonly items: readonly PaperItem[] }
  /** A long text under its label; `lines` are kept free for a hand, at least. */
  | {
      readonly kind: 'text';
      readonly label: string;
      readonly paragraphs: readonly string[];
      readonly lines: number;
    }
  /** A heading above the parts that follow. */
  | { readonly kind: 'section'; readonly label: string };

export interface PaperItem {
  readonly label: string;
  readonly value: string;
}

/** A row that may go on overleaf: a text of more than half a page. All others stay whole. */
export function mayBreak(part: PaperPart): boolean {
  return part.kind === 'text' && part.paragraphs.join('').length + 30 * part.paragraphs.length > 450;
}

/** Widths of the columns of 完整版 in percent: twice label and value, and what a hand gets. */
export function fullShares(withColumn: boolean): readonly number[] {
  return withColumn ? [15, 29, 15, 19, 22] : [15, 37, 15, 33];
}

/** One line of one or two items. */
export function itemsPart(...items: readonly (readonly [label: string, value: string])[]): PaperPart {
  // One line of the form: what a caller breaks into lines stands on it with blanks.
  return {
    kind: 'items',
    items: items.map(([label, value]) => ({ label, value: printable(value).replace(/\s*\n\s*/g, ' ') })),
  };
}

/** A text under its label, one paragraph a line; `lines` as in `PaperPart`. */
export function textPart(label: string, text: string, lines = 0): PaperPart {
  const plain = printable(text).trimEnd();
  return { kind: 'text', label, paragraphs: plain === '' ? [] : plain.split('\n'), lines };
}
