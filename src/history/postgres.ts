/** History in PostgreSQL (cel_pgsql, cdr_pgsql), with the column names of FreePBX or of Asterisk's own modules. Asks only. */
import { askPostgres } from '../storage/postgres.ts';
import { type HistoryReader, type HistoryResult, MAX_ROWS } from './cel-row.ts';
import { writeClock } from './pbx-clock.ts';
import { cdrRowOf, celRowOf, type SqlRow } from './sql-rows.ts';

export interface PostgresHistory {
  /** `postgres://user:password@host/database`. Never in any message. */
  readonly url: string;
  /** IANA name of the zone in which the PBX writes times: its own local time. */
  readonly timeZone: string;
}

/** Connects for each reading. The column is cast: cel_pgsql's own schema has `timestamp`, others keep text. */
export function createPostgresReader({ url, timeZone }: PostgresHistory): HistoryReader {
  return {
    cel: (from, to) => read('cel', 'eventtime', 'id', from, to, (row) => celRowOf(row, timeZone)),
    cdr: (from, to) => read('cdr', 'calldate', 'uniqueid', from, to, (row) => cdrRowOf(row, timeZone)),
    close: () => Promise.resolve(),
  };

  async function read<Row>(
    table: 'cel' | 'cdr',
    time: 'eventtime' | 'calldate',
    order: 'id' | 'uniqueid',
    from: number,
    to: number,
    rowOf: (row: SqlRow) => Row | null,
  ): Promise<HistoryResult<Row>> {
    const answer = await askPostgres(
      url,
      `select * from ${table} where ${time}::timestamp between $1::timestamp and $2::timestamp
        order by ${time}, ${order} limit ${MAX_ROWS + 1}`,
      [writeClock(from, timeZone), writeClock(to, timeZone)],
    );
    if (!answer.ok) return answer;
    const read = answer.rows.slice(0, MAX_ROWS);
    const rows = read.flatMap((row) => rowOf(row) ?? []);
    return { ok: true, rows, broken: read.length - rows.length, cut: answer.rows.length > MAX_ROWS };
  }
}
