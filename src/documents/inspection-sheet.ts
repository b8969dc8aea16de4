/** 值班工作检查记录表 for Excel: the table as it is on paper, cells merged as there, 附页 below it. */

import type { InspectionPaper } from './inspection-paper.ts';
import type { FormSheet } from './sheet.ts';

export function inspectionSheet({
  title,
  head,
  columns,
  rows,
  remark,
  signatures,
  annex,
}: InspectionPaper): FormSheet {
  const table = rows.map(({ section, group, item, situation }) => [
    section?.text ?? '',
    group?.text ?? '',
    item,
    situation.join('\n'),
  ]);
  const said = head.map(({ label, value }) => `${label}：${value}`).join('　　');
  const first = 4;
  const spans = rows.flatMap(({ section, group }, index) => [
    ...(section === null ? [] : [range('A', first + index, 'A', first + index + section.rows - 1)]),
    ...(group === null ? [] : [range('B', first + index, 'B', first + index + group.rows - 1)]),
  ]);
  const last = first + rows.length;
  const signs = signatures.map(({ label, confirmed }) => [`${label}：${confirmed ?? ''}`, '', '', '']);
  const below = (annex ?? []).map(({ item, said: lines }) => [item, '', '', lines.join('\n')]);
  const wide = [1, 2, last, ...signs.map((_sign, index) => last + 1 + index)];
  const heading = last + signs.length + 1;
  return {
    name: '检查记录表',
    widths: [10, 16, 36, 44],
    rows: [
      [title, '', '', ''],
      [said, '', '', ''],
      [columns.what, '', '', columns.situation],
      ...table,
      [remark, '', '', ''],
      ...signs,
      ...(below.length === 0 ? [] : [['附：系统掌握情况', '', '', ''], ...below]),
    ],
    merges: [
      ...wide.map((row) => range('A', row, 'D', row)),
      range('A', 3, 'C', 3),
      ...spans,
      ...(below.length === 0 ? [] : [range('A', heading, 'D', heading)]),
      ...below.map((_row, index) => range('A', heading + 1 + index, 'C', heading + 1 + index)),
    ],
    titles: [1, 3],
    onEachPage: 3,
    // Title, and room for a pen.
    heights: { 1: 30, ...Object.fromEntries(signs.map((_sign, index) => [last + 1 + index, 30])) },
  };
}

function range(from: string, top: number, to: string, bottom: number): string {
  return `${from}${top}:${to}${bottom}`;
}
