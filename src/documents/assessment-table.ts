/** 考核 as a spreadsheet: the columns of the page, a row for each room, line, officer or stretch of time. */
import type { Figure } from '../duty/assessment/figure.ts';
import type { Way } from '../duty/assessment/table.ts';
import type { NamedRow } from '../duty/assessment/view.ts';
import type { Sheet } from './sheet.ts';

const FIRST_COLUMN: Readonly<Record<Way, string>> = {
  room: '值班室',
  line: '值班电话',
  officer: '值班员',
  period: '日期',
};

const COUNTS: readonly (readonly [figure: Figure, title: string])[] = [
  ['calls', '来电'],
  ['in-time', '三声内接听'],
  ['near', '临近超时'],
  ['late', '超时接听'],
  ['unanswered', '未接'],
  ['called-back', '已回拨'],
  ['given-up', '注明不回拨'],
  ['waiting', '待回拨'],
  ['registered', '已登记'],
  ['unregistered', '未登记'],
  ['turns', '应交接班'],
  ['turns-on-time', '按时交接'],
  ['turns-late', '迟交接'],
  ['turns-missing', '未交接'],
  ['clocks', '报告时限'],
  ['clocks-kept', '按时报告'],
  ['findings', '疑似'],
  ['confirmed', '问题'],
  ['proper', '评议规范'],
  ['improper', '评议不规范'],
];

/** What is not known or says nothing of such a row is `—`. */
export function assessmentSheet(name: string, way: Way, rows: readonly NamedRow[]): Sheet {
  async function* pieces(): AsyncGenerator<readonly (readonly string[])[]> {
    yield rows.map((row) => [
      row.name,
      ...COUNTS.map(([figure]) => shown(row.counts[figure])),
      inSeconds(row.ringP50),
      inSeconds(row.ringP95),
      inMinutes(row.registerP50),
      inMinutes(row.backP50),
    ]);
  }
  return {
    name,
    columns: [
      { title: FIRST_COLUMN[way], width: 24 },
      ...COUNTS.map(([, title]) => ({ title, width: 11 })),
      { title: '响铃中位（秒）', width: 14 },
      { title: '响铃 95%（秒）', width: 14 },
      { title: '登记中位（分）', width: 14 },
      { title: '回拨中位（分）', width: 14 },
    ],
    rows: pieces(),
  };
}

function shown(count: number | null): string {
  return count === null ? '—' : String(count);
}

function inSeconds(ms: number | null): string {
  return ms === null ? '—' : String(Math.round(ms / 1_000));
}

function inMinutes(ms: number | null): string {
  return ms === null ? '—' : String(Math.round(ms / 60_000));
}
