/** 值班表 as a spreadsheet: a row for each shift, a column for each role, and what the import reads back. */
import type { Sheet } from './sheet.ts';

export interface RosterTableRow {
  /** `2026-11-26`. */
  readonly day: string;
  readonly part: string;
  /** `08:00–20:00`. */
  readonly hours: string;
  /** By role: names with what else is to be printed of each. */
  readonly people: Readonly<Record<string, readonly string[]>>;
  readonly isPublished: boolean;
}

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

/** `roles` in the order of the columns. */
export function rosterSheet(name: string, roles: readonly string[], rows: readonly RosterTableRow[]): Sheet {
  async function* pieces(): AsyncGenerator<readonly (readonly string[])[]> {
    yield rows.map(({ day, part, hours, people, isPublished }) => [
      day,
      `星期${WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''}`,
      part,
      hours,
      ...roles.map((role) => (people[role] ?? []).join('、')),
      isPublished ? '已发布' : '未发布',
    ]);
  }
  return {
    name,
    columns: [
      ...[
        { title: '日期', width: 13 },
        { title: '星期', width: 9 },
        { title: '班次', width: 10 },
        { title: '起止', width: 14 },
      ],
      ...roles.map((title) => ({ title, width: 26 })),
      { title: '状态', width: 9 },
    ],
    rows: pieces(),
  };
}
