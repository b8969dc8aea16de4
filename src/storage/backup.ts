/**
 * The whole database as lines of text, taken while the service runs: one snapshot (SQLite in WAL mode and PostgreSQL at
 * "repeatable read" both show a reader the moment its transaction began), every table, every row, a digest at the end.
 * The same lines fill either database, so that this is also the way from SQLite to PostgreSQL.
 */
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { type Dialect, dialectOf } from './dialect.ts';
import { tablesOf } from './introspect.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** Rows fetched at a time. */
const STEP = 500;

/** A log-in that was ended since must not live again after a restore; the index is made anew when the store opens. */
const LEFT_OUT = ['sessions', 'search_docs', 'record_words'];

/** The first line. */
export interface BackupHeader {
  readonly dutyline: 'backup';
  readonly version: 1;
  /** Integer ms UTC. */
  readonly madeAt: number;
  readonly migrations: readonly string[];
}

/** The last line: how many rows, and the SHA-256 (hex) of all lines before it with their line ends. */
export interface BackupEnd {
  readonly end: true;
  readonly rows: number;
  readonly sha256: string;
}

export interface BackupProgress {
  readonly table: string;
  readonly rows: number;
}

/**
 * Lines without their line ends. Opens a connection of its own and closes it at the end. Rejects when the database cannot
 * be read; what came before is then worth nothing, because the last line is missing.
 */
export async function* backupLines(
  database: string,
  madeAt: number,
  onProgress: (progress: BackupProgress) => void = () => {},
): AsyncGenerator<string> {
  const dialect = dialectOf(database);
  const pool = dialect === 'sqlite' ? openSqlite(database, 'read') : openPostgres(database, () => {});
  const digest = createHash('sha256');
  let rows = 0;
  const line = (value: object): string => {
    const text = JSON.stringify(value);
    digest.update(`${text}\n`);
    return text;
  };
  const held = oneConnection(pool);
  try {
    const db = await held.db;
    await sql
      .raw(dialect === 'sqlite' ? 'begin' : 'begin isolation level repeatable read read only')
      .execute(db);
    const migrations = await migrationsOf(db);
    yield line({ dutyline: 'backup', version: 1, madeAt, migrations } satisfies BackupHeader);
    for (const table of await tablesOf(db, dialect)) {
      if (LEFT_OUT.includes(table.name)) continue;
      yield line({ table: table.name });
      for await (const row of rowsOf(db, dialect, table.name)) {
        rows += 1;
        yield line(row);
      }
      onProgress({ table: table.name, rows });
    }
    await sql`commit`.execute(db);
    yield JSON.stringify({ end: true, rows, sha256: digest.digest('hex') } satisfies BackupEnd);
  } finally {
    // A pool ends when its connections are back: of one that is held in a broken transaction it would wait for ever.
    held.release();
    await pool.destroy();
  }
}

/** Names of the migrations a database has been through, oldest first. */
export async function migrationsOf(db: Kysely<Tables>): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}

/** One connection held over several statements: Kysely gives it only for the time of a callback. */
function oneConnection(pool: Kysely<Tables>): { readonly db: Promise<Kysely<Tables>>; release(): void } {
  const held = Promise.withResolvers<void>();
  const given = Promise.withResolvers<Kysely<Tables>>();
  pool
    .connection()
    .execute(async (db) => {
      given.resolve(db);
      await held.promise;
    })
    .catch((error: unknown) => given.reject(error));
  return { db: given.promise, release: () => held.resolve() };
}

async function* rowsOf(db: Kysely<Tables>, dialect: Dialect, table: string): AsyncGenerator<object> {
  const from = sql.ref(table);
  if (dialect === 'postgres') {
    await sql`declare backup no scroll cursor for select * from ${from}`.execute(db);
    for (;;) {
      const { rows } = await sql<object>`fetch ${sql.raw(String(STEP))} from backup`.execute(db);
      yield* rows;
      if (rows.length < STEP) break;
    }
    await sql`close backup`.execute(db);
    return;
  }
  for (let last = 0; ; ) {
    const { rows } = await sql<{ backup_rowid: number }>`
      select rowid as backup_rowid, * from ${from} where rowid > ${last} order by rowid limit ${STEP}`.execute(
      db,
    );
    for (const { backup_rowid, ...row } of rows) {
      last = backup_rowid;
      yield row;
    }
    if (rows.length < STEP) return;
  }
}
