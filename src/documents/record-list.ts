/** The list of records as the office files it. */
import { categoryName, STATE_NAMES } from '../records/names.ts';
import { REASON_NAMES, VERDICT_NAMES } from '../records/review.ts';
import type { ReviewView } from '../web/protocol/review-view.ts';
import type { SearchHitView } from '../web/protocol/search-view.ts';
import type { Sheet } from './sheet.ts';

export interface ListedRecord extends Omit<SearchHitView, 'excerpt' | 'rawCaller'> {
  /** On the office's wall clock. */
  readonly time: string;
  readonly proposal: string;
  readonly content: string;
  /** 评议 that counts, with the office's wall clock; null: none, or not for who takes the list along. */
  readonly reviewed: (ReviewView & { readonly time: string }) | null;
}

interface Column {
  readonly title: string;
  readonly width: number;
  readonly cell: (record: ListedRecord) => string;
}

const COLUMNS: readonly Column[] = [
  { title: '编号', width: 18, cell: ({ number }) => number ?? '' },
  { title: '时间', width: 17, cell: ({ time }) => time },
  { title: '来去电', width: 8, cell: ({ direction }) => (direction === 'outbound' ? '去电' : '来电') },
  { title: '来电单位', width: 24, cell: ({ unit }) => unit },
  { title: '来电人', width: 12, cell: ({ person }) => person },
  { title: '来电号码', width: 18, cell: ({ caller }) => caller },
  { title: '类别', width: 10, cell: ({ category }) => categoryName(category) },
  { title: '电话内容', width: 60, cell: ({ content }) => content },
  { title: '拟办意见', width: 40, cell: ({ proposal }) => proposal },
  { title: '记录人', width: 10, cell: ({ recorder }) => recorder },
  { title: '状态', width: 10, cell: ({ state }) => STATE_NAMES[state] },
  { title: '接听', width: 8, cell: ({ outcome }) => OUTCOMES[outcome ?? 'none'] },
  { title: '录音', width: 6, cell: ({ sound }) => (sound ? '有' : '无') },
  { title: '归档', width: 6, cell: ({ archived }) => (archived ? '是' : '') },
];

/** For those who may hear the calls: 评议 is read beside the sound, and by nobody else. */
const REVIEW_COLUMNS: readonly Column[] = [
  {
    title: '评议',
    width: 8,
    cell: ({ reviewed }) => (reviewed === null ? '' : VERDICT_NAMES[reviewed.verdict]),
  },
  { title: '评议原因', width: 40, cell: ({ reviewed }) => (reviewed === null ? '' : reasonsSaid(reviewed)) },
  { title: '评议人', width: 10, cell: ({ reviewed }) => reviewed?.by ?? '' },
  { title: '评议时间', width: 17, cell: ({ reviewed }) => reviewed?.time ?? '' },
];

const OUTCOMES = { answered: '已接听', missed: '未接', none: '' } as const;

/** The sheet of these records, a piece at a time; `withReviews` puts 评议 behind the rest. */
export function recordSheet(pieces: AsyncIterable<readonly ListedRecord[]>, withReviews: boolean): Sheet {
  const columns = withReviews ? [...COLUMNS, ...REVIEW_COLUMNS] : COLUMNS;
  return { name: '电话记录', columns, rows: rowsOf(pieces, columns) };
}

async function* rowsOf(
  pieces: AsyncIterable<readonly ListedRecord[]>,
  columns: readonly Column[],
): AsyncGenerator<string[][]> {
  for await (const piece of pieces) yield piece.map((record) => columns.map(({ cell }) => cell(record)));
}

/** The reasons of the list, and the free words behind them. */
function reasonsSaid({ reasons, remark }: ReviewView): string {
  const said = reasons.map((reason) => REASON_NAMES[reason]);
  return [...said, ...(remark === '' ? [] : [`备注：${remark}`])].join('；');
}
