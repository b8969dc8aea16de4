/** What tables a database really has, asked of itself: a backup must not depend on a list somebody forgot to extend. */
import { type Kysely, sql } from 'kysely';
import type { Dialect } from './dialect.ts';
import type { Tables } from './tables.ts';

export interface FoundTable {
  readonly name: string;
  readonly columns: readonly string[];
}

/** Every table of ours (not those of the migrator, nor an index that SQLite keeps as tables), by name, with its columns. */
export async function tablesOf(db: Kysely<Tables>, dialect: Dialect): Promise<readonly FoundTable[]> {
  const { rows } = await (dialect === 'sqlite'
    ? sql<Column>`select m.name as "table", c.name as "column" from pragma_table_list m
        join pragma_table_info(m.name) c where m.schema = 'main' and m.type = 'table' order by m.name, c.cid`
    : sql<Column>`select table_name as "table", column_name as "column" from information_schema.columns
        where table_schema = 'public' order by table_name, ordinal_position`
  ).execute(db);
  return [...Map.groupBy(rows, (row) => row.table)]
    .filter(([name]) => !/^(kysely_|sqlite_)/.test(name))
    .map(([name, columns]) => ({ name, columns: columns.map(({ column }) => column) }));
}

interface Column {
  readonly table: string;
  readonly column: string;
}
