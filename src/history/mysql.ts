/** History in MySQL or MariaDB, as FreePBX keeps it (`asteriskcdrdb`). Asks only; the session itself may not write. */
import mysql, { type Connection } from 'mysql2/promise';
import { type HistoryReader, type HistoryResult, MAX_ROWS } from './cel-row.ts';
import { writeClock } from './pbx-clock.ts';
import { cdrRowOf, celRowOf, type SqlRow } from './sql-rows.ts';

export interface MysqlHistory {
  /** `mysql://user:password@host/asteriskcdrdb`; `?socketPath=` for a socket. Never in any message. */
  readonly url: string;
  /** IANA name of the zone in which the PBX writes times: its own local time. */
  readonly timeZone: string;
}

const CONNECT_MS = 10_000;
const QUERY_MS = 120_000;

/** Connects for each reading: a gap is rare, and a PBX with few connections keeps its own. */
export function createMysqlReader({ url, timeZone }: MysqlHistory): HistoryReader {
  return {
    cel: (from, to) =>
      read(
        // Whole seconds: rows of one second stand in the order of their ids.
        `select * from cel where eventtime between ? and ? order by eventtime, id limit ${MAX_ROWS + 1}`,
        [writeClock(from, timeZone), writeClock(to, timeZone)],
        (row) => celRowOf(row, timeZone),
      ),
    cdr: (from, to) =>
      read(
        `select * from cdr where calldate between ? and ? order by calldate, uniqueid limit ${MAX_ROWS + 1}`,
        [writeClock(from, timeZone), writeClock(to, timeZone)],
        (row) => cdrRowOf(row, timeZone),
      ),
    close: () => Promise.resolve(),
  };

  async function read<Row>(
    sql: string,
    values: readonly string[],
    rowOf: (row: SqlRow) => Row | null,
  ): Promise<HistoryResult<Row>> {
    let connection: Connection | null = null;
    try {
      // Dates as text: the driver would read them in this machine's zone.
      connection = await mysql.createConnection({ uri: url, dateStrings: true, connectTimeout: CONNECT_MS });
      await connection.query('set session transaction read only');
      const [found] = await connection.query({ sql, values: [...values], timeout: QUERY_MS });
      const read = (found as readonly SqlRow[]).slice(0, MAX_ROWS);
      const rows = read.flatMap((row) => rowOf(row) ?? []);
      const cut = (found as readonly SqlRow[]).length > MAX_ROWS;
      return { ok: true, rows, broken: read.length - rows.length, cut };
    } catch (failure) {
      if (!(failure instanceof Error && 'code' in failure)) throw failure;
      const noTable = failure.code === 'ER_NO_SUCH_TABLE';
      return { ok: false, reason: failure.message, ...(noTable ? { noTable } : {}) };
    } finally {
      connection?.destroy();
    }
  }
}
