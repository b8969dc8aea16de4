/** History in a SQLite file (cel_sqlite3_custom, cdr_sqlite3_custom with FreePBX's column names), opened read-only. */
import { DatabaseSync } from 'node:sqlite';
import { type HistoryReader, type HistoryResult, MAX_ROWS } from './cel-row.ts';
import { readClock } from './pbx-clock.ts';
import { cdrRowOf, celRowOf, type SqlRow } from './sql-rows.ts';

export interface SqliteHistory {
  readonly path: string;
  readonly timeZone: string;
}

/** Opens the file for each reading. Times stand as text of either kind, so that they are compared here, not in SQL. */
export function createSqliteReader({ path, timeZone }: SqliteHistory): HistoryReader {
  return {
    cel: (from, to) => {
      const page = read('cel', 'eventtime', from, to, (row) => celRowOf(row, timeZone));
      return Promise.resolve(page);
    },
    cdr: (from, to) => {
      const page = read('cdr', 'calldate', from, to, (row) => cdrRowOf(row, timeZone));
      return Promise.resolve(page);
    },
    close: () => Promise.resolve(),
  };

  function read<Row>(
    table: 'cel' | 'cdr',
    column: string,
    from: number,
    to: number,
    rowOf: (row: SqlRow) => Row | null,
  ): HistoryResult<Row> {
    let database: DatabaseSync | null = null;
    try {
      database = new DatabaseSync(path, { readOnly: true });
      const rows: Row[] = [];
      let broken = 0;
      for (const found of database.prepare(`select * from ${table} order by rowid`).iterate()) {
        const at = readClock(String(found[column] ?? ''), timeZone);
        if (at !== null && (at < from || at > to)) continue;
        const row = rowOf(found);
        if (row === null) broken += 1;
        else rows.push(row);
        if (rows.length >= MAX_ROWS) return { ok: true, rows, broken, cut: true };
      }
      return { ok: true, rows, broken, cut: false };
    } catch (failure) {
      if (!(failure instanceof Error && 'code' in failure)) throw failure;
      return { ok: false, reason: failure.message };
    } finally {
      database?.close();
    }
  }
}
