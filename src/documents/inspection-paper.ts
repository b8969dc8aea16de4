/**
 * 值班工作检查记录表 as it stands on paper: 附件3 in its words and order, the 检查情况 of each item, both signatures; what the system
 * knew follows as a paper of its own. How it looks is for the print view, for Word and for Excel.
 */
import {
  type Inspection,
  ITEM_VERDICT_NAMES,
  type ItemAnswer,
  type Mending,
  type Signed,
} from '../duty/inspection.ts';
import {
  INSPECTION_COLUMNS,
  INSPECTION_HEAD,
  INSPECTION_ITEMS,
  INSPECTION_REMARK,
  type InspectionItem,
  inspectionTitle,
} from '../duty/inspection-items.ts';
import type { KnownItems } from '../duty/inspection-known.ts';
import { printable } from '../records/paper-text.ts';
import { momentText } from './wall-time.ts';

export interface InspectionPaper {
  readonly title: string;
  /** 受检单位, 检查人, 检查时间. */
  readonly head: readonly { readonly label: string; readonly value: string }[];
  readonly columns: typeof INSPECTION_COLUMNS;
  readonly rows: readonly InspectionRow[];
  readonly remark: string;
  /** A line for a pen, and who has confirmed in the system. */
  readonly signatures: readonly { readonly label: string; readonly confirmed: string | null }[];
  /** 附页; null: it was not asked for. */
  readonly annex: readonly { readonly item: string; readonly said: readonly string[] }[] | null;
}

export interface InspectionRow {
  /** With the number of rows that it spans; null: the one above goes on. */
  readonly section: Spanning | null;
  readonly group: Spanning | null;
  readonly item: string;
  readonly situation: readonly string[];
}

interface Spanning {
  readonly text: string;
  readonly rows: number;
}

export interface InspectionPaperSetting {
  /** 受检单位. */
  readonly unit: string;
  /** Its rooms by name, where not all of them were inspected. */
  readonly rooms: readonly string[];
  /** Beside the items; null: without 附页. */
  readonly known: KnownItems | null;
  readonly offset: (at: number) => number;
}

export function inspectionPaper(inspection: Inspection, setting: InspectionPaperSetting): InspectionPaper {
  const { unit, rooms, known, offset } = setting;
  const { inspectors, inspectedAt, answers, inspector, inspected } = inspection;
  const title = printable(inspectionTitle(unit));
  return {
    title,
    head: [
      { label: INSPECTION_HEAD.unit, value: printable([unit, ...rooms].join(' ')) },
      { label: INSPECTION_HEAD.inspectors, value: printable(inspectors) },
      { label: INSPECTION_HEAD.date, value: momentText(inspectedAt, offset) },
    ],
    columns: INSPECTION_COLUMNS,
    rows: INSPECTION_ITEMS.map((item, index) => ({
      section: spanning('section', item, index),
      group: spanning('group', item, index),
      item: item.text,
      situation: situationOf(answers[item.code], offset),
    })),
    remark: INSPECTION_REMARK,
    signatures: [
      { label: '检查人（签字）', confirmed: confirmedText(inspector, offset) },
      { label: '受检单位（签字）', confirmed: confirmedText(inspected, offset) },
    ],
    annex:
      known === null
        ? null
        : INSPECTION_ITEMS.map(({ code, text }) => ({
            item: text,
            said: known[code].map((line) => {
              const ways = line.ways.map((way) => way.text).join('、');
              if (ways === '') return printable(line.text);
              return printable(
                line.text.endsWith('：') ? `${line.text}${ways}。` : `${line.text}（${ways}）`,
              );
            }),
          })),
  };
}

function spanning(column: 'section' | 'group', item: InspectionItem, index: number): Spanning | null {
  if (INSPECTION_ITEMS[index - 1]?.[column] === item[column]) return null;
  return { text: item[column], rows: INSPECTION_ITEMS.filter((one) => one[column] === item[column]).length };
}

/** The verdict first, then the words, then until when, what the office said of it and what became of it. */
function situationOf(
  { situation, verdict, mendBy, mending }: ItemAnswer,
  offset: (at: number) => number,
): readonly string[] {
  const said = printable(situation);
  return [
    ...(verdict === null ? [] : [`${ITEM_VERDICT_NAMES[verdict]}。`]),
    ...(said === '' ? [] : said.split('\n')),
    ...(mendBy === null ? [] : [`整改期限：${mendBy}。`]),
    ...(mending?.told === undefined ? [] : [mendedText({ ...mending.told, state: 'reported' }, offset)]),
    ...(mending === null || mending.state === 'open' ? [] : [mendedText(mending, offset)]),
  ];
}

const MENDING_WORDS: Readonly<Record<Exclude<Mending['state'], 'open'>, string>> = {
  reported: '已报整改',
  mended: '已整改',
  'found-again': '回头看仍未整改',
};

function mendedText(
  { state, text, at }: Pick<Mending, 'state' | 'text' | 'at'>,
  offset: (at: number) => number,
): string {
  if (state === 'open') return '';
  return printable(
    `${MENDING_WORDS[state]}（${momentText(at, offset).slice(0, 10)}）${text === '' ? '。' : `：${text}`}`,
  ).replace(/\s*\n\s*/g, ' ');
}

function confirmedText(signed: Signed | null, offset: (at: number) => number): string | null {
  return signed === null ? null : printable(`${signed.name} ${momentText(signed.at, offset)} 在系统中确认`);
}
