/** A backup back into a database: into an empty one only, all of it or nothing, and nothing before its digest is right. */
import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { type BackupEnd, type BackupHeader, migrationsOf } from './backup.ts';
import { pieces } from './bulk.ts';
import { dialectOf } from './dialect.ts';
import { type FoundTable, tablesOf } from './introspect.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

export type Restored =
  | { readonly ok: true; readonly rows: number; readonly madeAt: number }
  | { readonly ok: false; readonly why: string };

/** Rows gathered before they are written. */
const BATCH = 512;

type Row = Readonly<Record<string, string | number | null>>;

/** A backup that cannot be what it says; the transaction is undone. */
class BadBackup extends Error {}

/**
 * Makes the database when it is missing, migrates it, fills it with `lines` (without line ends). A database that holds
 * anything is refused, a damaged or cut-off backup too: then nothing was written. Rejects when the database fails.
 */
export async function restoreBackup(
  database: string,
  lines: AsyncIterable<string>,
  onProgress: (rows: number) => void = () => {},
): Promise<Restored> {
  const dialect = dialectOf(database);
  const pool = dialect === 'sqlite' ? openSqlite(database, 'write') : openPostgres(database, () => {});
  try {
    await migrate(pool, dialect);
    return await pool.connection().execute(async (db) => {
      const tables = await tablesOf(db, dialect);
      await sql.raw(dialect === 'sqlite' ? 'begin immediate' : 'begin').execute(db);
      try {
        const filled = await firstFilled(db, tables);
        if (filled !== null)
          throw new BadBackup(`the database is not empty (table ${filled}): restore into a new one`);
        const done = await fill(db, tables, lines, onProgress);
        await sql`commit`.execute(db);
        return { ok: true, ...done };
      } catch (error) {
        await sql`rollback`.execute(db);
        if (error instanceof BadBackup) return { ok: false, why: error.message };
        if (isMisfit(error)) return { ok: false, why: 'the file is damaged: a row does not fit its table' };
        throw error;
      }
    });
  } finally {
    await pool.destroy();
  }
}

/** A constraint of either database: the line that names a table was lost, or a row is not whole. */
function isMisfit(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('SQLITE_CONSTRAINT') || /^23\d{3}$/.test(code);
}

async function firstFilled(db: Kysely<Tables>, tables: readonly FoundTable[]): Promise<string | null> {
  for (const { name } of tables) {
    const { rows } = await sql`select 1 as one from ${sql.ref(name)} limit 1`.execute(db);
    if (rows.length > 0) return name;
  }
  return null;
}

async function fill(
  db: Kysely<Tables>,
  tables: readonly FoundTable[],
  lines: AsyncIterable<string>,
  onProgress: (rows: number) => void,
): Promise<{ readonly rows: number; readonly madeAt: number }> {
  const digest = createHash('sha256');
  const known = new Map(tables.map((table) => [table.name, table]));
  const mine = await migrationsOf(db);
  let header: BackupHeader | null = null;
  let end: BackupEnd | null = null;
  let into: FoundTable | null = null;
  let waiting: Row[] = [];
  let rows = 0;
  const flush = async () => {
    if (into !== null) await insertAll(db, into, waiting);
    waiting = [];
    onProgress(rows);
  };
  for await (const line of lines) {
    if (line === '') continue;
    if (end !== null) throw new BadBackup('the file goes on after its end');
    const value = parsed(line);
    if (header === null) header = headerOf(value, mine);
    else if ('end' in value) {
      await flush();
      end = endOf(value, rows, digest.digest('hex'));
      continue;
    } else if ('table' in value && Object.keys(value).length === 1) {
      await flush();
      into = known.get(String(value.table)) ?? null;
      if (into === null) throw new BadBackup(`a table this version does not know: ${String(value.table)}`);
    } else {
      if (into === null) throw new BadBackup('a row before any table');
      waiting.push(value);
      rows += 1;
      if (waiting.length >= BATCH) await flush();
    }
    digest.update(`${line}\n`);
  }
  if (header === null || end === null) throw new BadBackup('the file is cut off: its last line is missing');
  return { rows, madeAt: header.madeAt };
}

async function insertAll(db: Kysely<Tables>, table: FoundTable, rows: readonly Row[]): Promise<void> {
  for (const piece of pieces(rows)) {
    const columns = Object.keys(piece[0] ?? {});
    const strange = columns.find((column) => !table.columns.includes(column));
    if (strange !== undefined)
      throw new BadBackup(`a column this version does not know: ${table.name}.${strange}`);
    const values = piece.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`);
    const names = sql.join(columns.map((column) => sql.ref(column)));
    await sql`insert into ${sql.ref(table.name)} (${names}) values ${sql.join(values)}`.execute(db);
  }
}

function parsed(line: string): Row {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  } catch {
    // Told below, together with every other thing that is no object.
  }
  throw new BadBackup('the file is damaged: a line is not JSON');
}

function headerOf(value: object, mine: readonly string[]): BackupHeader {
  const header = value as Partial<BackupHeader>;
  if (header.dutyline !== 'backup' || header.version !== 1 || typeof header.madeAt !== 'number') {
    throw new BadBackup('this is not a backup of DutyLine');
  }
  const newer = (header.migrations ?? []).filter((name) => !mine.includes(name));
  if (newer.length > 0)
    throw new BadBackup(`the backup was made by a newer version (${newer.join(', ')}): update first`);
  return header as BackupHeader;
}

function endOf(value: object, rows: number, sha256: string): BackupEnd {
  const end = value as BackupEnd;
  if (end.rows !== rows || end.sha256 !== sha256)
    throw new BadBackup('the file is damaged: its digest is not the one it names');
  return end;
}
