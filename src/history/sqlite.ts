/** History in a SQLite file (cel_sqlite3_custom, cdr_sqlite3_custom with FreePBX's column names), opened read-only. */
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { type HistoryReader, type HistoryResult, MAX_ROWS } from './cel-row.ts';
import { readClock } from './pbx-clock.ts';
import { cdrRowOf, celRowOf, type SqlRow } from './sql-rows.ts';

export interface SqliteHistory {
  readonly path: string;
  readonly timeZone: string;
}

/** A few milliseconds of reading. */
const PIECE = 2_000;
const ROW = 'dutyline_row';
type Row = Record<string, SQLOutputValue>;

/** Opens the file for each reading. Times stand as text of either kind, so that they are compared here, not in SQL. */
export function createSqliteReader({ path, timeZone }: SqliteHistory): HistoryReader {
  return {
    cel: (from, to) => read('cel', 'eventtime', from, to, (row) => celRowOf(row, timeZone)),
    cdr: (from, to) => read('cdr', 'calldate', from, to, (row) => cdrRowOf(row, timeZone)),
    close: () => Promise.resolve(),
  };

  async function read<Told>(
    table: 'cel' | 'cdr',
    column: string,
    from: number,
    to: number,
    rowOf: (row: SqlRow) => Told | null,
  ): Promise<HistoryResult<Told>> {
    let database: DatabaseSync | null = null;
    try {
      database = new DatabaseSync(path, { readOnly: true });
      const rows: Told[] = [];
      let broken = 0;
      for await (const found of inPieces(database, table)) {
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
      const noTable = failure.message.startsWith('no such table');
      return { ok: false, reason: failure.message, ...(noTable ? { noTable } : {}) };
    } finally {
      database?.close();
    }
  }
}

/** All rows, oldest first. This driver holds up the whole process while it reads: between pieces living calls have their turn. */
async function* inPieces(database: DatabaseSync, table: 'cel' | 'cdr'): AsyncGenerator<Row> {
  const piece = database.prepare(
    `select *, rowid as ${ROW} from ${table} where rowid > ? order by rowid limit ${PIECE}`,
  );
  for (let after: SQLInputValue = Number.MIN_SAFE_INTEGER; ; ) {
    const rows: readonly Row[] = piece.all(after);
    yield* rows;
    if (rows.length < PIECE) return;
    after = rows.at(-1)?.[ROW] ?? null;
    await setImmediate();
  }
}
