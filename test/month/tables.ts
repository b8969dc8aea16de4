/** Every table of a SQLite store as text, so that two of them can be compared row by row. */
import { sql } from 'kysely';
import { openSqlite } from '../../src/storage/sqlite.ts';

export type Dump = ReadonlyMap<string, readonly string[]>;

/** When the tables were made. */
const MIGRATIONS = /^kysely_/;
/** Of an index of words: its own pages, in which nothing can be read. */
const INDEX_PAGES = /_(data|idx|docsize|config|content)$/;

/** Rows as JSON by table, in the order in which they were first written. */
export async function dump(database: string): Promise<Dump> {
  const db = openSqlite(database, 'read');
  try {
    const { rows: tables } = await sql<{ name: string; sql: string }>`
      select name, sql from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`.execute(
      db,
    );
    const found = new Map<string, readonly string[]>();
    for (const { name, sql: made } of tables) {
      if (MIGRATIONS.test(name) || INDEX_PAGES.test(name) || /^create virtual/i.test(made)) continue;
      const order = /without rowid/i.test(made) ? sql`` : sql`order by rowid`;
      const { rows } = await sql`select * from ${sql.table(name)} ${order}`.execute(db);
      found.set(
        name,
        rows.map((row) => JSON.stringify(row)),
      );
    }
    return found;
  } finally {
    await db.destroy();
  }
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;
/** Digests (64), salts (32): drawn by chance, or made of it. */
const DRAWN = /\b[0-9a-f]{64}\b|\b[0-9a-f]{32}\b/g;

/** The same with each id that was drawn by chance named by its first place, and salts and digests left out. */
export function withoutChance(tables: Dump): Dump {
  const names = new Map<string, string>();
  const named = (id: string): string => {
    const name = names.get(id) ?? `#${names.size + 1}`;
    names.set(id, name);
    return name;
  };
  return new Map(
    [...tables].map(([table, rows]) => [
      table,
      rows.map((row) => row.replace(DRAWN, '*').replace(ID, named)),
    ]),
  );
}
