/**
 * Writing many rows by few statements. The query builder takes longer to put a long `insert` together than SQLite to carry
 * it out (a third of the writer's time at 300 calls a second), so that the texts are made here, once for each table and
 * number of rows, and kept.
 */
import { CompiledQuery, type Kysely } from 'kysely';
import { pieces } from './bulk.ts';
import type { Dialect } from './dialect.ts';
import type { Tables } from './tables.ts';

/** What to do with a row whose key is there already. */
export interface OnClash<Row> {
  readonly key: readonly (keyof Row & string)[];
  /** Columns that take the new row's value; none: the old row stays as it is. */
  readonly update: readonly (keyof Row & string)[];
}

const texts = new Map<string, string>();

/**
 * Inserts rows of one shape (every row has the keys of the first). Returns how many were inserted or updated. Table and
 * column names are our own, never from outside; values go as parameters.
 */
export async function insertRows<Name extends keyof Tables>(
  { db, dialect }: { readonly db: Kysely<Tables>; readonly dialect: Dialect },
  table: Name,
  rows: readonly Tables[Name][],
  clash?: OnClash<Tables[Name]>,
): Promise<number> {
  const [first] = rows;
  if (first === undefined) return 0;
  const columns = Object.keys(first);
  let affected = 0;
  for (const piece of pieces(rows)) {
    const known = `${dialect} ${table} ${piece.length} ${columns.join()} ${clash?.update.join() ?? '-'}`;
    const text = texts.get(known) ?? insertText(dialect, table, columns, piece.length, clash);
    texts.set(known, text);
    const values = piece.flatMap((row) => {
      const named: Readonly<Record<string, unknown>> = { ...row };
      return columns.map((column) => named[column]);
    });
    const { numAffectedRows } = await db.executeQuery(CompiledQuery.raw(text, values));
    affected += Number(numAffectedRows ?? 0);
  }
  return affected;
}

function insertText(
  dialect: Dialect,
  table: string,
  columns: readonly string[],
  count: number,
  clash?: { readonly key: readonly string[]; readonly update: readonly string[] },
): string {
  const rows = Array.from({ length: count }, (_, row) => {
    const holders = columns.map((_name, at) =>
      dialect === 'postgres' ? `$${row * columns.length + at + 1}` : '?',
    );
    return `(${holders.join(',')})`;
  });
  return `insert into ${table} (${quoted(columns)}) values ${rows.join(',')}${clashText(clash)}`;
}

function clashText(clash?: { readonly key: readonly string[]; readonly update: readonly string[] }): string {
  if (clash === undefined) return '';
  const target = ` on conflict (${quoted(clash.key)})`;
  if (clash.update.length === 0) return `${target} do nothing`;
  return `${target} do update set ${clash.update.map((column) => `"${column}" = excluded."${column}"`).join(', ')}`;
}

function quoted(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}
