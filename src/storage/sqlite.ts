/** The only user of better-sqlite3. */
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Tables } from './tables.ts';

const CACHED_STATEMENTS = 500;

/**
 * Opens a SQLite file (made when missing, unless read-only). Throws better-sqlite3's error when the file cannot be opened.
 * The writer syncs every commit to the disk: an acknowledged text must survive a power cut.
 */
export function openSqlite(path: string, mode: 'write' | 'read'): Kysely<Tables> {
  const file = new Database(path, { readonly: mode === 'read', fileMustExist: mode === 'read' });
  file.pragma('busy_timeout = 5000');
  if (mode === 'write') {
    file.pragma('journal_mode = WAL');
    file.pragma('synchronous = FULL');
    // A checkpoint costs two more syncs: every 16 MB instead of every 4.
    file.pragma('wal_autocheckpoint = 4000');
    file.pragma('cache_size = -32000');
  }
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: withStatementCache(file) }) });
}

/**
 * Kysely's driver prepares every query anew: 90 to 120 µs against 12 to 20 µs with this cache (better-sqlite3 13.2,
 * Kysely 0.29.9), and the finalizers of the thrown-away statements stall the event loop. Never for streams: a statement
 * that is being walked cannot be run a second time.
 */
function withStatementCache(file: Database.Database) {
  const cache = new Map<string, Database.Statement<unknown[], unknown>>();
  return {
    prepare(sql: string) {
      const known = cache.get(sql);
      if (known !== undefined) {
        cache.delete(sql);
        cache.set(sql, known);
        return known;
      }
      const made = file.prepare<unknown[], unknown>(sql);
      // DDL and pragmas are run once and may make a cached plan stale; only what repeats is kept.
      if (/^(select|insert|update|delete|with|begin|commit|rollback|savepoint|release)/i.test(sql)) {
        cache.set(sql, made);
        const oldest = cache.keys().next();
        if (cache.size > CACHED_STATEMENTS && oldest.done !== true) cache.delete(oldest.value);
      }
      return made;
    },
    close() {
      file.close();
    },
  };
}

/**
 * Whether an error of the database means that the disk or the file is in trouble (full, locked, unreadable), as opposed to
 * a mistake in one piece of work.
 */
export function isSqliteTrouble(error: unknown): boolean {
  if (!(error instanceof Database.SqliteError)) return false;
  return /^SQLITE_(FULL|IOERR|BUSY|LOCKED|CORRUPT|READONLY|CANTOPEN|NOTADB|NOMEM)/.test(error.code);
}
